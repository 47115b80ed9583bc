package nats

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/nats-io/nats.go/jetstream"

	"beckon/server/journal"
)

// manifest is the last message of a snapshot and makes it valid; before it come its chunks, without a gap. A save cut
// short leaves chunks that no manifest names.
type manifest struct {
	At       uint64 `json:"at"`
	Record   string `json:"record"`   // fingerprint of the journal's record at
	First    uint64 `json:"first"`    // sequence of the first chunk; of the manifest if there is none
	SHA256   string `json:"sha256"`   // of all chunks, hex
	Previous uint64 `json:"previous"` // sequence of the manifest before, 0 if none

	seq uint64 // its own
}

// SaveSnapshot implements journal.Journal.
func (j *Journal) SaveSnapshot(ctx context.Context, at uint64, r io.Reader) error {
	if err := j.usable(ctx); err != nil {
		return err
	}
	record, err := j.fingerprint(ctx, at)
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return fmt.Errorf("journal/nats: snapshot at %d: the journal has no such record", at)
	}
	if err != nil {
		return err
	}
	previous, err := j.manifest(ctx, newest)
	if err != nil && !errors.Is(err, journal.ErrNoSnapshot) {
		return err
	}
	last, err := j.lastOf(ctx, j.snapshots)
	if err != nil {
		return err
	}
	m := manifest{At: at, Record: record, First: last + 1, Previous: previous.seq}
	if last, err = j.saveChunks(ctx, r, last, &m); err != nil {
		return err
	}
	data, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("journal/nats: %w", err)
	}
	if _, err := j.bulk.publish(ctx, j.names.manifest, data, last); err != nil {
		return fmt.Errorf("snapshot at %d: %w", at, err)
	}
	if previous.First > 1 {
		// Keeps the one before, which somebody may be reading. If this fails, the next save does it.
		_ = j.snapshots.Purge(ctx, jetstream.WithPurgeSequence(previous.First))
	}
	return nil
}

// saveChunks appends what r yields behind message last and completes m. It returns the last message.
func (j *Journal) saveChunks(ctx context.Context, r io.Reader, last uint64, m *manifest) (uint64, error) {
	hash := sha256.New()
	buf := make([]byte, journal.MaxRecord)
	for end := false; !end; {
		n, err := fill(r, buf)
		if end = err == io.EOF; err != nil && !end {
			return 0, fmt.Errorf("journal/nats: read snapshot at %d: %w", m.At, err)
		}
		if n == 0 {
			continue
		}
		if last, err = j.bulk.publish(ctx, j.names.chunk, buf[:n], last); err != nil {
			return 0, fmt.Errorf("snapshot at %d: %w", m.At, err)
		}
		hash.Write(buf[:n])
	}
	m.SHA256 = hex.EncodeToString(hash.Sum(nil))
	return last, nil
}

// fill reads until buf is full or r ends. Unlike io.ReadFull it tells io.EOF from a reader that reports
// io.ErrUnexpectedEOF itself.
func fill(r io.Reader, buf []byte) (n int, err error) {
	for n < len(buf) && err == nil {
		var k int
		k, err = r.Read(buf[n:])
		n += k
	}
	return n, err
}

// LoadSnapshot implements journal.Journal.
func (j *Journal) LoadSnapshot(ctx context.Context) (uint64, io.ReadCloser, error) {
	if err := j.usable(ctx); err != nil {
		return 0, nil, err
	}
	m, err := j.manifest(ctx, newest)
	for err == nil {
		record, problem := j.fingerprint(ctx, m.At)
		switch {
		case problem == nil && record == m.Record:
			return m.At, j.openSnapshot(ctx, m), nil
		case problem != nil && !errors.Is(problem, jetstream.ErrMsgNotFound):
			return 0, nil, problem
		case m.Previous == 0:
			return 0, nil, journal.ErrNoSnapshot
		}
		m, err = j.manifest(ctx, m.Previous)
	}
	return 0, nil, err
}

// Purge implements journal.Journal. It keeps what the snapshot before the newest needs, too, since that is what
// LoadSnapshot falls back on.
func (j *Journal) Purge(ctx context.Context) error {
	if err := j.usable(ctx); err != nil {
		return err
	}
	m, err := j.manifest(ctx, newest)
	if err == nil && m.Previous != 0 {
		m, err = j.manifest(ctx, m.Previous)
	}
	if errors.Is(err, journal.ErrNoSnapshot) || err == nil && m.At == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	if err := j.records.Purge(ctx, jetstream.WithPurgeSequence(m.At)); err != nil {
		return j.failure(ctx, fmt.Sprintf("purge what is before record %d", m.At), err)
	}
	return nil
}

// newest stands for the sequence of the manifest stored last.
const newest = 0

// manifest returns the one with the given sequence. journal.ErrNoSnapshot: there is none.
func (j *Journal) manifest(ctx context.Context, seq uint64) (m manifest, err error) {
	var msg *jetstream.RawStreamMsg
	if seq == newest {
		msg, err = j.snapshots.GetLastMsgForSubject(ctx, j.names.manifest)
	} else {
		msg, err = j.snapshots.GetMsg(ctx, seq)
	}
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return m, journal.ErrNoSnapshot
	}
	if err != nil {
		return m, j.failure(ctx, "find a snapshot", err)
	}
	if err := json.Unmarshal(msg.Data, &m); err != nil {
		return manifest{}, fmt.Errorf("%w: snapshot manifest %d: %w", journal.ErrCorrupt, msg.Sequence, err)
	}
	m.seq = msg.Sequence
	return m, nil
}

// fingerprint tells a record from any other that may get its sequence: after a wipe, or when an unsynced journal lost
// its tail in a power cut that its snapshots survived. jetstream.ErrMsgNotFound: there is none.
func (j *Journal) fingerprint(ctx context.Context, at uint64) (string, error) {
	if at == 0 {
		return "", nil
	}
	m, err := j.records.GetMsg(ctx, at)
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return "", err
	}
	if err != nil {
		return "", j.failure(ctx, fmt.Sprintf("read record %d", at), err)
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%d\n%s", m.Time.UnixNano(), m.Data))
	return hex.EncodeToString(sum[:]), nil
}
