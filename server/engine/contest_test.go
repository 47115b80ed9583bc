package engine

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/wire"
	"beckon/server/servertest"
)

// What somebody else wrote is told, and the commands are decided again on it.
func TestGroupWhosePlaceWasTakenIsDecidedAgain(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		taking := w.failing(sound, contested)
		alice, bob := w.link("alice/tab"), w.link("bob/phone")
		channel := alice.ask(&wire.Create{Type: 1}).Channel.ID
		taking.stranger = func(seq uint64) []core.Event {
			return append([]core.Event{core.Closed{Channel: channel, Why: core.ClosedByMember, To: []string{"alice"}}},
				strangerRings("bob", seq)...)
		}
		alice.send(invite(channel, "bob", "r1"))
		alice.send(callEx("bob", "r2"))
		alice.hears("closed by ", "reply 2: no-such-channel", "reply 3: ok")
		bob.hears("invited by stranger r1", "invited by alice r2")
		w.audit()
	})
}

// contest is an engine whose groups a test composes, and whose place in the
// journal somebody else then takes.
type contest struct {
	j           *faulty
	gate        *servertest.Gate
	busy, alice *page
}

func (w *world) contest() *contest {
	w.t.Helper()
	c := &contest{j: w.failing()}
	c.j.stranger = func(seq uint64) []core.Event { return strangerRings("nobody", seq) }
	c.gate = servertest.NewGate(c.j)
	w.crash()
	w.config.Journal = c.gate
	w.start()
	c.busy, c.alice = w.link("busy/x"), w.link("alice/tab")
	return c
}

// hold keeps the loop busy with one append. What is sent from now on is one group.
func (c *contest) hold() {
	c.gate.Held.Store(true)
	c.busy.send(&wire.Create{Type: 1})
	synctest.Wait()
}

// letGo lets the append go on. Those of the group then fail as listed.
func (c *contest) letGo(list ...fault) {
	list = append([]fault{sound}, list...)
	c.j.next = func() (next fault) {
		if len(list) == 0 {
			return sound
		}
		next, list = list[0], list[1:]
		return next
	}
	c.gate.Open()
	c.busy.hears("reply 1: ok")
	require.Empty(c.busy.w.t, list, "all of it happened")
}

func TestLinksOfAGroupDecidedAgainComeInTheirOrder(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		c := w.contest()
		c.hold()
		c.alice.send(callEx("bob", "r1"))
		lives := []*page{w.page("bob/phone/1"), w.page("bob/phone/2"), w.page("bob/phone/3")}
		for _, bob := range lives {
			bob.connect(nil)
		}
		c.alice.send(callEx("bob", "r2"))
		c.letGo(contested)
		lives[0].hears("welcome, fresh")
		lives[0].wantClosed(wire.CloseReplaced, "by the second")
		lives[1].hears("welcome, fresh")
		lives[1].wantClosed(wire.CloseReplaced, "by the third")
		lives[2].hears("welcome, fresh", "invited by alice r2")
		lives[2].wantClosed(0, "nothing replaced it")
		w.audit()
	})
}

func TestLinkReplacedInAGroupDecidedAgainIsClosed(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		c := w.contest()
		c.hold()
		c.alice.send(callEx("carol", "r1"))
		second := w.page("alice/tab/2")
		second.connect(nil)
		c.letGo(contested)
		c.alice.hears("reply 1: ok offline")
		c.alice.wantClosed(wire.CloseReplaced, "by another life")
		second.hears("welcome, fresh, in a channel with alice")
	})
}

func TestDisconnectInAGroupDecidedAgainHappensOnce(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		c := w.contest()
		c.hold()
		bob := w.page("bob/phone")
		bob.connect(nil)
		c.alice.send(callEx("bob", "r1"))
		require.NoError(t, w.eng.Disconnect(t.Context(), bob.Device, bob))
		c.alice.send(callEx("bob", "r2"))
		c.letGo(contested)
		c.alice.hears("reply 1: ok", "reply 2: ok offline")
		bob.hears("welcome, fresh", "invited by alice r1")
		c.alice.ask(callEx("carol", "r3"))
		w.audit()
	})
}

func TestLinkLostInAGroupDecidedAgainIsLost(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		c := w.contest()
		bob := w.link("bob/phone")
		channel := bob.ask(callEx("alice", "r1")).Channel.ID
		c.alice.hears("invited by bob r1")
		c.alice.ask(&wire.JoinAndAccept{Channel: channel, Inviter: "bob", RequestID: "r1"})
		c.hold()
		require.NoError(t, w.eng.Disconnect(t.Context(), bob.Device, bob))
		c.letGo(contested)
		time.Sleep(grace + soon)
		c.alice.hears("left: bob")
		w.audit()
	})
}

// What was stored before the place was taken stands, and is not answered again.
func TestGroupDecidedAgainGoesOnWhereItsFirstRecordEnds(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		const many = 100
		c := w.contest()
		bob := w.link("bob/phone")
		c.hold()
		for range many {
			c.alice.send(&wire.Message{To: "bob", Attach: strings.Repeat("\x01", core.MaxAttach)}) // 24 KiB as it is stored
		}
		c.letGo(sound, contested)
		require.Len(t, c.alice.take(), many)
		require.Len(t, bob.take(), many)
		require.Greater(t, len(w.audit().Records), 4)
	})
}
