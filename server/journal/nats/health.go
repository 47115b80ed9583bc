package nats

import (
	"fmt"
	"sync"
)

// health listens to nats-server's log, the only place where it says why it stopped answering: after a failed write
// it sends no reply at all. It is a server.Logger.
type health struct {
	logf   func(format string, args ...any)
	failed chan struct{} // closed when the store takes no more records
	poke   chan struct{} // holds a token when something was logged that nobody has looked into

	mu    sync.Mutex
	last  error // the one logged last
	cause error // why failed is closed
}

func newHealth(logf func(string, ...any)) *health {
	if logf == nil {
		logf = func(string, ...any) {}
	}
	return &health{logf: logf, failed: make(chan struct{}), poke: make(chan struct{}, 1)}
}

// err says why the store takes no more records, nil while it does.
func (h *health) err() error {
	if !closed(h.failed) {
		return nil
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.cause
}

// fail declares the store failed, because of the error logged last if there is one.
func (h *health) fail(what string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.cause != nil {
		return
	}
	h.cause = fmt.Errorf("journal/nats: %s", what)
	if h.last != nil {
		h.cause = fmt.Errorf("journal/nats: write: %w", h.last)
	}
	close(h.failed)
}

// logged is the error logged last, if any.
func (h *health) logged() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.last
}

// Errorf implements server.Logger.
func (h *health) Errorf(format string, args ...any) { h.note(format, args) }

// Warnf implements server.Logger. Some warnings precede the store's end, too.
func (h *health) Warnf(format string, args ...any) { h.note(format, args) }

// Fatalf implements server.Logger. It returns, and the server's Start does then too.
func (h *health) Fatalf(format string, args ...any) { h.note(format, args) }

// note keeps the error and wakes whoever looks into it. The server may hold locks meanwhile, so it does no more.
func (h *health) note(format string, args []any) {
	h.mu.Lock()
	if h.last == nil {
		h.last = fmt.Errorf(format, args...)
	}
	for _, arg := range args {
		if err, ok := arg.(error); ok {
			h.last = err // says more than the text: it may be an errno
		}
	}
	h.mu.Unlock()
	select {
	case h.poke <- struct{}{}:
	default:
	}
	h.logf("nats-server: "+format, args...)
}

// Noticef implements server.Logger. What goes well is not told.
func (h *health) Noticef(string, ...any) {}

// Debugf implements server.Logger.
func (h *health) Debugf(string, ...any) {}

// Tracef implements server.Logger.
func (h *health) Tracef(string, ...any) {}
