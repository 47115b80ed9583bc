package sim

import (
	"context"
	"io"
	"iter"
	"time"

	"beckon/server/journal"
)

// archive has all records of a world, also those that its relay had the journal
// purge. It goes by the store, past all that goes wrong.
type archive []journal.Record

// keep copies what the store has and the archive has not.
func (w *world) keep() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for r, err := range w.store.Open().Read(context.Background(), uint64(len(w.archive))+1) {
		if err != nil {
			panic(err) // it was purged before it was kept
		}
		w.archive = append(w.archive, r)
	}
}

func (w *world) records() iter.Seq2[journal.Record, error] {
	w.keep()
	return func(yield func(journal.Record, error) bool) {
		for _, r := range w.archive {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// Purge takes its time, and sometimes it fails, before or after it is done, or was
// done and comes undone.
func (d *disk) Purge(ctx context.Context) error {
	d.w.count("purge")
	d.w.keep()
	last, _ := d.Last(ctx)
	luck := d.at(last)
	ends := luck.IntN(3)
	if luck.Int64N(100) >= d.w.trouble.Load() {
		ends = 3
	} else {
		d.w.count("purge failed, or undone")
	}
	select {
	case <-time.After(time.Duration(1 + luck.Int64N(int64(2*time.Second)))):
	case <-ctx.Done():
		d.w.count("crash amid a purge")
		if luck.IntN(2) == 0 {
			return ctx.Err()
		}
		ctx = context.WithoutCancel(ctx)
	}
	switch ends {
	case 0:
		return errBroken
	case 1:
		return nil
	}
	d.w.keep()
	if err := d.Journal.Purge(ctx); err != nil || ends == 3 {
		return err
	}
	return errBroken
}

// shifted is a journal whose snapshots claim to know one record more than they do.
type shifted struct{ journal.Journal }

func (s shifted) SaveSnapshot(ctx context.Context, at uint64, r io.Reader) error {
	return s.Journal.SaveSnapshot(ctx, at+1, r)
}
