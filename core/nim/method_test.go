package nim_test

import (
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
	}
	got := map[string][]string{}
	for _, m := range nim.Methods {
		got[m.Name] = m.Required
	}
	assert.Equal(t, want, got)
}

func TestMethodsReadWhatTheyRequire(t *testing.T) {
	for _, m := range nim.Methods {
		assert.Subset(t, names(m.Params()), m.Required, m.Name)
		for _, p := range m.Params() {
			assert.NotEmpty(t, p.Type, p.Name)
		}
	}
}

func TestMethodsListTheParametersOfTheContract(t *testing.T) {
	want := map[string][]string{
		"signalingCreate": {"type", "channelName", "ext"},
		"signalingLeave":  {"channelId", "attachExt", "offlineEnabled"},
		"signalingAccept": {"channelId", "attachExt", "offlineEnabled", "account", "requestId", "uid", "nertcChannelName",
			"nertcTokenTtl", "nertcJoinRoomQueryParamMap", "joinAttachExt", "autoJoin"},
		"signalingInvite": {"channelId", "attachExt", "offlineEnabled", "account", "requestId", "pushInfo",
			"needPush", "needBadge", "pushTitle", "pushContent", "pushPayload"},
	}
	for _, m := range nim.Methods {
		if params, ok := want[m.Name]; ok {
			assert.Equal(t, params, names(m.Params()), m.Name)
		}
	}
}

// A refusal may name any field of the order. Each has to come from a parameter
// that the caller knows.
func TestEveryFieldOfAnOrderComesFromAParameter(t *testing.T) {
	for _, m := range nim.Methods {
		r, err := nim.Ask(m.Name, []byte(`{}`))
		require.NoError(t, err)
		for _, field := range fields(codec.Describe(r.Order), "") {
			assert.True(t, slices.ContainsFunc(m.Params(), func(p nim.Param) bool {
				return slices.Contains(p.Fields, field)
			}), "%s: no parameter for %s", m.Name, field)
		}
	}
}

func TestEveryParameterIsUsed(t *testing.T) {
	used := map[string]bool{}
	for _, m := range nim.Methods {
		for _, p := range m.Params() {
			used[p.Name] = true
		}
	}
	for _, p := range nim.Params {
		assert.True(t, used[p.Name], p.Name)
	}
}

func TestEveryCodeOfAMethodIsListed(t *testing.T) {
	for _, m := range nim.Methods {
		for _, code := range m.Codes {
			assert.True(t, slices.ContainsFunc(nim.Codes, func(c nim.Code) bool { return c.Number == code && c.Name != "" }),
				"%s: %d", m.Name, code)
		}
	}
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
