package core

// Time is machine time in Unix milliseconds. The zero Time means never, or not yet.
type Time int64

// Position numbers what an app's journal holds: the record's sequence × 2^16
// plus the event's index in it. Positions of one app rise; they are not dense.
type Position uint64

// MaxEvents is how many events one record may hold, so that their indexes fit a
// [Position].
const MaxEvents = 1 << 16

// At returns the position of the event at index in record seq.
func At(seq uint64, index int) Position { return Position(seq<<16 | uint64(index)) }

// Record returns the sequence of the journal record that holds p.
func (p Position) Record() uint64 { return uint64(p) >> 16 }

// A Stamp says where in the journal an event stands, and when it happened.
type Stamp struct {
	Position Position
	Now      Time
}

// An Actor is who asks for something: an account, on one of its devices, in one
// life of that device.
type Actor struct {
	Account string
	Device  string
	Life    string
}
