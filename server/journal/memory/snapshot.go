package memory

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"beckon/server/journal"
)

// SaveSnapshot implements journal.Journal.
func (j *Journal) SaveSnapshot(ctx context.Context, at uint64, r io.Reader) error {
	if err := j.beginSave(ctx, at); err != nil {
		return err
	}
	data, err := io.ReadAll(r) // unlocked: appends go on meanwhile

	j.log.mu.Lock()
	defer j.log.mu.Unlock()
	j.log.saving = false
	if err != nil {
		return fmt.Errorf("journal/memory: read snapshot at %d: %w", at, err)
	}
	if err := j.usable(ctx); err != nil {
		return err
	}
	j.log.snapshot = &snapshot{at: at, data: data}
	return nil
}

func (j *Journal) beginSave(ctx context.Context, at uint64) error {
	j.log.mu.Lock()
	defer j.log.mu.Unlock()
	if err := j.usable(ctx); err != nil {
		return err
	}
	if last := uint64(len(j.log.records)); at > last {
		return fmt.Errorf("journal/memory: snapshot at %d lies beyond the last record %d", at, last)
	}
	if at != 0 && at <= j.log.purged {
		return fmt.Errorf("journal/memory: snapshot at %d: the journal has purged that record", at)
	}
	if j.log.saving {
		return fmt.Errorf("%w: another snapshot is being saved", journal.ErrConflict)
	}
	j.log.saving = true
	return nil
}

// LoadSnapshot implements journal.Journal.
func (j *Journal) LoadSnapshot(ctx context.Context) (uint64, io.ReadCloser, error) {
	j.log.mu.Lock()
	defer j.log.mu.Unlock()
	if err := j.usable(ctx); err != nil {
		return 0, nil, err
	}
	s := j.log.snapshot
	if s == nil {
		return 0, nil, journal.ErrNoSnapshot
	}
	return s.at, io.NopCloser(bytes.NewReader(s.data)), nil
}

// Purge implements journal.Journal.
func (j *Journal) Purge(ctx context.Context) error {
	j.log.mu.Lock()
	defer j.log.mu.Unlock()
	if err := j.usable(ctx); err != nil {
		return err
	}
	if s := j.log.snapshot; s != nil && s.at > j.log.purged+1 {
		clear(j.log.records[j.log.purged : s.at-1])
		j.log.purged = s.at - 1
	}
	return nil
}
