package page

import (
	"strconv"

	"beckon/core/session"
	"beckon/core/wire"
)

// A dialect speaks a vendor's language for one target. The target calls it with
// its lock held, and so it may use the target's session, ask and emit.
type dialect interface {
	// open takes what an SDK instance says of itself, now or anew.
	open(o opening)
	// call does what the page calls method. done hears its end once, behind the
	// events that come before it.
	call(method, options string, done func(result string, err error))

	// What the session tells, but for answers to calls.
	connected(fresh bool) // a fresh one is followed by fresh
	fresh(f session.Fresh)
	lost(code wire.CloseCode) // and tried again
	told(n *wire.Notice)
	// disconnected is the JSON text of the event that ends a connection for good.
	disconnected(d session.Disconnected) string

	// tick lets time pass; wake says when it is wanted, never if it is not.
	tick(now session.Millis)
	wake() session.Millis
}

// never is later than any moment.
const never session.Millis = 1<<63 - 1

func newDialect(t *target, o opening) (dialect, error) {
	switch o.dialect {
	case "nim":
		return newNIM(t, o), nil
	case "tui":
		return newTUI(t, o), nil
	}
	return nil, failure{"bad-field", "dialect " + strconv.Quote(o.dialect) + " is not known to this module"}
}
