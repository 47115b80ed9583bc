package nats

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"iter"

	"beckon/server/journal"
)

// openSnapshot reads the chunks that m names, while ctx lasts.
func (j *Journal) openSnapshot(ctx context.Context, m manifest) io.ReadCloser {
	r := &snapshotReader{manifest: m, hash: sha256.New()}
	r.next, r.stop = iter.Pull2(func(yield func([]byte, error) bool) {
		s := scan{j: j, stream: j.snapshots, next: m.First, last: m.seq - 1, yield: func(_ uint64, chunk []byte) bool {
			return yield(chunk, nil)
		}}
		if err := s.run(ctx); err != nil {
			yield(nil, err)
		}
	})
	return r
}

// snapshotReader yields a snapshot's bytes, and io.EOF only when they are those that were saved.
type snapshotReader struct {
	manifest manifest
	next     func() ([]byte, error, bool)
	stop     func()
	chunk    []byte // what is left of it
	hash     hash.Hash
	err      error
}

func (r *snapshotReader) Read(p []byte) (int, error) {
	for len(r.chunk) == 0 && r.err == nil {
		chunk, err, more := r.next()
		if r.err = err; !more {
			r.err = r.verify()
		}
		r.hash.Write(chunk)
		r.chunk = chunk
	}
	n := copy(p, r.chunk)
	r.chunk = r.chunk[n:]
	if n > 0 || len(p) == 0 {
		return n, nil
	}
	return 0, r.err
}

// verify returns io.EOF if all of the snapshot was read.
func (r *snapshotReader) verify() error {
	if hex.EncodeToString(r.hash.Sum(nil)) != r.manifest.SHA256 {
		return fmt.Errorf("%w: snapshot at %d", journal.ErrCorrupt, r.manifest.At)
	}
	return io.EOF
}

func (r *snapshotReader) Close() error {
	r.stop()
	r.chunk, r.err = nil, errors.New("journal/nats: snapshot was closed")
	return nil
}
