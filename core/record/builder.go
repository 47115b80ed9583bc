package record

import (
	"beckon/core"
	"beckon/core/codec"
)

// A Builder writes one record event by event, so that its writer can stop in
// time before it gets too large. The zero Builder is ready for Start.
type Builder struct {
	b       []byte
	n       int
	encoder codec.Encoder
	begun   stored
	entry   entry // the last one; both here, so that they cost no allocation
}

// A Mark is a place in a record to go back to.
type Mark struct{ bytes, events int }

// Start drops what was written and begins a record of the given time.
func (r *Builder) Start(now core.Time) {
	r.begun = stored{format: Format, now: int64(now)}
	r.b = r.encoder.Append(r.b[:0], &r.begun)
	r.b = append(r.b[:len(r.b)-1], `,"events":[`...)
	r.n = 0
}

// Add writes an event.
func (r *Builder) Add(e core.Event) {
	if r.n > 0 {
		r.b = append(r.b, ',')
	}
	r.entry = store(e)
	r.b = r.encoder.Append(r.b, &r.entry)
	r.n++
}

// Mark returns where the record stands.
func (r *Builder) Mark() Mark { return Mark{len(r.b), r.n} }

// Back takes away what was added since m.
func (r *Builder) Back(m Mark) { r.b, r.n = r.b[:m.bytes], m.events }

// Len is how many events the record has.
func (r *Builder) Len() int { return r.n }

// Size is how many bytes the record has.
func (r *Builder) Size() int { return len(r.b) + len("]}") }

// Bytes returns the record. It is good until the next Start.
func (r *Builder) Bytes() []byte { return append(r.b, "]}"...) }
