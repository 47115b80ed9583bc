package core

import (
	"cmp"
	"slices"
)

// A Stored is a notice in an inbox: an event with the channel as it was just
// before.
type Stored struct {
	Stamp
	Channel ChannelInfo
	Event   Event
	Over    bool // the channel is gone, or the invitation has ended
}

// row is a stored notice, shared by all inboxes that hold it.
type row struct {
	Stamp
	channel ChannelInfo
	event   Event
}

// store puts an event into the inboxes of those who are told it, if the actor
// asked for that; not into the actor's own.
func (a *App) store(at Stamp, e Event) {
	by, channel, to := stored(e)
	if len(to) == 0 {
		return
	}
	r := &row{Stamp: at, event: e}
	if c := a.channels[channel]; c != nil {
		r.channel = c.ChannelInfo
	}
	for _, name := range to {
		if name != by {
			a.keep(name, r)
		}
	}
}

// stored says into whose inboxes an event goes.
func stored(e Event) (by, channel string, to []string) {
	switch e := e.(type) {
	case Joined:
		if e.Store {
			return e.By.Account, e.Channel, e.To
		}
	case Left:
		if e.Store {
			return e.By.Account, e.Channel, e.To
		}
	case Closed:
		if e.Store {
			return e.By.Account, e.Channel, e.To
		}
	case Invited:
		if e.Store {
			return e.By.Account, e.Channel, e.To
		}
	case Ended:
		if e.Store {
			return e.By.Account, e.Channel, e.To
		}
	}
	return "", "", nil
}

// keep adds a row to an inbox, and drops what is too much: the oldest.
func (a *App) keep(name string, r *row) {
	acc := a.account(name)
	b := acc.ownShelf()
	b.rows = append(b.rows, r)
	a.kept++
	if over := len(b.rows) - a.config.InboxKept; over > 0 {
		b.rows = slices.Delete(b.rows, 0, over)
		a.dropped += uint64(over)
		a.kept -= over
	}
	a.shelve(acc)
}

// rows are the notices in an account's inbox, by position.
func (acc *account) rows() []*row {
	if acc.shelf == nil {
		return nil
	}
	return acc.shelf.rows
}

// profile is what the account shows of itself; zero if it shows nothing.
func (acc *account) profile() Profile {
	if acc.shelf == nil || acc.shelf.profile == nil {
		return Profile{}
	}
	return *acc.shelf.profile
}

// find says where in the inbox a position stands, or would.
func (acc *account) find(p Position) (int, bool) {
	return slices.BinarySearchFunc(acc.rows(), p, func(r *row, p Position) int { return cmp.Compare(r.Position, p) })
}

func (a *App) markedRead(e MarkedRead) {
	acc := a.account(e.By.Account)
	for _, p := range e.Positions {
		if i, found := acc.find(p); found {
			acc.shelf.rows = slices.Delete(acc.shelf.rows, i, i+1)
			a.kept--
		}
	}
	a.shelve(acc)
	a.tidy(e.By.Account)
}

// unread says whether an invitation's notice is still in its invitee's inbox.
func (a *App) unread(i *Invitation, now Time) bool {
	acc := a.accounts[i.Invitee]
	if acc == nil || !i.Stored || i.At+a.config.InboxTime <= now {
		return false
	}
	_, found := acc.find(i.Made)
	return found
}

// Unread says whether an invitation's notice is still in its invitee's inbox.
func (a *App) Unread(i *Invitation) bool { return a.unread(i, a.now) }

// Inbox lists notices that an account has not marked as read, behind a position,
// oldest first, so many at the most; more says that others follow.
func (a *App) Inbox(account string, after Position, now Time, most int) (list []Stored, more bool) {
	acc := a.accounts[account]
	if acc == nil {
		return nil, false
	}
	i, found := acc.find(after)
	if found {
		i++
	}
	for _, r := range acc.rows()[i:] {
		if r.Now+a.config.InboxTime <= now {
			continue
		}
		if len(list) == most {
			return list, true
		}
		list = append(list, Stored{Stamp: r.Stamp, Channel: r.channel, Event: r.event, Over: a.over(account, r, now)})
	}
	return list, false
}

// over says whether there is nothing left to do about a stored notice.
func (a *App) over(account string, r *row, now Time) bool {
	c := a.live(r.channel.ID, now)
	if c == nil {
		return true
	}
	e, ok := r.event.(Invited)
	if !ok {
		return false
	}
	i := c.invitation(Key{e.By.Account, e.RequestID, account})
	return i == nil || i.Made != r.Position || i.stateAt(now) != Pending
}

// A shelf is what is kept of an account for long: its inbox, which waits for its
// oldest row to get too old, and its profile. Most accounts have none.
type shelf struct {
	account string
	rows    []*row // by position
	timer   timer
	profile *Profile // nil: none
}

// ownShelf is the account's, which has one from now on; see [App.shelve].
func (acc *account) ownShelf() *shelf {
	if acc.shelf == nil {
		acc.shelf = &shelf{account: acc.name}
	}
	return acc.shelf
}

// shelve has the shelf looked at when its oldest row gets too old, and drops an
// empty one.
func (a *App) shelve(acc *account) {
	b := acc.shelf
	if b == nil {
		return
	}
	var at Time
	if len(b.rows) > 0 {
		at = b.rows[0].Now + a.config.InboxTime
	} else if b.profile == nil {
		acc.shelf = nil
	}
	if a.shelves.at(b) != at {
		a.shelves.set(b, at)
	}
}

// age drops what is too old, whether or not its account ever comes back.
func (a *App) age(now Time) {
	for len(a.shelves) > 0 && a.shelves[0].at <= now {
		b := a.shelves[0].owner.(*shelf)
		n := 0
		for n < len(b.rows) && b.rows[n].Now+a.config.InboxTime <= now {
			n++
		}
		b.rows = slices.Delete(b.rows, 0, n)
		a.aged += uint64(n)
		a.kept -= n
		a.shelve(a.accounts[b.account])
		a.tidy(b.account)
	}
}

// Aged counts the notices that nobody marked as read before they were too old.
func (a *App) Aged() uint64 { return a.aged }

// Dropped counts the notices that inboxes had no room for.
func (a *App) Dropped() uint64 { return a.dropped }
