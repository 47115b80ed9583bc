package nats

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"

	"beckon/server/journal"
)

// idKey is the stream metadata that holds the random part of a journal's ID.
const idKey = "beckon-journal"

// ensure returns the named stream, making it first if there is none: a log that keeps everything. Metadata is written
// only with a new stream, never again, since the server does not rewrite it atomically.
func ensure(ctx context.Context, js jetstream.JetStream, name string, replicas int, subjects ...string) (jetstream.Stream, error) {
	stream, err := js.Stream(ctx, name)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		stream, err = js.CreateStream(ctx, streamConfig(name, replicas, subjects...))
		if errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) { // another relay was quicker
			stream, err = js.Stream(ctx, name)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("journal/nats: stream %s: %w", name, err)
	}
	if err := keepsAll(stream.CachedInfo().Config); err != nil {
		return nil, err
	}
	return stream, nil
}

// streamConfig is a new stream's.
func streamConfig(name string, replicas int, subjects ...string) jetstream.StreamConfig {
	var id [16]byte
	rand.Read(id[:]) // never fails, see crypto/rand
	return jetstream.StreamConfig{
		Name:       name,
		Subjects:   subjects,
		Storage:    jetstream.FileStorage,
		Replicas:   replicas,
		DenyDelete: true,
		Metadata:   map[string]string{idKey: hex.EncodeToString(id[:])},
	}
}

// keepsAll refuses a stream, set up by somebody else, that would drop records on its own or that we did not make.
func keepsAll(c jetstream.StreamConfig) error {
	for _, limit := range []struct {
		name string
		set  bool
	}{
		{"retention " + c.Retention.String(), c.Retention != jetstream.LimitsPolicy},
		{"storage " + c.Storage.String(), c.Storage != jetstream.FileStorage},
		{"max_msgs", c.MaxMsgs > 0},
		{"max_bytes", c.MaxBytes > 0},
		{"max_age", c.MaxAge > 0},
		{"max_msgs_per_subject", c.MaxMsgsPerSubject > 0},
		{"no metadata " + idKey, c.Metadata[idKey] == ""},
	} {
		if limit.set {
			return fmt.Errorf("journal/nats: stream %s cannot be a journal: %s", c.Name, limit.name)
		}
	}
	return nil
}

// whole tells whether the stream has every record from its first to its last. The first is 1 unless it was purged.
func whole(name string, s jetstream.StreamState) error {
	want := s.LastSeq + 1 - s.FirstSeq
	if s.FirstSeq == 0 { // nothing was ever stored
		want = s.LastSeq
	}
	if s.Msgs == want {
		return nil
	}
	return fmt.Errorf("%w: stream %s has %d of the %d records up to %d", journal.ErrCorrupt, name, s.Msgs, want, s.LastSeq)
}
