package engine

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/wire"
)

func (p *page) bytes() (sizes []int) {
	p.w.t.Helper()
	synctest.Wait()
	for _, f := range p.take() {
		sizes = append(sizes, len(wire.Append(nil, f)))
	}
	return sizes
}

// crowd links so many accounts, by their numbers.
func (w *world) crowd(n int) (accounts []string, pages []*page) {
	for i := range n {
		account := fmt.Sprintf("guest-%03d", i)
		accounts = append(accounts, account)
		pages = append(pages, w.link(account+"/phone"))
	}
	return accounts, pages
}

func TestFiveHundredInviteesAreOneNoticeToTheRoomAndASmallOneToEach(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		const many = 500
		bob := w.link("bob/phone")
		accounts, guests := w.crowd(many)
		ada := w.room("s3cret", bob)
		ada.does(inviteAll(accounts...))
		for _, member := range []*page{ada, bob} {
			sizes := member.bytes()
			require.Len(t, sizes, 1)
			require.Less(t, sizes[0], 16*many)
		}
		for _, guest := range guests {
			sizes := guest.bytes()
			require.Len(t, sizes, 1)
			require.Less(t, sizes[0], 500)
		}
		records := w.audit().Records
		require.Less(t, len(records[len(records)-1]), 5, "an event for all, not one for each")

		ada.does(&wire.Withdraw{Channel: team, Invitees: accounts})
		require.Len(t, bob.bytes(), 1)
		for _, guest := range guests {
			guest.hears("cancelled by ada: ada>" + guest.Account)
		}
	})
}

// The part of each is made when it comes back for it.
func TestResumeBringsOnlyTheInviteesOwnPart(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		bob, cem := w.link("bob/phone"), w.link("cem/phone")
		ada := w.room("", cem)
		bob.drop()
		cem.drop()
		ada.does(inviteAll("bob", "dan"))
		ada.drop()
		w.restart()
		bob.back().hears("welcome, 1 missed", "rung by ada: bob")
		cem.back().hears("welcome, 1 missed", "rung by ada: bob dan")
	})
}

// The list that a page shows is folded from notices: its own doings are among
// them, also if the link dropped meanwhile.
func TestResumeBringsWhatOneDidInTheRoomOneself(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		ada := w.room("")
		ada.send(inviteAll("bob"))
		synctest.Wait()
		ada.mu.Lock()
		ada.frames, ada.ready = nil, 0
		ada.mu.Unlock()
		ada.drop()
		ada.back(3).hears("welcome, 1 missed, answer 3: ok", "rung by ada: bob")
	})
}

func TestFeedCountsWhatItKeepsForThoseApart(t *testing.T) {
	app, e := core.New(core.Config{}), &Engine{}
	by := core.Actor{Account: "ada"}
	app.Apply(core.Stamp{Position: 1, Now: 1}, core.Created{Channel: core.ChannelInfo{ID: team, Name: team, Policy: core.RoomPolicy, Creator: "ada"}})
	one, both := core.Invitee{Account: "bob"}, core.Invitee{Account: strings.Repeat("x", 100)}
	alike, _ := e.tell(app, core.Stamp{Position: 2, Now: 2}, core.Invited{By: by, Channel: team, Invitees: []core.Invitee{one}, To: []string{"bob"}})
	apart, _ := e.tell(app, core.Stamp{Position: 2, Now: 2}, core.Invited{By: by, Channel: team, Invitees: []core.Invitee{one, both},
		To: []string{"bob", both.Account}})
	require.Nil(t, alike.fact, "nobody is told anything else")
	require.NotNil(t, apart.fact)
	without := apart
	without.fact = nil
	require.Equal(t, without.size()+len(apart.frame), apart.size(), "a fact counts as much as the frame")
	require.Greater(t, alike.size(), len(alike.frame))
}

func TestInboxRowShowsOnlyTheAccountsOwnPart(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice := w.link("alice/tab")
		channel := alice.ask(&wire.CreateAndJoin{Type: 1}).Channel.ID
		for _, account := range []string{"bob", "cem"} {
			order := invite(channel, account, "r1")
			order.Store = true
			alice.ask(order)
		}
		alice.ask(&wire.Close{Channel: channel})
		rows := w.link("bob/phone").ask(&wire.Inbox{}).Inbox
		require.Len(t, rows, 2)
		require.Equal(t, []string{"bob"}, rows[0].Invited.Invitees)
		require.Equal(t, []wire.Key{{Inviter: "alice", RequestID: "r1", Invitee: "bob"}}, rows[1].Ended.Invitations)
	})
}

func TestInboxRowShowsNoPassword(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		ada := w.room("s3cret")
		order := invite(team, "bob", "r1")
		order.Store = true
		ada.ask(order)
		row := w.link("bob/phone").ask(&wire.Inbox{}).Inbox[0]
		require.Equal(t, "Team", row.Invited.Channel.Title)
		require.Empty(t, row.Invited.Channel.Password)
	})
}

// Each hears of those that it made or got.
func TestExpiryOfManyIsToldInParts(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		bob, guest := w.link("bob/phone"), w.link("guest/phone")
		ada := w.room("", bob)
		order := inviteAll("guest", "nobody")
		order.Timeout = 60_000
		bob.does(order)
		bob.does(&wire.Leave{Channel: team})
		for _, p := range []*page{ada, bob, guest} {
			synctest.Wait()
			p.take()
		}
		time.Sleep(time.Minute)
		ada.hears("expired: bob>guest bob>nobody")
		bob.hears("expired: bob>guest bob>nobody")
		guest.hears("expired: bob>guest")
	})
}
