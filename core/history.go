package core

// A history is what is remembered of a device's answers.
type history struct {
	by    device
	ring  []answer
	first int // the oldest, in ring
	count int
}

type answer struct {
	life string
	n    uint64
	most uint64 // largest n of the life so far: who asks for more asks for the first time
	at   Time
	kept *kept // apart, so that looking for an n passes over little memory
}

// at returns the i-th answer; 0 is the oldest.
func (h *history) at(i int) *answer {
	if i += h.first; i >= len(h.ring) {
		i -= len(h.ring)
	}
	return &h.ring[i]
}

// add puts an answer behind the others. Of more than keep, one goes.
func (h *history) add(x answer, o Outcome, keep int) {
	for i := h.count - 1; i >= 0; i-- {
		if before := h.at(i); before.life == x.life {
			x.most = max(x.n, before.most)
			break
		}
	}
	var before *kept
	if h.count > 0 {
		before = h.at(h.count - 1).kept
	}
	x.kept = keepOutcome(o, before)
	if h.count >= keep {
		h.drop()
	}
	if h.count == len(h.ring) {
		h.grow(keep)
	}
	h.count++
	*h.at(h.count - 1) = x
}

func (h *history) drop() {
	*h.at(0) = answer{}
	if h.first++; h.first == len(h.ring) {
		h.first = 0
	}
	h.count--
}

func (h *history) grow(most int) {
	ring := make([]answer, min(2*h.count+1, max(most, h.count+1)))
	for i := range h.count {
		ring[i] = *h.at(i)
	}
	h.ring, h.first = ring, 0
}

// kept is an outcome as it is remembered: a device's answers have most often one
// channel, and no lists.
type kept struct {
	channel  *ChannelInfo
	members  []Member
	count    int
	position Position
	reach    Reach
	rest     *rest // nil: nothing
}

type rest struct {
	refused         *Refusal
	list            []Listed
	pending, inside []string
}

// keepOutcome shares with what the device was answered before.
func keepOutcome(o Outcome, before *kept) *kept {
	k := &kept{members: o.Members, count: o.Count, position: o.Position, reach: o.Reach}
	if before != nil && *before.channel == o.Channel {
		k.channel = before.channel
	} else {
		channel := o.Channel
		k.channel = &channel
	}
	if o.Refused != nil || o.List != nil || o.Pending != nil || o.Inside != nil {
		k.rest = &rest{o.Refused, o.List, o.Pending, o.Inside}
	}
	return k
}

func (k *kept) outcome() Outcome {
	o := Outcome{Channel: *k.channel, Members: k.members, Count: k.count, Position: k.position, Reach: k.reach}
	if r := k.rest; r != nil {
		o.Refused, o.List, o.Pending, o.Inside = r.refused, r.list, r.pending, r.inside
	}
	return o
}
