package session

import (
	"slices"

	"beckon/core/wire"
)

// told brings the view up to date with a notice.
func (v *View) told(n *wire.Notice, relayNow int64) {
	switch e := n.Event.(type) {
	case *wire.Joined:
		v.joined(e)
	case *wire.Left:
		v.left(e)
	case *wire.Closed:
		v.over(e.Channel.ID)
	case *wire.Invited:
		v.invited(n, e, relayNow)
	case *wire.Ended:
		v.describe(e.Channel)
		for _, k := range e.Invitations {
			v.ended(e.Channel.ID, k)
		}
	case *wire.Controlled:
		v.describe(e.Channel)
	case *wire.MemberChanged:
		v.memberChanged(e)
	case *wire.RoomChanged:
		if c := v.describe(e.Channel); c != nil {
			c.Title, c.Password = e.Title, e.Password
		}
	case *wire.ProfileChanged:
		v.profiled(e.User)
	}
}

func (v *View) joined(e *wire.Joined) {
	c := v.describe(e.Channel)
	if c == nil {
		if e.Member.Account != v.account {
			return
		}
		v.put(e.Channel) // partial, unless the relay says who else is there
		c = v.Channel(e.Channel.ID)
		c.Partial = len(c.Members) == 0
	}
	if m := c.Member(e.Member.Account); m != nil { // the seat moved to another device
		*m = *e.Member
		return
	}
	c.Members = append(c.Members, *e.Member)
}

func (v *View) left(e *wire.Left) {
	if e.Account == v.account {
		v.drop(e.Channel.ID)
		return
	}
	if c := v.describe(e.Channel); c != nil {
		c.Members = slices.DeleteFunc(c.Members, func(m wire.Member) bool { return m.Account == e.Account })
	}
}

func (v *View) memberChanged(e *wire.MemberChanged) {
	c := v.describe(e.Channel)
	if c == nil {
		return
	}
	if e.Member.Role == roleOwner && c.Owner != e.Member.Account {
		if before := c.Member(c.Owner); before != nil {
			before.Role = ""
		}
		c.Owner = e.Member.Account
	}
	if m := c.Member(e.Member.Account); m != nil {
		*m = *e.Member
	}
}

const roleOwner = "owner" // as wire calls it

func (v *View) profiled(u *wire.User) {
	if u.Account == v.account {
		v.self = *u
	}
	for _, c := range v.channels {
		if m := c.Member(u.Account); m != nil {
			m.Name, m.Avatar = u.Name, u.Avatar
		}
	}
}

// kept is how long an invitation stays in memory after its deadline, so that a
// fresh start does not tell it again if the relay's clock runs a little behind.
const kept = 60_000

func (v *View) invited(n *wire.Notice, e *wire.Invited, relayNow int64) {
	v.describe(e.Channel)
	if !slices.Contains(e.Invitees, v.account) {
		return
	}
	i := wire.Invitation{Position: n.Position, Channel: e.Channel, Inviter: e.Inviter, Device: e.Device,
		RequestID: e.RequestID, Invitee: v.account, Made: n.Time, Deadline: e.Deadline, Attach: e.Attach,
		Stored: e.Stored, Push: e.Push, Users: e.Users}
	v.invitations = slices.DeleteFunc(v.invitations, func(x wire.Invitation) bool {
		return sameKey(&x, e.Channel.ID, keyOf(&i)) || !pendingAt(&x, relayNow-kept)
	})
	v.invitations = append(v.invitations, i)
}

// answered brings the view up to date with what a command of this device did.
func (v *View) answered(o wire.Order, r *wire.Reply, relayNow int64) {
	switch o := o.(type) {
	case *wire.Create, *wire.CreateRoom:
		return // the creator is not a member yet
	case *wire.SetProfile:
		v.self.Name, v.self.Avatar, v.self.Custom = o.Name, o.Avatar, o.Custom
		return
	case *wire.Enter:
		v.settled(o.Channel)
	case *wire.Settle:
		v.settled(o.Channel)
	case *wire.Leave:
		v.drop(o.Channel)
		return
	case *wire.Close:
		v.over(o.Channel)
		return
	case *wire.Channels:
		v.channels = nil
		for i := range r.OK.Channels {
			v.put(&r.OK.Channels[i])
		}
		return
	case *wire.Invite:
		v.ring(o.RequestID, o.Invitee, r, relayNow)
	case *wire.CallEx:
		v.ring(o.RequestID, o.Invitee, r, relayNow)
	case *wire.Call:
		v.ring(o.RequestID, o.Invitee, r, relayNow)
	case *wire.Cancel:
		v.ended(o.Channel, wire.Key{Inviter: v.account, RequestID: o.RequestID, Invitee: o.Invitee})
	case *wire.Accept:
		v.ended(o.Channel, wire.Key{Inviter: o.Inviter, RequestID: o.RequestID, Invitee: v.account})
	case *wire.JoinAndAccept:
		v.ended(o.Channel, wire.Key{Inviter: o.Inviter, RequestID: o.RequestID, Invitee: v.account})
	case *wire.Reject:
		v.ended(o.Channel, wire.Key{Inviter: o.Inviter, RequestID: o.RequestID, Invitee: v.account})
	}
	if c := r.OK.Channel; c != nil {
		v.shown(c)
	}
}

// settled forgets what invites the account into a channel.
func (v *View) settled(channel string) {
	v.invitations = slices.DeleteFunc(v.invitations, func(i wire.Invitation) bool { return i.Channel.ID == channel })
}

// shown takes a channel with all its members, as an answer shows it.
func (v *View) shown(c *wire.Channel) {
	member := slices.ContainsFunc(c.Members, func(m wire.Member) bool { return m.Account == v.account })
	switch {
	case member:
		v.put(c)
	case len(c.Members) > 0:
		v.drop(c.ID)
	default: // it does not say who is there
		v.describe(c)
	}
}

// mostMade bounds what is remembered of invitations that end in silence.
const mostMade = 100

// ring remembers an invitation that this device made.
func (v *View) ring(requestID, invitee string, r *wire.Reply, relayNow int64) {
	c := r.OK.Channel
	if c == nil {
		return
	}
	i := wire.Invitation{Position: r.Position, Channel: c, Inviter: v.account, Device: v.device,
		RequestID: requestID, Invitee: invitee, Made: relayNow}
	v.ended(c.ID, keyOf(&i))
	if len(v.made) >= mostMade {
		v.made = slices.Delete(v.made, 0, len(v.made)-mostMade+1)
	}
	v.made = append(v.made, i)
}
