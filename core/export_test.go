package core

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Dump writes down everything that a machine holds, in an order that does not
// depend on how it came to hold it. Two machines with the same dump go on alike.
func Dump(a *App) string {
	var b strings.Builder
	fmt.Fprintf(&b, "now %d, dropped %d\n", a.now, a.dropped)
	for _, id := range slices.Sorted(maps.Keys(a.channels)) {
		c := a.channels[id]
		fmt.Fprintf(&b, "channel %+v pending %d\n", c.ChannelInfo, c.pending)
		for _, s := range c.seats {
			fmt.Fprintf(&b, "  seat %+v\n", s.Member)
		}
		for _, i := range c.invitations {
			flat := *i
			flat.Push, flat.channel, flat.timer = nil, nil, timer{}
			fmt.Fprintf(&b, "  invitation %+v push %+v\n", flat, i.Push)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(a.names)) {
		fmt.Fprintf(&b, "name %q is %s\n", name, a.names[name].ID)
	}
	for _, name := range slices.Sorted(maps.Keys(a.accounts)) {
		acc := a.accounts[name]
		fmt.Fprintf(&b, "account %q created %d\n", name, acc.created)
		for _, s := range acc.seats {
			fmt.Fprintf(&b, "  in %s\n", s.channel.ID)
		}
		for _, i := range acc.pending {
			fmt.Fprintf(&b, "  asked %s %v\n", i.channel.ID, i.Key)
		}
		for _, r := range acc.inbox {
			fmt.Fprintf(&b, "  stored %+v\n", *r)
		}
	}
	for _, line := range timerLines(a.timers) {
		fmt.Fprintf(&b, "timer %s\n", line)
	}
	dumpAnswers(&b, &a.answers)
	return b.String()
}

func dumpAnswers(b *strings.Builder, a *answers) {
	var lines []string
	for by, list := range a.of {
		for k, x := range list {
			refused := x.outcome.Refused
			x.outcome.Refused = nil
			lines = append(lines, fmt.Sprintf("answer %+v %3d: %+v refused %+v\n", by, k, x, refused))
		}
	}
	slices.Sort(lines)
	b.WriteString(strings.Join(lines, ""))
	fmt.Fprintf(b, "answers queued %+v\n", a.queue)
}

func timerLine(at Time, id ...string) string { return fmt.Sprintf("%020d %q", at, id) }

func timerLines(h timers) []string {
	var lines []string
	for _, t := range h {
		id := t.id()
		lines = append(lines, timerLine(t.at, id[:]...))
	}
	slices.Sort(lines)
	return lines
}

// Check says in which ways a machine's indexes contradict the channels, seats
// and invitations that they are about.
func Check(a *App) []string {
	c := &checker{app: a, created: map[string]int{}, seats: map[string]int{}, asked: map[string]int{}}
	for id, ch := range a.channels {
		c.channel(id, ch)
	}
	c.heap()
	c.accounts()
	for by, list := range a.answers.of {
		if len(list) == 0 || len(list) > a.config.AnswersKept {
			c.wrong("%d answers are remembered of %v", len(list), by)
		}
	}
	if len(a.names) != len(a.channels) {
		c.wrong("%d names for %d channels", len(a.names), len(a.channels))
	}
	return c.faults
}

type checker struct {
	app     *App
	faults  []string
	timers  []string // that ought to be set
	created map[string]int
	seats   map[string]int
	asked   map[string]int
}

func (c *checker) wrong(format string, args ...any) {
	c.faults = append(c.faults, fmt.Sprintf(format, args...))
}

func (c *checker) channel(id string, ch *Channel) {
	if ch.ID != id || c.app.names[ch.Name] != ch {
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
		if i.State != Pending {
			continue
		}
		pending++
		c.asked[i.Invitee]++
		if acc := c.app.accounts[i.Invitee]; acc == nil || !slices.Contains(acc.pending, i) {
			c.wrong("%s does not know of %+v", i.Invitee, i.Key)
		}
		if i.Deadline != 0 {
			c.timers = append(c.timers, timerLine(i.Deadline, id, "1", i.Inviter, i.RequestID, i.Invitee))
		}
	}
	if pending != ch.pending {
		c.wrong("channel %s counts %d pending invitations, but has %d", id, ch.pending, pending)
	}
}

func (c *checker) heap() {
	h := c.app.timers
	for k, t := range h {
		if t.place != k+1 {
			c.wrong("timer %d believes to be at place %d", k+1, t.place)
		}
		if k > 0 && t.before(h[(k-1)/2]) {
			c.wrong("timer %d goes off before its parent", k+1)
		}
	}
	slices.Sort(c.timers)
	if got := timerLines(h); !slices.Equal(got, c.timers) {
		c.wrong("timers are\n%s\nbut ought to be\n%s", strings.Join(got, "\n"), strings.Join(c.timers, "\n"))
	}
}

func (c *checker) accounts() {
	for name, acc := range c.app.accounts {
		if acc.created != c.created[name] || len(acc.seats) != c.seats[name] || len(acc.pending) != c.asked[name] {
			c.wrong("account %s counts %d created, %d seats, %d asked; there are %d, %d, %d", name,
				acc.created, len(acc.seats), len(acc.pending), c.created[name], c.seats[name], c.asked[name])
		}
		if acc.created == 0 && len(acc.seats) == 0 && len(acc.pending) == 0 && len(acc.inbox) == 0 {
			c.wrong("account %s is kept though nothing concerns it", name)
		}
		for k := 1; k < len(acc.inbox); k++ {
			if acc.inbox[k-1].Position >= acc.inbox[k].Position || acc.inbox[k-1].Now > acc.inbox[k].Now {
				c.wrong("the inbox of %s is not in order", name)
			}
		}
		if len(acc.inbox) > c.app.config.InboxKept {
			c.wrong("the inbox of %s holds %d notices", name, len(acc.inbox))
		}
		for k := 1; k < len(acc.pending); k++ {
			if acc.pending[k-1].Made >= acc.pending[k].Made && acc.pending[k-1].At > acc.pending[k].At {
				c.wrong("account %s is not asked in order", name)
			}
		}
	}
	for _, count := range []map[string]int{c.created, c.seats, c.asked} {
		for name := range count {
			if c.app.accounts[name] == nil {
				c.wrong("account %s is not known", name)
			}
		}
	}
}
