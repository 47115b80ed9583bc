package nats

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	natsgo "github.com/nats-io/nats.go"

	"beckon/server/journal"
)

// publisher appends to streams by compare-and-set: one message at a time, with one subscription for all replies.
type publisher struct {
	conn    *natsgo.Conn
	inbox   string           // replies go to inbox + a number
	replies chan *natsgo.Msg // those of publications given up may be among them
	lost    chan struct{}    // a token when the connection broke: the reply may never come
	turn    chan struct{}    // holds a token while somebody publishes
	sent    uint64           // numbers the publications
	done    <-chan struct{}  // the journal was closed
	health  *health          // of the server, if it is ours
	timeout time.Duration    // for a reply

	// Of whoever has the turn, made once:
	msg   natsgo.Msg
	after []string // the header in msg
	late  *time.Timer
}

func dial(c Config, purpose string, done <-chan struct{}) (*publisher, error) {
	p := &publisher{
		inbox:   natsgo.NewInbox() + ".",
		replies: make(chan *natsgo.Msg, 16),
		lost:    make(chan struct{}, 1),
		turn:    make(chan struct{}, 1),
		done:    done,
		health:  c.health,
		timeout: c.Timeout,
		after:   []string{""},
		late:    time.NewTimer(c.Timeout),
	}
	p.late.Stop()
	p.msg.Header = natsgo.Header{natsgo.ExpectedLastSeqHdr: p.after}
	conn, err := c.Dial(
		natsgo.Name("beckon journal "+purpose),
		natsgo.MaxReconnects(-1),
		natsgo.ReconnectBufSize(-1), // what cannot be sent now fails now, and is not sent behind our back later
		natsgo.DisconnectErrHandler(func(*natsgo.Conn, error) {
			select {
			case p.lost <- struct{}{}:
			default:
			}
		}),
	)
	if err != nil {
		return nil, fmt.Errorf("journal/nats: connect: %w", err)
	}
	if _, err := conn.ChanSubscribe(p.inbox+"*", p.replies); err != nil {
		conn.Close()
		return nil, fmt.Errorf("journal/nats: subscribe to replies: %w", err)
	}
	p.conn = conn
	return p, nil
}

// close waits for the publication under way, which its timeout bounds.
func (p *publisher) close() {
	p.turn <- struct{}{}
	p.conn.Close()
}

// publish appends data to the stream of subject behind sequence after. Its errors are those of Journal.Append.
func (p *publisher) publish(ctx context.Context, subject string, data []byte, after uint64) (uint64, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	select {
	case p.turn <- struct{}{}:
	case <-p.done:
		return 0, journal.ErrClosed
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	defer func() { <-p.turn }()
	if closed(p.done) {
		return 0, journal.ErrClosed
	}
	if err := p.health.err(); err != nil {
		return 0, fmt.Errorf("%w: %w", journal.ErrFailed, err)
	}
	number, err := p.send(subject, data, after)
	if err != nil {
		return 0, err
	}
	reply, err := p.await(ctx, number)
	if err != nil {
		return 0, ambiguous(after, err)
	}
	return acknowledged(reply, after)
}

func (p *publisher) send(subject string, data []byte, after uint64) (number string, err error) {
	select {
	case <-p.lost: // an old loss
	default:
	}
	p.sent++
	number = strconv.FormatUint(p.sent, 36)
	p.after[0] = strconv.FormatUint(after, 10)
	p.msg.Subject, p.msg.Reply, p.msg.Data = subject, p.inbox+number, data
	err = p.conn.PublishMsg(&p.msg) // copies it
	p.msg.Data = nil
	switch {
	case err == nil:
		return number, nil
	case errors.Is(err, natsgo.ErrConnectionClosed), errors.Is(err, natsgo.ErrReconnectBufExceeded), errors.Is(err, natsgo.ErrMaxPayload):
		return "", fmt.Errorf("journal/nats: append after %d was not sent: %w", after, err)
	default:
		return "", ambiguous(after, err)
	}
}

// await returns the reply to the publication with this number.
func (p *publisher) await(ctx context.Context, number string) (*natsgo.Msg, error) {
	p.late.Reset(p.timeout)
	defer p.late.Stop()
	for {
		select {
		case reply := <-p.replies:
			if reply.Subject[len(p.inbox):] == number {
				return reply, nil
			}
		case <-p.lost:
			return nil, errors.New("connection lost")
		case <-p.health.failed:
			return nil, p.health.err()
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-p.late.C:
			return nil, fmt.Errorf("no answer within %v", p.timeout)
		}
	}
}

func ambiguous(after uint64, why error) error {
	return fmt.Errorf("%w: append after %d: %w", journal.ErrAmbiguous, after, why)
}
