//go:build !js

package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/session"
	"beckon/core/wire"
	"beckon/server/client"
	"beckon/server/journal/nats"
	"beckon/server/servertest"
)

// TestKillsUnderLoadLoseNothingThatWasAnswered kills the relay again and again while pairs call each other. Each
// page hears everything once and in order, and what was answered is in the journal.
func TestKillsUnderLoadLoseNothingThatWasAnswered(t *testing.T) {
	kills, pairs := 20, 8
	if testing.Short() {
		kills, pairs = 3, 4
	}
	data := t.TempDir()
	p := start(t, "127.0.0.1:0", data)
	var stop atomic.Bool
	var calling sync.WaitGroup
	callers := make([]*caller, pairs)
	for i := range callers {
		c := &caller{ctx: within(t), ada: p.page("ada"+strconv.Itoa(i), "web"), bob: p.page("bob"+strconv.Itoa(i), "phone"), bobs: "bob" + strconv.Itoa(i)}
		callers[i] = c
		calling.Go(func() {
			for !stop.Load() && c.err == nil {
				c.err = c.call()
			}
		})
	}
	for range kills {
		time.Sleep(time.Duration(50+rand.IntN(400)) * time.Millisecond) // calls go on
		require.Equal(t, -1, p.end(syscall.SIGKILL))
		p = start(t, p.addr, data)
	}
	stop.Store(true)
	calling.Wait()
	require.Zero(t, p.end(syscall.SIGTERM))

	a := audit(t, data)
	total := 0
	for _, c := range callers {
		require.NoError(t, c.err)
		for _, call := range c.done {
			require.Equal(t, 1, a.created[call.channel], "the call that %s made is stored once", call.id)
			require.Equal(t, 1, a.accepted[call], "its acceptance is stored once")
			require.Equal(t, 1, a.closed[call.channel], "its end is stored once")
		}
		require.NotEmpty(t, c.done)
		total += len(c.done)
	}
	t.Logf("%d calls over %d kills", total, kills)
}

// caller is a pair that calls all the time.
type caller struct {
	ctx      context.Context
	ada, bob *client.Client
	bobs     string
	done     []call
	err      error
}

type call struct{ channel, id string }

// call is one call, of which all that was asked has been answered, and all that
// was to be told has been.
func (c *caller) call() error {
	id := fmt.Sprint(len(c.done))
	made, err := do(c.ctx, c.ada, &wire.CallEx{Type: 1, RequestID: id, Invitee: c.bobs})
	if err != nil {
		return err
	}
	channel := made.Channel.ID
	var invited *wire.Invited
	var joined *wire.Joined
	var ended *wire.Ended
	var closed *wire.Closed
	if err := hear(c.ctx, c.bob, &invited); err != nil {
		return err
	}
	if invited.RequestID != id || invited.Channel.ID != channel {
		return fmt.Errorf("rung by call %s in %s instead of %s in %s", invited.RequestID, invited.Channel.ID, id, channel)
	}
	if _, err := do(c.ctx, c.bob, &wire.JoinAndAccept{Channel: channel, RequestID: id, Inviter: invited.Inviter}); err != nil {
		return err
	}
	if err := errors.Join(hear(c.ctx, c.ada, &joined), hear(c.ctx, c.ada, &ended)); err != nil {
		return err
	}
	if _, err := do(c.ctx, c.ada, &wire.Close{Channel: channel}); err != nil {
		return err
	}
	c.done = append(c.done, call{channel, id})
	return hear(c.ctx, c.bob, &closed)
}

// do asks for a command as soon as there is a link.
func do(ctx context.Context, c *client.Client, o wire.Order) (*wire.Outcome, error) {
	for {
		outcome, err := c.Do(ctx, o)
		if failure, ok := err.(*session.Failure); !ok || failure.Kind != session.FailNotConnected {
			return outcome, err
		}
		time.Sleep(time.Millisecond)
	}
}

// hear takes the next notice, which has to be of that kind.
func hear[E wire.Event](ctx context.Context, c *client.Client, into *E) error {
	n, err := c.NextNotice(ctx)
	if err != nil {
		return err
	}
	e, ok := n.Event.(E)
	if !ok {
		return fmt.Errorf("heard %s instead of %T", n.Name, *into)
	}
	*into = e
	return nil
}

// audited is how often what stands in the journal of a relay that was stopped.
type audited struct {
	created, closed map[string]int
	accepted        map[call]int
}

func audit(t *testing.T, data string) audited {
	t.Helper()
	server, err := nats.Start(nats.Options{Dir: data, Logf: t.Logf})
	require.NoError(t, err)
	defer server.Close()
	j, err := server.Open(t.Context(), "dev")
	require.NoError(t, err)
	a := audited{map[string]int{}, map[string]int{}, map[call]int{}}
	for _, e := range servertest.Replay(t, core.Config{}, j.Read(t.Context(), 1)).Events {
		switch e := e.Event.(type) {
		case core.Created:
			a.created[e.Channel.ID]++
		case core.Closed:
			a.closed[e.Channel]++
		case core.Ended:
			if e.Outcome == core.Accepted {
				a.accepted[call{e.Channel, e.Invitations[0].RequestID}]++
			}
		}
	}
	return a
}
