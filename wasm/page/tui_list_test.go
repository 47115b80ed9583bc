//go:build !js

package page

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/jsbridge"
)

// Whatever guests and members do, and however often links are lost, the lists that
// pages make of the events they hear are the relay's.
func TestListsAgreeThroughLosses(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			m := newMeetingOf(t, rand.New(rand.NewPCG(seed, 1)))
			for range 80 {
				m.step()
			}
			m.agree()
		})
	}
}

// meetingOf is a room whose owner and second member always have a link, two
// watchers who at times have none, and guests who come and go.
type meetingOf struct {
	*testPage
	*rand.Rand
	sockets map[string]*testSocket // the latest of each
	lost    int                    // links
}

var (
	hosts    = []string{"ada", "bob"}
	watchers = []string{"wim", "wes"}
	guests   = []string{"cem", "dan", "eve", "fay", "gil"}
)

func newMeetingOf(t *testing.T, random *rand.Rand) *meetingOf {
	r := newRoom(t)
	m := &meetingOf{Rand: random, sockets: map[string]*testSocket{}}
	m.testPage = newTestPage(t, r.ctx, r.url, func(url string, h jsbridge.SocketHandlers) (Socket, error) {
		s, err := r.dial(url, h)
		_, who, _ := strings.Cut(url, "?")
		m.mu.Lock()
		defer m.mu.Unlock()
		m.sockets[who] = s.(*testSocket)
		return s, err
	})
	for _, who := range slices.Concat(hosts, watchers, guests) {
		m.url = r.url + "?" + who
		m.loginTUI(who, who)
	}
	m.do("ada", "createRoom", `{"roomId":"team"}`)
	for _, who := range slices.Concat(hosts, watchers) {
		m.do(who, "enterRoom", `{"roomId":"team"}`)
	}
	return m
}

func one(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }

// step does something that may be refused.
func (m *meetingOf) step() {
	guest, host := one(m.Rand, guests), one(m.Rand, hosts)
	users := `{"roomId":"team","userIdList":["` + guest + `","` + one(m.Rand, guests) + `"]}`
	switch m.IntN(8) {
	case 0, 1, 2:
		m.call(host, "inviteUsers", users)
	case 3:
		m.call(host, "cancelInvitation", users)
	case 4:
		m.call(guest, one(m.Rand, []string{"accept", "reject"}), `{"roomId":"team"}`)
	case 5:
		m.call(guest, "enterRoom", `{"roomId":"team"}`)
	case 6:
		m.call(guest, "exitRoom", `{}`)
	case 7:
		m.drop(one(m.Rand, watchers))
	}
}

// drop breaks a watcher's link. It comes back by itself, at once or a little later.
func (m *meetingOf) drop(who string) {
	m.mu.Lock()
	s := m.sockets[who]
	m.mu.Unlock()
	if ws := s.conn(); ws != nil {
		ws.CloseNow()
	}
}

// agree compares what the members' pages heard with what the relay has.
func (m *meetingOf) agree() {
	m.do("ada", "updateRoomNameByAdmin", `{"roomName":"the end"}`)
	want := map[string]any{}
	for _, i := range m.do("bob", "getInvitationList", `{"roomId":"team","count":100}`)["invitationList"].([]any) {
		take(want, i.(map[string]any))
	}
	for _, who := range slices.Concat(hosts, watchers) {
		require.Equal(m.t, want, m.heardList(who), who)
	}
	require.NotZero(m.t, m.lost)
}

// heardList is the list that a page makes of what it heard, up to the end.
func (m *meetingOf) heardList(who string) map[string]any {
	list := map[string]any{}
	for {
		select {
		case e := <-m.heard(who):
			payload, _ := e.payload.(map[string]any)
			switch e.name {
			case "onInvitationAdded", "onInvitationStatusChanged":
				take(list, payload["invitation"].(map[string]any))
			case "onInvitationRemoved":
				delete(list, invitee(payload["invitation"].(map[string]any)))
			case "willreconnect":
				m.lost++
			case "onRoomNameChanged":
				return list
			}
		case <-m.ctx.Done():
			require.Fail(m.t, "the end was not told", who)
		}
	}
}

func invitee(i map[string]any) string { return i["invitee"].(map[string]any)["userId"].(string) }

func take(list map[string]any, i map[string]any) {
	list[invitee(i)] = []any{i["inviter"].(map[string]any)["userId"], i["status"]}
}
