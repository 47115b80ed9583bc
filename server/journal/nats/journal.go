package nats

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync"
	"time"

	natsgo "github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"beckon/server/journal"
)

// Config says which journal to open, and where. App and Dial are required.
type Config struct {
	// App is the app whose journal it is: 1 to 64 bytes, anything.
	App string
	// Dial connects to NATS with the given options behind its own. The journal calls it twice, so that a replay does
	// not delay appends, and closes what it returns.
	Dial func(...natsgo.Option) (*natsgo.Conn, error)
	// Replicas is how many nodes keep a stream that is new. 0: one.
	Replicas int
	// Incarnation is mixed into the ID. Change it after restoring a backup of the streams, whose metadata come back
	// with the records, so that clients do not resume at positions that now mean something else.
	Incarnation string
	// Timeout is how long an append, or a question to the server, waits for its answer. 0: 10 s, which is longer
	// than a cluster needs to elect a leader.
	Timeout time.Duration

	health *health // of the embedded server
}

// Journal is a journal.Journal over JetStream.
type Journal struct {
	names   names
	id      string
	timeout time.Duration

	js                 jetstream.JetStream
	records, snapshots jetstream.Stream
	appends            *publisher // over a connection of its own
	bulk               *publisher // snapshots; reads share its connection

	once sync.Once
	done chan struct{}
}

var _ journal.Journal = (*Journal)(nil)

// Open opens an app's journal, making its streams if there are none. journal.ErrCorrupt: records are missing.
func Open(ctx context.Context, c Config) (_ *Journal, err error) {
	names, err := namesFor(c.App)
	if err != nil {
		return nil, err
	}
	if c.Timeout <= 0 {
		c.Timeout = 10 * time.Second
	}
	if c.health == nil {
		c.health = newHealth(nil)
	}
	j := &Journal{names: names, timeout: c.Timeout, done: make(chan struct{})}
	defer func() {
		if err != nil {
			j.Close()
		}
	}()
	if j.appends, err = dial(c, "appends", j.done); err != nil {
		return nil, err
	}
	if j.bulk, err = dial(c, "reads", j.done); err != nil {
		return nil, err
	}
	if j.js, err = jetstream.New(j.bulk.conn, jetstream.WithDefaultTimeout(c.Timeout)); err != nil {
		return nil, fmt.Errorf("journal/nats: %w", err)
	}
	return j, j.attach(ctx, c)
}

// attach finds or makes the journal's streams.
func (j *Journal) attach(ctx context.Context, c Config) (err error) {
	replicas := max(c.Replicas, 1)
	if j.records, err = ensure(ctx, j.js, j.names.records, replicas, j.names.record); err != nil {
		return err
	}
	if j.snapshots, err = ensure(ctx, j.js, j.names.snapshots, replicas, j.names.chunk, j.names.manifest); err != nil {
		return err
	}
	info := j.records.CachedInfo()
	j.id = identity(info.Config.Metadata[idKey], c.Incarnation)
	return whole(j.names.records, info.State)
}

// identity is the ID of the stream born with the given random number, as this incarnation of its store. It is
// computed, not stored, so that nothing has to be rewritten when a store turns out to be a restored copy.
func identity(born, incarnation string) string {
	sum := sha256.Sum256([]byte(born + "\n" + incarnation))
	return hex.EncodeToString(sum[:16])
}

// ID implements journal.Journal. Its random part lies in the stream's metadata, so it lives and dies with the
// records: it survives restarts and moves with a cluster's stream, and a wiped store draws another. Metadata would
// come back with a restored backup; Config.Incarnation makes the difference there.
func (j *Journal) ID() string { return j.id }

// Last implements journal.Journal. It asks the stream's leader.
func (j *Journal) Last(ctx context.Context) (uint64, error) {
	if err := j.usable(ctx); err != nil {
		return 0, err
	}
	return j.lastOf(ctx, j.records)
}

func (j *Journal) lastOf(ctx context.Context, stream jetstream.Stream) (uint64, error) {
	info, err := stream.Info(ctx)
	if err != nil {
		return 0, j.failure(ctx, "ask for the last record", err)
	}
	return info.State.LastSeq, nil
}

// Append implements journal.Journal.
func (j *Journal) Append(ctx context.Context, record []byte, after uint64) (uint64, error) {
	if err := j.usable(ctx); err != nil {
		return 0, err
	}
	if len(record) > journal.MaxRecord {
		return 0, fmt.Errorf("%w: %d bytes", journal.ErrTooLarge, len(record))
	}
	return j.appends.publish(ctx, j.names.record, record, after)
}

// Close implements journal.Journal.
func (j *Journal) Close() error {
	j.once.Do(func() {
		close(j.done)
		for _, p := range []*publisher{j.appends, j.bulk} {
			if p != nil {
				p.close()
			}
		}
	})
	return nil
}

// usable says why nothing can be done now.
func (j *Journal) usable(ctx context.Context) error {
	if closed(j.done) {
		return journal.ErrClosed
	}
	return ctx.Err()
}

// failure wraps err, unless the journal's or the context's end explains it.
func (j *Journal) failure(ctx context.Context, doing string, err error) error {
	if end := j.usable(ctx); end != nil {
		return end
	}
	return fmt.Errorf("journal/nats: %s: %w", doing, err)
}

func closed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}
