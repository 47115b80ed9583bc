package servertest

import "fmt"

// A Finding is something that must not be.
type Finding struct {
	Kind Kind
	What string
}

func (f Finding) String() string { return string(f.Kind) + ": " + f.What }

// Kind sorts findings by the promise that is broken.
type Kind string

// The kinds of findings.
const (
	Damaged       Kind = "journal damaged"          // gaps, or time that runs back
	DoneTwice     Kind = "carried out twice"        // a command under one id
	EndedTwice    Kind = "ended twice"              // an invitation
	AckedLost     Kind = "acknowledged, but lost"   // an answer that the journal does not know
	RefusedDone   Kind = "refused, but carried out" // the opposite
	NotAnswered   Kind = "not answered"             // a command, whose life has settled
	AnsweredTwice Kind = "answered twice"           // a command, to the application
	ToldTwice     Kind = "told twice"               // a notice, in one life
	ToldLate      Kind = "told behind a later one"  // a notice or an answer
	NotTold       Kind = "not told"                 // a notice, although later ones were
	Invented      Kind = "told, but not in the journal"
	Diverged      Kind = "differs from the journal" // the state of an engine or a page
	NotLinear     Kind = "not in any one order"     // what became of an invitation, as its devices saw it
)

// findings gathers what is wrong.
type findings []Finding

func (f *findings) add(kind Kind, format string, args ...any) {
	*f = append(*f, Finding{kind, fmt.Sprintf(format, args...)})
}
