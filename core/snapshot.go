package core

import (
	"cmp"
	"errors"
	"slices"
)

// A Part is a piece of a machine's state. All parts, in the order in which
// [App.Parts] gives them, are the whole of it.
type Part interface{ part() }

// A Beginning is the first part.
type Beginning struct {
	Now     Time
	Dropped uint64
	Aged    uint64
}

// A ChannelPart is a live channel with what is in it.
type ChannelPart struct {
	Info        ChannelInfo
	Nameless    bool // its time was up, and a new channel took its name
	Members     []Member
	Invitations []Invitation
}

// A RowPart is a notice in at least one inbox.
type RowPart struct {
	Stamp
	Channel ChannelInfo
	Event   Event
}

// An AccountPart is what concerns an account: the orders of what channels hold,
// and its inbox.
type AccountPart struct {
	Account string
	Seats   []string   // ids of channels
	Pending []Asking   // oldest first
	Inbox   []Position // of rows
	Profile Profile
}

// Asking names an invitation by its channel and key.
type Asking struct {
	Channel string
	Key
}

// An AnswerPart is an answer that is remembered.
type AnswerPart struct {
	By      Actor
	N       uint64
	At      Time
	Outcome Outcome
}

func (Beginning) part()   {}
func (ChannelPart) part() {}
func (RowPart) part()     {}
func (AccountPart) part() {}
func (AnswerPart) part()  {}

// Parts gives the state, piece by piece, until yield returns false: the same
// pieces in the same order for the same state, however it came about. Between
// two calls of yield nothing may be applied.
func (a *App) Parts(yield func(Part) bool) {
	if !yield(Beginning{a.now, a.dropped, a.aged}) {
		return
	}
	for _, c := range a.Channels() {
		part := ChannelPart{Info: c.ChannelInfo, Nameless: c.nameless, Members: c.Members(), Invitations: c.Invitations()}
		if !yield(part) {
			return
		}
	}
	for _, r := range a.rows() {
		if !yield(RowPart{r.Stamp, r.channel, r.event}) {
			return
		}
	}
	for _, name := range a.accountNames() {
		if part := a.accounts[name].part(name); !part.empty() && !yield(part) {
			return
		}
	}
	for _, part := range a.answers.parts() {
		if !yield(part) {
			return
		}
	}
}

// rows lists the notices in all inboxes, each once, by position.
func (a *App) rows() []*row {
	seen := map[*row]bool{}
	var list []*row
	for _, acc := range a.accounts {
		for _, r := range acc.rows() {
			if !seen[r] {
				seen[r] = true
				list = append(list, r)
			}
		}
	}
	slices.SortFunc(list, func(x, y *row) int { return cmp.Compare(x.Position, y.Position) })
	return list
}

func (a *App) accountNames() []string {
	names := make([]string, 0, len(a.accounts))
	for name := range a.accounts {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func (acc *account) part(name string) AccountPart {
	part := AccountPart{Account: name}
	for _, s := range acc.seats {
		part.Seats = append(part.Seats, s.channel.ID)
	}
	for _, i := range acc.pending {
		part.Pending = append(part.Pending, Asking{i.channel.ID, i.Key})
	}
	for _, r := range acc.rows() {
		part.Inbox = append(part.Inbox, r.Position)
	}
	part.Profile = acc.profile()
	return part
}

// empty says that there is nothing in the part that the channels do not say.
func (p AccountPart) empty() bool {
	return len(p.Seats) == 0 && len(p.Pending) == 0 && len(p.Inbox) == 0 && p.Profile == (Profile{})
}

// parts lists all answers, oldest first.
func (a *answers) parts() []AnswerPart {
	var list []AnswerPart
	for by, h := range a.of {
		for i := range h.count {
			x := h.at(i)
			list = append(list, AnswerPart{Actor{by.account, by.name, x.life}, x.n, x.at, x.kept.outcome()})
		}
	}
	slices.SortFunc(list, func(x, y AnswerPart) int { return cmp.Compare(x.Outcome.Position, y.Outcome.Position) })
	return list
}

// A Restoring machine takes the parts of another one's state.
type Restoring struct {
	app  *App
	rows map[Position]*row
}

// Restore begins a machine that is as another one was.
func Restore(config Config) *Restoring {
	return &Restoring{app: New(config), rows: map[Position]*row{}}
}

// App is the machine, when all parts are added.
func (r *Restoring) App() *App { return r.app }

var errPart = errors.New("core: a part does not fit those before it")

// Add takes the next part. It fails if that cannot be.
func (r *Restoring) Add(p Part) error {
	switch p := p.(type) {
	case Beginning:
		r.app.now, r.app.dropped, r.app.aged = p.Now, p.Dropped, p.Aged
	case ChannelPart:
		r.addChannel(p)
	case RowPart:
		r.rows[p.Position] = &row{Stamp: p.Stamp, channel: p.Channel, event: p.Event}
	case AccountPart:
		return r.addAccount(p)
	case AnswerPart:
		r.app.answers.remember(p.By, p.N, p.At, p.Outcome, 1<<31-1)
	}
	return nil
}

func (r *Restoring) addChannel(p ChannelPart) {
	a := r.app
	c := &Channel{ChannelInfo: p.Info, nameless: p.Nameless}
	a.add(c)
	for _, m := range p.Members {
		s := &seat{Member: m, channel: c}
		s.Account = a.account(m.Account).name
		c.seats = append(c.seats, s)
		if m.Lost != 0 && a.config.Grace > 0 {
			a.timers.set(s, m.Lost+a.config.Grace)
		}
	}
	for _, said := range p.Invitations {
		i := &said
		i.channel, i.timer = c, timer{}
		i.Inviter, i.Invitee = a.shared(i.Inviter), a.shared(i.Invitee)
		c.hold(i)
		if i.State == Pending {
			c.pending++
			a.rings++
			a.account(i.Inviter).ringing++
			a.timers.set(i, i.Deadline)
		}
	}
}

func (r *Restoring) addAccount(p AccountPart) error {
	acc := r.app.account(p.Account)
	for _, id := range p.Seats {
		c := r.app.channels[id]
		if c == nil || c.seat(p.Account) == nil {
			return errPart
		}
		acc.seats = append(acc.seats, c.seat(p.Account))
	}
	for _, k := range p.Pending {
		c := r.app.channels[k.Channel]
		if c == nil || c.invitation(k.Key) == nil {
			return errPart
		}
		acc.pending = append(acc.pending, c.invitation(k.Key))
	}
	for _, at := range p.Inbox {
		row := r.rows[at]
		if row == nil {
			return errPart
		}
		b := acc.ownShelf()
		b.rows = append(b.rows, row)
		r.app.kept++
	}
	r.app.shelve(acc)
	if p.Profile != (Profile{}) {
		acc.ownShelf().profile = &p.Profile
	}
	return nil
}
