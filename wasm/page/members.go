package page

import (
	"beckon/core/nim"
	"beckon/core/session"
	"beckon/core/wire"
)

// membersPeriod is how often the page is told of members that came or went
// without an event.
const membersPeriod session.Millis = 120_000

// known is what the page has been told of who is in the account's channels: by
// events, by what its calls to join and leave answered, and by `channels`. The
// session's view knows more, since the vendor's events leave out what another
// device of the account did, and a call that the page was told had failed may
// have been carried out. Where the two differ, `channels` says how things are:
// after a fresh start at once, else every two minutes.
type known struct {
	account  string
	channels map[string]seats
	begun    bool           // the life's first fresh start is over
	due      session.Millis // the next comparison
}

// seats are the members of a channel: an account's device and uid.
type seats map[string]string

func seatsOf(members []wire.Member) seats {
	s := seats{}
	for i := range members {
		s.take(&members[i])
	}
	return s
}

func (s seats) take(m *wire.Member) { s[m.Account] = m.Device + "/" + m.UID }

// adopt takes over what a list of channels says.
func (k *known) adopt(list []wire.Channel) {
	k.channels = map[string]seats{}
	for i := range list {
		k.channels[list[i].ID] = seatsOf(list[i].Members)
	}
}

// told takes over what an event says.
func (k *known) told(n *wire.Notice) {
	switch e := n.Event.(type) {
	case *wire.Joined:
		if s := k.channels[e.Channel.ID]; s != nil {
			s.take(e.Member)
		}
	case *wire.Left:
		if e.Account == k.account { // removed from a room
			delete(k.channels, e.Channel.ID)
		}
		delete(k.channels[e.Channel.ID], e.Account)
	case *wire.Closed:
		delete(k.channels, e.Channel.ID)
	}
}

// answered takes over what a call answers that joins or leaves.
func (k *known) answered(order wire.Order, out *wire.Outcome) {
	switch o := order.(type) {
	case *wire.Leave:
		delete(k.channels, o.Channel)
		return
	case *wire.Close:
		delete(k.channels, o.Channel)
		return
	case *wire.Accept:
		if !o.AutoJoin || out.Refused != nil {
			return
		}
	case *wire.Join, *wire.JoinAndAccept, *wire.CreateAndJoin, *wire.CallEx, *wire.Call:
	default:
		return
	}
	if out.Channel != nil {
		k.channels[out.Channel.ID] = seatsOf(out.Channel.Members)
	}
}

// agrees says whether the page knows how things are.
func (k *known) agrees(list []wire.Channel) bool {
	if len(list) != len(k.channels) {
		return false
	}
	for i := range list {
		s, is := k.channels[list[i].ID], seatsOf(list[i].Members)
		if len(s) != len(is) {
			return false
		}
		for account, seat := range is {
			if s[account] != seat {
				return false
			}
		}
	}
	return true
}

// channels tells the page which channels the account is in, and with whom.
func (d *nimDialect) channels(list []wire.Channel, onlyV2 bool) {
	d.known.adopt(list)
	if !onlyV2 {
		d.t.emit("channels", nim.Channels(list))
	}
	if d.v2 {
		d.t.emit("v2rooms", nim.V2Rooms(list))
	}
}

// view lists the channels as the session knows them.
func (d *nimDialect) view() []wire.Channel {
	var list []wire.Channel
	for _, c := range d.t.session.View().Channels() {
		list = append(list, c.Channel)
	}
	return list
}

// membersFresh compares after a fresh start. A sync that follows one tells anyway.
func (d *nimDialect) membersFresh() {
	first := !d.known.begun
	d.known.begun = true
	switch list := d.view(); {
	case d.syncs.automatic:
	case first:
		d.known.adopt(list)
	case !d.known.agrees(list):
		d.channels(list, false)
	}
}

func (d *nimDialect) tick(now session.Millis) {
	if !d.t.session.Online() {
		return
	}
	if d.syncs.retry != 0 && now >= d.syncs.retry {
		d.syncs.owe()
	}
	if now < d.known.due {
		return
	}
	d.known.due = now + membersPeriod
	if len(d.syncs.queue) == 0 && !d.known.agrees(d.view()) {
		d.t.ask(&wire.Channels{}, func(a session.Replied) { // the view may know a channel in part
			if a.OK != nil {
				d.channels(a.OK.Channels, false)
			}
		})
	}
}

func (d *nimDialect) wake() session.Millis {
	switch {
	case !d.t.session.Online():
		return never
	case d.syncs.retry != 0:
		return min(d.syncs.retry, d.known.due)
	}
	return d.known.due
}
