package growth

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"beckon/core"
	"beckon/core/record"
	"beckon/server/engine"
	"beckon/server/journal"
	"beckon/server/journal/nats"
)

// callers are as many pairs as call at the same time in a written journal.
const callers = 512

// WriteCalls writes a journal of so many calls, which are over, into an empty
// folder: so many commands in a record, and no snapshot.
func WriteCalls(ctx context.Context, dir string, calls, group int) error {
	return withJournal(ctx, dir, func(j journal.Journal) error {
		w := &writer{journal: j, group: group, app: &app{App: core.New(core.Config{}),
			now: core.Time(time.Now().Add(-2 * time.Hour).UnixMilli())}} // before what the feed would keep
		for made := 0; made < calls; made += callers {
			if err := w.calls(ctx, min(callers, calls-made), made); err != nil {
				return err
			}
		}
		return w.flush(ctx)
	})
}

// Reopen says how long it takes to rebuild the state from such a journal, in
// seconds: what a relay does before it serves. The journal's files are in the system's
// memory, as they are when a relay has crashed: how fast the disk reads is not counted.
func Reopen(ctx context.Context, dir string) (float64, error) {
	if err := readAll(dir); err != nil {
		return 0, err
	}
	began := time.Now()
	var took float64
	err := withJournal(ctx, dir, func(j journal.Journal) error {
		_, err := engine.Open(ctx, engine.Config{Journal: j, Log: slog.New(slog.DiscardHandler)})
		took = time.Since(began).Seconds()
		return err
	})
	return took, err
}

func readAll(dir string) error {
	return filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		_, err = io.Copy(io.Discard, f)
		return err
	})
}

func withJournal(ctx context.Context, dir string, use func(journal.Journal) error) error {
	server, err := nats.Start(nats.Options{Dir: dir, Sync: nats.SyncInterval})
	if err != nil {
		return err
	}
	defer server.Close()
	j, err := server.Open(ctx, "dev")
	if err != nil {
		return err
	}
	defer j.Close()
	return use(j)
}

// writer has a machine carry out commands, and writes their events.
type writer struct {
	app     *app
	journal journal.Journal
	group   int
	record  record.Record
	held    int // commands in it
	text    []byte
	last    uint64
}

func (w *writer) calls(ctx context.Context, n, from int) error {
	channels := make([]string, n)
	for k := range n {
		order := core.Call{Type: core.Video, RequestID: fmt.Sprint("r", from+k), Invitee: callee(k), Attach: Attach}
		if err := w.do(ctx, caller(k), order); err != nil {
			return err
		}
		channels[k] = w.app.channel
	}
	for k := range n {
		order := core.JoinAndAccept{Channel: channels[k], Inviter: caller(k), RequestID: fmt.Sprint("r", from+k), Attach: Attach}
		if err := w.do(ctx, callee(k), order); err != nil {
			return err
		}
	}
	for k := range n {
		if err := w.do(ctx, caller(k), core.Close{Channel: channels[k]}); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) do(ctx context.Context, account string, order core.Order) error {
	if w.held == 0 {
		w.app.now += core.Time(w.group)
	}
	events, err := w.app.handle(account, order)
	if err != nil {
		return err
	}
	w.record.Now = w.app.now
	w.record.Events = append(w.record.Events, events...)
	if w.held++; w.held == w.group {
		return w.flush(ctx)
	}
	return nil
}

func (w *writer) flush(ctx context.Context) error {
	if w.held == 0 {
		return nil
	}
	var err error
	w.text = record.Append(w.text[:0], w.record)
	w.last, err = w.journal.Append(ctx, w.text, w.last)
	w.record.Events, w.held = w.record.Events[:0], 0
	return err
}
