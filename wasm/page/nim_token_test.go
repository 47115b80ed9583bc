//go:build !js

package page

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
)

// renews opens the target again, as the facade does when its instance has a new token.
func (s *stage) renews(token string) {
	s.t.Helper()
	s.do("b", "open", `{"dialect":"nim","url":"ws://stage","app":"k","account":"bob","token":"`+token+`","device":"b","life":"b-1","options":{}}`)
}

func (s *stage) greets(token string) {
	s.t.Helper()
	hello, ok := s.hears().(*wire.Hello)
	require.True(s.t, ok)
	require.Equal(s.t, token, hello.Token)
}

func TestATokenGivenWhileReconnectingIsTheNextLoginS(t *testing.T) {
	onStage(t, `{}`, func(t *testing.T, s *stage) {
		s.welcomes(&wire.Welcome{Position: 10})
		s.synced()
		s.opens = time.Second
		s.loses()
		s.renews("new")
		s.link = <-s.links
		time.Sleep(s.opens)
		s.greets("new")
	})
}

// The page may ask its own server for the token, and the link is there before the answer is.
func TestALoginIsHeldUntilItIsReleased(t *testing.T) {
	onStage(t, `{}`, func(t *testing.T, s *stage) {
		s.welcomes(&wire.Welcome{Position: 10})
		s.synced()
		s.opens = time.Second
		s.loses()
		s.do("b", "hold", "{}")
		s.link = <-s.links
		time.Sleep(s.opens)
		s.idle()
		s.renews("new")
		s.do("b", "release", "{}")
		s.greets("new")
	})
}

func TestALoginThatIsHeldTooLongIsTriedOverAnotherLink(t *testing.T) {
	onStage(t, `{}`, func(t *testing.T, s *stage) {
		s.welcomes(&wire.Welcome{Position: 10})
		s.synced()
		s.opens = time.Second
		s.loses()
		s.do("b", "hold", "{}")
		<-s.links
		time.Sleep(10 * time.Second) // for which a link may take to open
		s.next("b", "willreconnect")
		s.do("b", "hold", "{}") // for the page's second promise
		s.link = <-s.links
		time.Sleep(s.opens)
		s.do("b", "release", "{}")
		s.idle()
		s.do("b", "release", "{}")
		s.greets("t")
	})
}

func TestAHoldEndsWithTheConnection(t *testing.T) {
	onStage(t, `{}`, func(t *testing.T, s *stage) {
		s.welcomes(&wire.Welcome{Position: 10})
		s.synced()
		s.opens = time.Second
		s.loses()
		s.do("b", "hold", "{}")
		s.do("b", "disconnect", "{}")
		s.next("b", "disconnected")
		s.do("b", "connect", "{}")
		time.Sleep(s.opens)
		synctest.Wait()
		for len(s.links) > 0 {
			s.link = <-s.links
		}
		s.greets("t")
		s.do("b", "release", "{}") // late, and of no use any more
	})
}
