//go:build !js

package main

import (
	"math/rand/v2"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core/session"
	"beckon/core/wire"
)

// The relay dies at any moment around a callEx: before it arrives, before or after it is stored, before or after
// either side hears of it. There is one call all the same, and both sides hear of it once.
func TestKillAmidACallHasOneOutcome(t *testing.T) {
	rounds := 20
	if testing.Short() {
		rounds = 5
	}
	data := t.TempDir()
	p := start(t, "127.0.0.1:0", data)
	for round := range rounds {
		id := strconv.Itoa(round)
		ada, bob := p.page("ada"+id, "web"), p.page("bob"+id, "phone")
		answer, err := ada.Ask(&wire.CallEx{Type: 1, RequestID: id, Invitee: "bob" + id})
		require.NoError(t, err)
		time.Sleep(time.Duration(rand.IntN(1000)) * time.Microsecond)
		require.Equal(t, -1, p.end(syscall.SIGKILL))
		p = start(t, p.addr, data)

		made := (<-answer).OK
		require.NotNil(t, made, "asking again is no second call")
		outcome := next[*wire.Invited](t, bob)
		require.Equal(t, made.Channel.ID, outcome.Channel.ID)
		_, err = do(within(t), bob, &wire.JoinAndAccept{Channel: made.Channel.ID, RequestID: id, Inviter: "ada" + id})
		require.NoError(t, err)
		next[*wire.Joined](t, ada)
		require.Equal(t, "accepted", next[*wire.Ended](t, ada).Outcome)
		_, err = do(within(t), ada, &wire.Close{Channel: made.Channel.ID})
		require.NoError(t, err)
		next[*wire.Closed](t, bob)
		ada.Close()
		bob.Close()
	}
	require.Zero(t, p.end(syscall.SIGTERM))
	a := audit(t, data)
	require.Len(t, a.created, rounds)
	require.Len(t, a.accepted, rounds)
}

func TestTermSaysGoodbyeAndEndsWell(t *testing.T) {
	p := start(t, "127.0.0.1:0", t.TempDir())
	ada := p.page("ada", "web")
	require.Zero(t, p.end(syscall.SIGTERM))
	for {
		o, err := ada.Next(within(t))
		require.NoError(t, err)
		if lost, ok := o.(session.Reconnecting); ok {
			require.Equal(t, wire.CloseRestarting, lost.Code)
			return
		}
	}
}

func TestFlagThatDoesNotExistIsNamed(t *testing.T) {
	said, code := fails(t, "-colour", "red")
	require.Contains(t, said, "flag provided but not defined: -colour")
	require.Equal(t, 2, code)
}
