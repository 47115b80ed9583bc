package client_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/session"
	"beckon/core/wire"
	"beckon/server/client"
)

// A life is one loading of a page: a client, and all that its application was
// told.
type life struct {
	j      *journey
	actor  core.Actor
	client *client.Client
	stop   context.CancelFunc

	// Of the test's goroutine alone:
	asked []*asked
	calms []calm
	gone  bool // unloaded

	mu     sync.Mutex
	alone  bool // no cable reaches the relay
	frail  int  // bytes after which the next cable breaks, or 0
	cables []*cable
	heard  []heard
}

// heard is an output for the application, and when it came.
type heard struct {
	session.Output
	at time.Time
}

// asked is a command, and how it ended for the application.
type asked struct {
	n      uint64
	order  wire.Order
	answer <-chan session.Replied
	ended  []session.Replied
}

// calm is a moment when a life had a good link and nothing was on its way.
type calm struct {
	heard    int // outputs until then
	released core.Position
}

func (l *life) String() string { return l.actor.Account + "/" + l.actor.Device + "/" + l.actor.Life }

func newLife(j *journey, actor core.Actor) *life {
	ctx, stop := context.WithCancel(context.Background())
	l := &life{j: j, actor: actor, stop: stop}
	luck := rand.New(rand.NewPCG(j.random.Uint64(), 1))
	l.client = client.New(client.Config{
		URL:  "ws://relay/ws",
		Dial: l.dial,
		Session: session.Config{App: "app", Account: actor.Account, Token: "token", Device: actor.Device, Life: actor.Life,
			Random: luck.Uint64},
	})
	go func() {
		for {
			o, err := l.client.Next(ctx)
			if err != nil {
				return
			}
			l.mu.Lock()
			l.heard = append(l.heard, heard{o, time.Now()})
			l.mu.Unlock()
		}
	}()
	return l
}

// hears is what the application was told until now.
func (l *life) hears() []heard {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.heard[:len(l.heard):len(l.heard)]
}

// online says what the application thinks.
func (l *life) online() bool {
	for _, h := range slices.Backward(l.hears()) {
		switch h.Output.(type) {
		case session.Connected:
			return true
		case session.Reconnecting, session.Disconnected:
			return false
		}
	}
	return false
}

// ended says whether the session is off for good or by request, and why.
func (l *life) ended() (why session.Why, off bool) {
	heard := l.hears()
	if len(heard) == 0 {
		return "", false
	}
	d, off := heard[len(heard)-1].Output.(session.Disconnected)
	return d.Why, off
}

// ask sends a command, if there is a link to send it by.
func (l *life) ask(o wire.Order) bool {
	answer, err := l.client.Ask(o)
	if err != nil {
		require.Equal(l.j.t, &session.Failure{Kind: session.FailNotConnected}, err)
		return false
	}
	l.asked = append(l.asked, &asked{n: uint64(len(l.asked)) + 1, order: o, answer: answer})
	return true
}

// listen takes the answers that have come.
func (l *life) listen() {
	for _, a := range l.asked {
		select {
		case r := <-a.answer:
			a.ended = append(a.ended, r)
		default:
		}
	}
}

// busy says whether a command waits for its end.
func (l *life) busy() bool {
	l.listen()
	for _, a := range l.asked {
		if len(a.ended) == 0 {
			return true
		}
	}
	return false
}

// note remembers, everything being quiet, how far the relay has sent what it
// has to tell; that far a life with a good link must have been told.
func (l *life) note(released core.Position) {
	if c := l.cable(); l.online() && c != nil && c.whole() {
		l.calms = append(l.calms, calm{len(l.hears()), released})
	}
}

// unload ends the life as closing a page does: the application hears nothing
// more, and the relay only what the network still lets through.
func (l *life) unload(lose func(*cable)) {
	l.gone = true
	l.unreachable(true)
	if c := l.cable(); c != nil {
		lose(c)
	}
	closed := make(chan struct{})
	go func() { l.client.Close(); close(closed) }()
	synctest.Wait()
	l.stop()
	l.j.closing = append(l.j.closing, closed)
	l.listen()
	for _, a := range l.asked {
		require.NotEmpty(l.j.t, a.ended, "%v was told the end of command %d when its page closed", l, a.n)
	}
}
