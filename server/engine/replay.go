package engine

import (
	"context"
	"fmt"
	"iter"

	"beckon/core"
	"beckon/core/record"
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
	batchesAhead = 4
)

// replay yields the journal's records from from on, as its Read does, without the
// answers given until forgotten. They are read and decoded on a goroutine of their
// own, while the caller applies those before; it has ended when the iteration has.
func (e *Engine) replay(ctx context.Context, from uint64, forgotten core.Time) iter.Seq2[past, error] {
	return func(yield func(past, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		batches := make(chan []past, batchesAhead)
		var failed error // to be read when batches is closed
		go func() {
			defer close(batches)
			failed = e.decodeAhead(ctx, from, forgotten, batches)
		}()
		defer func() {
			cancel()
			for range batches {
			}
		}()
		for batch := range batches {
			for _, p := range batch {
				if !yield(p, nil) {
					return
				}
			}
		}
		if failed != nil {
			yield(past{}, failed)
		}
	}
}

// decodeAhead sends what it can decode, to the end or to an error.
func (e *Engine) decodeAhead(ctx context.Context, from uint64, forgotten core.Time, batches chan<- []past) error {
	decoder := record.Decoder{Forgotten: forgotten}
	var batch []past
	size := 0
	for r, err := range e.config.Journal.Read(ctx, from) {
		var p past
		if err == nil {
			p, err = decode(&decoder, r.Seq, r.Data)
		}
		if err != nil {
			batches <- batch // comes before the error
			return err
		}
		batch = append(batch, p)
		if size += p.size; len(batch) == batchRecords || size >= batchBytes {
			batches <- batch
			batch, size = make([]past, 0, batchRecords), 0
		}
	}
	batches <- batch
	return nil
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
