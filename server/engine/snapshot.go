package engine

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"beckon/core"
	"beckon/core/record"
	"beckon/server/journal"
)

// snapshots are made beside the loop: restore the last one, replay what was
// stored since, write the outcome, drop it. So the loop never waits for one, and
// each proves that the one before can be restored. They stay behind the feed's
// beginning, so that the feed, too, can be rebuilt from what follows them.
type snapshots struct {
	grown int64        // bytes stored since the last one began
	since core.Time    // when that was; 0: nothing has ever been stored
	busy  chan error   // of the one that is being made; nil if none is
	size  atomic.Int64 // bytes of the last one, saved or restored

	making sync.Mutex // one at a time, also of those that [Engine.Compact] makes
}

// wait waits for the one that is being made, when its context has ended.
func (s *snapshots) wait() {
	if s.busy != nil {
		<-s.busy
	}
}

// snapshot begins one if the journal has grown enough.
func (e *Engine) snapshot(ctx context.Context, stored int) {
	s := &e.snapshots
	s.grown += int64(stored)
	e.meter.grow(s.grown, stored)
	select {
	case err := <-s.busy:
		s.busy = nil
		if err != nil {
			e.meter.snapshotsFailed.Add(1)
			e.log.Error("engine: no snapshot could be made; the one before stays", "error", err)
		}
	default:
	}
	if s.since == 0 && s.grown > 0 { // the journal's first record
		s.since = e.now
	}
	old := e.config.SnapshotAge > 0 && s.grown > 0 && e.now-s.since >= core.Time(e.config.SnapshotAge.Milliseconds())
	// A snapshot costs as much as there is in it: the larger they are, the rarer,
	// so that what is stored costs the same, however much there is.
	if s.busy != nil || s.grown < max(e.config.SnapshotEvery, s.size.Load()) && !old {
		return
	}
	s.grown, s.since = 0, e.now
	busy, horizon := make(chan error, 1), e.now-feedTime
	s.busy = busy
	go func() { busy <- e.makeSnapshot(ctx, horizon, false) }()
}

// makeSnapshot saves the state as of the horizon, and lets the journal forget
// what nobody needs any more. Without anything new it does so only if it must.
func (e *Engine) makeSnapshot(ctx context.Context, horizon core.Time, must bool) error {
	e.snapshots.making.Lock()
	defer e.snapshots.making.Unlock()
	began := time.Now()
	app, from, err := e.restore(ctx)
	if err != nil {
		return err
	}
	at := from
	for r, err := range e.config.Journal.Read(ctx, from+1) {
		if err != nil {
			return err
		}
		decoded, err := record.Decode(r.Data)
		if err != nil {
			return fmt.Errorf("record %d: %w", r.Seq, err)
		}
		if decoded.Now > horizon {
			break
		}
		decoded.Replay(app, r.Seq)
		at = r.Seq
	}
	if at == from && !must {
		return nil
	}
	size, err := e.saveSnapshot(ctx, app, at)
	if err != nil {
		return err
	}
	e.meter.saved(app.Now(), size)
	e.snapshots.size.Store(size)
	e.log.Info("engine: snapshot saved", "record", at, "bytes", size, "took", time.Since(began))
	if e.config.KeepRecords {
		return nil
	}
	return e.config.Journal.Purge(ctx)
}

func (e *Engine) saveSnapshot(ctx context.Context, app *core.App, at uint64) (size int64, err error) {
	r, w := io.Pipe()
	written := make(chan struct{})
	go func() {
		defer close(written)
		buffered := bufio.NewWriterSize(w, 64<<10)
		err := record.WriteSnapshot(app, func(line []byte) error {
			size += int64(len(line))
			_, err := buffered.Write(line)
			return err
		})
		w.CloseWithError(errors.Join(err, buffered.Flush())) // nil is the end
	}()
	err = e.config.Journal.SaveSnapshot(ctx, at, r)
	r.Close() // the journal may have stopped reading amid it
	<-written
	return size, err
}

// restore returns the state of the last snapshot and the record it was taken at;
// that before the first record, if there is none, or none that can be read: the
// journal may still have all records, and says so if it does not.
func (e *Engine) restore(ctx context.Context) (*core.App, uint64, error) {
	at, r, err := e.config.Journal.LoadSnapshot(ctx)
	if errors.Is(err, journal.ErrNoSnapshot) {
		return core.New(e.config.App), 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	defer r.Close()
	app, size, err := readSnapshot(r, e.config.App)
	if err != nil && ctx.Err() == nil {
		e.log.Error("engine: a snapshot cannot be read; replaying all records", "record", at, "error", err)
		return core.New(e.config.App), 0, nil
	}
	e.snapshots.size.Store(size)
	return app, at, err
}

func readSnapshot(r io.Reader, config core.Config) (app *core.App, size int64, err error) {
	snapshot := record.NewSnapshot(config)
	lines := bufio.NewReaderSize(r, 64<<10)
	for {
		line, err := lines.ReadBytes('\n')
		size += int64(len(line))
		if err == io.EOF && len(line) == 0 {
			app, err := snapshot.App()
			return app, size, err
		}
		if err != nil {
			return nil, size, err
		}
		if err := snapshot.Read(line); err != nil {
			return nil, size, err
		}
	}
}
