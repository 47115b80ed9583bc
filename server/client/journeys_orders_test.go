package client_test

import (
	"fmt"
	"strings"

	"beckon/core/wire"
)

// An asker thinks of something that a page could ask now.
type asker struct {
	weight int
	order  func(j *journey, l *life) wire.Order
}

var askers = []asker{
	{4, func(j *journey, l *life) wire.Order {
		return &wire.Create{Type: j.kind(), Name: j.name(), Ext: j.text()}
	}},
	{4, func(j *journey, l *life) wire.Order {
		return &wire.CreateAndJoin{Type: j.kind(), Name: j.name(), UID: j.uid(), Attach: j.text(), Store: j.stored()}
	}},
	{9, func(j *journey, l *life) wire.Order {
		return &wire.Join{Channel: j.channel(l, 20), UID: j.uid(), Attach: j.text(), Store: j.stored()}
	}},
	{6, func(j *journey, l *life) wire.Order {
		return &wire.Leave{Channel: j.channel(l, 90), Attach: j.text(), Store: j.stored()}
	}},
	{3, func(j *journey, l *life) wire.Order {
		return &wire.Close{Channel: j.channel(l, 80), Attach: j.text(), Store: j.stored()}
	}},
	{12, func(j *journey, l *life) wire.Order {
		return &wire.Invite{Channel: j.channel(l, 90), RequestID: j.request(), Invitee: j.other(l), Attach: j.text(),
			Store: j.stored(), Push: j.push()}
	}},
	{8, func(j *journey, l *life) wire.Order {
		i := j.invitation(l, true)
		return &wire.Cancel{Channel: i.Channel.ID, RequestID: i.RequestID, Invitee: i.Invitee, Attach: j.text(), Store: j.stored()}
	}},
	{14, func(j *journey, l *life) wire.Order {
		i := j.invitation(l, false)
		return &wire.Accept{Channel: i.Channel.ID, RequestID: i.RequestID, Inviter: i.Inviter, Attach: j.text(),
			Store: j.stored(), AutoJoin: j.chance(50), UID: j.uid(), JoinAttach: j.text()}
	}},
	{12, func(j *journey, l *life) wire.Order {
		i := j.invitation(l, false)
		return &wire.JoinAndAccept{Channel: i.Channel.ID, RequestID: i.RequestID, Inviter: i.Inviter, UID: j.uid(),
			Attach: j.text(), JoinAttach: j.text(), Store: j.stored()}
	}},
	{8, func(j *journey, l *life) wire.Order {
		i := j.invitation(l, false)
		return &wire.Reject{Channel: i.Channel.ID, RequestID: i.RequestID, Inviter: i.Inviter, Attach: j.text(), Store: j.stored()}
	}},
	{10, func(j *journey, l *life) wire.Order { return j.callEx(l) }},
	{6, func(j *journey, l *life) wire.Order {
		return &wire.Call{CallEx: *j.callEx(l), Reuse: pick(j, []string{"", "own", "any"})}
	}},
	{3, func(j *journey, l *life) wire.Order { return &wire.Delay{Channel: j.channel(l, 80)} }},
	{5, func(j *journey, l *life) wire.Order { return &wire.Find{Name: pick(j, names)} }},
	{2, func(j *journey, l *life) wire.Order { return &wire.Channels{} }},
	{4, func(j *journey, l *life) wire.Order {
		return &wire.Control{Channel: j.channel(l, 80), To: pick(j, []string{"", "", j.other(l)}), Attach: j.text()}
	}},
	{3, func(j *journey, l *life) wire.Order { return &wire.Message{To: pick(j, accounts), Attach: j.text()} }},
	{3, func(j *journey, l *life) wire.Order { return &wire.Inbox{After: j.position(l)} }},
	{4, func(j *journey, l *life) wire.Order {
		return &wire.MarkRead{Positions: []uint64{j.position(l), j.position(l), 4711}}
	}},
	{5, func(j *journey, l *life) wire.Order {
		return &wire.CreateRoom{Channel: pick(j, rooms), Title: pick(j, names), Password: j.password(), Ext: j.text()}
	}},
	{10, func(j *journey, l *life) wire.Order { return &wire.Enter{Channel: j.room(l), Password: j.password()} }},
	{12, func(j *journey, l *life) wire.Order {
		return &wire.InviteAll{Channel: j.room(l), Invitees: j.some(), Timeout: pick(j, []int64{0, 5_000, 60_000}), Attach: j.text()}
	}},
	{7, func(j *journey, l *life) wire.Order { return &wire.Withdraw{Channel: j.room(l), Invitees: j.some()} }},
	{8, func(j *journey, l *life) wire.Order {
		return &wire.Settle{Channel: j.invitation(l, false).Channel.ID, Accept: j.chance(50), Reason: pick(j, []int64{0, 1})}
	}},
	{5, func(j *journey, l *life) wire.Order { return &wire.Kick{Channel: j.room(l), Account: j.other(l)} }},
	{6, func(j *journey, l *life) wire.Order {
		return &wire.SetRole{Channel: j.room(l), Account: j.other(l), Role: pick(j, []string{"", "administrator", "owner"})}
	}},
	{5, func(j *journey, l *life) wire.Order {
		return &wire.SetCard{Channel: j.room(l), Account: pick(j, accounts), Card: j.text()}
	}},
	{5, func(j *journey, l *life) wire.Order { return &wire.SetTitle{Channel: j.room(l), Title: pick(j, names)} }},
	{5, func(j *journey, l *life) wire.Order {
		return &wire.SetPassword{Channel: j.room(l), Password: j.password()}
	}},
	{3, func(j *journey, l *life) wire.Order { return &wire.SetProfile{Name: j.text(), Custom: j.text()} }},
	{5, func(j *journey, l *life) wire.Order {
		return &wire.Invitations{Channel: j.room(l), Count: int64(1 + j.random.IntN(3))}
	}},
}

