// Package codec reads and writes JSON without reflection: one method per type,
// Fields, serves both directions. Package wire (frames) and package record
// (stored events) share it.
//
// encoding/json would cost the browser module about 200 KB and the relay
// reflection on its hot path; it is the oracle that this package is fuzzed
// against.
//
// # The dialect of JSON
//
//   - A field with its zero value is left out, and a field left out reads as its
//     zero value. So a frame shows what matters, and fields can be added later.
//   - null reads as the zero value. Unknown fields are skipped.
//   - Keys are matched exactly. Of a repeated key the last one counts.
//   - Integers are integers: 1.0 and 1e3 are refused, and so is what does not fit.
//   - Strings are Unicode. A lone surrogate (half of a \u pair) is refused rather
//     than replaced, since text has to come out as it went in. Decode does not
//     check raw UTF-8; the relay does that once for a whole frame.
package codec

// A Message is a JSON object that knows its fields. Fields calls one method of
// [Visitor] (or one of this package's generic functions) per field, always the
// same ones in the same order, whatever the values are.
type Message interface{ Fields(v *Visitor) }

// Raw is the text of one JSON value, unread. After [Decode] it shares memory
// with the input. It must hold valid JSON when it is written.
type Raw []byte

// MaxDepth is how deep objects and lists may nest in what [Decode] reads.
const MaxDepth = 32

// An Error says why [Decode] refused a text.
type Error struct {
	Field  string // path of the field, such as "channel.members[2].uid"; empty for the whole
	Reason string // such as "is not a string"
	Offset int    // bytes read before the trouble was seen
}

func (e *Error) Error() string {
	if e.Field == "" {
		return "codec: the text " + e.Reason
	}
	return "codec: field " + e.Field + " " + e.Reason
}

// Append writes m behind b and returns the longer slice.
func Append(b []byte, m Message) []byte {
	var e Encoder
	return e.Append(b, m)
}

// An Encoder writes as [Append] does, one message after another without
// allocating anything for each. The zero Encoder is ready. It is for one
// goroutine at a time.
type Encoder struct{ v Visitor }

// Append writes m behind b and returns the longer slice.
func (e *Encoder) Append(b []byte, m Message) []byte {
	e.v.b, e.v.writing = b, true
	e.v.object(m)
	b, e.v.b = e.v.b, nil
	return b
}

// Decode reads text, one JSON object and nothing behind it, into m. The error
// is an [*Error]; m then holds what was read before it.
func Decode(text []byte, m Message) error {
	var d Decoder
	return d.Decode(text, m)
}

// A Decoder reads as [Decode] does, one text after another without allocating
// anything for each but what is read. The zero Decoder is ready. It is for one
// goroutine at a time.
type Decoder struct {
	// Text makes a string of what was read, which it must not keep; nil: each is
	// a copy of its own.
	Text func(b []byte) string

	v Visitor
}

// Decode reads text into m.
func (d *Decoder) Decode(text []byte, m Message) error {
	d.v.l = lexer{b: text, plain: d.v.l.plain, copied: d.Text}
	d.v.object(m)
	err := d.v.end()
	if d.v.key, d.v.l.b = nil, nil; cap(d.v.l.plain) > plainMost {
		d.v.l.plain = nil
	}
	return err
}

// end says what was wrong with a text, if only that it goes on.
func (v *Visitor) end() error {
	if v.l.err == nil && v.l.space() != 0 {
		v.l.fail("goes on behind its end")
	}
	if v.l.err != nil {
		return v.l.err
	}
	return nil
}

// DecodeList reads text, one JSON list of objects, calling add for a place to
// read each into.
func DecodeList(text []byte, add func() Message) error {
	v := Visitor{l: lexer{b: text}}
	v.l.list(func() { v.object(add()) })
	return v.end()
}
