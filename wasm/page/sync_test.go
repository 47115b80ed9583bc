//go:build !js

package page

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// invites has ada, who is online as a, ask bob into her channel.
func (p *testPage) invites(channel, requestID string) {
	p.t.Helper()
	_, err := p.call("a", "signalingInvite",
		`{"channelId":"`+channel+`","account":"bob","requestId":"`+requestID+`","offlineEnabled":true}`)
	if err != nil {
		require.ErrorContains(p.t, err, "10201")
	}
}

// creates has ada make a channel that she has not joined.
func (p *testPage) creates(name string) string {
	p.t.Helper()
	return p.do("a", "signalingCreate", `{"type":1,"channelName":"`+name+`"}`)["channel"].(map[string]any)["channelId"].(string)
}

func TestWhoWasAwayIsToldInOrder(t *testing.T) {
	p := newRoom(t).page()
	p.login("a", "ada")
	c := p.creates("c")
	p.invites(c, "r1")
	p.invites(c, "r2")
	p.do("a", "signalingCancel", `{"channelId":"`+c+`","account":"bob","requestId":"r1"}`)
	gone := p.creates("gone")
	p.invites(gone, "r3")
	p.do("a", "signalingClose", `{"channelId":"`+gone+`"}`)

	p.open("b", "bob", `{}`)
	p.connects("b")
	unread := p.list("b", "unread")
	require.Equal(t, []any{"INVITE", "INVITE", "CANCEL_INVITE", "INVITE", "CANCEL_INVITE"}, field(unread, "eventType"))
	require.Equal(t, []any{"r1", "r2", "r1", "r3", "r3"}, field(unread, "requestId"))
	require.Equal(t, []any{true, nil, nil, true, true}, field(unread, "channelInValid"), "the invitation or the channel is over")
	require.IsIncreasing(t, msgids(unread))
	require.Empty(t, p.list("b", "channels"))
	p.silent("b")
}

func msgids(events []map[string]any) []int {
	var ids []int
	for _, e := range events {
		id := 0
		fmt.Sscan(e["msgid"].(string), &id)
		ids = append(ids, id)
	}
	return ids
}

func TestOnlyMarkingAsReadTakesMessagesAway(t *testing.T) {
	p := newRoom(t).page()
	p.login("a", "ada")
	c := p.creates("c")
	p.login("b", "bob")
	p.invites(c, "r1")
	live := p.next("b", "notify")
	require.NotEqual(t, "0", live["msgid"])
	p.invites(c, "r2")
	p.next("b", "notify")

	p.do("b", "signalingSync", `{}`)
	unread := p.list("b", "unread")
	require.Equal(t, []any{"r1", "r2"}, field(unread, "requestId"), "being told is not reading")
	require.Equal(t, live["msgid"], unread[0]["msgid"])
	require.Empty(t, p.list("b", "channels"))

	p.do("b", "signalingMarkMsgRead", `{"msgid":["`+live["msgid"].(string)+`","0","junk",-7,null,{"a":1},"99999999999999999999"]}`)
	p.do("b", "signalingSync", `{}`)
	require.Equal(t, []any{"r2"}, field(p.list("b", "unread"), "requestId"))
	p.list("b", "channels")

	p.do("b", "signalingMarkMsgRead", `{"msgid":"`+unread[1]["msgid"].(string)+`"}`)
	p.do("b", "signalingMarkMsgRead", `{"msgid":"`+unread[1]["msgid"].(string)+`"}`)
	p.do("b", "signalingSync", `{}`)
	require.Empty(t, p.list("b", "unread"))
	p.list("b", "channels")
}

func TestAnInboxOfManyPagesIsOneList(t *testing.T) {
	p := newRoom(t).page()
	p.login("a", "ada")
	c := p.creates("c")
	var want []any
	for i := range 230 {
		id := fmt.Sprint("r", i)
		want = append(want, id)
		p.invites(c, id)
	}
	p.open("b", "bob", `{}`)
	p.connects("b")
	require.Equal(t, want, field(p.list("b", "unread"), "requestId"))
	require.Empty(t, p.list("b", "channels"))
}

