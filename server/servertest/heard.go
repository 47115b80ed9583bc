package servertest

import (
	"slices"
	"strings"

	"beckon/core"
)

// Heard is what the application of one life of a device was told.
type Heard struct {
	core.Actor
	Stretches []Stretch // each begins with a fresh start
	Answers   map[uint64][]Answer
	Settled   bool // everything on its way has arrived
}

// A Stretch is the notices between two fresh starts.
type Stretch struct {
	After core.Position   // what the welcome showed; later notices are told one by one
	Told  []core.Position // in the order in which they came
}

// An Answer is what came of a command. Neither OK nor Refused: nobody knows.
type Answer struct {
	OK       bool
	Refused  bool
	Read     bool // the command changes nothing, so the journal does not know it
	Position core.Position
}

// Check compares what a life has heard with what the journal says: each answer
// is true, and each notice came once and in order.
func (a *Audit) Check(h *Heard) []Finding {
	var found findings
	for n, answers := range h.Answers {
		a.checkAnswers(&found, h, Asked{h.Actor, n}, answers)
	}
	for i, s := range h.Stretches {
		whole := h.Settled && i == len(h.Stretches)-1
		a.checkTold(&found, h.Actor, a.Told(h.Actor, s.After), s.Told, whole)
	}
	slices.SortStableFunc(found, func(a, b Finding) int { return strings.Compare(a.String(), b.String()) })
	return found
}

func (a *Audit) checkAnswers(found *findings, h *Heard, id Asked, answers []Answer) {
	if len(answers) > 1 {
		found.add(AnsweredTwice, "%v, %d times", id, len(answers))
	}
	if len(answers) == 0 {
		if h.Settled {
			found.add(NotAnswered, "%v", id)
		}
		return
	}
	outcome, done := a.Answers[id]
	switch answer := answers[0]; {
	case answer.Read && done:
		found.add(Diverged, "%v only reads, but was carried out", id)
	case answer.OK && !answer.Read && !done:
		found.add(AckedLost, "%v at %d", id, answer.Position)
	case answer.OK && !answer.Read && answer.Position != outcome.Position:
		found.add(AckedLost, "%v at %d, but the journal has it at %d", id, answer.Position, outcome.Position)
	case answer.Refused && done:
		found.add(RefusedDone, "%v at %d", id, outcome.Position)
	}
}

// checkTold compares what came with what there was to tell: all of it, or as
// far as it came.
func (a *Audit) checkTold(found *findings, who core.Actor, want, got []core.Position, whole bool) {
	came := map[core.Position]bool{}
	var latest core.Position
	for _, p := range got {
		switch {
		case came[p]:
			found.add(ToldTwice, "%d to %v", p, who)
		case p < latest:
			found.add(ToldLate, "%d behind %d to %v", p, latest, who)
		}
		if _, known := slices.BinarySearch(want, p); !known {
			found.add(Invented, "%d to %v", p, who)
		}
		came[p] = true
		latest = max(latest, p)
	}
	for _, p := range want {
		if !came[p] && (whole || p < latest) {
			found.add(NotTold, "%d to %v, %T", p, who, a.at(p))
		}
	}
}

// at is the event at a position.
func (a *Audit) at(p core.Position) core.Event {
	for _, e := range a.Events {
		if e.Position == p {
			return e.Event
		}
	}
	return nil
}
