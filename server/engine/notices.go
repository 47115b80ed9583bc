package engine

import (
	"strconv"

	"beckon/core"
	"beckon/core/wire"
)

// A notice is an event as accounts are told it.
type notice struct {
	position core.Position
	at       core.Time
	by       core.Actor // is not told, but other devices of the account are
	to       []string
	frame    []byte // the same for everybody
}

// tell makes the notice of an event that the machine is about to apply: it tells
// the channel as it was just before. Nil if nobody is told.
func tell(app *core.App, at core.Stamp, e core.Event) *notice {
	by, channel, to := addressed(e)
	if len(to) == 0 {
		return nil
	}
	fact := factOf(e, channelOf(app, channel))
	frame := wire.Append(nil, wire.NewNotice(uint64(at.Position), int64(at.Now), fact))
	return &notice{position: at.Position, at: at.Now, by: by, to: to, frame: frame}
}

// tells says whether a device of one of the accounts is told n. It goes by the
// life too: what one life of a device did is news to another.
func (n *notice) tells(d Device) bool { return core.Actor(d) != n.by }

// addressed says who did what an event tells, in which channel, and who is told.
func addressed(e core.Event) (by core.Actor, channel string, to []string) {
	switch e := e.(type) {
	case core.Joined:
		return e.By, e.Channel, e.To
	case core.Left:
		return e.By, e.Channel, e.To
	case core.Closed:
		return e.By, e.Channel, e.To
	case core.Invited:
		return e.By, e.Channel, e.To
	case core.Ended:
		return e.By, e.Channel, e.To
	case core.Controlled:
		return e.By, e.Channel, e.To
	case core.Messaged:
		return e.By, "", e.To
	}
	return core.Actor{}, "", nil
}

// factOf is an event on the wire, with its channel as it was just before.
func factOf(e core.Event, channel *wire.Channel) wire.Event {
	switch e := e.(type) {
	case core.Joined:
		return &wire.Joined{Channel: channel, Device: e.By.Device, Member: memberOf(e.Member), Moved: e.Moved,
			Attach: e.Attach, Stored: e.Store}
	case core.Left:
		return &wire.Left{Channel: channel, Device: e.By.Device, Account: e.Account, Attach: e.Attach, Stored: e.Store}
	case core.Closed:
		return &wire.Closed{Channel: channel, By: e.By.Account, Device: e.By.Device, Attach: e.Attach, Stored: e.Store}
	case core.Invited:
		return &wire.Invited{Channel: channel, Inviter: e.By.Account, Device: e.By.Device, RequestID: e.RequestID,
			Invitees: accountsOf(e.Invitees), Deadline: int64(e.Deadline), Attach: e.Attach, Stored: e.Store,
			Push: wirePush(e.Push)}
	case core.Ended:
		return &wire.Ended{Channel: channel, By: e.By.Account, Device: e.By.Device, Outcome: e.Outcome.String(),
			Reason: int64(e.Reason), Invitations: keysOf(e.Invitations), Attach: e.Attach, Stored: e.Store}
	case core.Controlled:
		return &wire.Controlled{Channel: channel, By: e.By.Account, Device: e.By.Device, To: e.Account, Attach: e.Attach}
	case core.Messaged:
		return &wire.Messaged{By: e.By.Account, Device: e.By.Device, Attach: e.Attach}
	}
	panic("engine: an event that nobody is told")
}

func channelOf(app *core.App, id string) *wire.Channel {
	c := app.Channel(id)
	if c == nil {
		return &wire.Channel{ID: id}
	}
	return wireChannel(c.ChannelInfo)
}

func wireChannel(c core.ChannelInfo) *wire.Channel {
	return &wire.Channel{ID: c.ID, Name: c.Name, Kind: kindNames[c.Policy], Type: int64(c.Type),
		Creator: c.Creator, Ext: c.Ext, Created: int64(c.Created), Expires: int64(c.Expires)}
}

var kindNames = map[core.Policy]string{core.CallPolicy: "call"}

func memberOf(m core.Member) *wire.Member {
	return &wire.Member{Account: m.Account, Device: m.Device, UID: strconv.FormatUint(m.UID, 10), Joined: int64(m.Joined)}
}

func membersOf(list []core.Member) []wire.Member {
	var members []wire.Member
	for _, m := range list {
		members = append(members, *memberOf(m))
	}
	return members
}

func accountsOf(invitees []core.Invitee) []string {
	accounts := make([]string, len(invitees))
	for i, who := range invitees {
		accounts[i] = who.Account
	}
	return accounts
}

func keysOf(keys []core.Key) []wire.Key {
	list := make([]wire.Key, len(keys))
	for i, k := range keys {
		list[i] = wire.Key{Inviter: k.Inviter, RequestID: k.RequestID, Invitee: k.Invitee}
	}
	return list
}

func wirePush(p core.Push) *wire.Push {
	if p == (core.Push{}) {
		return nil
	}
	return &wire.Push{Need: p.Need, NoBadge: p.NoBadge, Title: p.Title, Content: p.Content, Payload: p.Payload}
}
