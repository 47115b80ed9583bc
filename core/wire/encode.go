package wire

import (
	"errors"

	"beckon/core/codec"
)

// ErrType says that a text is no frame of this protocol, or not one for this
// side to hear.
var ErrType = errors.New("wire: unknown frame type")

// Append writes f as JSON behind b and returns the longer slice.
func Append(b []byte, f Frame) []byte { return codec.Append(b, &typed{f}) }

// An Encoder writes as [Append] does, one frame after another without allocating
// anything for each. The zero Encoder is ready. It is for one goroutine at a time.
type Encoder struct {
	codec codec.Encoder
	frame typed
}

// Append writes f as JSON behind b and returns the longer slice.
func (e *Encoder) Append(b []byte, f Frame) []byte {
	e.frame.Frame = f
	b = e.codec.Append(b, &e.frame)
	e.frame.Frame = nil
	return b
}

// typed puts the field "type" before a frame's own.
type typed struct{ Frame }

func (t *typed) Fields(v *codec.Visitor) {
	name := t.FrameType()
	v.String("type", &name)
	t.Frame.Fields(v)
}

// NewCommand returns the frame that asks for o.
func NewCommand(n uint64, o Order) *Command {
	return &Command{N: n, Name: o.CommandName(), Order: o}
}

// NewNotice returns the frame that tells e.
func NewNotice(position uint64, time int64, e Event) *Notice {
	return &Notice{Position: position, Time: time, Name: e.NoticeName(), Event: e}
}

// Decode reads the frame in text that comes from the side which sends d.
//
// The error is [ErrType] or a [*codec.Error]. With the latter the frame is
// returned too, as far as it was read, unless its type was not: a [Command]
// whose fields are at fault can still be answered by its N. A command or a
// notice whose name is unknown is no error here: its Order or Event is nil. One
// whose name is known always has one, if only with zero values.
func Decode(d Direction, text []byte) (Frame, error) {
	var r Decoder
	return r.Decode(d, text)
}

// A Decoder reads as [Decode] does, one frame after another without allocating
// anything for each but the frame. The zero Decoder is ready. It is for one
// goroutine at a time.
type Decoder struct{ codec codec.Decoder }

// Decode reads the frame in text.
func (r *Decoder) Decode(d Direction, text []byte) (Frame, error) {
	name, err := frameType(text)
	if err != nil && len(name) == 0 {
		return nil, err
	}
	i, ok := framesByType[string(name)]
	if !ok || Frames[i].Direction&d == 0 {
		return nil, ErrType
	}
	f := Frames[i].New()
	if err := r.codec.Decode(text, f); err != nil {
		return f, err
	}
	return f, settle(f, text)
}

// settle makes f's fields those of its name, where they came before the name or
// not at all.
func settle(f Frame, text []byte) (err error) {
	switch f := f.(type) {
	case *Command:
		if f.Order == nil || f.Order.CommandName() != f.Name {
			f.Order, err = readFields(text, func() Order { return newOrder(f.Name) })
		}
	case *Notice:
		if f.Event == nil || f.Event.NoticeName() != f.Name {
			f.Event, err = readFields(text, func() Event { return newEvent(f.Name) })
		}
	}
	return err
}

// readFields reads the field "fields" of a frame, and nothing else.
func readFields[M union](text []byte, make func() M) (M, error) {
	f := onlyFields[M]{fields: make(), make: make}
	var none M
	if f.fields == none {
		return none, nil
	}
	err := codec.Decode(text, &f)
	if f.fields == none { // it was null
		f.fields = make()
	}
	return f.fields, err
}

type union interface {
	comparable
	codec.Message
}

type onlyFields[M union] struct {
	fields M
	make   func() M
}

func (f *onlyFields[M]) Fields(v *codec.Visitor) { codec.Union(v, "fields", &f.fields, f.make) }

const typePrefix = `{"type":"`

// frameType finds the field "type", at once if it is the first.
func frameType(text []byte) ([]byte, error) {
	if len(text) > len(typePrefix) && string(text[:len(typePrefix)]) == typePrefix {
		for i, c := range text[len(typePrefix):] {
			if c == '"' {
				return text[len(typePrefix) : len(typePrefix)+i], nil
			}
			if c == '\\' {
				break
			}
		}
	}
	var t onlyType
	err := codec.Decode(text, &t)
	return []byte(t.name), err
}

type onlyType struct{ name string }

func (t *onlyType) Fields(v *codec.Visitor) { v.String("type", &t.name) }
