package growth

import (
	"context"
	"errors"
	"fmt"
	"time"

	"beckon/core"
	"beckon/core/wire"
)

// Stall is what happens when very many deadlines are due at once.
type Stall struct {
	Deadlines int
	Took      float64 // s from when they were due, or the engine began to run, until the last had been dealt with
	Longest   float64 // s that a command took meanwhile, which has nothing to do with them
	Records   uint64  // of the journal, each of which is one sync
}

// ringingIn is how many invitations one channel of [Deadlines] has: as many as it may.
const ringingIn = 1000

// Deadlines has invitations expire at the same time, each with a requestId of
// its own: while the engine runs, or, after a restart, since before it began.
func Deadlines(ctx context.Context, n int, restart bool, dir string) (*Stall, error) {
	now := time.Now()
	due := now.Add(2*time.Second + time.Duration(n)*250*time.Microsecond) // when the state has been rebuilt, for sure
	if restart {
		due = now.Add(-time.Minute)
	}
	r, err := open(ctx, ringing(n, core.Time(due.UnixMilli())), core.Config{}, dir)
	if err != nil {
		return nil, err
	}
	defer r.close()
	before := r.journal.last.Load()
	if restart {
		due = time.Now()
	}
	r.run(ctx)
	s := &Stall{Deadlines: n}
	began := time.Now()
	bystander, _, err := login(r.Engine, "bystander")
	if err != nil {
		return nil, err
	}
	waited := func() { s.Longest = max(s.Longest, time.Since(began).Seconds()) }
	if restart {
		waited()
	} else if time.Until(due) < time.Second {
		return nil, errors.New("growth: the engine began too late for what was to be measured")
	}
	time.Sleep(time.Until(due.Add(-time.Second)))
	for {
		began = time.Now()
		if _, err := bystander.ask(&wire.Message{To: "nobody", Attach: "x"}); err != nil {
			return nil, err
		}
		waited()
		began = time.Now() // it waits for its turn as a command does
		pending := 0
		if err := r.Look(ctx, func(app *core.App) { pending = app.Size().Pending }); err != nil {
			return nil, err
		}
		waited()
		if pending == 0 {
			s.Took, s.Records = time.Since(due).Seconds(), r.journal.last.Load()-before
			return s, nil
		}
		time.Sleep(time.Millisecond)
	}
}

// ringing is a past in which so many invitations have been made that are due at
// the same time.
func ringing(n int, due core.Time) past {
	now := core.Time(time.Now().Add(-10 * time.Minute).UnixMilli())
	return past{now: now, records: (n + ringingIn - 1) / ringingIn, events: func(k int) []core.Event {
		id := fmt.Sprintf("%032x", k)
		by := core.Actor{Account: caller(k), Device: "0123456789abcdef"}
		events := []core.Event{core.Created{By: by, Channel: core.ChannelInfo{ID: id, Name: id, Type: core.Video, Policy: core.CallPolicy,
			Creator: caller(k), Created: now, Expires: now + 2*hour}}}
		for i := range min(ringingIn, n-k*ringingIn) {
			to := callee(i)
			events = append(events, core.Invited{By: by, Channel: id, RequestID: fmt.Sprintf("r-%d", i), Deadline: due, Attach: Attach,
				Invitees: []core.Invitee{{Account: to}}, To: []string{to}})
		}
		return events
	}}
}
