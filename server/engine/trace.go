package engine

import (
	"strconv"
	"sync"
	"time"

	"beckon/core"
	"beckon/core/wire"
)

// Trace names a command in logs: the connection, as the welcome told it to the
// page, and the command's number there. Other links go by their number alone.
func Trace(link Link, n uint64) string {
	text := strconv.FormatUint(n, 10)
	if l, ok := link.(interface{ Connection() string }); ok {
		return l.Connection() + "-" + text
	}
	return text
}

// logRefusal tells an operator what a page has been told, in the same words.
func (e *Engine) logRefusal(t *command, now time.Duration) {
	unlogged, ok := e.told.Take(e.started.Add(now))
	if !ok {
		return
	}
	reason := t.ended.Detail
	if t.ended.Code == core.UnknownCommand { // it is the name, of up to a whole frame
		reason = ""
	}
	e.log.Info("engine: command refused", "trace", Trace(t.link, t.command.N), "account", t.device.Account,
		"device", t.device.Device, "command", CommandName(t.command), "code", t.ended.Code, "field", t.ended.Field,
		"reason", reason, "unlogged", unlogged)
}

// CommandName keeps what a stranger made up out of the log.
func CommandName(c *wire.Command) string {
	if c.Order == nil {
		return unknownName
	}
	return c.Name
}

// A Quota is how many lines about refusals a second has, lest somebody fills the
// disk by asking for what is refused. The zero Quota is ready.
type Quota struct {
	mu      sync.Mutex
	second  time.Time
	used    int
	dropped uint64 // since the last line
}

const linesPerSecond = 50

// Take says whether a line may be written now, and how many were not since the
// one before it.
func (q *Quota) Take(now time.Time) (unlogged uint64, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if s := now.Truncate(time.Second); !s.Equal(q.second) {
		q.second, q.used = s, 0
	}
	if q.used++; q.used > linesPerSecond {
		q.dropped++
		return 0, false
	}
	unlogged, q.dropped = q.dropped, 0
	return unlogged, true
}
