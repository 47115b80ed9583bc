package engine

import (
	"strconv"
	"time"

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
	if !e.told.take(now) {
		return
	}
	e.log.Info("engine: command refused", "trace", Trace(t.link, t.command.N), "account", t.device.Account,
		"device", t.device.Device, "command", nameOf(t.command), "code", t.ended.Code, "field", t.ended.Field,
		"reason", t.ended.Detail, "unlogged", e.told.passed())
}

// nameOf keeps what a stranger made up out of the log.
func nameOf(c *wire.Command) string {
	if c.Order == nil {
		return unknownName
	}
	return c.Name
}

// quota is how many lines about refusals a second has, lest somebody fills the
// disk by asking for what is refused.
type quota struct {
	second  time.Duration
	used    int
	dropped uint64 // since the last line
}

const linesPerSecond = 50

func (q *quota) take(now time.Duration) bool {
	if s := now.Truncate(time.Second); s != q.second {
		q.second, q.used = s, 0
	}
	if q.used++; q.used > linesPerSecond {
		q.dropped++
		return false
	}
	return true
}

func (q *quota) passed() uint64 {
	n := q.dropped
	q.dropped = 0
	return n
}
