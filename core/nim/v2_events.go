package nim

import (
	"beckon/core/codec"
	"beckon/core/wire"
)

// The names of V2's events.
const (
	V2Online      = "v2online"      // onOnlineEvent
	V2MultiClient = "v2multiclient" // onMultiClientEvent
)

// V2Events is [Events] in V2's shape; there are no messages among them.
func V2Events(account, device string, n *wire.Notice) []Event {
	return told(account, device, n, [...]string{V2Online, V2MultiClient}, (*happening).v2)
}

// V2Unread is [Unread] in V2's shape, for onOfflineEvent.
func V2Unread(account, device string, inbox []wire.Stored) string {
	return unread(account, device, inbox, (*happening).v2)
}

// V2Rooms is [Channels] in V2's shape, for onSyncRoomInfoList.
func V2Rooms(list []wire.Channel) string {
	return string(array(list, func(c *wire.Channel) codec.Message { return v2RoomOf(c) }))
}

// v2Event is the vendor's V2NIMSignallingEvent. Numbers are numbers, booleans are
// there even if they are false.
type v2Event struct{ h *happening }

func (h *happening) v2() codec.Message { return &v2Event{h} }

func (e *v2Event) Fields(v *codec.Visitor) {
	h, what := e.h, int64(e.h.what)
	channel := raw(&v2ChannelInfo{h.channel, !h.gone})
	v.Int("eventType", &what)
	v.Raw("channelInfo", &channel)
	v.String("operatorAccountId", &h.from)
	v.String("serverExtension", &h.attach)
	v.Int("time", &h.time)
	if h.requestID != "" {
		invitee := h.to
		if h.what == Accept || h.what == Reject {
			invitee = h.from
		}
		v.String("inviterAccountId", &h.inviter)
		v.String("inviteeAccountId", &invitee)
		v.String("requestId", &h.requestID)
	}
	if h.push != nil {
		push, unread := raw(&v2Push{h.push}), yes(!h.push.NoBadge)
		v.Raw("pushConfig", &push)
		v.Raw("unreadEnabled", &unread)
	}
	if h.member != nil {
		member := raw(&v2Member{h.channel, h.member})
		v.Raw("member", &member)
	}
}

// v2Push is the vendor's V2NIMSignallingPushConfig.
type v2Push struct{ p *wire.Push }

func (i *v2Push) Fields(v *codec.Visitor) {
	p := i.p
	need := yes(p.Need)
	v.Raw("pushEnabled", &need)
	v.String("pushTitle", &p.Title)
	v.String("pushContent", &p.Content)
	v.String("pushPayload", &p.Payload)
}