// order thinks of one, in the measure of the weights. Where nothing is known
// that it could be about, it is mostly a call.
func (j *journey) order(l *life) wire.Order {
	sum := 0
	for _, a := range askers {
		sum += a.weight
	}
	x, k := j.random.IntN(sum), 0
	for ; x >= askers[k].weight; k++ {
		x -= askers[k].weight
	}
	o := askers[k].order(j, l)
	if about, some := aboutChannel(o); some && about == nowhere && j.chance(90) {
		return j.callEx(l)
	}
	return o
}

const nowhere = "nowhere"

func aboutChannel(o wire.Order) (id string, some bool) {
	switch o := o.(type) {
	case *wire.Join:
		return o.Channel, true
	case *wire.Leave:
		return o.Channel, true
	case *wire.Close:
		return o.Channel, true
	case *wire.Invite:
		return o.Channel, true
	case *wire.Cancel:
		return o.Channel, true
	case *wire.Accept:
		return o.Channel, true
	case *wire.JoinAndAccept:
		return o.Channel, true
	case *wire.Reject:
		return o.Channel, true
	case *wire.Delay:
		return o.Channel, true
	case *wire.Control:
		return o.Channel, true
	case *wire.Settle:
		return o.Channel, true
	}
	return "", false
}

var (
	names = []string{"room", "hall", "kitchen"}
	rooms = []string{"team", "lobby"}
)

// room is mostly one of the rooms, else any channel.
func (j *journey) room(l *life) string {
	if j.chance(80) {
		return pick(j, []string{rooms[0], rooms[0], rooms[0], rooms[1]})
	}
	return j.channel(l, 90)
}

func (j *journey) password() string { return pick(j, []string{"", "", "", "open", "sesame"}) }

// some are one or more accounts; not all of them ever come.
func (j *journey) some() []string {
	var list []string
	for range 1 + j.random.IntN(3) {
		list = append(list, pick(j, append([]string{"nobody"}, accounts...)))
	}
	return list
}

func (j *journey) callEx(l *life) *wire.CallEx {
	return &wire.CallEx{Type: j.kind(), Name: j.name(), UID: j.uid(), RequestID: j.request(), Invitee: j.other(l),
		Attach: j.text(), Store: j.stored(), Push: j.push()}
}

func (j *journey) kind() int64 { return pick(j, []int64{1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 9}) }
func (j *journey) uid() string {
	return pick(j, []string{"", "", "", "", "", "", "", "1", "2", "none"})
}
func (j *journey) request() string { return fmt.Sprint("r", j.random.IntN(4)) }
func (j *journey) stored() bool    { return j.chance(40) }

func (j *journey) name() string {
	if j.chance(60) {
		return ""
	}
	return pick(j, names)
}

// other is an account, mostly another one.
func (j *journey) other(l *life) string {
	for {
		if account := pick(j, accounts); account != l.actor.Account || j.chance(10) {
			return account
		}
	}
}

// text is another one each time, so that a trace tells what came of what.
func (j *journey) text() string {
	if j.chance(30) {
		return ""
	}
	j.texts++
	return fmt.Sprint("text ", j.texts, strings.Repeat("…", j.random.IntN(30)))
}

func (j *journey) push() *wire.Push {
	if j.chance(80) {
		return nil
	}
	return &wire.Push{Need: j.chance(50), Title: "ring"}
}
