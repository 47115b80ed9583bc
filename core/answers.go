package core

// An Outcome is what a command that was carried out answers.
type Outcome struct {
	Channel  ChannelInfo // zero where the order's answer shows none
	Members  []Member    // nil where it shows none
	Reach    Reach
	Refused  *Refusal // an [Accept]'s join that was refused
	Position Position // of the [Answered] event
}

// answers remembers outcomes for those who ask again: the latest few of a
// device, for a while.
type answers struct {
	of    map[device][]answer // oldest first
	queue []queued            // all of them, oldest first
}

type device struct{ account, name string }

func (a Actor) device() device { return device{a.Account, a.Device} }

type answer struct {
	life    string
	n       uint64
	at      Time
	outcome Outcome
}

type queued struct {
	by device
	at Time
}

func (a *answers) find(by Actor, n uint64) (Outcome, bool) {
	for _, x := range a.of[by.device()] {
		if x.n == n && x.life == by.Life {
			return x.outcome, true
		}
	}
	return Outcome{}, false
}

func (a *answers) remember(by Actor, n uint64, now Time, o Outcome, keep int) {
	from := by.device()
	list := append(a.of[from], answer{by.Life, n, now, o})
	if len(list) > keep { // by one: what is left behind goes when the list next grows
		list[0] = answer{}
		list = list[1:]
	}
	if a.of == nil {
		a.of = map[device][]answer{}
	}
	a.of[from] = list
	a.queue = append(a.queue, queued{from, now})
}

// forget drops what was answered at or before the given time.
func (a *answers) forget(before Time) {
	n := 0
	for n < len(a.queue) && a.queue[n].at <= before {
		by := a.queue[n].by
		list := a.of[by]
		k := 0
		for k < len(list) && list[k].at <= before {
			k++
		}
		switch {
		case k == len(list):
			delete(a.of, by)
		case k > 0:
			a.of[by] = append(list[:0:0], list[k:]...)
		}
		n++
	}
	if a.queue = a.queue[n:]; len(a.queue) == 0 {
		a.queue = nil
	}
}
