package nim_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"beckon/core/codec"
	"beckon/core/nim"
)

// The page throws, at once, for the first of these that is missing, in this order.
func TestRequiredParametersAreTheVendors(t *testing.T) {
	want := map[string][]string{
		"signalingCreate":        {"type"},
		"signalingJoin":          {"channelId"},
		"signalingLeave":         {"channelId"},
		"signalingClose":         {"channelId"},
		"signalingInvite":        {"channelId", "requestId", "account"},
		"signalingCancel":        {"channelId", "requestId", "account"},
		"signalingReject":        {"channelId", "requestId", "account"},
		"signalingAccept":        {"channelId", "requestId", "account"},
		"signalingJoinAndAccept": {"channelId", "account", "requestId"},
		"signalingCall":          {"type", "requestId", "account"},
		"signalingCallEx":        {"type", "account"},

		"signalingCreateAndJoin":  {"type"},
		"signalingDelay":          {"channelId"},
		"signalingGetChannelInfo": {"channelName"},
		"signalingControl":        {"channelId"},
		"signalingMarkMsgRead":    {"msgid"},
		"signalingSync":           nil,
		"sendG2Msg":               {"attach", "to"},
	}
	got := map[string][]string{}
	for _, m := range nim.Methods {
		got[m.Name] = m.Required()
	}
	assert.Equal(t, want, got)
}

// Both of the vendor's SDKs.
var all = append(slices.Clone(nim.Methods), nim.V2Methods...)

func TestV2IsWhole(t *testing.T) {
	want := []string{"call", "callSetup", "createRoom", "delayRoom", "closeRoom", "joinRoom", "leaveRoom", "invite",
		"cancelInvite", "rejectInvite", "acceptInvite", "sendControl", "getRoomInfoByChannelName"}
	var got []string
	for _, m := range nim.V2Methods {
		got = append(got, m.Name)
	}
	assert.Equal(t, want, got)
}

func TestMethodsReadWhatTheyRequire(t *testing.T) {
	for _, m := range all {
		assert.Subset(t, names(m.Params()), m.Required(), m.Name)
	}
}

func TestMethodsListTheParametersOfTheContract(t *testing.T) {
	want := map[string][]string{
		"signalingCreate": {"type", "channelName", "ext"},
		"signalingLeave":  {"channelId", "attachExt", "offlineEnabled"},
		"signalingAccept": {"channelId", "requestId", "account", "attachExt", "offlineEnabled", "autoJoin", "joinAttachExt", "uid",
			"nertcChannelName", "nertcTokenTtl", "nertcJoinRoomQueryParamMap"},
		"signalingInvite": {"channelId", "requestId", "account", "attachExt", "offlineEnabled", "pushInfo",
			"needPush", "needBadge", "pushTitle", "pushContent", "pushPayload"},
		"signalingDelay":          {"channelId"},
		"signalingGetChannelInfo": {"channelName"},
		"signalingControl":        {"channelId", "account", "attachExt"},
		"signalingMarkMsgRead":    {"msgid"},
		"signalingSync":           nil,
		"sendG2Msg":               {"attach", "to", "scene"},

		"call": {"calleeAccountId", "requestId", "channelType", "channelName", "channelExtension", "serverExtension",
			"signallingConfig", "offlineEnabled", "unreadEnabled", "selfUid",
			"pushConfig", "pushEnabled", "pushTitle", "pushContent", "pushPayload",
			"rtcConfig", "rtcChannelName", "rtcTokenTtl", "rtcParams"},
		"closeRoom":   {"channelId", "offlineEnabled", "serverExtension"},
		"sendControl": {"channelId", "receiverAccountId", "serverExtension"},
	}
	for _, m := range all {
		if params, ok := want[m.Name]; ok {
			assert.Equal(t, params, names(m.Params()), m.Name)
		}
	}
}

// A refusal may name any field of the order. Each has to come from a parameter
// that the caller knows.
func TestEveryFieldOfAnOrderComesFromAParameter(t *testing.T) {
	for _, m := range all {
		if m.Name == "signalingSync" {
			continue // its order's field is where a page of the inbox begins
		}
		r := asked(t, m, `{}`)
		for _, field := range fields(codec.Describe(r.Order), "") {
			if m.Name == "acceptInvite" && (field == "autoJoin" || field == "uid") {
				continue // V2 has another call for joining
			}
			if r.Order.CommandName() == "find" && field == "channel" {
				continue // the vendor finds by name only
			}
			assert.True(t, slices.ContainsFunc(m.Params(), func(p nim.Param) bool {
				return slices.Contains(p.Fields, field)
			}), "%s: no parameter for %s", m.Name, field)
		}
	}
}

func TestEveryParameterIsUsed(t *testing.T) {
	used := map[string]bool{}
	for _, m := range all {
		for _, p := range m.Params() {
			used[p.Name] = true
		}
	}
	for _, p := range nim.Params {
		assert.True(t, used[p.Name], p.Name)
	}
}

func TestRejectionsAreListedCodes(t *testing.T) {
	for _, r := range nim.Rejections {
		assert.True(t, slices.ContainsFunc(all, func(m nim.Method) bool { return m.Name == r.Method }), r.Method)
		for _, code := range r.Codes {
			assert.True(t, slices.ContainsFunc(nim.Codes, func(c nim.Code) bool { return c.Number == code && c.Name != "" }),
				"%s: %d", r.Method, code)
		}
	}
}

// asked is a request of either SDK; one of V2 with what it requires, of which the
// options replace what they name.
func asked(t *testing.T, m nim.Method, options string) *nim.Request {
	if !slices.ContainsFunc(nim.V2Methods, func(v2 nim.Method) bool { return v2.Name == m.Name }) {
		r, err := nim.Ask(m.Name, []byte(options))
		require.NoError(t, err)
		return r
	}
	params := map[string]any{}
	for _, name := range m.Required() {
		params[name] = "x"
	}
	if slices.Contains(m.Required(), "channelType") {
		params["channelType"] = 1
	}
	require.NoError(t, json.Unmarshal([]byte(options), &params))
	text, err := json.Marshal(params)
	require.NoError(t, err)
	r, err := nim.AskV2("ann", m.Name, text)
	require.NoError(t, err)
	return r
}

func fields(list []codec.Field, under string) []string {
	var all []string
	for _, f := range list {
		all = append(all, under+f.Key)
		if f.Of != nil {
			all = append(all, fields(codec.Describe(f.Of), under+f.Key+".")...)
		}
	}
	return all
}

func names(params []nim.Param) []string {
	var list []string
	for _, p := range params {
		list = append(list, p.Name)
	}
	return list
}
