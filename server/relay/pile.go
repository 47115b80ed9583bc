package relay

import "sync/atomic"

// pile counts what waits for devices that read slowly, over all links: each of them
// may have an outbox of 4 MiB, but not all. Outboxes that fit a buffer are not in it.
type pile struct {
	bytes atomic.Int64
	most  int64
}

func (p *pile) add(n int) { p.bytes.Add(int64(n)) }

// tooHigh says that whoever adds to the pile now is cut off.
func (p *pile) tooHigh() bool { return p.bytes.Load() > p.most }
