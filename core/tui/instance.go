package tui

import (
	"slices"

	"beckon/core/wire"
)

// An Instance is what one SDK instance knows: its account's profile, the room that
// it is in, the invitations that ring here and those that it made.
type Instance struct {
	LoggedIn bool // or not: then calls are refused

	account, device string
	self            wire.User
	room            *room
	entering        string // the room that an enterRoom without an answer leads into
	rings           []ring
	made            []made
	out             []Event
}

// An Event is one SDK event. JSON is "null" for one that has no argument.
type Event struct {
	Name string
	JSON string
}

// A ring is an invitation of the account's that is pending. Of those into one
// room only one is told at a time.
type ring struct {
	wire.Listed
	channel *wire.Channel
	attach  string
	told    bool
}

// made is an invitation that this instance made, and of whose end it has not heard.
type made struct {
	channel string
	key     wire.Key
}

// mostMade bounds what is remembered of them.
const mostMade = 1000

// New returns what an instance knows before it has heard anything.
func New(account, device string) *Instance {
	return &Instance{account: account, device: device, self: wire.User{Account: account}}
}

// answered takes over what a call did.
func (x *Instance) answered(r *Request, out *wire.Outcome) {
	r.ended()
	switch o := r.Order.(type) {
	case *wire.Enter:
		x.quiet(o.Channel)
		if out.Channel != nil {
			x.entered(out.Channel)
		}
	case *wire.Settle:
		x.quiet(o.Channel)
	case *wire.Leave:
		x.leave(o.Channel)
	case *wire.Close:
		x.quiet(o.Channel)
		x.leave(o.Channel)
	case *wire.SetProfile:
		x.self.Name, x.self.Avatar, x.self.Custom = o.Name, o.Avatar, o.Custom
	}
}

// quiet ends all ringing for a channel.
func (x *Instance) quiet(channel string) {
	x.rings = slices.DeleteFunc(x.rings, func(r ring) bool { return r.channel.ID == channel })
}

// silence ends the ringing of one invitation; nil if it was not told here.
func (x *Instance) silence(channel string, k wire.Key) *ring {
	for i := range x.rings {
		if r := x.rings[i]; r.channel.ID == channel && keyOf(&r.Listed) == k {
			x.rings = slices.Delete(x.rings, i, i+1)
			if r.told {
				return &r
			}
			break
		}
	}
	return nil
}

// rang takes a new invitation of the account's.
func (x *Instance) rang(r ring) {
	x.silence(r.channel.ID, keyOf(&r.Listed)) // the same again, if any
	x.rings = append(x.rings, r)
	x.next(r.channel.ID)
}

// next tells the oldest invitation into a channel, unless one is told.
func (x *Instance) next(channel string) {
	var first *ring
	for i := range x.rings {
		switch r := &x.rings[i]; {
		case r.channel.ID != channel:
		case r.told:
			return
		case first == nil:
			first = r
		}
	}
	if first != nil {
		first.told = true
		x.receive(first)
	}
}

// Ring tells once more what is pending.
func (x *Instance) Ring() []Event {
	for i := range x.rings {
		if x.rings[i].told {
			x.receive(&x.rings[i])
		}
	}
	return x.events()
}

// makes notes invitations that this instance made.
func (x *Instance) makes(e *wire.Invited) {
	for _, invitee := range e.Invitees {
		x.made = append(x.made, made{e.Channel.ID, wire.Key{Inviter: e.Inviter, RequestID: e.RequestID, Invitee: invitee}})
	}
	if n := len(x.made) - mostMade; n > 0 {
		x.made = slices.Delete(x.made, 0, n)
	}
}

// waits says whether this instance waits for the end of an invitation, which is
// here: it made it, or is in the room.
func (x *Instance) waits(channel string, k wire.Key) bool {
	if k.Inviter != x.account {
		return false
	}
	i := slices.Index(x.made, made{channel, k})
	if i >= 0 {
		x.made = slices.Delete(x.made, i, i+1)
	}
	return i >= 0 || x.in(channel) != nil
}

func (x *Instance) emit(name string, o *object) {
	x.out = append(x.out, Event{name, string(o.end())})
}

func (x *Instance) events() []Event {
	list := x.out
	x.out = nil
	return list
}

// Exit is the order that leaves the room, nil if the instance is in none.
func (x *Instance) Exit() wire.Order {
	if x.room == nil {
		return nil
	}
	return &wire.Leave{Channel: x.room.ID}
}
