package record

import (
	"strconv"

	"beckon/core"
	"beckon/core/codec"
)

// reader is a record that is read, event by event.
type reader struct {
	format int64
	now    int64
	events []core.Event
	opened bool // an event is being read ...
	read   reading
	places places
	alien  *Error // the first event that is of no known kind

	forgotten int64 // see [Decoder]
}

func (r *reader) Fields(v *codec.Visitor) {
	v.Int("format", &r.format)
	v.Int("now", &r.now)
	codec.Each(v, "events", r)
}

// Begin implements [codec.Taker].
func (r *reader) Begin() {
	r.events, r.opened, r.alien = r.events[:0], false, nil
}

// Next implements [codec.Taker].
func (r *reader) Next() codec.Message {
	r.take()
	r.opened, r.read = true, reading{places: &r.places, old: r.now != 0 && r.now <= r.forgotten}
	return &r.read
}

// take adds the event that has been read to those before.
func (r *reader) take() {
	switch {
	case !r.opened:
	case r.read.fields != nil:
		r.events = append(r.events, r.read.fields.event())
	case r.alien == nil:
		r.alien = &Error{"an event " + strconv.Quote(r.read.kind) + " is not known to this version"}
	}
	r.opened = false
}

// record is what was stored, if reading it gave no error.
func (r *reader) record(err error) (Record, error) {
	if err != nil && r.format == 0 { // it did not come so far as to say
		return Record{}, err
	}
	if r.format != Format {
		return Record{}, &Error{"format " + strconv.FormatInt(r.format, 10) + " is not known to this version"}
	}
	if err != nil {
		return Record{}, err
	}
	if r.take(); r.alien != nil {
		return Record{}, r.alien
	}
	return Record{Now: core.Time(r.now), Events: append(make([]core.Event, 0, len(r.events)), r.events...)}, nil
}

// reading is one event that is read: its kind, and behind it its fields.
type reading struct {
	kind   string
	fields storedEvent // nil: the kind is not known (yet)
	places *places
	old    bool // an answer need not be read
}

func (e *reading) Fields(v *codec.Visitor) {
	v.String("event", &e.kind)
	if e.fields == nil && e.old && e.kind == "answered" {
		e.fields = forgotten{}
	}
	if e.fields == nil {
		e.fields = e.places.of(e.kind)
	}
	if e.fields != nil {
		e.fields.Fields(v)
	}
}

// forgotten is an answer of which nothing is read.
type forgotten struct{}

var noAnswer core.Event = core.Answered{}

func (forgotten) event() core.Event     { return noAnswer }
func (forgotten) Fields(*codec.Visitor) {}
