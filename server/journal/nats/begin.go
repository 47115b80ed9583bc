package nats

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"

	"beckon/server/journal"
)

// ErrExists says that an app has a journal already.
var ErrExists = errors.New("there is a journal of that name already")

// Begin makes the journal of an app that has none, for records whose numbers begin
// with first: so a backup's records keep theirs.
func (s *Server) Begin(ctx context.Context, app string, first uint64) (*Journal, error) {
	names, err := namesFor(app)
	if err != nil {
		return nil, err
	}
	if err := s.make(ctx, names, first); err != nil {
		return nil, fmt.Errorf("journal/nats: begin the journal of %s: %w", app, err)
	}
	return s.Open(ctx, app)
}

// make makes the stream for the records; opening the journal does the rest.
func (s *Server) make(ctx context.Context, names names, first uint64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return journal.ErrClosed
	}
	conn, err := s.dial()
	if err != nil {
		return err
	}
	defer conn.Close()
	js, err := jetstream.New(conn)
	if err != nil {
		return err
	}
	if _, err := js.Stream(ctx, names.records); !errors.Is(err, jetstream.ErrStreamNotFound) {
		return errors.Join(ErrExists, err)
	}
	config := streamConfig(names.records, 1, names.record)
	if first > 1 {
		config.FirstSeq = first
	}
	_, err = js.CreateStream(ctx, config)
	return err
}

// Err says why the store takes no more records; nil while it does.
func (s *Server) Err() error { return s.health.err() }
