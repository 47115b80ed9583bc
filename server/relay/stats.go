package relay

import (
	"crypto/rand"
	"strconv"
	"strings"
	"sync/atomic"

	"beckon/core"
	"beckon/core/wire"
)

// Stats are what a relay has done since it was made.
type Stats struct {
	Links      int                       // sockets that are open
	Closed     map[wire.CloseCode]uint64 // sockets that are not any more, by the code that the relay gave; 0: the other side's choice
	Refused    map[core.Code]uint64      // hellos, by the reason
	TurnedAway uint64                    // sockets that were not opened, since their address has too many
	HeldBack   uint64                    // commands that came too soon
	Waiting    int64                     // bytes that wait for devices which read slowly
}

// Stats may be asked for from any goroutine.
func (r *Relay) Stats() Stats {
	m := &r.meter
	s := Stats{Links: r.Links(), Closed: map[wire.CloseCode]uint64{}, Refused: map[core.Code]uint64{},
		TurnedAway: m.turnedAway.Load(), HeldBack: m.heldBack.Load(), Waiting: r.pile.bytes.Load()}
	for code, n := range m.closes {
		s.Closed[code] = n.Load()
	}
	for code, n := range m.refused {
		s.Refused[code] = n.Load()
	}
	return s
}

type meter struct {
	closes               map[wire.CloseCode]*atomic.Uint64 // all codes: never written to
	refused              map[core.Code]*atomic.Uint64
	turnedAway, heldBack atomic.Uint64
}

func (m *meter) start() {
	m.closes = map[wire.CloseCode]*atomic.Uint64{0: {}, wire.CloseFrameTooBig: {}}
	for code := range closeReasons {
		m.closes[code] = &atomic.Uint64{}
	}
	m.refused = map[core.Code]*atomic.Uint64{}
	for _, code := range []core.Code{core.WrongVersion, core.WrongApp, core.BadField, core.Unauthorized, core.Banned, core.Busy} {
		m.refused[code] = &atomic.Uint64{}
	}
}

func (m *meter) closed(code wire.CloseCode) {
	if n := m.closes[code]; n != nil {
		n.Add(1)
	}
}

func (m *meter) helloRefused(code core.Code) {
	if n := m.refused[code]; n != nil {
		n.Add(1)
	}
}

// Connection names the link in logs, as the welcome did to its page.
func (l *link) Connection() string { return l.name }

// names makes names for connections that no other run of a relay has given, most
// likely, so that a page's name finds one line in a year's log.
type names struct {
	run   string
	count *atomic.Uint64
}

func newNames() names { return names{strings.ToLower(rand.Text()[:8]), new(atomic.Uint64)} }

func (n names) next() string { return n.run + "." + strconv.FormatUint(n.count.Add(1), 36) }
