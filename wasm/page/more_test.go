//go:build !js

package page

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// meet has ada, bob and cid in one channel, as a, b and c.
func (p *testPage) meet() string {
	p.t.Helper()
	names := map[string]string{"a": "ada", "b": "bob", "c": "cid"}
	channel := ""
	for _, target := range []string{"a", "b", "c"} {
		p.login(target, names[target])
		shown := p.do(target, "signalingCreateAndJoin", `{"type":1,"channelName":"standup"}`)["channel"].(map[string]any)
		channel = shown["channelId"].(string)
	}
	for _, target := range []string{"a", "a", "b"} {
		require.Equal(p.t, "ROOM_JOIN", p.next(target, "notify")["eventType"])
	}
	return channel
}

func TestControlReachesMembers(t *testing.T) {
	p := newRoom(t).page()
	c := p.meet()
	p.login("e", "eve")

	require.Empty(t, p.do("a", "signalingControl", `{"channelId":"`+c+`","attachExt":"all"}`))
	for _, target := range []string{"b", "c"} {
		e := p.next(target, "notify")
		require.Equal(t, []any{"CONTROL", "ada", nil, "all", "0", `{"type":8}`},
			[]any{e["eventType"], e["from"], e["to"], e["attachExt"], e["msgid"], e["attach"]})
	}
	p.do("e", "signalingControl", `{"channelId":"`+c+`","account":"bob","attachExt":"you"}`) // no member
	require.Equal(t, "bob", p.next("b", "notify")["to"])

	for options, code := range map[string]string{
		`{"channelId":"` + c + `","account":"ada"}`: "10406", // oneself
		`{"channelId":"` + c + `","account":"eve"}`: "10406", // not in it
		`{"channelId":"none"}`:                      "10404",
	} {
		_, err := p.call("a", "signalingControl", options)
		require.ErrorContains(t, err, code)
	}
	p.do("c", "signalingSync", `{}`)
	require.Empty(t, p.list("c", "unread"), "it is never stored")
	require.Len(t, p.list("c", "channels"), 1)
	p.silent("a")
	p.silent("e")
}

func TestAMessageArrivesAsTheValueThatItWas(t *testing.T) {
	p := newRoom(t).page()
	p.login("a", "ada")
	p.login("b", "bob")
	sent := p.do("a", "sendG2Msg", `{"attach":{"type":1,"durations":[{"accid":"ada","duration":1.5}]},"scene":"p2p","to":"bob"}`)
	require.Regexp(t, `^\d{13}$`, sent["time"])
	got := p.next("b", "message")
	require.Equal(t, sent["idServer"], got["idServer"], "both sides know it by one number")
	require.Equal(t, map[string]any{"type": 1.0, "durations": []any{map[string]any{"accid": "ada", "duration": 1.5}}}, got["attach"])
	require.Equal(t, []any{"p2p", "ada", "bob", "g2", "in", "ada"},
		[]any{got["scene"], got["from"], got["to"], got["type"], got["flow"], got["target"]})

	again := p.do("a", "sendG2Msg", `{"attach":"text","to":"nobody"}`)
	require.NotEqual(t, sent["idServer"], again["idServer"])
	_, err := p.call("a", "sendG2Msg", `{"attach":"text","to":""}`)
	require.ErrorContains(t, err, "10414")
}

func TestAChannelIsFoundByItsNameAndDelayed(t *testing.T) {
	p := newRoom(t).page()
	c := p.meet()
	p.login("e", "eve")
	found := p.do("e", "signalingGetChannelInfo", `{"channelName":"standup"}`)
	require.Equal(t, c, found["channel"].(map[string]any)["channelId"])
	require.Len(t, found["members"], 3)
	_, err := p.call("e", "signalingGetChannelInfo", `{"channelName":"lunch"}`)
	require.ErrorContains(t, err, "10404")

	delayed := p.do("a", "signalingDelay", `{"channelId":"`+c+`"}`)
	require.GreaterOrEqual(t, delayed["channel"].(map[string]any)["channelExpireTime"], found["channel"].(map[string]any)["channelExpireTime"])
	require.NotContains(t, delayed, "members")
	_, err = p.call("e", "signalingDelay", `{"channelId":"`+c+`"}`)
	require.ErrorContains(t, err, "10406")
	_, err = p.call("b", "signalingCreateAndJoin", `{"type":1,"channelName":"standup"}`)
	require.ErrorContains(t, err, "10407")
}
