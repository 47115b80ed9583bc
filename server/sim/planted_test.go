package sim

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/record"
	"beckon/core/session"
	"beckon/core/wire"
	"beckon/server/engine"
	"beckon/server/journal"
	"beckon/server/servertest"
)

// Each bug that is planted is found, within a few worlds, by the check that is
// there for it; the seed shows it again, word for word. A check that finds nothing
// here would find nothing elsewhere.
func TestPlantedBugsAreFound(t *testing.T) {
	for _, bug := range []struct {
		name  string
		plant plant
		kind  servertest.Kind
	}{
		{"the journal acknowledges what it has only in memory", plant{journal: onlyCached}, servertest.AckedLost},
		{"the journal stores less than it was given", plant{journal: forging(dropLast)}, servertest.Diverged},
		{"snapshots skip a record", plant{journal: skipping, purging: true}, servertest.Diverged},
		{"the machine ends invitations twice", plant{journal: forging(endTwice)}, servertest.EndedTwice},
		{"machine time runs back", plant{journal: forging(setBack)}, servertest.Damaged},
		{"the machine forgets its answers", plant{app: func(c *core.Config) { c.AnswersTime = 1 }}, servertest.DoneTwice},
		{"the relay tells some notices to nobody", plant{link: changing(swallow)}, servertest.NotTold},
		{"the relay tells notices out of order", plant{link: changing(reorder)}, servertest.NotTold},
		{"the relay lets two accepts through", plant{link: changing(letThrough)}, servertest.NotLinear},
		{"the relay says that what was accepted was rejected", plant{link: changing(refuseWrongly)}, servertest.NotLinear},
		{"the relay says that what was revoked was cancelled", plant{link: changing(revokeNothing)}, servertest.NotLinear},
		{"the relay says no, and does it all the same", plant{link: changing(refuseDone)}, servertest.RefusedDone},
		{"the page tells notices twice", plant{hears: twice}, servertest.ToldTwice},
		{"the page tells notices late", plant{hears: late}, servertest.ToldLate},
		{"the page makes notices up", plant{hears: invent}, servertest.Invented},
		{"the page takes a refusal for a success", plant{hears: believe}, servertest.AckedLost},
		{"the page answers a command twice", plant{hears: answerTwice}, servertest.AnsweredTwice},
		{"the page forgets to answer", plant{hears: answerNever}, servertest.NotAnswered},
	} {
		t.Run(bug.name, func(t *testing.T) {
			const worlds = 30
			for seed := range uint64(worlds) {
				w := runWorld(t, 1+seed, bug.plant)
				if slices.ContainsFunc(w.found, func(f servertest.Finding) bool { return f.Kind == bug.kind }) {
					t.Logf("found in world %d", 1+seed)
					again := runWorld(t, 1+seed, bug.plant) // as whoever reads the failure does
					require.Equal(t, w.found, again.found)
					require.Equal(t, w.trace.hash.Sum64(), again.trace.hash.Sum64())
					return
				}
			}
			require.Fail(t, "it was not found", "in %d worlds", worlds)
		})
	}
}

func onlyCached(j journal.Journal) journal.Journal { return &servertest.Cached{Journal: j} }

func skipping(j journal.Journal) journal.Journal { return shifted{j} }

// forging changes what is stored.
func forging(change func(*record.Record)) func(journal.Journal) journal.Journal {
	return func(j journal.Journal) journal.Journal { return &forger{j, change} }
}

type forger struct {
	journal.Journal
	change func(*record.Record)
}

func (f *forger) Append(ctx context.Context, data []byte, after uint64) (uint64, error) {
	r, err := record.Decode(data)
	if err != nil {
		return 0, err
	}
	f.change(&r)
	return f.Journal.Append(ctx, record.Append(nil, r), after)
}

func dropLast(r *record.Record) {
	if len(r.Events) > 4 {
		r.Events = r.Events[:len(r.Events)-2]
	}
}

func endTwice(r *record.Record) {
	for _, e := range r.Events {
		if ended, ok := e.(core.Ended); ok {
			r.Events = append(r.Events, ended)
		}
	}
}

func setBack(r *record.Record) {
	if len(r.Events) > 4 {
		r.Now -= 60_000
	}
}

