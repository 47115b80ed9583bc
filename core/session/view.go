package session

import (
	"slices"

	"beckon/core/wire"
)

// View is what an account's device knows of its channels and invitations. It
// agrees with the relay as soon as everything on the way has arrived.
//
// What it returns is its own: do not change it, and copy what has to outlive the
// session's next input.
type View struct {
	account string
	device  string
	self    wire.User

	channels    []*Channel
	invitations []wire.Invitation // by position; also some that are over since their time is up
	made        []wire.Invitation
}

// A Channel is one that the account is in, through this device or another one.
// Its Invitations are those of the answer or welcome that showed them last.
type Channel struct {
	wire.Channel

	// Partial says that Members may lack some who joined before: another device
	// of the account joined, and this one has only heard of it.
	Partial bool
}

// Self is the account's profile.
func (v *View) Self() wire.User { return v.self }

// Channels lists the channels that the account is in.
func (v *View) Channels() []*Channel { return v.channels }

// Channel returns the channel with that id if the account is in it, or nil.
func (v *View) Channel(id string) *Channel {
	for _, c := range v.channels {
		if c.ID == id {
			return c
		}
	}
	return nil
}

// Member returns the channel's member of that account, or nil.
func (c *Channel) Member(account string) *wire.Member {
	for i := range c.Members {
		if c.Members[i].Account == account {
			return &c.Members[i]
		}
	}
	return nil
}

// Invitations lists the invitations that the account has yet to answer, oldest
// first, at the relay's time: see [Session.RelayNow].
func (v *View) Invitations(relayNow int64) []wire.Invitation {
	var list []wire.Invitation
	for i := range v.invitations {
		if pendingAt(&v.invitations[i], relayNow) {
			list = append(list, v.invitations[i])
		}
	}
	return list
}

// Made lists the invitations of the account's that this device made and of whose
// end it has not heard. They may be over, since expiry is silent, and a fresh
// start forgets them.
func (v *View) Made() []wire.Invitation { return v.made }

// pendingAt holds that an invitation is over at its deadline, not after it.
func pendingAt(i *wire.Invitation, relayNow int64) bool {
	return i.Deadline == 0 || relayNow < i.Deadline
}

// put adds a channel or brings it up to date, with all its members.
func (v *View) put(c *wire.Channel) {
	mine := &Channel{Channel: *c}
	mine.Members = slices.Clone(c.Members)
	mine.Partial = mine.Member(v.account) == nil
	if i := v.index(c.ID); i >= 0 {
		v.channels[i] = mine
		return
	}
	v.channels = append(v.channels, mine)
}

// describe brings a channel up to date but for its members. It returns nil for
// one that is not in the view.
func (v *View) describe(c *wire.Channel) *Channel {
	mine := v.Channel(c.ID)
	if mine == nil {
		return nil
	}
	members, list := mine.Members, mine.Invitations
	mine.Channel = *c
	mine.Members, mine.Invitations = members, list
	return mine
}

func (v *View) index(id string) int {
	return slices.IndexFunc(v.channels, func(c *Channel) bool { return c.ID == id })
}

func (v *View) drop(channel string) {
	if i := v.index(channel); i >= 0 {
		v.channels = slices.Delete(v.channels, i, i+1)
	}
}

// over forgets all that concerns a channel.
func (v *View) over(channel string) {
	v.drop(channel)
	in := func(i wire.Invitation) bool { return i.Channel.ID == channel }
	v.invitations = slices.DeleteFunc(v.invitations, in)
	v.made = slices.DeleteFunc(v.made, in)
}

// ended forgets an invitation.
func (v *View) ended(channel string, k wire.Key) {
	that := func(i wire.Invitation) bool { return sameKey(&i, channel, k) }
	v.invitations = slices.DeleteFunc(v.invitations, that)
	v.made = slices.DeleteFunc(v.made, that)
}

func keyOf(i *wire.Invitation) wire.Key {
	return wire.Key{Inviter: i.Inviter, RequestID: i.RequestID, Invitee: i.Invitee}
}

func sameKey(i *wire.Invitation, channel string, k wire.Key) bool {
	return i.Channel.ID == channel && keyOf(i) == k
}
