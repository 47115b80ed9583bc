package tui

import (
	"slices"

	"beckon/core/wire"
)

// A Truth is how things are at a fresh start.
type Truth struct {
	Now         int64          // the relay's time
	Self        wire.User      // the account's profile
	Channels    []wire.Channel // that the account is in, with members and lists
	Invitations []wire.Invitation
}

// Fresh tells what is different from what was told before. Invitations that are
// new come as notices.
func (x *Instance) Fresh(t Truth) []Event {
	x.self = t.Self
	x.self.Account = x.account
	x.freshRings(t)
	if x.room != nil {
		x.freshRoom(t.Channels)
	}
	return x.events()
}

// freshRings tells of invitations that rang and are over: of those whose time is
// up, that; how the others ended is not known any more.
func (x *Instance) freshRings(t Truth) {
	for _, r := range slices.Clone(x.rings) {
		if slices.ContainsFunc(t.Invitations, func(i wire.Invitation) bool {
			return i.Channel.ID == r.channel.ID && i.Position == r.Position && keyOf(&r.Listed) == wire.Key{Inviter: i.Inviter, RequestID: i.RequestID, Invitee: i.Invitee}
		}) {
			continue
		}
		how := end{outcome: "cancelled", users: r.Users}
		if r.Deadline != 0 && r.Deadline <= t.Now {
			how.outcome = "expired"
		}
		if k := keyOf(&r.Listed); x.silence(r.channel.ID, k) != nil {
			x.over(r.channel, k, how, false, true)
			x.next(r.channel.ID)
		}
	}
}

func (x *Instance) freshRoom(list []wire.Channel) {
	i := slices.IndexFunc(list, func(c wire.Channel) bool { return c.ID == x.room.ID })
	if i < 0 {
		x.kicked(kickedAway, "the account is not in the room any more")
		return
	}
	c, before := &list[i], *x.room
	for _, m := range c.Members {
		if m.Account == x.account && m.Device != x.device {
			x.kicked(kickedByDevice, "the account entered through another device")
			return
		}
	}
	x.freshSeats(c.Members)
	came := func(account string) bool { return x.room.inside(account) && !before.inside(account) }
	changes := x.room.list.Reset(c.Invitations)
	x.room.Owner = c.Owner
	x.freshEnds(changes, came)
	x.listChanged(changes)
	x.freshMembers(&before)
	x.roomChanged(c.ID, c.Title, c.Password)
	x.room.describe(c)
}

// freshSeats takes over who is in the room.
func (x *Instance) freshSeats(list []wire.Member) {
	old := x.room.members
	x.room.members = slices.DeleteFunc(slices.Clone(old), func(m member) bool {
		return !slices.ContainsFunc(list, func(is wire.Member) bool { return is.Account == m.Account })
	})
	for _, m := range list {
		x.room.seat(m)
	}
}

// freshEnds tells the inviter how invitations ended, as far as the list shows it.
func (x *Instance) freshEnds(changes []Change, came func(string) bool) {
	for i := range changes {
		c := &changes[i]
		how := end{outcome: c.Invitation.State, users: c.Invitation.Users}
		switch {
		case c.Kind == Removed && pending(&c.Invitation) && came(c.Invitation.Invitee):
			how.outcome = "accepted"
		case c.Kind != StatusChanged:
			continue
		}
		if k := keyOf(&c.Invitation); x.waits(x.room.ID, k) {
			x.over(&x.room.Channel, k, how, true, false)
		}
	}
}

// freshMembers tells who came, went, and has changed.
func (x *Instance) freshMembers(before *room) {
	for i := range before.members {
		if m := &before.members[i]; !x.room.inside(m.Account) {
			x.went(m)
		}
	}
	for i := range x.room.members {
		m := &x.room.members[i]
		was := before.member(m.Account)
		switch {
		case was == nil:
			x.came(&m.Member)
		case roleIn(&before.Channel, &was.Member) != roleIn(&x.room.Channel, &m.Member):
			x.changed(&m.Member, true)
		case was.Card != m.Card || was.Name != m.Name || was.Avatar != m.Avatar:
			x.changed(&m.Member, false)
		}
	}
	if len(before.members) != len(x.room.members) {
		x.counted()
	}
}
