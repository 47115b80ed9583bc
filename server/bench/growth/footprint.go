package growth

import (
	"fmt"
	"runtime"

	"beckon/core"
	"beckon/core/record"
)

// Footprint is what a machine keeps in memory of one channel, in bytes, with all
// that comes with it: its members and their accounts, its invitation, their places
// in maps and among the deadlines. What is remembered of answers is not in it;
// that is of the last minute's commands, however many channels there are.
type Footprint struct {
	Ringing float64 // one is inside and rings another, with the bench's attachment
	Inside  float64 // the other one has accepted, and is inside too
}

// Attach is what callers send along.
const Attach = `{"mode":"video","from":"Ada Lovelace","avatar":"https://example.org/a/ada.png","conversation":"p2p-ada-bob","v":1}`

// Measure has so many pairs call each other. All events go through a record and
// back, as they do when a relay starts: so strings share nothing by chance.
func Measure(channels int) (Footprint, error) {
	m := &app{App: core.New(core.Config{InvitationTime: 100 * hour}), now: dawn}
	before := held()
	ids := make([]string, channels)
	own := held() - before
	for k := range channels {
		call := core.Call{Type: core.Video, RequestID: fmt.Sprintf("r-%d", k), Invitee: callee(k), Attach: Attach}
		if err := m.do(caller(k), call); err != nil {
			return Footprint{}, err
		}
		ids[k] = m.channel
	}
	ringing, err := m.perChannel(before+own, channels)
	if err != nil {
		return Footprint{}, err
	}
	for k := range channels {
		accept := core.JoinAndAccept{Channel: ids[k], Inviter: caller(k), RequestID: fmt.Sprintf("r-%d", k), Attach: Attach}
		if err := m.do(callee(k), accept); err != nil {
			return Footprint{}, err
		}
	}
	inside, err := m.perChannel(before+own, channels)
	runtime.KeepAlive(ids)
	return Footprint{Ringing: ringing, Inside: inside}, err
}

func caller(k int) string { return fmt.Sprintf("u%da", k) }
func callee(k int) string { return fmt.Sprintf("u%db", k) }

const (
	hour core.Time = 3_600_000
	dawn core.Time = 1_763_759_999_999
)

// app is a machine with a journal that forgets.
type app struct {
	*core.App
	now     core.Time
	seq     uint64
	n       uint64
	channel string // that the last command was about
}

// decide carries out a command, but does not apply what comes of it.
func (m *app) decide(account string, order core.Order) ([]core.Event, error) {
	m.n++
	m.seq++
	env := core.Env{Now: m.now, Online: func(string) bool { return true }}
	for i := range 8 {
		env.Random[i], env.Random[8+i] = byte(m.n>>(8*i)), byte(m.n>>(8*i))
	}
	by := core.Actor{Account: account, Device: "0123456789abcdef", Life: "fedcba9876543210"}
	events, err := m.Handle(env, core.Command{By: by, N: m.n, Do: order})
	if err != nil {
		return nil, fmt.Errorf("growth: command %d: %w", m.n, err)
	}
	return events, nil
}

func (m *app) apply(r record.Record) {
	r.Replay(m.App, m.seq)
	for _, e := range r.Events {
		e, ok := e.(core.Answered)
		if !ok {
			continue
		}
		if c := m.Channel(e.Channel); c != nil {
			m.channel = c.ID // the machine's own text
		}
	}
}

// handle carries out a command.
func (m *app) handle(account string, order core.Order) ([]core.Event, error) {
	events, err := m.decide(account, order)
	m.apply(record.Record{Now: m.now, Events: events})
	return events, err
}

// do carries out a command 10 ms after the one before, by way of a record.
func (m *app) do(account string, order core.Order) error {
	m.now += 10
	events, err := m.decide(account, order)
	if err != nil {
		return err
	}
	r, err := record.Decode(record.Append(nil, record.Record{Now: m.now, Events: events}))
	if err != nil {
		return err
	}
	m.apply(r)
	return nil
}

// perChannel is what the machine holds when all answers are forgotten.
func (m *app) perChannel(empty float64, channels int) (float64, error) {
	m.now += 2 * hour / 100 // 72 s
	if err := m.do("nobody", core.Message{To: "nobody-else", Attach: "x"}); err != nil {
		return 0, err
	}
	if n := m.Size().Channels; n != channels {
		return 0, fmt.Errorf("growth: %d channels live, of %d", n, channels)
	}
	n := held() - empty
	runtime.KeepAlive(m)
	return n / float64(channels), nil
}

// held is how many bytes are in use on the heap.
func held() float64 {
	runtime.GC()
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return float64(stats.HeapAlloc)
}
