//go:build !js

package main

import (
	"strconv"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core/session"
	"beckon/core/wire"
	"beckon/server/client"
)

// TestKillInTheMiddleOfRingingLosesNothing kills the relay between INVITE and accept and starts it on the
// same data: pages that stay open, and one that is loaded anew, go on as if nothing had happened.
func TestKillInTheMiddleOfRingingLosesNothing(t *testing.T) {
	rounds := 20
	if testing.Short() {
		rounds = 4
	}
	data := t.TempDir()
	p := start(t, "127.0.0.1:0", data)
	for round := range rounds {
		id := strconv.Itoa(round)
		ada, bob := p.page("ada"+id, "web"), p.page("bob"+id, "web")
		call, err := ada.Do(within(t), &wire.CallEx{Type: 1, RequestID: "r", Invitee: "bob" + id, Attach: "hello"})
		require.NoError(t, err)
		require.Equal(t, call.Channel.ID, next[*wire.Invited](t, bob).Channel.ID)

		require.Equal(t, -1, p.end(syscall.SIGKILL))
		p = start(t, p.addr, data)

		// A page that is loaded after the crash rings: the invitation was not lost.
		reloaded := p.page("bob"+id, "phone")
		invited := next[*wire.Invited](t, reloaded)
		require.Equal(t, "hello", invited.Attach)

		// The page that was open has been told before, and accepts.
		online(t, bob)
		online(t, ada)
		accept := &wire.JoinAndAccept{Channel: call.Channel.ID, RequestID: "r", Inviter: "ada" + id}
		joined, err := bob.Do(within(t), accept)
		require.NoError(t, err)
		require.Len(t, joined.Channel.Members, 2)

		require.Equal(t, "bob"+id, next[*wire.Joined](t, ada).Member.Account)
		require.Equal(t, "accepted", next[*wire.Ended](t, ada).Outcome)
		next[*wire.Joined](t, reloaded)
		require.Equal(t, "accepted", next[*wire.Ended](t, reloaded).Outcome, "the other device stops ringing")
		for _, c := range []*client.Client{ada, bob, reloaded} {
			c.Close()
		}
	}
}

// next returns the next notice, which has to be of that kind: one told twice, or out of order, fails here.
func next[E wire.Event](t *testing.T, c *client.Client) E {
	t.Helper()
	n, err := c.NextNotice(within(t))
	require.NoError(t, err)
	e, ok := n.Event.(E)
	require.True(t, ok, "a %s came", n.Name)
	return e
}

// online waits until a client that was cut off is back, without anything having been told meanwhile.
func online(t *testing.T, c *client.Client) {
	t.Helper()
	for {
		o, err := c.Next(within(t))
		require.NoError(t, err)
		switch o := o.(type) {
		case session.Connected:
			require.False(t, o.Fresh, "the life goes on")
			return
		case session.Told:
			t.Fatalf("%s was told again", o.Notice.Name)
		}
	}
}
