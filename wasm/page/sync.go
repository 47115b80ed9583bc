package page

import (
	"slices"

	"beckon/core/nim"
	"beckon/core/session"
	"beckon/core/wire"
)

// syncs tell the page what its account's inbox holds and which channels the
// account is in: when the page asks, and after a fresh start. They run one after
// the other.
//
// What a sync tells is as if the inbox had been read in one moment: a notice that
// comes while its pages are being pulled is told at once and not again, and an
// invitation that is over by then is told as such.
type syncs struct {
	d         *nimDialect
	automatic bool           // after every fresh start
	owed      bool           // the last fresh start has had none yet
	retry     session.Millis // when to try what failed again, or 0
	queue     []*syncing     // the first one runs
}

// syncing is one of them.
type syncing struct {
	automatic bool
	onlyV2    bool                   // for V2's listeners, who came late
	done      func(*session.Replied) // nil: it went well

	rows  []wire.Stored
	skip  []uint64 // positions that the page was told, or marked as read, meanwhile
	stale bool     // a fresh start came between: positions may have begun anew
	shown bool     // the inbox has been told
}

// asked is the sync that the page called for.
func (y *syncs) asked(r *nim.Request, done func(string, error)) {
	y.add(&syncing{done: func(failed *session.Replied) {
		if failed != nil {
			done("", unanswered(r, *failed))
			return
		}
		done("", nil)
	}})
}

func (y *syncs) add(s *syncing) {
	if y.queue = append(y.queue, s); len(y.queue) == 1 {
		y.pull()
	}
}

// owe begins the sync that a fresh start is owed, if it is.
func (y *syncs) owe() {
	y.retry = 0
	if y.owed && !y.paying() {
		y.add(&syncing{automatic: true, done: y.paid})
	}
}

// paying says whether an automatic sync is under way that the last fresh start, if
// it came between, did not find too far on.
func (y *syncs) paying() bool {
	return slices.ContainsFunc(y.queue, func(s *syncing) bool { return s.automatic && !(s.shown && s.stale) })
}

// owing says whether an automatic sync has yet to tell the inbox.
func (y *syncs) owing() bool {
	return slices.ContainsFunc(y.queue, func(s *syncing) bool { return s.automatic && !s.shown })
}

// An automatic sync that failed is tried again so much later, or when the relay
// says; it cannot keep the page from asking for longer than that.
const (
	again  session.Millis = 10_000
	atMost session.Millis = 600_000
)

func (y *syncs) paid(failed *session.Replied) {
	y.owed = failed != nil
	if failed == nil {
		return
	}
	y.retry = y.d.t.now() + again
	if r := failed.Refusal; r != nil {
		y.owed = r.Code == "busy" // else asking again is of no use
		y.retry += min(max(0, session.Millis(r.After)), atMost)
	}
}

func (y *syncs) fresh() {
	if len(y.queue) > 0 {
		y.queue[0].stale = true
	}
	y.owed = y.automatic
	y.owe()
}

// pull asks for the next page of the inbox.
func (y *syncs) pull() {
	s, after := y.queue[0], uint64(0)
	if len(s.rows) > 0 {
		after = s.rows[len(s.rows)-1].Position
	}
	y.d.t.ask(&wire.Inbox{After: after}, func(a session.Replied) {
		switch {
		case a.OK == nil:
			y.end(&a)
		case s.stale:
			s.rows, s.skip, s.stale = nil, nil, false
			y.pull()
		default:
			s.rows = append(s.rows, a.OK.Inbox...)
			if n := len(a.OK.Inbox); a.OK.More && n > 0 && a.OK.Inbox[n-1].Position > after {
				y.pull()
				return
			}
			y.show(s)
			y.list(s)
		}
	})
}

// list asks for the channels.
func (y *syncs) list(s *syncing) {
	y.d.t.ask(&wire.Channels{}, func(a session.Replied) {
		if a.OK == nil {
			y.end(&a)
			return
		}
		y.d.channels(a.OK.Channels, s.onlyV2)
		y.end(nil)
	})
}

func (y *syncs) end(failed *session.Replied) {
	s := y.queue[0]
	y.queue = y.queue[1:]
	s.done(failed)
	if len(y.queue) > 0 {
		y.pull()
	}
}

func (y *syncs) show(s *syncing) {
	d := y.d
	s.shown = true
	pending := map[uint64]bool{}
	for _, i := range d.t.session.View().Invitations(d.t.relayNow()) {
		pending[i.Position] = true
	}
	var rows []wire.Stored
	for _, r := range s.rows {
		if !slices.Contains(s.skip, r.Position) {
			r.Over = r.Over || r.Invited != nil && !pending[r.Position]
			rows = append(rows, r)
		}
	}
	if !s.onlyV2 {
		d.t.emit("unread", nim.Unread(d.account, d.device, rows))
	}
	if !d.v2 {
		return
	}
	if events := nim.V2Unread(d.account, d.device, rows); events != "[]" {
		d.t.emit("v2offline", events)
	}
	for i := range rows {
		d.reads.add(rows[i].Position)
	}
	d.reads.flush()
}

// skip notes what the page knows by other means, if a sync runs.
func (y *syncs) skip(positions ...uint64) {
	if len(y.queue) > 0 {
		y.queue[0].skip = append(y.queue[0].skip, positions...)
	}
}
