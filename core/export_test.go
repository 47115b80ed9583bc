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
	fmt.Fprintf(&b, "now %d, dropped %d, aged %d\n", a.now, a.dropped, a.aged)
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
	for _, id := range slices.Sorted(maps.Keys(a.channels)) {
		if c := a.channels[id]; !c.nameless {
			fmt.Fprintf(&b, "name %q is %s\n", c.Name, a.bearer(c.Name).ID)
		}
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
		if p := acc.profile(); p != (Profile{}) {
			fmt.Fprintf(&b, "  profile %+v\n", p)
		}
		for _, r := range acc.rows() {
			fmt.Fprintf(&b, "  stored %+v\n", *r)
		}
	}
	for _, line := range timerLines(a.timers) {
		fmt.Fprintf(&b, "timer %s\n", line)
	}
	for _, line := range timerLines(a.shelves) {
		fmt.Fprintf(&b, "shelf %s\n", line)
	}
	dumpAnswers(&b, &a.answers)
	return b.String()
}

// Looked is how many invitations a machine has looked at one by one since it was made.
func Looked(a *App) int { return a.looked }

func dumpAnswers(b *strings.Builder, a *answers) {
	var lines []string
	for by, h := range a.of {
		for k := range h.count {
			x := h.at(k)
			o := x.kept.outcome()
			refused := o.Refused
			o.Refused = nil
			lines = append(lines, fmt.Sprintf("answer %+v %3d: %+v %d %d %+v refused %+v\n", by, k, x.life, x.n, x.at, o, refused))
		}
	}
	slices.Sort(lines)
	b.WriteString(strings.Join(lines, ""))
	queue := []string{}
	for _, q := range a.queue {
		queue = append(queue, fmt.Sprintf("%+v %d", q.of.by, q.at))
	}
	fmt.Fprintf(b, "answers queued %v\n", queue)
}

func timerLine(at Time, id ...string) string { return fmt.Sprintf("%020d %q", at, id) }

func timerLines(h timers) []string {
	var lines []string
	for _, t := range h {
		id := t.owner.id()
		lines = append(lines, timerLine(t.at, id[:]...))
	}
	slices.Sort(lines)
	return lines
}
