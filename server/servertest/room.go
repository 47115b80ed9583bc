package servertest

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/anishathalye/porcupine"

	"beckon/core"
)

// A RoomHistory is what devices did about rooms, and what each was answered. In a
// room one command may concern several invitations, and what it does depends on
// who is inside, so that all that is done about one room has to have one order.
// Only its creator may close a room, and nobody gets another role.
type RoomHistory struct {
	tries[string, RoomTry]
}

// A RoomTry is one account's command about a room, or what happens by itself.
type RoomTry struct {
	Try               // Who is an account
	Invitees []string // of Inviting and Revoking
	Ring     string   // Inviting: a name for what it makes; answers, Canceling and Expiring: which one is meant
}

// The verbs that only rooms know; Revoking is a Withdraw there. An answer that
// names no ring is a Settle.
const (
	Making   Verb = "make"
	Entering Verb = "enter"
	Losing   Verb = "lose" // nobody's command: the member's link is lost for too long
)

// Ringing is the result of ringing several accounts, of which some are being rung
// already, and some are inside.
func Ringing(pending, inside []string) Result {
	if len(pending)+len(inside) == 0 {
		return Done
	}
	sorted := func(list []string) string { return strings.Join(slices.Sorted(slices.Values(list)), ",") }
	return Result("ok, pending " + sorted(pending) + " inside " + sorted(inside))
}

// Deadline is the end of what a try that rings makes: at the time that clocks
// give it which nobody has set; rings 0: at any time.
func (t RoomTry) Deadline(rings time.Duration) RoomTry {
	end := RoomTry{Try: Try{Who: "deadline", Verb: Expiring, Return: Forever}, Ring: t.Ring}
	if rings > 0 && t.Return != Forever {
		early, late := tolerance(rings)
		end.Call, end.Return = t.Call+early, t.Return+late
	}
	return end
}

// Check looks for an order that explains each room's answers, and counts the rooms.
func (h *RoomHistory) Check() (found []Finding, rooms int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, name := range slices.Sorted(maps.Keys(h.all)) {
		if !LinearRoom(h.all[name]) {
			found = append(found, Finding{NotLinear, fmt.Sprintf("room %s\n%s", name, showRoom(h.all[name]))})
		}
	}
	return found, len(h.all)
}

// LinearRoom says whether one order of the tries explains all results. It is also
// false if that takes too long to find out.
func LinearRoom(tries []RoomTry) bool {
	var operations []porcupine.Operation
	for i, t := range tries {
		if t.Result == Unknown || strings.HasPrefix(string(t.Result), string(Done)) || aboutRoom(t.Result) {
			operations = append(operations, porcupine.Operation{ClientId: i, Input: t, Output: t.Result, Call: int64(t.Call), Return: int64(t.Return)})
		}
	}
	return porcupine.CheckOperationsTimeout(roomModel, operations, deciding) == porcupine.Ok
}

// aboutRoom says whether a refusal depends on nothing but what the model knows.
func aboutRoom(r Result) bool {
	switch core.Code(r) {
	case core.NotMember, core.NeedOwner, core.NeedAdministrator, core.NameTaken:
		return true
	}
	return aboutInvitation(r)
}

var roomModel = porcupine.Model{
	Init: func() any { return doors{} },
	Step: func(state, try, result any) (bool, any) {
		before := state.(doors)
		after, want := before.decide(try.(RoomTry))
		switch result.(Result) {
		case Unknown: // it happens if it can, see step
			return true, after
		case want:
			return true, after
		}
		return false, before
	},
	Equal: func(a, b any) bool { return a.(doors).equal(b.(doors)) },
}

// doors is a room as simply as it can be said: who is inside, and who was rung.
// It is never changed, but for by those that have just made it.
type doors struct {
	owner  string // "": there is no room yet
	gone   bool
	inside []string  // sorted
	rings  []oneRing // oldest first
}

type oneRing struct {
	name, inviter, invitee string
	state                  core.State
}

func (d doors) equal(x doors) bool {
	return d.owner == x.owner && d.gone == x.gone && slices.Equal(d.inside, x.inside) && slices.Equal(d.rings, x.rings)
}

