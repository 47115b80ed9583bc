package nim

import (
	"beckon/core/codec"
	"beckon/core/wire"
)

// An Event is one SDK event.
type Event struct {
	Name string
	JSON string
}

// The names of events.
const (
	Notify      = "notify"      // signalingNotify: the vendor's flat event object
	MultiClient = "multiclient" // signalingMutilClientSyncNotify: the same; another device of the account did it
	Message     = "message"     // msg: of sendG2Msg
)

// Events tells what a notice says to an account on a device: mostly one event,
// none where the vendor is silent. A notice of an unknown name makes none.
func Events(account, device string, n *wire.Notice) []Event {
	if e, ok := n.Event.(*wire.Messaged); ok {
		return []Event{messaged(account, n, e)}
	}
	return told(account, device, n, [...]string{Notify, MultiClient}, (*happening).flat)
}

// Unread is the JSON array of the events that an account's inbox holds, without
// gaps and in its order. Their msgid is the position in the inbox, and
// channelInValid says that nothing is left to do about them.
func Unread(account, device string, inbox []wire.Stored) string {
	return unread(account, device, inbox, (*happening).flat)
}

// Channels is the JSON array of the channels that an account is in, each in the
// vendor's flat shape with its members.
func Channels(list []wire.Channel) string {
	return string(array(list, func(c *wire.Channel) codec.Message {
		return &channelM{*flat(c), members(c)}
	}))
}

// Stored is a notice's position if the account's inbox has it, else 0.
func Stored(account string, n *wire.Notice) uint64 {
	for _, h := range happenings(account, "", n) {
		if h.stored {
			return n.Position
		}
	}
	return 0
}

// A shape makes JSON of a happening.
type shape func(*happening) codec.Message

func told(account, device string, n *wire.Notice, names [2]string, as shape) []Event {
	var list []Event
	for _, h := range happenings(account, device, n) {
		name := names[0]
		if h.multi {
			name = names[1]
		}
		list = append(list, Event{name, string(codec.Append(nil, as(&h)))})
	}
	return list
}

func unread(account, device string, inbox []wire.Stored, as shape) string {
	var list []happening
	for i := range inbox {
		n := inbox[i].Notice()
		if n == nil {
			continue
		}
		for _, h := range happenings(account, device, n) {
			if !h.multi {
				h.stored, h.gone = true, h.gone || inbox[i].Over
				list = append(list, h)
			}
		}
	}
	return string(array(list, as))
}
