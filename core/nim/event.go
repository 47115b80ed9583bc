package nim

import (
	"strconv"

	"beckon/core/codec"
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
	Control      EventType = 8
)

var eventTypes = [...]string{RoomClose: "ROOM_CLOSE", RoomJoin: "ROOM_JOIN", Invite: "INVITE",
	CancelInvite: "CANCEL_INVITE", Reject: "REJECT", Accept: "ACCEPT", Leave: "LEAVE", Control: "CONTROL"}

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

// flat gives a happening the vendor's shape.
func (h *happening) flat() codec.Message {
	o := &event{
		channel:   *flat(h.channel),
		inValid:   h.gone,
		from:      h.from,
		to:        h.to,
		requestID: h.requestID,
		attach:    attach(h),
		attachExt: h.attach,
		time:      decimal(h.time),
		msgid:     msgid(h),
		what:      h.what.String(),
	}
	if p := h.push; p != nil {
		o.needPush, o.needBadge = yes(p.Need), yes(!p.NoBadge)
		o.pushTitle, o.pushContent, o.pushPayload = p.Title, p.Content, p.Payload
	}
	return o
}

// msgid is what a stored event is marked as read by.
func msgid(h *happening) string {
	if !h.stored {
		return "0"
	}
	return strconv.FormatUint(h.position, 10)
}

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
func attach(h *happening) string {
	a := attached{kind: int64(h.what)}
	if h.member != nil {
		m := tagged(memberOf(h.channel, h.member))
		a.member = &m
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
