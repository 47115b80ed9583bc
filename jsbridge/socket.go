package jsbridge

import "unicode/utf8"

// SocketHandlers hear what happens to a [Socket]; a nil one hears nothing. They
// are called one after another, in the order in which the page's events fired,
// and must not block: the page stands still until they return. They may call
// the Socket's methods.
type SocketHandlers struct {
	Open func()
	Text func(string) // one text frame; binary frames are dropped

	// Closed is called exactly once, and nothing after it. A dial that failed
	// and a link that broke have code 1006; the reason is often empty. Behind a
	// Close of ours it may come late (the peer is asked first) with our code.
	Closed func(code int, reason string)
}

const (
	closeNormal   = 1000
	closeAbnormal = 1006

	maxCloseReason = 123 // bytes, RFC 6455 section 5.5
)

// closeArgs makes a code and a reason that every environment takes: pages may
// only say 1000 or 3000 to 4999 (WHATWG WebSockets, close), so any other code
// becomes 1000. A long reason is cut between two characters.
func closeArgs(code int, reason string) (int, string) {
	if code < 3000 || code > 4999 {
		code = closeNormal
	}
	if len(reason) > maxCloseReason {
		end := maxCloseReason
		for end > 0 && !utf8.RuneStart(reason[end]) {
			end--
		}
		reason = reason[:end]
	}
	return code, reason
}