// changing changes frames on their way to a page.
func changing(change func(*changed, wire.Frame) []wire.Frame) func(engine.Link) engine.Link {
	return func(l engine.Link) engine.Link { return &changed{Link: l, change: change} }
}

type changed struct {
	engine.Link
	change func(*changed, wire.Frame) []wire.Frame
	n      int        // frames of the kind that is changed
	kept   wire.Frame // for later
}

func (c *changed) Queue(text []byte) {
	f, err := wire.Decode(wire.ToPage, text)
	if err != nil {
		panic(err)
	}
	for _, f := range c.change(c, f) {
		c.Link.Queue(wire.Append(nil, f))
	}
}

func (c *changed) Answer(text []byte) { c.Queue(text) }

// nth says whether this is one of those to be changed.
func (c *changed) nth(n int) bool {
	c.n++
	return c.n%n == 0
}

func swallow(c *changed, f wire.Frame) []wire.Frame {
	if _, ok := f.(*wire.Notice); ok && c.nth(9) {
		return nil
	}
	return []wire.Frame{f}
}

func reorder(c *changed, f wire.Frame) []wire.Frame {
	if _, ok := f.(*wire.Notice); !ok {
		return []wire.Frame{f}
	}
	if c.kept != nil {
		before := c.kept
		c.kept = nil
		return []wire.Frame{f, before}
	}
	if c.nth(5) {
		c.kept = f
		return nil
	}
	return []wire.Frame{f}
}

func letThrough(_ *changed, f wire.Frame) []wire.Frame {
	if r, ok := f.(*wire.Reply); ok && r.Error != nil && r.Error.Code == string(core.InvitationAccepted) {
		r.Error, r.OK = nil, &wire.Outcome{}
	}
	return []wire.Frame{f}
}

func refuseWrongly(c *changed, f wire.Frame) []wire.Frame {
	if r, ok := f.(*wire.Reply); ok && r.Error != nil && r.Error.Code == string(core.InvitationAccepted) {
		r.Error.Code = string(core.InvitationRejected)
	}
	return []wire.Frame{f}
}

func revokeNothing(_ *changed, f wire.Frame) []wire.Frame {
	if r, ok := f.(*wire.Reply); ok && r.Error != nil && r.Error.Detail == core.Revoked.String() {
		r.Error.Detail = core.Cancelled.String()
	}
	return []wire.Frame{f}
}

func refuseDone(c *changed, f wire.Frame) []wire.Frame {
	if r, ok := f.(*wire.Reply); ok && r.OK != nil && c.nth(7) {
		r.Error, r.OK = &wire.Refusal{Code: string(core.Busy)}, nil
	}
	return []wire.Frame{f}
}

// What follows changes what a page's application hears.

func twice(p *page, o session.Output) []session.Output {
	if told, ok := o.(session.Told); ok && told.Notice.Position%5 == 0 {
		return []session.Output{o, o}
	}
	return []session.Output{o}
}

func late(p *page, o session.Output) []session.Output {
	told, ok := o.(session.Told)
	if !ok || told.Notice.Name == "invited" {
		return []session.Output{o}
	}
	if before := p.kept; before != nil {
		p.kept = nil
		return []session.Output{o, before}
	}
	p.kept = o
	return nil
}

func invent(p *page, o session.Output) []session.Output {
	if told, ok := o.(session.Told); ok && told.Notice.Position%5 == 0 {
		more := *told.Notice
		more.Position += 1 << 15
		return []session.Output{o, session.Told{Notice: &more}}
	}
	return []session.Output{o}
}

func believe(p *page, o session.Output) []session.Output {
	if r, ok := o.(session.Replied); ok && r.Refusal != nil {
		return []session.Output{session.Replied{N: r.N, OK: &wire.Outcome{}}}
	}
	return []session.Output{o}
}

func answerTwice(p *page, o session.Output) []session.Output {
	if r, ok := o.(session.Replied); ok && r.N%7 == 0 {
		return []session.Output{o, o}
	}
	return []session.Output{o}
}

func answerNever(p *page, o session.Output) []session.Output {
	if r, ok := o.(session.Replied); ok && r.N%7 == 0 {
		return nil
	}
	return []session.Output{o}
}