// decide is the machine's rule for rooms.
func (d doors) decide(t RoomTry) (after doors, result Result) {
	live := d.owner != "" && !d.gone
	member := slices.Contains(d.inside, t.Who)
	mine := func(r oneRing) bool { return r.invitee == t.Who && (t.Ring == "" || r.name == t.Ring) }
	switch {
	case t.Verb == Making && d.owner == "":
		return doors{owner: t.Who}, Done
	case t.Verb == Making:
		return d, Result(core.NameTaken)
	case !live:
		return d, Result(core.NoChannel)
	}
	switch t.Verb {
	case Entering:
		return d.enter(t.Who), Done
	case Losing:
		d.inside = slices.DeleteFunc(slices.Clone(d.inside), func(a string) bool { return a == t.Who })
		return d, Done
	case Expiring:
		return d.end(core.Expired, func(r oneRing) bool { return r.name == t.Ring }), Done
	case Accepting:
		return d.settle(core.Accepted, mine)
	case Rejecting:
		return d.settle(core.Rejected, mine)
	case Canceling:
		return d.settle(core.Cancelled, func(r oneRing) bool {
			return r.name == t.Ring && r.inviter == t.Who && slices.Contains(t.Invitees, r.invitee)
		})
	case Closing:
		switch {
		case t.Who == d.owner:
			d.gone = true
			return d, Done
		case member:
			return d, Result(core.NeedOwner)
		}
		return d, Result(core.NotMember)
	}
	if !member {
		return d, Result(core.NotMember)
	}
	if t.Verb == Revoking {
		return d.withdraw(t)
	}
	return d.ring(t)
}

func (d doors) enter(who string) doors {
	d = d.end(core.Accepted, func(r oneRing) bool { return r.invitee == who })
	if i, in := slices.BinarySearch(d.inside, who); !in {
		d.inside = slices.Insert(slices.Clone(d.inside), i, who)
	}
	return d
}

// ring asks those in who are neither inside nor being asked.
func (d doors) ring(t RoomTry) (after doors, result Result) {
	var pending, inside []string
	d.rings = slices.Clip(d.rings)
	for _, invitee := range t.Invitees {
		switch {
		case slices.Contains(d.inside, invitee), invitee == t.Who:
			inside = append(inside, invitee)
		case slices.ContainsFunc(d.rings, func(r oneRing) bool { return r.invitee == invitee && r.state == core.Pending }):
			pending = append(pending, invitee)
		default:
			d.rings = append(d.rings, oneRing{t.Ring, t.Who, invitee, core.Pending})
		}
	}
	return d, Ringing(pending, inside)
}

// settle ends what is pending of some rings; if nothing is, the last one says why.
func (d doors) settle(how core.State, these func(oneRing) bool) (after doors, result Result) {
	last := unasked
	for _, r := range d.rings {
		if these(r) {
			last = r.state
		}
		if these(r) && r.state == core.Pending {
			return d.end(how, these), Done
		}
	}
	_, refusal := decide(last, Accepting)
	return d, refusal
}

// withdraw cancels one's own, and revokes those of others if one may.
func (d doors) withdraw(t RoomTry) (after doors, result Result) {
	own, others := map[string]bool{}, map[string]bool{}
	for _, r := range d.rings {
		switch {
		case r.state != core.Pending || !slices.Contains(t.Invitees, r.invitee):
		case r.inviter == t.Who:
			own[r.invitee] = true
		default:
			others[r.invitee] = true
		}
	}
	if len(own)+len(others) == 0 {
		return d, Result(core.NoInvitation)
	}
	if len(others) > 0 && t.Who != d.owner { // nobody has two that are pending
		return d, Result(core.NeedAdministrator)
	}
	d = d.end(core.Cancelled, func(r oneRing) bool { return own[r.invitee] })
	return d.end(core.Revoked, func(r oneRing) bool { return others[r.invitee] }), Done
}

// end ends what is pending of some rings.
func (d doors) end(how core.State, these func(oneRing) bool) doors {
	d.rings = slices.Clone(d.rings)
	for i, r := range d.rings {
		if r.state == core.Pending && these(r) {
			d.rings[i].state = how
		}
	}
	return d
}

func showRoom(tries []RoomTry) string {
	tries = slices.Clone(tries)
	slices.SortStableFunc(tries, func(a, b RoomTry) int { return cmp.Compare(a.Call, b.Call) })
	var b strings.Builder
	for _, t := range tries {
		fmt.Fprintf(&b, "  %v to %s: %s by %s %v %s: %q\n", t.Call, t.until(), t.Verb, t.Who, t.Invitees, t.Ring, t.Result)
	}
	return b.String()
}
