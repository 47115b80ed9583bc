package core

import "cmp"

// A timer is a deadline of an invitation, a channel or a seat. It lives inside
// its owner, and in the heap of [timers] while it is set.
type timer struct {
	at    Time
	place int // in the heap, from 1; 0: not set
	owner any // *Invitation, *Channel or *seat; in shelves *shelf
}

// timers is a binary heap: the oldest deadline first, then by id, so that two
// machines with the same state act in the same order.
type timers []*timer

// set makes t go off at the given time; 0 stops it.
func (h *timers) set(t *timer, owner any, at Time) {
	if t.place != 0 {
		h.stop(t)
	}
	if at == 0 {
		return
	}
	t.at, t.owner = at, owner
	*h = append(*h, t)
	t.place = len(*h)
	h.up(t.place)
}

// stop takes t out of the heap.
func (h *timers) stop(t *timer) {
	if t.place == 0 {
		return
	}
	i, last := t.place, len(*h)
	h.swap(i, last)
	(*h)[last-1] = nil
	*h = (*h)[:last-1]
	t.place = 0
	if i < last {
		h.down(i)
		h.up(i)
	}
}

func (h timers) swap(i, j int) {
	h[i-1], h[j-1] = h[j-1], h[i-1]
	h[i-1].place, h[j-1].place = i, j
}

func (h timers) up(i int) {
	for i > 1 && h[i-1].before(h[i/2-1]) {
		h.swap(i, i/2)
		i /= 2
	}
}

func (h timers) down(i int) {
	for {
		child := 2 * i
		if child > len(h) {
			return
		}
		if child < len(h) && h[child].before(h[child-1]) {
			child++
		}
		if !h[child-1].before(h[i-1]) {
			return
		}
		h.swap(i, child)
		i = child
	}
}

func (t *timer) before(u *timer) bool {
	if t.at != u.at {
		return t.at < u.at
	}
	a, b := t.id(), u.id()
	for i := range a {
		if c := cmp.Compare(a[i], b[i]); c != 0 {
			return c < 0
		}
	}
	return false
}

// id names the owner. Within a channel invitations come first, so that the
// channel's own deadline finds them settled.
func (t *timer) id() [5]string {
	switch o := t.owner.(type) {
	case *Invitation:
		return [5]string{o.channel.ID, "1", o.Inviter, o.RequestID, o.Invitee}
	case *seat:
		return [5]string{o.channel.ID, "2", o.Account}
	case *Channel:
		return [5]string{o.ID, "3"}
	case *shelf:
		return [5]string{o.account}
	}
	panic("core: a timer without an owner")
}
