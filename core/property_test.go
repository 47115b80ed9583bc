package core_test

import (
	"flag"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"beckon/core"
)

// go test ./core -rapid.checks=10000 looks harder.
func init() {
	flag.Set("rapid.checks", "60")
	flag.Set("rapid.steps", "80")
	flag.Set("rapid.nofailfile", "true") // the seed that it prints does
}

// small are bounds that a few commands reach.
var small = core.Config{
	InvitationTime: 90_000, ChannelTime: 7_200_000, Grace: 120_000,
	RoomTime: 10_800_000, Members: 3, RoomMembers: 3, Pending: 3, Rung: 3, Asked: 4, Listed: 3, Channels: 2, Memberships: 3, EndedKept: 2, EndedTime: 600_000, InboxKept: 5, InboxTime: 3_600_000,
	AnswersKept: 4, AnswersTime: 60_000,
}

// TestMachineAgreesWithModel sends what several accounts on several devices may
// send, in any order, with links that come and go, time that passes, commands
// asked again, and restarts. Whatever comes out, the naive model expected it.
func TestMachineAgreesWithModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := newContest(t, small)
		c.begin()
		t.Repeat(map[string]func(*rapid.T){"step": c.step, "": func(*rapid.T) { c.agree() }})
		c.pass(10 * 3_600_000)
		for _, r := range c.model.channels {
			for _, i := range r.pending() {
				if i.deadline == 0 { // rings for ever
					delete(c.open, r.ID+fmt.Sprint(i.Key))
				}
			}
		}
		require.Empty(t, c.open, "these invitations never ended")
	})
}

// TestATimerThatFiresLateChangesNoOutcome decides commands when deadlines have
// passed, with and without having dealt with them before. (That members without
// a link leave, and what counts against a bound, is only so after Due.)
func TestATimerThatFiresLateChangesNoOutcome(t *testing.T) {
	config := small
	config.Grace, config.Pending, config.Channels, config.Memberships, config.EndedKept = -1, 1000, 1000, 1000, 1000
	config.Rung, config.Asked, config.Listed = 1000, 1000, 1000
	rapid.Check(t, func(t *rapid.T) {
		c := newContest(t, config)
		c.begin()
		t.Repeat(map[string]func(*rapid.T){
			"step": c.step,
			"late": func(t *rapid.T) {
				command, late := c.command(t), c.time(t)
				switch one(t, "what", "command", "answer", "room") {
				case "answer":
					command = c.answer(t)
				case "room":
					command = c.roomCommand(t)
				}
				inTime, tooLate := c.machine.fork(late), c.machine.fork(late)
				inTime.due()
				want, refused := inTime.handle(command)
				got, refusal := tooLate.handle(command)
				require.Equal(t, refused, refusal, "%d later: %+v", late, command)
				require.Equal(t, want, got, "%d later: %+v", late, command)
			},
		})
	})
}
