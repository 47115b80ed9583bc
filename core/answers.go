package core

// An Outcome is what a command that was carried out answers.
type Outcome struct {
	Channel  ChannelInfo // zero where the order's answer shows none; the password only if the caller [App.Knows] it
	Members  []Member    // nil where it shows none
	Count    int         // how many members the channel has
	Reach    Reach
	Refused  *Refusal // an [Accept]'s join that was refused
	Position Position // of the [Answered] event

	List    []Listed // nil where it shows none
	Pending []string // of [InviteAll]: who has a pending invitation into the channel already
	Inside  []string // of [InviteAll]: who is a member already
}

// answers remembers outcomes for those who ask again: the latest few of a
// device, for a while.
type answers struct {
	of     map[device]*history
	latest *history // that was looked for: most often it is the next one, too
	queue  []queued // all of them, oldest first
}

type device struct{ account, name string }

func (a Actor) device() device { return device{a.Account, a.Device} }

type queued struct {
	of *history
	at Time
}

// history returns what is remembered of a device, or nil.
func (a *answers) history(by device) *history {
	if a.latest == nil || a.latest.by != by {
		a.latest = a.of[by]
	}
	return a.latest
}

func (a *answers) find(by Actor, n uint64) (Outcome, bool) {
	h := a.history(by.device())
	if h == nil {
		return Outcome{}, false
	}
	for i := h.count - 1; i >= 0; i-- { // who asks again does so soon
		x := h.at(i)
		if x.life != by.Life {
			continue
		}
		if x.n == n {
			return x.kept.outcome(), true
		}
		if x.most < n {
			break
		}
	}
	return Outcome{}, false
}

func (a *answers) remember(by Actor, n uint64, now Time, o Outcome, keep int) {
	h := a.history(by.device())
	if h == nil {
		h = &history{by: by.device()}
		if a.of == nil {
			a.of = map[device]*history{}
		}
		a.of[h.by], a.latest = h, h
	}
	h.add(answer{by.Life, n, n, now, nil}, o, keep)
	a.queue = append(a.queue, queued{h, now})
}

// forget drops what was answered at or before the given time.
func (a *answers) forget(before Time) {
	n := 0
	for n < len(a.queue) && a.queue[n].at <= before {
		h := a.queue[n].of
		for h.count > 0 && h.at(0).at <= before {
			h.drop()
		}
		if h.count == 0 && a.of[h.by] == h {
			delete(a.of, h.by)
			a.latest = nil
		}
		a.queue[n] = queued{}
		n++
	}
	if a.queue = a.queue[n:]; len(a.queue) == 0 { // maps do not shrink by themselves
		a.queue, a.of = nil, nil
	}
}
