package page

import (
	"beckon/core/codec"
	"beckon/core/session"
)

// enableV2 has V2's events made from now on. If the last fresh start was told
// before, it is told again to V2's listeners.
func (d *nimDialect) enableV2(options string) error {
	var o enabling
	if err := codec.Decode([]byte(options), &o); err != nil {
		return failure{"bad-field", err.Error()}
	}
	d.reads.on = o.ack
	if d.v2 {
		return nil
	}
	d.v2 = true
	if d.syncs.automatic && d.t.session.Online() && !d.syncs.owing() {
		d.syncs.add(&syncing{onlyV2: true, done: func(*session.Replied) {}})
	}
	return nil
}

type enabling struct{ ack bool }

func (e *enabling) Fields(v *codec.Visitor) { v.Bool("ack", &e.ack) }
