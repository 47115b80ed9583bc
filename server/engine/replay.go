package engine

import (
	"context"
	"fmt"
	"iter"
	"runtime"
	"sync"

	"beckon/core"
	"beckon/core/record"
	"beckon/server/journal"
)

// A past is a record of the journal, decoded.
type past struct {
	record.Record
	seq  uint64
	size int // bytes of it, as stored
}

// Records are decoded ahead in batches of so many, or of so many bytes, since
// handing over each would cost as much as decoding a small one.
const (
	batchRecords = 128
	batchBytes   = 128 << 10
	batchesAhead = 4 // for each who decodes
)

// mostDecoders is how many decode at once at the most. To read and to apply takes
// the time of about two of them.
const mostDecoders = 4

// A pastBatch is records that follow each other, on their way through a replay.
type pastBatch struct {
	records []journal.Record
	decoded chan struct{} // closed when they are, or as many of them as can be
	past    []past
	err     error // comes behind them
}

// replay yields the journal's records from from on, as its Read does, without the
// answers given until forgotten. They are read and decoded on goroutines of their
// own, while the caller applies those before; they have ended when the iteration has.
func (e *Engine) replay(ctx context.Context, from uint64, forgotten core.Time) iter.Seq2[past, error] {
	return func(yield func(past, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		decoders := min(runtime.GOMAXPROCS(0), mostDecoders)
		inOrder := make(chan *pastBatch, batchesAhead*decoders)
		toDecode := make(chan *pastBatch, batchesAhead*decoders)
		var running sync.WaitGroup
		running.Go(func() {
			defer close(inOrder)
			defer close(toDecode)
			e.readAhead(ctx, from, func(b *pastBatch) {
				toDecode <- b
				inOrder <- b
			})
		})
		for range decoders {
			running.Go(func() {
				decoder := record.Decoder{Forgotten: forgotten}
				for b := range toDecode {
					b.decode(&decoder)
				}
			})
		}
		defer func() {
			cancel()
			for range inOrder {
			}
			running.Wait()
		}()
		for b := range inOrder {
			<-b.decoded
			for _, p := range b.past {
				if !yield(p, nil) {
					return
				}
			}
			if b.err != nil {
				yield(past{}, b.err)
				return
			}
		}
	}
}

// readAhead hands over what it can read, to the end or to an error.
func (e *Engine) readAhead(ctx context.Context, from uint64, hand func(*pastBatch)) {
	next := func() *pastBatch {
		return &pastBatch{records: make([]journal.Record, 0, batchRecords), decoded: make(chan struct{})}
	}
	batch, size := next(), 0
	for r, err := range e.config.Journal.Read(ctx, from) {
		if err != nil {
			batch.err = err
			break
		}
		batch.records = append(batch.records, r)
		if size += len(r.Data); len(batch.records) == batchRecords || size >= batchBytes {
			hand(batch)
			batch, size = next(), 0
		}
	}
	hand(batch)
}

// decode decodes the batch's records, up to one that cannot be.
func (b *pastBatch) decode(d *record.Decoder) {
	defer close(b.decoded)
	b.past = make([]past, 0, len(b.records))
	for _, r := range b.records {
		p, err := decode(d, r.Seq, r.Data)
		if err != nil {
			b.err = err
			break
		}
		b.past = append(b.past, p)
	}
	b.records = nil
}

func decode(d *record.Decoder, seq uint64, data []byte) (past, error) {
	r, err := d.Decode(data)
	if err != nil {
		return past{}, fmt.Errorf("record %d: %w", seq, err)
	}
	return past{r, seq, len(data)}, nil
}

// latestRecords are those in which [Engine.lastAnswer] looks. What a relay writes
// at its end and its beginning has no answers.
const latestRecords = 32

// lastAnswer is when the last answer in the journal was given. What it makes the
// machine forget need not be decoded. 0: it is not among the latest records, or
// there are no others behind from.
func (e *Engine) lastAnswer(ctx context.Context, from uint64) (at core.Time, err error) {
	last, err := e.config.Journal.Last(ctx)
	if err != nil || last < from+latestRecords {
		return 0, err
	}
	for p, err := range e.replay(ctx, last-latestRecords+1, 0) {
		if err != nil {
			return 0, err
		}
		for _, event := range p.Events {
			if _, is := event.(core.Answered); is {
				at = p.Now
			}
		}
	}
	return at, nil
}
