// Package record is how the journal keeps events: one record holds the events of
// one group of commands, in their order, with the time they share.
//
// A record is JSON with a format number of its own. A format never changes once
// it was released, but that it may gain fields, which are zero where they are left
// out, and kinds of event: testdata holds records of each, which replay for ever.
// When events change otherwise, a new format comes beside the old one, and Decode
// reads both.
//
// The structs here are the stored form, apart from core's events on purpose:
// those may be renamed, these may not.
package record

import (
	"beckon/core"
	"beckon/core/codec"
)

// Format is the number of the format that [Append] writes.
//
//   - 1: the first. Rooms added fields, which older versions skip, and the kinds
//     unlisted, memberChanged, roomChanged and profileChanged, which they refuse:
//     once there has been a room, an older relay must not write the journal.
const Format = 1

// A Record is what one entry of the journal says.
type Record struct {
	Now    core.Time
	Events []core.Event
}

// An Error says why a record cannot be read.
type Error struct{ Reason string }

func (e *Error) Error() string { return "record: " + e.Reason }

// Append writes r behind b and returns the longer slice.
func Append(b []byte, r Record) []byte {
	s := stored{format: Format, now: int64(r.Now), events: make([]entry, len(r.Events))}
	for i, e := range r.Events {
		s.events[i] = store(e)
	}
	return codec.Append(b, &s)
}

// Decode reads a record.
func Decode(data []byte) (Record, error) {
	var r reader
	return r.record(codec.Decode(data, &r))
}

// Replay applies the record, which is the journal's number seq, to a machine.
func (r Record) Replay(app *core.App, seq uint64) {
	for i, e := range r.Events {
		app.Apply(core.Stamp{Position: core.At(seq, i), Now: r.Now}, e)
	}
}

// stored is a record that is written; what reads one is a [reader].
type stored struct {
	format int64
	now    int64
	events []entry
}

func (s *stored) Fields(v *codec.Visitor) {
	v.Int("format", &s.format)
	v.Int("now", &s.now)
	codec.List(v, "events", &s.events)
}

// entry is one event that is written, or read by itself: its kind, and behind it
// its fields.
type entry struct {
	kind   string
	fields storedEvent
}

type storedEvent interface {
	codec.Message
	event() core.Event
}

func (e *entry) Fields(v *codec.Visitor) {
	v.String("event", &e.kind)
	if e.fields == nil {
		var p places
		e.fields = p.of(e.kind)
	}
	if e.fields != nil {
		e.fields.Fields(v)
	}
}

func store(e core.Event) entry {
	switch e := e.(type) {
	case core.Created:
		return entry{"created", storeCreated(e)}
	case core.Joined:
		return entry{"joined", storeJoined(e)}
	case core.Left:
		return entry{"left", storeLeft(e)}
	case core.Closed:
		return entry{"closed", storeClosed(e)}
	case core.Renewed:
		return entry{"renewed", &renewed{e.Channel, int64(e.Expires)}}
	case core.Invited:
		return entry{"invited", storeInvited(e)}
	case core.Ended:
		return entry{"ended", storeEnded(e)}
	case core.Controlled:
		return entry{"controlled", &controlled{storeActor(e.By), e.Channel, e.Account, told{attach: e.Attach, to: e.To}}}
	case core.Messaged:
		return entry{"messaged", &messaged{storeActor(e.By), told{attach: e.Attach, to: e.To}}}
	case core.Unlisted:
		return entry{"unlisted", storeUnlisted(e)}
	case core.MemberChanged:
		return entry{"memberChanged", &memberChanged{storeActor(e.By), e.Channel, e.Account, int64(e.Role), e.Card, e.To}}
	case core.RoomChanged:
		return entry{"roomChanged", &roomChanged{storeActor(e.By), e.Channel, e.Title, e.Password, e.To}}
	case core.ProfileChanged:
		return entry{"profileChanged", &profileChanged{storeActor(e.By), storeProfile(e.Profile), e.To}}
	case core.MarkedRead:
		return entry{"markedRead", storeMarkedRead(e)}
	case core.LinkLost:
		return entry{"linkLost", &linkLost{storeActor(e.By)}}
	case core.LinkBack:
		return entry{"linkBack", &linkBack{storeActor(e.By)}}
	case core.LinksLost:
		return entry{"linksLost", &linksLost{}}
	case core.Answered:
		return entry{"answered", storeAnswered(e)}
	}
	panic("record: an event of an unknown kind")
}
