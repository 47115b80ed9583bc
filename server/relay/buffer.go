package relay

import (
	"sync"

	"beckon/core/wire"
)

// buffers are lent to links for as long as they have something to read or to
// write, so that a link at rest holds none.
var buffers = sync.Pool{New: func() any { b := make([]byte, 0, bufferSize); return &b }}

const (
	bufferSize = 4 << 10  // to begin with
	bufferMost = 64 << 10 // what has grown beyond is not kept
)

func takeBuffer() *[]byte { return buffers.Get().(*[]byte) }

func giveBuffer(b *[]byte) {
	if cap(*b) <= bufferMost {
		*b = (*b)[:0]
		buffers.Put(b)
	}
}

// decoders are lent likewise.
var decoders = sync.Pool{New: func() any { return new(wire.Decoder) }}

func decode(text []byte) (wire.Frame, error) {
	d := decoders.Get().(*wire.Decoder)
	defer decoders.Put(d)
	return d.Decode(wire.ToRelay, text)
}
