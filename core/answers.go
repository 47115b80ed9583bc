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
	of    map[device][]answer // oldest first
	queue []queued            // all of them, oldest first
}

type device struct{ account, name string }

func (a Actor) device() device { return device{a.Account, a.Device} }

type answer struct {
	life    string
	n       uint64
	most    uint64 // largest n of the life so far: who asks for more asks for the first time
	at      Time
	outcome *Outcome // apart, so that looking for an n passes over little memory
}

type queued struct {
	by device
	at Time
}

func (a *answers) find(by Actor, n uint64) (Outcome, bool) {
	list := a.of[by.device()]
	for i := len(list) - 1; i >= 0; i-- { // who asks again does so soon
		x := &list[i]
		if x.life != by.Life {
			continue
		}
		if x.n == n {
			return *x.outcome, true
		}
		if x.most < n {
			break
		}
	}
	return Outcome{}, false
}

func (a *answers) remember(by Actor, n uint64, now Time, o Outcome, keep int) {
	from := by.device()
	list := a.of[from]
	most := n
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].life == by.Life {
			most = max(n, list[i].most)
			break
		}
	}
	list = append(list, answer{by.Life, n, most, now, &o})
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
	if a.queue = a.queue[n:]; len(a.queue) == 0 { // maps do not shrink by themselves
		a.queue, a.of = nil, nil
	}
}
