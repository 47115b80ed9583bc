//go:build !js

package page

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/jsbridge"
)

// conversations are what pages of both dialects and a relay say to each other,
// but for those about the loss of links itself, of which they would hear more.
var conversations = map[string]func(*testing.T){
	"two targets ring each other":          TestTwoTargetsOfAPageRingEachOther,
	"a refusal is the vendor's error":      TestARefusalReachesThePageAsTheVendorsError,
	"disconnect is told":                   TestDisconnectIsToldAndConnectWorksAgain,
	"the same device in another page":      TestTheSameDeviceInAnotherPageReplacesTheFirst,
	"control reaches members":              TestControlReachesMembers,
	"a message is the value that it was":   TestAMessageArrivesAsTheValueThatItWas,
	"a channel is found and delayed":       TestAChannelIsFoundByItsNameAndDelayed,
	"who was away is told in order":        TestWhoWasAwayIsToldInOrder,
	"marking as read takes messages away":  TestOnlyMarkingAsReadTakesMessagesAway,
	"an inbox of many pages":               TestAnInboxOfManyPagesIsOneList,
	"nothing is synced":                    TestNothingIsSyncedUnlessAskedForIfThePageSaysSo,
	"every sync is one's own":              TestEverySyncIsOnesOwn,
	"channels are shown after the login":   TestChannelsAreShownAfterTheLogin,
	"an answer to somebody away is unread": TestAnAnswerToSomebodyAwayIsUnread,
	"a call in V2":                         TestACallInV2,
	"V2 step by step":                      TestV2StepByStep,
	"V2 is told of what it missed once":    TestV2IsToldOfWhatItMissedOnce,
	"without ack everything stays unread":  TestWithoutAckEverythingStaysUnread,
	"who enables V2 late is told alone":    TestWhoEnablesV2LateIsToldAlone,
	"V2 is silent until it is enabled":     TestV2IsSilentUntilItIsEnabled,
	"calls are refused before login":       TestCallsAreRefusedBeforeLogin,
	"a room has a password and an owner":   TestARoomHasAPasswordAndAnOwner,
	"members hear of their room":           TestMembersHearOfTheirRoom,
	"a member is removed":                  TestAMemberIsRemoved,
	"another device takes the seat":        TestAnotherDeviceTakesTheSeat,
	"invitations are answered":             TestInvitationsAreAnswered,
	"invitations are withdrawn":            TestInvitationsAreWithdrawn,
	"an invitation runs out":               TestAnInvitationRunsOut,
	"who was away is asked":                TestWhoWasAwayIsAsked,
	"the dialects meet":                    TestTheDialectsMeet,
}

const onHostileLinks = "TestConversationsOnHostileLinks"

func TestMain(m *testing.M) {
	flag.Parse()
	flag.Set("test.parallel", "8") // conversations, most of which wait for links
	os.Exit(m.Run())
}

// The conversations are the same, word for word, on links that are slow and break
// at bad moments: with a command that has not been sent yet, or whose answer is on
// its way, or with a notice. All that the page hears more is that it reconnects.
func TestConversationsOnHostileLinks(t *testing.T) {
	rounds := 6
	if testing.Short() {
		rounds = 1
	}
	broken.Store(0)
	t.Run("held", func(t *testing.T) {
		for name, hold := range conversations {
			for i := range rounds {
				t.Run(fmt.Sprint(name, ", ", i), func(t *testing.T) {
					t.Parallel()
					hold(t)
				})
			}
		}
	})
	t.Logf("%d conversations, %d links broken", rounds*len(conversations), broken.Load())
	require.Greater(t, int(broken.Load()), rounds*len(conversations))
}

// broken counts links.
var broken atomic.Int64

// hostile is what the links of a page do.
type hostile struct {
	mu     sync.Mutex
	left   int             // links that may still break
	lost   int             // that broke when they were in use, and have no successor yet
	online map[string]bool // targets, as the test knows them
	latest time.Time       // when something was last sent or received
}

// newHostile is nil for conversations on good links.
func newHostile(t *testing.T) *hostile {
	if !strings.HasPrefix(t.Name(), onHostileLinks+"/") {
		return nil
	}
	return &hostile{left: 3, online: map[string]bool{}}
}

// breaks says whether a link breaks now, which it does only once, and in use.
func (h *hostile) breaks(s *hostileSocket) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.latest = time.Now()
	if h.left == 0 || !s.inUse.Load() || s.over.Load() || rand.IntN(10) > 0 {
		return false
	}
	s.inUse.Store(false)
	h.left--
	h.lost++
	broken.Add(1)
	return true
}

// hides says whether an event is only about the loss of a link.
func (h *hostile) hides(target, event string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch event {
	case "willreconnect":
		return true
	case "connected":
		if h.online[target] {
			h.lost--
			return true
		}
		h.online[target] = true
	case "disconnected":
		h.online[target] = false
	}
	return false
}

// rests waits until all links are there, and nothing is on its way: what a call
// answers depends on who is online.
func (h *hostile) rests() {
	for range 1000 { // a target that is gone comes back no more
		h.mu.Lock()
		resting := h.lost <= 0 && time.Since(h.latest) > 25*time.Millisecond
		h.mu.Unlock()
		if resting {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.lost = 0
}

// unsent says whether a call was refused because the link is down, which it is not
// for the test.
func (h *hostile) unsent(target string, err error) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	f, ok := err.(interface{ Failure() string })
	return ok && h.online[target] && (strings.Contains(f.Failure(), "not_Match") || strings.Contains(f.Failure(), "not logged in"))
}

// hostileSocket is one link, in use from the welcome on.
type hostileSocket struct {
	*testSocket
	h      *hostile
	up     chan string
	closed func(int, string)
	ready  chan struct{} // closed when testSocket is there
	inUse  atomic.Bool
	over   atomic.Bool
}

// dialHostile is dial for links that are slow and break.
func (r *room) dialHostile(h *hostile) Dialer {
	return func(url string, handlers jsbridge.SocketHandlers) (Socket, error) {
		s := &hostileSocket{h: h, up: make(chan string, 1024), closed: handlers.Closed, ready: make(chan struct{})}
		socket, err := r.dial(url, jsbridge.SocketHandlers{
			Open: func() {
				<-s.ready
				go s.sends()
				handlers.Open()
			},
			Text: func(text string) {
				dawdle()
				if strings.Contains(text, `"type":"welcome"`) {
					s.inUse.Store(true)
				} else if h.breaks(s) { // and loses this
					s.cut()
				}
				if !s.over.Load() {
					handlers.Text(text)
				}
			},
			Closed: s.ends,
		})
		if err == nil {
			s.testSocket = socket.(*testSocket)
			close(s.ready)
		}
		return s, err
	}
}

func dawdle() { time.Sleep(rand.N(4 * time.Millisecond)) }

func (s *hostileSocket) Send(text string) error {
	s.up <- text
	return nil
}

// sends sends in order, slowly. Where it breaks, the frame has arrived or not.
func (s *hostileSocket) sends() {
	for {
		select {
		case text := <-s.up:
			dawdle()
			breaks := s.h.breaks(s)
			if !breaks || rand.IntN(2) == 0 {
				s.testSocket.Send(text)
			}
			if breaks {
				dawdle()
				s.cut()
				return
			}
		case <-s.ctx.Done():
			return
		}
	}
}

func (s *hostileSocket) cut() {
	s.conn().CloseNow()
	s.ends(closeAbnormal, "")
}

func (s *hostileSocket) ends(code int, reason string) {
	if !s.over.Swap(true) {
		s.closed(code, reason)
	}
}
