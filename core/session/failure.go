package session

import "strconv"

// A Failure is why a command has no answer from the relay.
type Failure struct {
	Kind  FailureKind
	Size  int // for FailTooLarge: bytes of the frame
	Limit int // for FailTooLarge: bytes that a frame may have
}

// FailureKind names a [Failure].
type FailureKind string

// The first three are returned by [Session.Do] and the command is not sent; the
// others come in [Replied].
const (
	FailNotConnected FailureKind = "not-connected" // not logged in at the moment
	FailTooLarge     FailureKind = "too-large"     // the frame would exceed Limit
	FailNotText      FailureKind = "not-text"      // a field is not UTF-8, which would cost the link
	FailTimeout      FailureKind = "timeout"       // the relay has not answered in time
	FailDisconnected FailureKind = "disconnected"  // the link was lost and not back in time
)

func (f *Failure) Error() string {
	if f.Kind == FailTooLarge {
		return "session: too-large: the command takes " + strconv.Itoa(f.Size) +
			" bytes, at most " + strconv.Itoa(f.Limit)
	}
	return "session: " + string(f.Kind)
}
