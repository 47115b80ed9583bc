package record

import (
	"beckon/core"
	"beckon/core/codec"
)

// A Decoder reads records as [Decode] does, one after another: texts that come
// again soon, such as who acted and where, are one string in all of them. The
// zero Decoder is ready. It is for one goroutine at a time.
type Decoder struct {
	// Forgotten is until when answers need not be remembered: those of records of
	// that time and before are read as zero ones, which tell the machine nothing
	// but the time. 0: there are none.
	Forgotten core.Time

	codec  codec.Decoder
	reader reader
	texts  [1 << 10]string
}

// Decode reads a record.
func (d *Decoder) Decode(data []byte) (Record, error) {
	d.codec.Text = d.text
	d.reader.format, d.reader.now, d.reader.forgotten = 0, 0, int64(d.Forgotten)
	d.reader.Begin()
	r, err := d.reader.record(d.codec.Decode(data, &d.reader))
	clear(d.reader.events)
	return r, err
}

// shortText is as long as a text may be that is looked for among those before.
const shortText = 40

// text makes a string of b, or returns the one that was made before.
func (d *Decoder) text(b []byte) string {
	if len(b) < 2 || len(b) > shortText {
		return string(b)
	}
	s := &d.texts[place(b)]
	if *s != string(b) {
		*s = string(b)
	}
	return *s
}

// place says where a text is kept. It looks at some bytes only: two texts in one
// place cost no more than a copy.
func place(b []byte) uint32 {
	last := len(b) - 1
	h := uint32(len(b))
	for _, k := range [...]int{0, last / 2, last - 1, last} {
		h = (h ^ uint32(b[k])) * 16777619 // of FNV-1a
	}
	return (h ^ h>>16) % uint32(len(Decoder{}.texts))
}
