package page

import (
	"beckon/core/session"
	"beckon/core/wire"
)

// reads takes what V2's listeners were told out of the account's inbox.
type reads struct {
	d    *nimDialect
	on   bool
	list []uint64 // yet to be asked for
	busy bool     // one at a time, so that the rest goes together
}

// add notes a position in the inbox; 0 is none.
func (r *reads) add(position uint64) {
	if r.on && position != 0 {
		r.list = append(r.list, position)
	}
}

func (r *reads) flush() {
	if r.busy || len(r.list) == 0 || !r.d.t.session.Online() {
		return
	}
	asked := r.list
	r.list, r.busy = nil, true
	r.d.syncs.skip(asked...)
	r.d.t.ask(&wire.MarkRead{Positions: asked}, func(a session.Replied) {
		r.busy = false
		if a.Failure != nil { // nobody knows whether it was done: once more, when there is a link
			r.list = append(asked, r.list...)
			return
		}
		r.flush()
	})
}
