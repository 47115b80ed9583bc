package record

import (
	"beckon/core"
	"beckon/core/codec"
)

type controlled struct {
	by               actor
	channel, account string
	told             told
}

func (s *controlled) event() core.Event {
	return core.Controlled{By: s.by.actor(), Channel: s.channel, Account: s.account, Attach: s.told.attach, To: s.told.to}
}

func (s *controlled) Fields(v *codec.Visitor) {
	s.by.Fields(v)
	v.String("channel", &s.channel)
	v.String("account", &s.account)
	s.told.Fields(v)
}

type messaged struct {
	by   actor
	told told
}

func (s *messaged) event() core.Event {
	return core.Messaged{By: s.by.actor(), Attach: s.told.attach, To: s.told.to}
}

func (s *messaged) Fields(v *codec.Visitor) {
	s.by.Fields(v)
	s.told.Fields(v)
}

type markedRead struct {
	by        actor
	positions []uint64
}

func storeMarkedRead(e core.MarkedRead) *markedRead {
	s := &markedRead{by: storeActor(e.By)}
	for _, p := range e.Positions {
		s.positions = append(s.positions, uint64(p))
	}
	return s
}

func (s *markedRead) event() core.Event {
	e := core.MarkedRead{By: s.by.actor()}
	for _, p := range s.positions {
		e.Positions = append(e.Positions, core.Position(p))
	}
	return e
}

func (s *markedRead) Fields(v *codec.Visitor) {
	s.by.Fields(v)
	v.Uints("positions", &s.positions)
}
