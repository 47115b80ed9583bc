package main

import (
	"bytes"
	"os"
	"strings"

	"beckon/server/bench/machine"
)

// hello lets a device in. Its account ends in "a" if it calls, and the account
// that it calls is the same but for a "b" at the end.
func (h *hub) hello(l *link, text []byte) bool {
	_, rest, _ := bytes.Cut(text, []byte(`"account":"`))
	account, _, ok := bytes.Cut(rest, []byte(`"`))
	if !ok || len(account) == 0 {
		return false
	}
	l.account = string(account)
	pair := l.account[:len(l.account)-1]
	l.frames = framesOf(pair+"a", pair+"b")
	h.links.Store(l.account, l)
	l.send([]byte(welcomeText))
	return true
}

// other finds the other device of a link's pair.
func (h *hub) other(l *link) *link {
	if l.peer == nil {
		pair, calls := strings.CutSuffix(l.account, "a")
		name := pair + "b"
		if !calls {
			name = strings.TrimSuffix(l.account, "b") + "a"
		}
		if peer, ok := h.links.Load(name); ok {
			l.peer = peer.(*link)
		}
	}
	return l.peer
}

// command passes a command on, at once or by way of the log. False: it is none.
func (h *hub) command(l *link, text []byte) bool {
	if h.other(l) == nil {
		return false
	}
	if h.waiting != nil {
		h.waiting <- waiting{l, bytes.Clone(text)}
		return true
	}
	return l.pass(text)
}

// pass answers a command and tells the other device.
func (l *link) pass(text []byte) bool {
	name, n, requestID := parse(text)
	f := &l.frames
	switch string(name) {
	case "callEx":
		l.send(f.called.with(n))
		l.peer.send(f.invited.with(requestID))
	case "joinAndAccept":
		l.send(f.join.with(n))
		l.peer.send(f.joined.with(nil), f.ended.with(requestID))
	case "close":
		l.send(f.close.with(n))
		l.peer.send(f.closed.with(nil))
	default:
		return false
	}
	return true
}

// waiting is a command that is to be in the log before it is passed on.
type waiting struct {
	from *link
	text []byte
}

// keep writes what waits to the log, together what has come together, and passes
// it on when the disk has it.
func (h *hub) keep(log *os.File) error {
	var group []waiting
	var record []byte
	for {
		group = append(group[:0], <-h.waiting)
		for n := len(h.waiting); n > 0; n-- {
			group = append(group, <-h.waiting)
		}
		record = record[:0]
		for _, w := range group {
			record = append(record, w.text...)
		}
		if _, err := log.Write(record); err != nil {
			return err
		}
		if err := machine.Sync(log); err != nil {
			return err
		}
		for _, w := range group {
			if !w.from.pass(w.text) {
				w.from.socket.CloseNow()
			}
		}
	}
}
