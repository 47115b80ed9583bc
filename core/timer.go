package core

import "cmp"

// A timer says where its owner's deadline is in the heap of [timers].
type timer struct {
	place int32 // from 1; 0: there is no deadline
}

// An owner has a deadline: *Invitation, *Channel or *seat; in shelves *shelf.
type owner interface {
	alarm() *timer
	// id names the owner. Within a channel invitations come first, so that the
	// channel's own deadline finds them settled.
	id() [5]string
}

func (i *Invitation) alarm() *timer { return &i.timer }
func (s *seat) alarm() *timer       { return &s.timer }
func (c *Channel) alarm() *timer    { return &c.timer }
func (b *shelf) alarm() *timer      { return &b.timer }

func (i *Invitation) id() [5]string {
	return [5]string{i.channel.ID, "1", i.Inviter, i.RequestID, i.Invitee}
}
func (s *seat) id() [5]string    { return [5]string{s.channel.ID, "2", s.Account} }
func (c *Channel) id() [5]string { return [5]string{c.ID, "3"} }
func (b *shelf) id() [5]string   { return [5]string{b.account} }

// A deadline is when its owner's timer goes off.
type deadline struct {
	at    Time
	owner owner
}

// timers is a binary heap: the oldest deadline first, then by id, so that two
// machines with the same state act in the same order.
type timers []deadline

// set makes the owner's timer go off at the given time; 0 stops it.
func (h *timers) set(o owner, at Time) {
	t := o.alarm()
	if t.place != 0 {
		h.stop(o)
	}
	if at == 0 {
		return
	}
	*h = append(*h, deadline{at, o})
	t.place = int32(len(*h))
	h.up(len(*h))
}

// stop takes the owner's deadline out of the heap.
func (h *timers) stop(o owner) {
	t := o.alarm()
	if t.place == 0 {
		return
	}
	i, last := int(t.place), len(*h)
	h.swap(i, last)
	(*h)[last-1] = deadline{}
	*h = (*h)[:last-1]
	t.place = 0
	if i < last {
		h.down(i)
		h.up(i)
	}
}

// at is when the owner's timer goes off; 0: it is not set.
func (h timers) at(o owner) Time {
	if place := o.alarm().place; place != 0 {
		return h[place-1].at
	}
	return 0
}

func (h timers) swap(i, j int) {
	h[i-1], h[j-1] = h[j-1], h[i-1]
	h[i-1].owner.alarm().place, h[j-1].owner.alarm().place = int32(i), int32(j)
}

func (h timers) up(i int) {
	for i > 1 && h[i-1].before(&h[i/2-1]) {
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
		if child < len(h) && h[child].before(&h[child-1]) {
			child++
		}
		if !h[child-1].before(&h[i-1]) {
			return
		}
		h.swap(i, child)
		i = child
	}
}

func (d *deadline) before(other *deadline) bool {
	if d.at != other.at {
		return d.at < other.at
	}
	a, b := d.owner.id(), other.owner.id()
	for i := range a {
		if c := cmp.Compare(a[i], b[i]); c != 0 {
			return c < 0
		}
	}
	return false
}

// together lists the invitations whose deadlines are the next ones, and which
// the same inviter made by the same requestId for the same channel and deadline.
// In the heap's order nothing stands between them, so they are the root and what
// hangs together with it: nothing else is looked at.
func (h timers) together() []*Invitation {
	first := h[0].owner.(*Invitation)
	var list []*Invitation
	var look func(place int)
	look = func(place int) {
		if place > len(h) || h[place-1].at != h[0].at {
			return
		}
		i, ok := h[place-1].owner.(*Invitation)
		if !ok || i.channel != first.channel || i.RequestID != first.RequestID || i.Inviter != first.Inviter {
			return
		}
		list = append(list, i)
		look(2 * place)
		look(2*place + 1)
	}
	look(1)
	return list
}
