package client_test

import (
	"slices"
	"time"

	"beckon/core/session"
	"beckon/core/wire"
)

// channel is, so often in a hundred, one that the page is in, else one of those
// that somebody has lately had to do with.
func (j *journey) channel(l *life, own int) string {
	var in []string
	l.client.View(func(v *session.View) {
		for _, c := range v.Channels() {
			in = append(in, c.ID)
		}
	})
	if len(in) > 0 && j.chance(own) {
		return pick(j, in)
	}
	if all := j.channels(); len(all) > 0 {
		return pick(j, all[max(0, len(all)-6):])
	}
	return nowhere
}

// channels are those that answers have shown.
func (j *journey) channels() []string {
	var ids []string
	for _, l := range j.lives {
		for _, a := range l.asked {
			for _, r := range a.ended {
				if r.OK != nil && r.OK.Channel != nil && !slices.Contains(ids, r.OK.Channel.ID) {
					ids = append(ids, r.OK.Channel.ID)
				}
			}
		}
	}
	return ids
}

// invitation is mostly one that the page knows, made or got.
func (j *journey) invitation(l *life, made bool) wire.Invitation {
	var list []wire.Invitation
	l.client.View(func(v *session.View) {
		if list = v.Invitations(time.Now().UnixMilli()); made {
			list = slices.Clone(v.Made())
		}
	})
	switch {
	case len(list) > 0 && j.chance(90):
		return pick(j, list)
	case j.chance(80):
		return wire.Invitation{Channel: &wire.Channel{ID: nowhere}}
	}
	return wire.Invitation{Channel: &wire.Channel{ID: j.channel(l, 50)}, Inviter: j.other(l), RequestID: j.request(), Invitee: j.other(l)}
}

// position is that of a notice that the page was told or has seen in the inbox,
// or the beginning.
func (j *journey) position(l *life) uint64 {
	list := []uint64{0}
	for _, h := range l.hears() {
		if told, ok := h.Output.(session.Told); ok {
			list = append(list, told.Notice.Position)
		}
	}
	for _, a := range l.asked {
		if len(a.ended) > 0 && a.ended[0].OK != nil {
			for _, row := range a.ended[0].OK.Inbox {
				list = append(list, row.Position, row.Position)
			}
		}
	}
	return pick(j, list)
}
