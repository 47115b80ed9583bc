package session

import (
	"cmp"
	"slices"

	"beckon/core/wire"
)

// fresh starts from the truth that a welcome carries. Positions may have started
// anew, if the relay's data was wiped or restored.
func (s *Session) fresh(w *wire.Welcome) {
	gone, untold := s.view.replace(w, s.cfg.TellSilent)
	s.place.journal, s.place.told, s.place.seen = w.Journal, w.Position, w.Position
	s.place.replay = 0
	s.out.add(gone)
	for _, n := range untold {
		s.tellAnswers(n.Position)
		s.out.add(Told{n})
	}
	s.tellAnswers(1<<64 - 1)
}

// replace adopts a welcome's channels and invitations. It returns what is gone,
// and the notices of invitations that this life has not been told, by position.
func (v *View) replace(w *wire.Welcome, tellSilent bool) (gone Fresh, untold []*wire.Notice) {
	before := *v
	*v = View{account: v.account, device: v.device, self: wire.User{Account: v.account}}
	if w.User != nil {
		v.self = *w.User
	}
	for i := range w.Channels {
		v.put(&w.Channels[i])
	}
	for _, i := range w.Invitations {
		if !pendingAt(&i, w.Now) {
			continue
		}
		v.invitations = append(v.invitations, i)
		if (tellSilent || !i.Silent) && !before.holds(&i) {
			untold = append(untold, inviting(&i))
		}
	}
	slices.SortStableFunc(v.invitations, func(a, b wire.Invitation) int { return cmp.Compare(a.Position, b.Position) })
	slices.SortStableFunc(untold, func(a, b *wire.Notice) int { return cmp.Compare(a.Position, b.Position) })
	for _, c := range before.channels {
		if v.Channel(c.ID) == nil {
			gone.GoneChannels = append(gone.GoneChannels, *c)
		}
	}
	for _, i := range before.invitations {
		if pendingAt(&i, w.Now) && !v.holds(&i) {
			gone.GoneInvitations = append(gone.GoneInvitations, i)
		}
	}
	return gone, untold
}

// Ringing lists the notices of the invitations that a fresh start would tell a
// new life now, see [Config.TellSilent].
func (s *Session) Ringing(now Millis) (list []*wire.Notice) {
	for _, i := range s.view.Invitations(s.clock.at(now)) {
		if s.cfg.TellSilent || !i.Silent {
			list = append(list, inviting(&i))
		}
	}
	return list
}

// holds says whether the view has that very invitation. Its position alone does
// not tell, since a wiped journal counts anew; its key alone does not either,
// since the same may be asked again.
func (v *View) holds(i *wire.Invitation) bool {
	for x := range v.invitations {
		if v.invitations[x].Position == i.Position && sameKey(&v.invitations[x], i.Channel.ID, keyOf(i)) {
			return true
		}
	}
	return false
}

// inviting is the notice that first told of an invitation.
func inviting(i *wire.Invitation) *wire.Notice {
	return wire.NewNotice(i.Position, i.Made, &wire.Invited{Channel: i.Channel, Inviter: i.Inviter, Device: i.Device,
		RequestID: i.RequestID, Invitees: []string{i.Invitee}, Deadline: i.Deadline, Attach: i.Attach,
		Stored: i.Stored, Push: i.Push, Users: i.Users})
}
