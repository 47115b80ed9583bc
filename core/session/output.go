package session

import "beckon/core/wire"

// An Output is what the session wants done, or has to tell. The first three are
// for whoever owns the socket, the others for the application.
type Output interface{ output() }

// A Link names one attempt at a live socket; each has a number of its own.
type Link uint64

// Dial asks for a new link. Answer with [Session.Opened] or [Session.Closed].
type Dial struct{ Link Link }

// Send asks to send one text message.
type Send struct {
	Link Link
	Text []byte // UTF-8; the receiver's to keep
}

// Hangup asks to close a link, opened or not. What is still heard of it is
// ignored.
type Hangup struct {
	Link Link
	Code wire.CloseCode // 1000 or 4000 to 4999, as browsers want it
}

// Connected says that the relay has let us in; commands are taken now.
type Connected struct {
	Connection string // names the link in the relay's log
	Fresh      bool   // a [Fresh] follows; else nothing was missed
}

// Fresh says that what follows does not join up with what was told before: the
// first connection of a life, or one after too long or too much. The view shows
// how things are; invitations that this life has not been told follow as [Told].
type Fresh struct {
	GoneChannels    []Channel         // was in the view, and the account is not in it any more
	GoneInvitations []wire.Invitation // was told and not yet over, and is not pending any more
}

// Told is something that happened.
type Told struct{ Notice *wire.Notice }

// Replied answers the command that [Session.Do] numbered N. Exactly one of OK,
// Refusal and Failure is set.
type Replied struct {
	N        uint64
	Position uint64 // of the answer, see [wire.Reply]; 0 with a Failure
	OK       *wire.Outcome
	Refusal  *wire.Refusal
	Failure  *Failure // FailTimeout or FailDisconnected: whether it was carried out is not known
}

// Reconnecting says that there is no link, and that another try is made.
type Reconnecting struct {
	Attempt int    // 1, 2, … since the last link that lasted
	Delay   Millis // until then; 0: now
	Code    wire.CloseCode
	Reason  string // what the other side said, for people
}

// Disconnected says that there is no link, and none is tried until
// [Session.Connect].
type Disconnected struct {
	Why     Why
	Code    wire.CloseCode // with which the relay closed, if it did
	Reason  string         // what it said then, for people
	Refusal *wire.Refusal  // for [Refused]; nil if it did not get through

	Connection string // of a Refusal: names the link in the relay's log
}

// Why says why a session is off.
type Why string

// The reasons for [Disconnected].
const (
	Asked    Why = "asked"    // Disconnect was called
	Refused  Why = "refused"  // the relay does not let the account in: see Refusal
	Replaced Why = "replaced" // the device has another life, which took over
	Kicked   Why = "kicked"   // an operator or another login ended the session
	Banned   Why = "banned"   // the account or device may not come back
	Broken   Why = "broken"   // the two sides do not understand each other
	GaveUp   Why = "gave-up"  // MaxRetries tries failed
)

func (Dial) output()         {}
func (Send) output()         {}
func (Hangup) output()       {}
func (Connected) output()    {}
func (Fresh) output()        {}
func (Told) output()         {}
func (Replied) output()      {}
func (Reconnecting) output() {}
func (Disconnected) output() {}

// outputs waits for the owner to drain it.
type outputs struct {
	list []Output
	next int
}

func (q *outputs) add(o Output) { q.list = append(q.list, o) }

func (q *outputs) take() Output {
	if q.next == len(q.list) {
		q.list, q.next = q.list[:0], 0
		return nil
	}
	o := q.list[q.next]
	q.list[q.next] = nil
	q.next++
	return o
}
