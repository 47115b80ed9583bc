package engine

import (
	"time"

	"beckon/core"
	"beckon/core/wire"
)

var reachNames = map[core.Reach]string{core.Reached: "", core.Offline: "offline", core.NoPush: "no-push"}

func refused(n uint64, at core.Position, r *core.Refusal) *wire.Reply {
	return &wire.Reply{N: n, Position: uint64(at), Error: WireRefusal(r)}
}

// busyTime is when to ask again for what invitations that end make room for.
const busyTime = 5 * time.Second

// WireRefusal is a refusal as a page is told it.
func WireRefusal(r *core.Refusal) *wire.Refusal {
	w := &wire.Refusal{Code: string(r.Code), Field: r.Field, Limit: int64(r.Limit), Detail: r.Detail}
	if r.Code == core.Busy {
		w.After = busyTime.Milliseconds()
	}
	return w
}

// welcomeInvitations lists the invitations that are pending for an account. A
// page shows them all, but is told only those that rang and those that were
// stored and have been read: an unread one is told by the inbox, and one that met
// an offline invitee and was not to be stored is not told later, as the vendor
// has it (NIM contract, code 10201). Those of the other vendor are always told.
func welcomeInvitations(app *core.App, account string) []wire.Invitation {
	var list []wire.Invitation
	for _, i := range app.Asked(account) {
		c := i.Channel()
		channel := channelOf(c, c.ID)
		w := wire.Invitation{Position: uint64(i.Made), Channel: &channel,
			Inviter: i.Inviter, Device: i.Device, RequestID: i.RequestID, Invitee: i.Invitee,
			Made: int64(i.At), Deadline: int64(i.Deadline), Attach: i.Attach, Stored: i.Stored,
			Silent: !i.Always && (!i.Rang && !i.Stored || app.Unread(i)),
			Users:  addUsers(nil, app, i.Inviter, i.Invitee)}
		if i.Push != nil {
			w.Push = wirePush(*i.Push)
		}
		list = append(list, w)
	}
	return list
}

// welcomeChannels lists the channels that an account is in, with their members
// and their lists of invitations, in which also those stand that an older one of
// the same invitee hides: without them a page could not keep the list.
func welcomeChannels(app *core.App, account string, now core.Time) []wire.Channel {
	var list []wire.Channel
	for _, c := range app.Joined(account) {
		w := channelOf(c, c.ID)
		w.Members = appendMembers(nil, app, c.Members())
		w.Invitations = listOf(app, c.Standing(now))
		list = append(list, w)
	}
	return list
}
