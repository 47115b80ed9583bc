package core

import "slices"

// ChannelType says what a channel is for. The machine only keeps it.
type ChannelType uint8

// The types of channel.
const (
	Audio ChannelType = 1
	Video ChannelType = 2
	Other ChannelType = 3
)

// Policy says whose rules a channel follows: rights and notices depend on it,
// not on the dialect of whoever asks.
type Policy uint8

// The policies.
const (
	CallPolicy Policy = 1 // every member may invite and close (NIM)
)

// ChannelInfo is what everybody may know of a channel.
type ChannelInfo struct {
	ID      string
	Name    string // unique among live channels
	Type    ChannelType
	Policy  Policy
	Creator string
	Ext     string
	Created Time
	Expires Time
}

// A Channel is where members meet.
type Channel struct {
	ChannelInfo

	seats       []*seat       // in the order in which they were taken
	invitations []*Invitation // in the order in which they were made
	pending     int           // how many of them are pending
	timer       timer
}

// A Member is an account in a channel, through one device.
type Member struct {
	Account string
	Device  string
	UID     uint64 // unique in the channel
	Joined  Time
	Lost    Time // since when the device has no link; 0: it has one
}

// A seat is a member's place in one channel.
type seat struct {
	Member
	channel *Channel
	timer   timer
}

// LeaveReason says why a member left.
type LeaveReason uint8

// Why members leave.
const (
	LeftSelf LeaveReason = 1 // asked to
	LeftLost LeaveReason = 2 // no link for the grace period
)

// CloseReason says why a channel ended.
type CloseReason uint8

// Why channels end.
const (
	ClosedByMember CloseReason = 1
	ClosedExpired  CloseReason = 2
)

// Members lists the members in the order in which they joined.
func (c *Channel) Members() []Member {
	list := make([]Member, len(c.seats))
	for i, s := range c.seats {
		list[i] = s.Member
	}
	return list
}

// Invitations lists the invitations that are pending or not yet forgotten, in
// the order in which they were made.
func (c *Channel) Invitations() []Invitation {
	list := make([]Invitation, len(c.invitations))
	for i, inv := range c.invitations {
		list[i] = *inv
	}
	return list
}

func (c *Channel) seat(account string) *seat {
	for _, s := range c.seats {
		if s.Account == account {
			return s
		}
	}
	return nil
}

func (c *Channel) uidTaken(uid uint64, except string) bool {
	for _, s := range c.seats {
		if s.UID == uid && s.Account != except {
			return true
		}
	}
	return false
}

// others lists the accounts of all members but one.
func (c *Channel) others(account string) []string {
	var to []string
	for _, s := range c.seats {
		if s.Account != account {
			to = append(to, s.Account)
		}
	}
	return to
}

// invitation returns the invitation with that key, or nil.
func (c *Channel) invitation(k Key) *Invitation {
	for i := len(c.invitations) - 1; i >= 0; i-- {
		if c.invitations[i].Key == k {
			return c.invitations[i]
		}
	}
	return nil
}

// all is others, and then the account itself: its other devices are to know what
// it is in.
func (c *Channel) all(account string) []string { return append(c.others(account), account) }

// expired says whether the channel's time is up. Somebody in it, or being rung
// for it, keeps it alive.
func (c *Channel) expired(now Time) bool {
	return now >= c.Expires && len(c.seats) == 0 &&
		!slices.ContainsFunc(c.invitations, func(i *Invitation) bool { return i.stateAt(now) == Pending })
}