func TestNothingIsSyncedUnlessAskedForIfThePageSaysSo(t *testing.T) {
	p := newRoom(t).page()
	p.login("a", "ada")
	p.invites(p.creates("c"), "r1")
	p.open("b", "bob", `{"syncAvSignal":false}`)
	p.connects("b")
	p.do("b", "signalingMarkMsgRead", `{"msgid":[]}`) // its answer comes behind those of a sync
	p.silent("b")
	p.do("b", "signalingSync", `{}`)
	require.Len(t, p.list("b", "unread"), 1)
	require.Empty(t, p.list("b", "channels"))
}

func TestEverySyncIsOnesOwn(t *testing.T) {
	p := newRoom(t).page()
	p.login("b", "bob")
	var calls sync.WaitGroup
	for range 5 {
		calls.Go(func() { p.do("b", "signalingSync", `{}`) })
	}
	calls.Wait()
	for range 5 {
		p.list("b", "unread")
		p.list("b", "channels")
	}
	p.silent("b")
}

// A channel that the account is in is shown after a reload, with who else is there.
func TestChannelsAreShownAfterTheLogin(t *testing.T) {
	r := newRoom(t)
	p, reloaded := r.page(), r.page()
	p.login("a", "ada")
	p.login("b", "bob")
	joined := p.do("a", "signalingCreateAndJoin", `{"type":2,"channelName":"standup","uid":7}`)
	require.Len(t, joined["members"], 1)
	p.do("b", "signalingCreateAndJoin", `{"type":2,"channelName":"standup"}`)
	require.Equal(t, "ROOM_JOIN", p.next("a", "notify")["eventType"])

	reloaded.do("a", "open", `{"dialect":"nim","url":"`+r.url+`","app":"k","account":"ada","device":"a","life":"2"}`)
	reloaded.connects("a")
	require.Equal(t, []any{"ROOM_JOIN"}, field(reloaded.list("a", "unread"), "eventType"), "signalingCreateAndJoin stores unless told not to")
	channels := reloaded.list("a", "channels")
	require.Equal(t, []any{"standup"}, field(channels, "channelName"))
	members := channels[0]["members"].([]any)
	require.Len(t, members, 2)
	require.Equal(t, "7", members[0].(map[string]any)["uid"])
	require.Equal(t, "kicked", p.next("a", "disconnected")["code"])
}

// isAway waits until the relay has seen that an account is gone, by ringing it.
func (p *testPage) isAway(target, account string) {
	p.t.Helper()
	for p.ctx.Err() == nil {
		call := p.do(target, "signalingCallEx", `{"type":1,"account":"`+account+`","requestId":"are you there"}`)
		p.do(target, "signalingClose", `{"channelId":"`+call["channel"].(map[string]any)["channelId"].(string)+`"}`)
		if call["callStatus"] == "10201" {
			return
		}
	}
}

func TestAnAnswerToSomebodyAwayIsUnread(t *testing.T) {
	p := newRoom(t).page()
	p.login("a", "ada")
	p.login("b", "bob")
	p.login("b2", "bob")
	p.login("c", "cid")
	c := p.creates("c")
	p.invites(c, "r1")
	p.next("b", "notify")
	p.next("b2", "notify")
	p.do("a", "disconnect", "{}")
	p.next("a", "disconnected")
	p.isAway("c", "ada")

	_, err := p.call("b", "signalingReject", `{"channelId":"`+c+`","account":"ada","requestId":"r1","offlineEnabled":true,"attachExt":"busy"}`)
	require.ErrorContains(t, err, "10201")
	elsewhere := p.next("b2", "multiclient")
	require.Equal(t, []any{"REJECT", "0"}, []any{elsewhere["eventType"], elsewhere["msgid"]}, "a multi-client copy is never stored")

	p.do("a", "destroy", "{}")
	p.open("a2", "ada", `{}`)
	p.connects("a2")
	unread := p.list("a2", "unread")
	require.Equal(t, []any{"REJECT"}, field(unread, "eventType"))
	require.Equal(t, []any{"busy"}, field(unread, "attachExt"))
	p.list("a2", "channels")
}
