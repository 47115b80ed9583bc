package servertest

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/anishathalye/porcupine"

	"beckon/core"
)

// A History is what devices tried to make of invitations, and what each was
// answered. It is linearizable if every answer can be explained by one order of
// the tries, in which each stands somewhere between its call and its return.
type History struct {
	// Rings is how long an invitation rings, by clocks that nobody has set; 0: its
	// end may come at any time.
	Rings time.Duration

	tries[Contested, Try]
}

// Contested is what devices contend for: one invitation, asked for once.
type Contested struct {
	Channel string
	core.Key
}

// A Try is one device's command, or the deadline. Times count from anywhere.
type Try struct {
	Who          string
	Verb         Verb
	Result       Result
	Call, Return time.Duration
}

// Forever is when a try returns that has no answer: it may happen at any time.
const Forever time.Duration = math.MaxInt64

// A Verb is what a try would do.
type Verb string

// The verbs. To add another way in which an invitation ends, add it to ends.
const (
	Inviting  Verb = "invite"
	Accepting Verb = "accept"
	Rejecting Verb = "reject"
	Canceling Verb = "cancel"
	Revoking  Verb = "revoke"
	Expiring  Verb = "expire" // nobody's command: the deadline
	Closing   Verb = "close"  // of the whole channel
)

var ends = map[Verb]core.State{Accepting: core.Accepted, Rejecting: core.Rejected, Canceling: core.Cancelled,
	Revoking: core.Revoked, Expiring: core.Expired}

// A Result is how a try was answered: Done, Unknown, or the refusal's code and,
// behind ": ", its detail if that is the state of an invitation.
type Result string

// The results that are no refusals.
const (
	Done    Result = "ok"
	Unknown Result = ""
)

// Refusing is the result of a refusal.
func Refusing(code, detail string) Result {
	if core.Code(code) == core.InvitationOver {
		return Result(code + ": " + detail)
	}
	return Result(code)
}

// Check looks for an order that explains each invitation's answers, and counts
// the invitations and those that several tried to end. Some tries concern several
// invitations: closing a channel, all of it, so its Contested has no Key; settling
// all that invites an account into a channel, so its Key has only the invitee, and
// its result is Unknown: each of them ends if it is pending.
func (h *History) Check() (found []Finding, invitations, contested int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	order := make([]Contested, 0, len(h.all))
	for what := range h.all {
		if what.Inviter != "" {
			order = append(order, what)
		}
	}
	slices.SortFunc(order, func(a, b Contested) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	for _, what := range order {
		tries := h.complete(slices.Concat(h.all[what], h.all[Contested{Channel: what.Channel}],
			h.all[Contested{Channel: what.Channel, Key: core.Key{Invitee: what.Invitee}}]))
		invitations++
		if rivals(tries) > 1 {
			contested++
		}
		if !Linear(tries) {
			found = append(found, Finding{NotLinear, fmt.Sprintf("%v\n%s", what, show(tries))})
		}
	}
	return found, invitations, contested
}

// complete adds the invitation itself, if whoever asked for it was not told, and
// deadlines, one for each time it was asked for. It leaves out what was refused for other reasons.
func (h *History) complete(tries []Try) []Try {
	inviting := func(t Try) bool { return t.Verb == Inviting }
	if !slices.ContainsFunc(tries, inviting) {
		tries = append(tries, Try{Who: "?", Verb: Inviting, Return: Forever})
	}
	var deadlines []Try
	for _, t := range tries {
		if inviting(t) {
			deadlines = append(deadlines, Try{Who: "deadline", Verb: Expiring, Return: Forever})
		}
	}
	if first := tries[slices.IndexFunc(tries, inviting)]; h.Rings > 0 && first.Result == Done && len(deadlines) == 1 {
		early, late := tolerance(h.Rings)
		deadlines[0].Call, deadlines[0].Return = first.Call+early, first.Return+late
	}
	telling := slices.DeleteFunc(tries, func(t Try) bool {
		return t.Result != Unknown && t.Result != Done && !aboutInvitation(t.Result)
	})
	return append(telling, deadlines...)
}

// tolerance is what machine time may differ from a client's: it follows the wall
// by at most one part in a hundred, and stands still while a process does.
func tolerance(d time.Duration) (early, late time.Duration) {
	return d - d/50 - time.Second, d + d/50 + time.Second
}

// rivals is how many commands tried to end it.
func rivals(tries []Try) (n int) {
	for _, t := range tries {
		if _, end := ends[t.Verb]; end && t.Verb != Expiring {
			n++
		}
	}
	return n
}

// deciding is how long looking for an order may take. With a dozen unknown results
// it takes some seconds, and on a busy machine as many times longer.
const deciding = 10 * time.Minute

// Linear says whether one order of the tries explains all results. It is also
// false if that takes too long to find out, as with dozens of unknown results.
func Linear(tries []Try) bool {
	operations := make([]porcupine.Operation, len(tries))
	for i, t := range tries {
		operations[i] = porcupine.Operation{ClientId: i, Input: t.Verb, Output: t.Result, Call: int64(t.Call), Return: int64(t.Return)}
	}
	return porcupine.CheckOperationsTimeout(invitation, operations, deciding) == porcupine.Ok
}

// The states of an invitation that [core.State] has no name for.
const (
	unasked core.State = 0
	gone    core.State = math.MaxUint8 // its channel is closed
)

// invitation is what one invitation does, one try after the other.
var invitation = porcupine.Model{
	Init: func() any { return unasked },
	Step: func(state, verb, result any) (bool, any) {
		explained, next := step(state.(core.State), verb.(Verb), result.(Result))
		return explained, next
	},
}

// step carries a try out. One whose answer is unknown happens if it can: had it
// not, it could as well stand behind all others.
func step(s core.State, verb Verb, result Result) (explained bool, next core.State) {
	next, refusal := decide(s, verb)
	switch {
	case result == Unknown:
		if refusal != "" {
			return true, s
		}
		return true, next
	case result == Done:
		return refusal == "", next
	case aboutInvitation(result):
		return result == refusal, s
	}
	return true, s // refused for another reason, which says nothing of the invitation
}

// decide is the machine's rule: what a try makes of the state, or why not.
func decide(s core.State, verb Verb) (next core.State, refusal Result) {
	if s == gone {
		return s, Result(core.NoChannel)
	}
	end, ending := ends[verb]
	switch {
	case verb == Closing:
		return gone, ""
	case verb == Inviting:
		return core.Pending, ""
	case !ending:
		panic("servertest: a verb without a rule: " + string(verb))
	case s == core.Pending:
		return end, ""
	case s == unasked:
		return s, Result(core.NoInvitation)
	case s == core.Accepted:
		return s, Result(core.InvitationAccepted)
	case s == core.Rejected:
		return s, Result(core.InvitationRejected)
	}
	return s, Refusing(string(core.InvitationOver), s.String())
}

func aboutInvitation(r Result) bool {
	switch code, _, _ := strings.Cut(string(r), ":"); core.Code(code) {
	case core.NoChannel, core.NoInvitation, core.InvitationAccepted, core.InvitationRejected, core.InvitationOver:
		return true
	}
	return false
}

func show(tries []Try) string {
	tries = slices.Clone(tries)
	slices.SortStableFunc(tries, func(a, b Try) int { return cmp.Compare(a.Call, b.Call) })
	var b strings.Builder
	for _, t := range tries {
		fmt.Fprintf(&b, "  %v to %s: %s by %s: %q\n", t.Call, t.until(), t.Verb, t.Who, t.Result)
	}
	return b.String()
}
