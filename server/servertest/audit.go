// Package servertest is what the tests of several server packages share: an
// auditor of journals, a page on a raw socket, and a journal that fails.
package servertest

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/record"
	"beckon/server/journal"
)

// An Audit is what a journal says when it is replayed.
type Audit struct {
	App     *core.App
	Events  []Event
	Records [][]core.Event
	Times   []core.Time // of the records
	Answers map[Asked]core.Outcome
	Ended   map[Rung]core.State // how invitations ended
}

// An Event is a fact with its place.
type Event struct {
	core.Stamp
	core.Event
}

// Rung is an invitation: several may have the same key, one after the other.
type Rung struct {
	core.Key
	Made core.Position
}

// Asked is a command's id.
type Asked struct {
	core.Actor
	N uint64
}

// Replay audits a journal that has to be right: see [Examine].
func Replay(t testing.TB, config core.Config, records iter.Seq2[journal.Record, error]) *Audit {
	t.Helper()
	a, found := Examine(config, records)
	require.Empty(t, found)
	return a
}

// Examine audits a journal: records have no gaps, time does not run back, no
// command was carried out twice, and no invitation ended twice.
func Examine(config core.Config, records iter.Seq2[journal.Record, error]) (*Audit, []Finding) {
	a := &Audit{App: core.New(config), Answers: map[Asked]core.Outcome{}, Ended: map[Rung]core.State{}}
	var found findings
	for r, err := range records {
		if err != nil {
			found.add(Damaged, "the journal cannot be read behind record %d: %v", len(a.Records), err)
			break
		}
		if r.Seq != uint64(len(a.Records)+1) || len(r.Data) > journal.MaxRecord {
			found.add(Damaged, "record %d of %d bytes follows record %d", r.Seq, len(r.Data), len(a.Records))
		}
		decoded, err := record.Decode(r.Data)
		if err != nil {
			found.add(Damaged, "record %d: %v", r.Seq, err)
			break
		}
		if decoded.Now < a.App.Now() {
			found.add(Damaged, "machine time runs back by %d ms in record %d", a.App.Now()-decoded.Now, r.Seq)
		}
		a.Records = append(a.Records, decoded.Events)
		a.Times = append(a.Times, decoded.Now)
		for i, e := range decoded.Events {
			a.event(&found, core.Stamp{Position: core.At(r.Seq, i), Now: decoded.Now}, e)
		}
	}
	return a, found
}

func (a *Audit) event(found *findings, at core.Stamp, e core.Event) {
	if _, _, to := addressed(e); len(slices.Compact(slices.Sorted(slices.Values(to)))) < len(to) {
		found.add(ToldTwice, "one of %q is told twice what happened at %d", to, at.Position)
	}
	if ended, ok := e.(core.Ended); ok {
		for _, k := range ended.Invitations {
			a.ended(found, at, ended, k)
		}
	}
	a.App.Apply(at, e)
	a.Events = append(a.Events, Event{at, e})
	if answered, ok := e.(core.Answered); ok && answered.N > 0 {
		id := Asked{answered.By, answered.N}
		if _, twice := a.Answers[id]; twice {
			found.add(DoneTwice, "%v, again at %d", id, at.Position)
		}
		a.Answers[id] = a.App.Outcome(at, answered)
	}
}

func (a *Audit) ended(found *findings, at core.Stamp, e core.Ended, k core.Key) {
	if c := a.App.Channel(e.Channel); c != nil {
		for _, i := range c.Invitations() {
			if i.Key == k && i.State == core.Pending {
				a.Ended[Rung{k, i.Made}] = e.Outcome
				return
			}
		}
	}
	found.add(EndedTwice, "%v of %s is %s at %d, but was not pending", k, e.Channel, e.Outcome, at.Position)
}

// Told lists the positions of what a life of a device is to be told after a position.
func (a *Audit) Told(d core.Actor, after core.Position) []core.Position {
	var told []core.Position
	for _, e := range a.Events {
		by, echo, to := addressed(e.Event)
		if e.Position > after && (echo || by != d) && slices.Contains(to, d.Account) {
			told = append(told, e.Position)
		}
	}
	return told
}

// addressed says whose doing an event is, whether that device is told it, too,
// and which accounts are.
func addressed(e core.Event) (by core.Actor, echo bool, to []string) {
	switch e := e.(type) {
	case core.Joined:
		return e.By, false, e.To
	case core.Left:
		return e.By, e.Why == core.LeftKick, e.To
	case core.Closed:
		return e.By, false, e.To
	case core.Invited:
		return e.By, e.Echo, slices.Concat(e.To, e.Members)
	case core.Ended:
		return e.By, e.Echo, slices.Concat(e.To, e.Members)
	case core.Controlled:
		return e.By, false, e.To
	case core.Messaged:
		return e.By, false, e.To
	case core.Unlisted:
		return core.Actor{}, true, e.To
	case core.MemberChanged:
		return e.By, true, e.To
	case core.RoomChanged:
		return e.By, true, e.To
	case core.ProfileChanged:
		return e.By, true, e.To
	}
	return core.Actor{}, false, nil
}

// State shows all that can be seen of a machine, to compare two.
func State(app *core.App) string {
	var b strings.Builder
	accounts := map[string]bool{}
	fmt.Fprintf(&b, "now %d, deadline %d\n", app.Now(), app.Deadline())
	for _, c := range app.Channels() {
		fmt.Fprintf(&b, "%+v\n", c.ChannelInfo)
		accounts[c.Creator] = true
		for _, m := range c.Members() {
			fmt.Fprintf(&b, "  member %+v\n", m)
			accounts[m.Account] = true
		}
		for _, i := range c.List(app.Now()) {
			fmt.Fprintf(&b, "  listed %+v\n", i)
		}
		for _, i := range c.Invitations() {
			accounts[i.Invitee] = true
			fmt.Fprintf(&b, "  %+v %s made %d at %d till %d, over %d at %d, rang %v, stored %v, %q, %q, push %v\n", i.Key, i.State,
				i.Made, i.At, i.Deadline, i.Over, i.Ended, i.Rang, i.Stored, i.Device, i.Attach, i.Push != nil)
		}
	}
	lines := make([]string, 0, len(accounts))
	for account := range accounts {
		line := fmt.Sprintf("%s: %+v in", account, app.Profile(account))
		for _, c := range app.Joined(account) {
			line += " " + c.ID
		}
		line += ", asked"
		for _, i := range app.Asked(account) {
			line += fmt.Sprintf(" %d", i.Made)
		}
		line += ", inbox"
		rows, _ := app.Inbox(account, 0, app.Now(), 1<<20)
		for _, r := range rows {
			line += fmt.Sprintf(" %d", r.Position)
			if r.Over {
				line += " over"
			}
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	return b.String() + strings.Join(lines, "\n")
}
