package nim

import (
	"strconv"

	"beckon/core/codec"
	"beckon/core/wire"
)

// message is what sendG2Msg brings to the other side. It concerns no channel.
type message struct {
	from, to, target, flow string
	attach                 codec.Raw
	time                   int64
	id                     string
}

func messaged(account string, n *wire.Notice, e *wire.Messaged) Event {
	m := &message{from: e.By, to: account, target: e.By, flow: "in", attach: spoken(e.Attach),
		time: n.Time, id: strconv.FormatUint(n.Position, 10)}
	if e.By == account {
		m.flow = "out" // of another device of the account's, to itself
	}
	return Event{Message, string(codec.Append(nil, m))}
}

func (m *message) Fields(v *codec.Visitor) {
	scene, kind := "p2p", "g2"
	v.String("scene", &scene)
	v.String("from", &m.from)
	v.String("to", &m.to)
	v.String("type", &kind)
	v.Raw("attach", &m.attach)
	v.Int("time", &m.time)
	v.String("idServer", &m.id)
	v.String("flow", &m.flow)
	v.String("target", &m.target)
}

// spoken is the value that an attach travelled as: its JSON text. What is none
// was said by somebody who does not speak this dialect, and is a text.
func spoken(attach string) codec.Raw {
	if v, ok := value([]byte(attach)); ok && len(v) == len(attach) {
		return v
	}
	return word(attach)
}

// sent is what sendG2Msg resolves with.
type sent struct{ time, id string }

func (s *sent) Fields(v *codec.Visitor) {
	v.String("time", &s.time)
	v.String("idServer", &s.id)
}
