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
	"beckon/server/client"
)

// The relay is killed in the middle of ringing, at any moment after either side has heard of the call, sometimes with
// an answer on its way, and started on the same data. Pages that stay open, and one that is loaded anew, go on as if
// nothing had happened: it rings on, of several answers one wins, once, and the caller is told.
func TestKillInTheMiddleOfRingingLosesNothing(t *testing.T) {
	rounds := 100
	if testing.Short() {
		rounds = 4
	}
	data := t.TempDir()
	p := start(t, "127.0.0.1:0", data)
	for round := range rounds {
		r := newRung(t, p, strconv.Itoa(round))
		if round%2 == 0 {
			r.invited = next[*wire.Invited](t, r.bob)
		} else {
			r.made = <-r.answer
		}
		time.Sleep(rand.N(5 * time.Millisecond))
		var accepts []<-chan session.Replied
		if round%4 == 0 { // amid the answer, too
			accepts = append(accepts, r.accept(r.bob, r.invited.Channel.ID))
			time.Sleep(rand.N(time.Millisecond))
		}

		require.Equal(t, -1, p.end(syscall.SIGKILL))
		p = start(t, p.addr, data)
		r.ringsOn(p, accepts)
	}
	require.Zero(t, p.end(syscall.SIGTERM))
	a := audit(t, data)
	require.Len(t, a.created, rounds, "asking again is no second call")
	require.Len(t, a.accepted, rounds)
	t.Logf("%d of %d survived", len(a.accepted), rounds)
}

// rung is one call on its way.
type rung struct {
	t        *testing.T
	ada, bob *client.Client
	id       string
	answer   <-chan session.Replied // to ada's callEx
	made     session.Replied        // the same, when it has been read
	invited  *wire.Invited          // as bob heard it, when he has
}

func newRung(t *testing.T, p *process, id string) *rung {
	t.Helper()
	r := &rung{t: t, ada: p.page("ada"+id, "web"), bob: p.page("bob"+id, "web"), id: id}
	var err error
	r.answer, err = r.ada.Ask(&wire.CallEx{Type: 1, RequestID: "r", Invitee: "bob" + id, Attach: "hello"})
	require.NoError(t, err)
	return r
}

func (r *rung) accept(c *client.Client, channel string) <-chan session.Replied {
	r.t.Helper()
	answer, err := c.Ask(&wire.Accept{Channel: channel, RequestID: "r", Inviter: "ada" + r.id})
	require.NoError(r.t, err)
	return answer
}

// ringsOn has bob's devices answer after the crash, and looks at all that everybody hears.
func (r *rung) ringsOn(p *process, accepts []<-chan session.Replied) {
	t := r.t
	t.Helper()
	if r.made.N == 0 {
		r.made = <-r.answer
	}
	require.NotNil(t, r.made.OK, "the caller is answered, at last")
	channel := r.made.OK.Channel.ID
	reloaded := p.page("bob"+r.id, "phone")
	if r.invited == nil {
		r.invited = next[*wire.Invited](t, r.bob)
	}
	require.Equal(t, channel, r.invited.Channel.ID)
	if len(accepts) == 0 {
		rang := next[*wire.Invited](t, reloaded)
		require.Equal(t, []string{channel, "hello"}, []string{rang.Channel.ID, rang.Attach}, "a page that is loaded after the crash rings")
		accepts = append(accepts, r.accept(reloaded, channel))
		if answer, err := r.bob.Ask(&wire.Accept{Channel: channel, RequestID: "r", Inviter: "ada" + r.id}); err == nil { // else it is not back yet
			accepts = append(accepts, answer)
		}
	}
	won := 0
	for _, answer := range accepts {
		switch a := <-answer; {
		case a.OK != nil:
			won++
		default:
			require.NotNil(t, a.Refusal)
			require.Equal(t, "invitation-accepted", a.Refusal.Code)
		}
	}
	require.Equal(t, 1, won, "one accept wins")
	require.Equal(t, "accepted", next[*wire.Ended](t, r.ada).Outcome, "the caller is told")
	_, err := do(within(t), r.ada, &wire.Close{Channel: channel})
	require.NoError(t, err)
	for _, c := range []*client.Client{r.ada, r.bob, reloaded} {
		c.Close()
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
