package core

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Check says in which ways a machine's indexes contradict the channels, seats
// and invitations that they are about.
func Check(a *App) []string {
	c := &checker{app: a, created: map[string]int{}, seats: map[string]int{}, asked: map[string]int{}, ringing: map[string]int{}}
	for id, ch := range a.channels {
		c.channel(id, ch)
	}
	c.accounts()
	c.heap(a.timers, c.timers)
	c.heap(a.shelves, c.shelves)
	for by, h := range a.answers.of {
		if h.by != by || h.count == 0 || h.count > a.config.AnswersKept {
			c.wrong("%d answers are remembered of %v", h.count, by)
		}
	}
	var pending, kept int
	for _, acc := range a.accounts {
		pending, kept = pending+len(acc.pending), kept+len(acc.rows())
	}
	if s := a.Size(); s.Pending != pending || s.Inbox != kept {
		c.wrong("%+v is not %d pending and %d in inboxes", s, pending, kept)
	}
	for name, ch := range a.names {
		if a.channels[ch.ID] != ch || ch.Name != name || ch.nameless || name == ch.ID {
			c.wrong("name %q is not of %s", name, ch.ID)
		}
	}
	return c.faults
}

type checker struct {
	app     *App
	faults  []string
	timers  []string // that ought to be set
	shelves []string // likewise
	created map[string]int
	seats   map[string]int
	asked   map[string]int
	ringing map[string]int
}

func (c *checker) wrong(format string, args ...any) {
	c.faults = append(c.faults, fmt.Sprintf(format, args...))
}

func (c *checker) channel(id string, ch *Channel) {
	if ch.ID != id || c.app.bearer(ch.Name) != ch {
		c.wrong("channel %s is not where its id and name say", id)
	}
	c.created[ch.Creator]++
	c.timers = append(c.timers, timerLine(ch.Expires, id, "3", "", "", ""))
	uids, keys, pending := map[uint64]bool{}, map[Key]bool{}, 0
	for _, s := range ch.seats {
		acc := c.app.accounts[s.Account]
		if s.channel != ch || uids[s.UID] || s.UID == 0 || acc == nil || !slices.Contains(acc.seats, s) {
			c.wrong("seat %+v of %s is not sound", s.Member, id)
		}
		uids[s.UID] = true
		c.seats[s.Account]++
		if s.Lost != 0 && c.app.config.Grace > 0 {
			c.timers = append(c.timers, timerLine(s.Lost+c.app.config.Grace, id, "2", s.Account, "", ""))
		}
		if ch.seat(s.Account) != s {
			c.wrong("%s has two seats in %s", s.Account, id)
		}
	}
	for _, i := range ch.invitations {
		if i.channel != ch || keys[i.Key] || (i.State == Pending) != (i.Over == 0) {
			c.wrong("invitation %+v of %s is not sound", i.Key, id)
		}
		keys[i.Key] = true
		c.listed(ch, i)
		if i.State != Pending {
			continue
		}
		pending++
		c.asked[i.Invitee]++
		c.ringing[i.Inviter]++
		if acc := c.app.accounts[i.Invitee]; acc == nil || !slices.Contains(acc.pending, i) {
			c.wrong("%s does not know of %+v", i.Invitee, i.Key)
		}
		if i.Deadline != 0 {
			c.timers = append(c.timers, timerLine(i.Deadline, id, "1", i.Inviter, i.RequestID, i.Invitee))
		}
	}
	c.index(ch)
	if pending != int(ch.pending) {
		c.wrong("channel %s counts %d pending invitations, but has %d", id, ch.pending, pending)
	}
}

// index checks that a channel's index is what the channel's invitations make it.
func (c *checker) index(ch *Channel) {
	if ch.index == nil {
		if len(ch.invitations) >= indexed {
			c.wrong("channel %s has %d invitations, but no index", ch.ID, len(ch.invitations))
		}
		return
	}
	want := &index{byKey: map[Key]*Invitation{}, pending: map[string]int{}, listed: map[string]*Invitation{}}
	for _, i := range ch.invitations {
		want.add(i)
	}
	if x := ch.index; !maps.Equal(x.byKey, want.byKey) || !maps.Equal(x.pending, want.pending) ||
		!maps.Equal(x.listed, want.listed) || !slices.Equal(x.ended, want.ended) {
		c.wrong("the index of %s does not fit its invitations", ch.ID)
	}
}

// listed checks an ended invitation that the list shows: nothing keeps it out.
func (c *checker) listed(ch *Channel, i *Invitation) {
	if !i.Listed {
		return
	}
	if i.State != Accepted && i.State != Rejected && i.State != Expired || i.Entered || ch.seat(i.Invitee) != nil {
		c.wrong("invitation %+v of %s is listed", i.Key, ch.ID)
	}
	for _, other := range ch.invitations {
		if other != i && other.Invitee == i.Invitee && (other.State == Pending || other.Listed) {
			c.wrong("invitations %+v and %+v of %s are listed", i.Key, other.Key, ch.ID)
		}
	}
}

func (c *checker) heap(h timers, want []string) {
	for k, t := range h {
		if place := t.owner.alarm().place; int(place) != k+1 {
			c.wrong("timer %d believes to be at place %d", k+1, place)
		}
		if k > 0 && t.before(&h[(k-1)/2]) {
			c.wrong("timer %d goes off before its parent", k+1)
		}
	}
	slices.Sort(want)
	if got := timerLines(h); !slices.Equal(got, want) {
		c.wrong("timers are\n%s\nbut ought to be\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func (c *checker) accounts() {
	for name, acc := range c.app.accounts {
		if int(acc.created) != c.created[name] || len(acc.seats) != c.seats[name] || len(acc.pending) != c.asked[name] ||
			int(acc.ringing) != c.ringing[name] {
			c.wrong("account %s counts %d created, %d seats, %d asked; there are %d, %d, %d", name,
				acc.created, len(acc.seats), len(acc.pending), c.created[name], c.seats[name], c.asked[name])
		}
		if acc.created == 0 && len(acc.seats) == 0 && acc.ringing == 0 && len(acc.pending) == 0 && acc.shelf == nil {
			c.wrong("account %s is kept though nothing concerns it", name)
		}
		rows := acc.rows()
		for k := 1; k < len(rows); k++ {
			if rows[k-1].Position >= rows[k].Position || rows[k-1].Now > rows[k].Now {
				c.wrong("the inbox of %s is not in order", name)
			}
		}
		if acc.name != name || acc.shelf != nil && (len(rows) == 0 && acc.shelf.profile == nil || acc.shelf.account != name) {
			c.wrong("account %s is not sound", name)
		}
		if acc.shelf != nil && acc.shelf.profile != nil && *acc.shelf.profile == (Profile{}) {
			c.wrong("account %s is not sound", name)
		}
		if len(rows) > 0 {
			c.shelves = append(c.shelves, timerLine(rows[0].Now+c.app.config.InboxTime, name, "", "", "", ""))
		}
		if len(rows) > c.app.config.InboxKept {
			c.wrong("the inbox of %s holds %d notices", name, len(rows))
		}
		for k := 1; k < len(acc.pending); k++ {
			if acc.pending[k-1].Made >= acc.pending[k].Made && acc.pending[k-1].At > acc.pending[k].At {
				c.wrong("account %s is not asked in order", name)
			}
		}
	}
	for _, count := range []map[string]int{c.created, c.seats, c.asked, c.ringing} {
		for name := range count {
			if c.app.accounts[name] == nil {
				c.wrong("account %s is not known", name)
			}
		}
	}
}
