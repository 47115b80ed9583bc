package nats

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/nats-io/nats.go/jetstream"

	"beckon/server/journal"
)

// Read implements journal.Journal.
func (j *Journal) Read(ctx context.Context, from uint64) iter.Seq2[journal.Record, error] {
	return func(yield func(journal.Record, error) bool) {
		last, err := j.Last(ctx)
		if err == nil {
			s := scan{j: j, stream: j.records, next: max(from, 1), last: last, yield: func(seq uint64, data []byte) bool {
				return yield(journal.Record{Seq: seq, Data: data}, nil)
			}}
			err = s.run(ctx)
		}
		if err != nil {
			yield(journal.Record{}, err)
		}
	}
}

var (
	errStopped = errors.New("the caller has seen enough")
	errHole    = errors.New("the consumer skips a record, or is silent")
)

// scan yields the messages of a stream from next to last. It gets them from consumers, which are fast but see only
// what their replica has and skip what is damaged; whether a message that did not come exists, the leader decides.
type scan struct {
	j          *Journal
	stream     jetstream.Stream
	next, last uint64
	yield      func(seq uint64, data []byte) bool
}

func (s *scan) run(ctx context.Context) error {
	var err error
	for err == nil && s.next <= s.last {
		if err = s.consume(ctx); err == errHole {
			err = s.ask(ctx)
		}
	}
	if err == errStopped {
		return nil
	}
	return err
}

// deliver hands on the message numbered next.
func (s *scan) deliver(ctx context.Context, data []byte) error {
	if err := s.j.usable(ctx); err != nil {
		return err
	}
	s.next++
	if !s.yield(s.next-1, data) {
		return errStopped
	}
	return nil
}

// ask gets the message numbered next from the stream's leader, which alone knows whether it exists.
func (s *scan) ask(ctx context.Context) error {
	m, err := s.stream.GetMsg(ctx, s.next)
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return fmt.Errorf("%w: number %d of %d", journal.ErrCorrupt, s.next, s.last)
	}
	if err != nil {
		return s.j.failure(ctx, fmt.Sprintf("read record %d", s.next), err)
	}
	return s.deliver(ctx, m.Data)
}
