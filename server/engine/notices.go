package engine

import (
	"slices"

	"beckon/core"
	"beckon/core/wire"
)

// A notice is an event as accounts are told it.
type notice struct {
	position core.Position
	at       core.Time
	by       core.Actor // is told only if echo; other devices of the account are
	echo     bool
	to       []string
	frame    []byte // the same for everybody, but for the first few of to ...

	apart int        // ... so many of them, who are told ...
	fact  wire.Event // ... their part of it: see [only]
}

// tell makes the notice of an event that the machine is about to apply: it tells
// the channel as it was just before. Its frame is a draft. False: nobody is told.
func (e *Engine) tell(app *core.App, at core.Stamp, event core.Event) (n notice, ok bool) {
	a := addressed(event)
	if len(a.to) == 0 {
		return n, false
	}
	c := app.Channel(a.channel)
	n = notice{position: at.Position, at: at.Now, by: a.by, echo: a.echo, to: a.to}
	channel := &e.sheet.channel
	if c != nil && divides(event, c) {
		if n.to, n.apart = outsidersFirst(c, a.to); n.apart > 0 {
			channel = new(wire.Channel) // the fact stays
		}
	}
	*channel = channelOf(c, a.channel)
	fact := factOf(app, event, channel)
	n.frame = e.sheet.draft(e.sheet.told(&n, fact))
	if n.apart > 0 {
		n.fact = fact
	}
	return n, true
}

// tells says whether a device of one of the accounts is told n. It goes by the
// life too: what one life of a device did is news to another.
func (n *notice) tells(d Device) bool { return n.echo || core.Actor(d) != n.by }

// frameFor is what an account of to is told. Frames of one's own are made when
// they are asked for: those of 500 invitees would all wait in the feed.
func (e *Engine) frameFor(n *notice, account string) []byte {
	if slices.Contains(n.to[:n.apart], account) {
		return e.part(n, account)
	}
	return n.frame
}

func (e *Engine) part(n *notice, account string) []byte {
	return e.sheet.frame(e.sheet.told(n, only(n.fact, account)))
}

// size is how many bytes a notice takes in the feed, about: an entry, a mention
// and perhaps a place in a map for each account, and a fact as large as the frame.
func (n *notice) size() int {
	size := textSize(n) + 48 + 64*len(n.to)
	if n.fact != nil {
		size += len(n.frame)
	}
	return size
}

// addresses say who did what an event tells, in which channel, and who is told.
type addresses struct {
	by      core.Actor
	echo    bool // who did it is told, too
	channel string
	to      []string
}

func addressed(e core.Event) addresses {
	switch e := e.(type) {
	case core.Joined:
		return addresses{e.By, false, e.Channel, e.To}
	case core.Left:
		return addresses{e.By, e.Why == core.LeftKick, e.Channel, e.To}
	case core.Closed:
		return addresses{e.By, false, e.Channel, e.To}
	case core.Invited:
		return addresses{e.By, e.Echo, e.Channel, both(e.To, e.Members)}
	case core.Ended:
		return addresses{e.By, e.Echo, e.Channel, both(e.To, e.Members)}
	case core.Controlled:
		return addresses{e.By, false, e.Channel, e.To}
	case core.Messaged:
		return addresses{e.By, false, "", e.To}
	case core.Unlisted:
		return addresses{core.Actor{}, true, e.Channel, e.To}
	case core.MemberChanged:
		return addresses{e.By, true, e.Channel, e.To}
	case core.RoomChanged:
		return addresses{e.By, true, e.Channel, e.To}
	case core.ProfileChanged:
		return addresses{e.By, true, "", e.To}
	}
	return addresses{}
}

func both(to, members []string) []string {
	if len(members) == 0 {
		return to
	}
	return slices.Concat(to, members)
}

// factOf is an event on the wire, with its channel as it was just before.
func factOf(app *core.App, e core.Event, channel *wire.Channel) wire.Event {
	switch e := e.(type) {
	case core.Joined:
		member := memberOf(app, e.Member)
		return &wire.Joined{Channel: channel, Device: e.By.Device, Member: &member, Moved: e.Moved,
			Attach: e.Attach, Stored: e.Store}
	case core.Left:
		left := &wire.Left{Channel: channel, Device: e.By.Device, Account: e.Account, Attach: e.Attach, Stored: e.Store}
		if e.Why == core.LeftKick {
			left.By = e.By.Account
		}
		return left
	case core.Closed:
		return &wire.Closed{Channel: channel, By: e.By.Account, Device: e.By.Device, Attach: e.Attach, Stored: e.Store}
	case core.Invited:
		accounts := accountsOf(e.Invitees)
		return &wire.Invited{Channel: channel, Inviter: e.By.Account, Device: e.By.Device, RequestID: e.RequestID,
			Invitees: accounts, Deadline: int64(e.Deadline), Attach: e.Attach, Stored: e.Store,
			Push: wirePush(e.Push), Users: addUsers(addUsers(nil, app, e.By.Account), app, accounts...)}
	case core.Ended:
		ended := &wire.Ended{Channel: channel, By: e.By.Account, Device: e.By.Device, Outcome: e.Outcome.String(),
			Reason: int64(e.Reason), Invitations: keysOf(e.Invitations), Attach: e.Attach, Stored: e.Store,
			Users: addUsers(nil, app, e.By.Account)}
		for _, k := range e.Invitations {
			ended.Users = addUsers(ended.Users, app, k.Inviter, k.Invitee)
		}
		return ended
	case core.Controlled:
		return &wire.Controlled{Channel: channel, By: e.By.Account, Device: e.By.Device, To: e.Account, Attach: e.Attach}
	case core.Messaged:
		return &wire.Messaged{By: e.By.Account, Device: e.By.Device, Attach: e.Attach}
	case core.Unlisted:
		return &wire.Unlisted{Channel: channel, Invitations: keysOf(e.Invitations)}
	case core.MemberChanged:
		return &wire.MemberChanged{Channel: channel, By: e.By.Account, Device: e.By.Device, Member: changedMember(app, e)}
	case core.RoomChanged:
		return &wire.RoomChanged{Channel: channel, By: e.By.Account, Device: e.By.Device, Title: e.Title, Password: e.Password}
	case core.ProfileChanged:
		return &wire.ProfileChanged{Device: e.By.Device, User: wireUser(e.By.Account, e.Profile)}
	}
	panic("engine: an event that nobody is told")
}

// changedMember is a member as it is with what an event, not yet applied, says.
func changedMember(app *core.App, e core.MemberChanged) *wire.Member {
	m := core.Member{Account: e.Account}
	if c := app.Channel(e.Channel); c != nil {
		if now, inside := c.Member(e.Account); inside {
			m = now
		}
	}
	m.Role, m.Card = e.Role, e.Card
	changed := memberOf(app, m)
	return &changed
}
