package nats

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	natsgo "github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"beckon/server/journal"
)

const (
	// idle is how long a consumer has nothing to deliver before it says so. It has then told us all it can see.
	idle = 500 * time.Millisecond
	// queue holds all messages that the server sends before it waits for us: 32 MiB, which count at least 140
	// bytes each with their subjects and headers.
	queue = 1 << 18
)

// consume delivers through one consumer, to the end or to a hole.
func (s *scan) consume(ctx context.Context) error {
	inbox := natsgo.NewInbox()
	messages := make(chan *natsgo.Msg, min(s.last-s.next+1024, queue))
	sub, err := s.j.bulk.conn.ChanSubscribe(inbox, messages)
	if err != nil {
		return s.j.failure(ctx, "subscribe", err)
	}
	defer sub.Unsubscribe()
	consumer, err := s.stream.CreatePushConsumer(ctx, jetstream.ConsumerConfig{
		DeliverSubject:    inbox,
		DeliverPolicy:     jetstream.DeliverByStartSequencePolicy,
		OptStartSeq:       s.next,
		AckPolicy:         jetstream.AckNonePolicy,
		FlowControl:       true,
		IdleHeartbeat:     idle,
		MemoryStorage:     true,
		Replicas:          1,
		InactiveThreshold: time.Minute, // should the deletion below not arrive
	})
	if err != nil {
		return s.j.failure(ctx, "make a consumer", err)
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.j.timeout)
		defer cancel()
		s.stream.DeleteConsumer(ctx, consumer.CachedInfo().Name)
	}()
	for s.next <= s.last {
		m, err := s.receive(ctx, messages)
		if err != nil {
			return err
		}
		if err := s.take(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

// receive waits for a message. Three heartbeats missed are a hole: the consumer is gone.
func (s *scan) receive(ctx context.Context, messages <-chan *natsgo.Msg) (*natsgo.Msg, error) {
	select {
	case m := <-messages: // nearly always, and much cheaper than the select below
		return m, nil
	default:
	}
	quiet := time.NewTimer(3 * idle)
	defer quiet.Stop()
	select {
	case m := <-messages:
		return m, nil
	case <-quiet.C:
		return nil, errHole
	case <-s.j.done:
		return nil, journal.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// take delivers a message, or answers one of the server's own.
func (s *scan) take(ctx context.Context, m *natsgo.Msg) error {
	if len(m.Data) == 0 && m.Header.Get("Status") != "" {
		return s.control(ctx, m)
	}
	seq, ok := sequence(m.Reply)
	switch {
	case !ok:
		return fmt.Errorf("journal/nats: message without a sequence: reply subject %q", m.Reply)
	case seq < s.next:
		return nil
	case seq > s.next:
		return errHole
	}
	return s.deliver(ctx, m.Data)
}

// control answers flow control, so that the server sends on. A heartbeat means that the consumer has nothing more.
func (s *scan) control(ctx context.Context, m *natsgo.Msg) error {
	flow := m.Reply
	if flow == "" {
		flow = m.Header.Get("Nats-Consumer-Stalled")
	}
	if flow == "" {
		return errHole
	}
	if err := s.j.bulk.conn.Publish(flow, nil); err != nil {
		return s.j.failure(ctx, "answer flow control", err)
	}
	return nil
}

// sequence finds the stream sequence in a delivered message's reply subject:
// $JS.ACK.stream.consumer.delivered.SEQUENCE.… of 9 tokens, or the same with domain and account after ACK, of 11 or 12.
func sequence(reply string) (uint64, bool) {
	before := 5
	switch n := strings.Count(reply, ".") + 1; {
	case n >= 11:
		before = 7
	case n != 9:
		return 0, false
	}
	for range before {
		_, reply, _ = strings.Cut(reply, ".")
	}
	number, _, _ := strings.Cut(reply, ".")
	seq, err := strconv.ParseUint(number, 10, 64)
	return seq, err == nil
}
