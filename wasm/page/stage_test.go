//go:build !js

package page

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
	"beckon/jsbridge"
)

// stage is a page whose relay is the test, in a time of its own: a minute passes
// as soon as everybody waits.
type stage struct {
	*testPage
	links chan *stageLink
	link  *stageLink    // the latest
	at    uint64        // position of what happened last
	opens time.Duration // how long a link takes to open
}

// stageLink is one socket, seen from the relay.
type stageLink struct {
	jsbridge.SocketHandlers
	frames chan wire.Frame
}

func (l *stageLink) Close(int, string) {}

func (l *stageLink) Send(text string) error {
	f, err := wire.Decode(wire.ToRelay, []byte(text))
	if err != nil {
		return err
	}
	if _, beat := f.(*wire.Heartbeat); !beat {
		l.frames <- f
		return nil
	}
	go l.says(&wire.Heartbeat{Now: time.Now().UnixMilli()})
	return nil
}

func (l *stageLink) says(f wire.Frame) { l.Text(string(wire.Append(nil, f))) }

// onStage plays a story about bob's page, the target b.
func onStage(t *testing.T, options string, story func(t *testing.T, s *stage)) {
	play(t, func(s *stage) {
		s.open("b", "bob", options)
		s.do("b", "connect", "{}")
	}, story)
}

// play has the page opened by open.
func play(t *testing.T, open func(s *stage), story func(t *testing.T, s *stage)) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 24*time.Hour)
		defer cancel()
		s := &stage{links: make(chan *stageLink, 16)}
		s.testPage = newTestPage(t, ctx, "ws://stage", func(_ string, h jsbridge.SocketHandlers) (Socket, error) {
			l := &stageLink{h, make(chan wire.Frame, 64)}
			s.links <- l
			time.AfterFunc(s.opens, h.Open)
			return l, nil
		})
		open(s)
		story(t, s)
		s.do("b", "destroy", "{}")
	})
}

// welcomes lets the page in on its next link.
func (s *stage) welcomes(w *wire.Welcome) {
	s.t.Helper()
	s.link = <-s.links
	hello, ok := s.hears().(*wire.Hello)
	require.True(s.t, ok)
	w.Version, w.Journal, w.Now = 1, "j", time.Now().UnixMilli()
	w.Resumed = hello.Resume != nil && w.Channels == nil
	if w.Position == 0 {
		w.Position = s.at
	}
	s.at = w.Position
	s.link.says(w)
	s.next("b", "connected")
}

// hears is what the page sends next.
func (s *stage) hears() wire.Frame {
	s.t.Helper()
	synctest.Wait()
	select {
	case f := <-s.link.frames:
		return f
	default:
		require.Fail(s.t, "the page was to send something")
		panic("unreachable")
	}
}

// asked is the order that the page sends next, and its number.
func (s *stage) asked(want wire.Order) (n uint64) {
	s.t.Helper()
	c, ok := s.hears().(*wire.Command)
	require.True(s.t, ok)
	require.Equal(s.t, want, c.Order)
	return c.N
}

// idle says that the page has nothing to ask.
func (s *stage) idle() {
	s.t.Helper()
	synctest.Wait()
	require.Empty(s.t, s.link.frames)
	s.silent("b")
}

func (s *stage) answers(n uint64, out *wire.Outcome) {
	s.link.says(&wire.Reply{N: n, Position: s.at, OK: out})
	synctest.Wait()
}

func (s *stage) refuses(n uint64, r *wire.Refusal) {
	s.link.says(&wire.Reply{N: n, Position: s.at, Error: r})
	synctest.Wait()
}

func (s *stage) tells(position uint64, e wire.Event) {
	s.at = position
	s.link.says(wire.NewNotice(position, time.Now().UnixMilli(), e))
	synctest.Wait()
}

// loses drops the link; the page dials again.
func (s *stage) loses() {
	s.t.Helper()
	s.link.Closed(int(wire.CloseRestarting), "")
	s.next("b", "willreconnect")
}

// The props.

func hall(id string, members ...string) *wire.Channel {
	c := &wire.Channel{ID: id, Name: id, Kind: "call", Type: 1, Creator: "ada", Created: 1, Expires: 2}
	for _, m := range members {
		c.Members = append(c.Members, wire.Member{Account: m, Device: m, UID: "7", Joined: 1})
	}
	return c
}

func invitation(requestID string) *wire.Invited {
	return &wire.Invited{Channel: hall("h"), Inviter: "ada", Device: "a", RequestID: requestID, Invitees: []string{"bob"}, Stored: true}
}

// pending is what a welcome says of invitations that the inbox tells.
func pending(channel *wire.Channel, requestIDs ...string) []wire.Invitation {
	var list []wire.Invitation
	for i, id := range requestIDs {
		list = append(list, wire.Invitation{Position: uint64(i + 1), Channel: channel, Inviter: "ada", Device: "a",
			RequestID: id, Invitee: "bob", Stored: true, Silent: true})
	}
	return list
}

func cancellation(requestID string) *wire.Ended {
	return &wire.Ended{Channel: hall("h"), By: "ada", Device: "a", Outcome: "cancelled", Stored: true,
		Invitations: []wire.Key{{Inviter: "ada", RequestID: requestID, Invitee: "bob"}}}
}

func stored(position uint64, e wire.Event) wire.Stored { return wire.NewStored(position, 1, e, false) }
