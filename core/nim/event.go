package nim

import (
	"beckon/core/codec"
	"beckon/core/wire"
)

// An EventType is the number in an event's attach.
type EventType int64

// The event types.
const (
	RoomClose    EventType = 1
	RoomJoin     EventType = 2
	Invite       EventType = 3
	CancelInvite EventType = 4
	Reject       EventType = 5
	Accept       EventType = 6
	Leave        EventType = 7
)

var eventTypes = [...]string{RoomClose: "ROOM_CLOSE", RoomJoin: "ROOM_JOIN", Invite: "INVITE",
	CancelInvite: "CANCEL_INVITE", Reject: "REJECT", Accept: "ACCEPT", Leave: "LEAVE"}

// String is an event's eventType.
func (t EventType) String() string {
	if t > 0 && int(t) < len(eventTypes) {
		return eventTypes[t]
	}
	return ""
}

// event is the vendor's event object. All values are strings but the booleans.
type event struct {
	channel
	inValid             bool
	from, to, requestID string
	needPush            codec.Raw
	pushTitle           string
	pushContent         string
	pushPayload         string
	needBadge           codec.Raw
	attach, attachExt   string
	time, msgid, what   string
}

// happened is an event with all that a notice says about events of any type.
func happened(n *wire.Notice, c *wire.Channel, what EventType, stored bool) *event {
	return &event{
		channel: *flat(c),
		attach:  attach(what, member{}),
		time:    decimal(n.Time),
		msgid:   msgid(n.Position, stored),
		what:    what.String(),
	}
}

// showPush gives the push fields, which every INVITE has.
func (o *event) showPush(p *wire.Push) {
	if p == nil {
		p = &wire.Push{}
	}
	o.needPush, o.needBadge = yes(p.Need), yes(!p.NoBadge)
	o.pushTitle, o.pushContent, o.pushPayload = p.Title, p.Content, p.Payload
}

func (o *event) as(name string) Event { return Event{name, string(codec.Append(nil, o))} }

func (o *event) Fields(v *codec.Visitor) {
	o.channel.Fields(v)
	v.Bool("channelInValid", &o.inValid)
	v.String("from", &o.from)
	v.String("to", &o.to)
	v.String("requestId", &o.requestID)
	v.Raw("needPush", &o.needPush)
	v.String("pushTitle", &o.pushTitle)
	v.String("pushContent", &o.pushContent)
	v.String("pushPayload", &o.pushPayload)
	v.Raw("needBadge", &o.needBadge)
	v.String("attach", &o.attach)
	v.String("attachExt", &o.attachExt)
	v.String("time", &o.time)
	v.String("msgid", &o.msgid)
	v.String("eventType", &o.what)
}

// attach is the JSON text that says what happened, with who joined.
func attach(what EventType, who member) string {
	a := attached{kind: int64(what)}
	if who != (member{}) {
		a.member = (*tagged)(&who)
	}
	return string(codec.Append(nil, &a))
}

type attached struct {
	kind   int64
	member *tagged
}

func (a *attached) Fields(v *codec.Visitor) {
	v.Int("type", &a.kind)
	codec.Object(v, "member", &a.member)
}

// tagged is a member under the vendor's numbers.
type tagged member

func (m *tagged) Fields(v *codec.Visitor) {
	v.String("1", &m.account)
	v.String("2", &m.uid)
	v.String("3", &m.joined)
	v.String("4", &m.expires)
	v.String("5", &m.device)
}
