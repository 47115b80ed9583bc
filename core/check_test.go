package core_test

import (
	"encoding/hex"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core"
)

func TestAccountsHaveNames(t *testing.T) {
	for _, good := range []string{"a", "Ada Lovelace", "é😀", "a/b\\\"'<>", strings.Repeat("x", 128), strings.Repeat("é", 64)} {
		require.Nil(t, core.CheckAccount(good), "%q", good)
	}
	for bad, want := range map[string]string{
		"":                       "bad-field: account: is missing",
		strings.Repeat("x", 129): "bad-field: account (at most 128): is too long",
		strings.Repeat("é", 65):  "bad-field: account (at most 128): is too long",
		"line\nbreak":            "bad-field: account: holds a control character",
		"\x00":                   "bad-field: account: holds a control character",
		"del\x7f":                "bad-field: account: holds a control character",
		"\xff":                   "bad-field: account: is not Unicode text",
	} {
		require.EqualError(t, core.CheckAccount(bad), want, "%q", bad)
	}
}

// TestTextsAreUnicode refuses what could not be stored as it came. Channels and
// keys that are only looked up need no check: there are none of that name.
func TestTextsAreUnicode(t *testing.T) {
	const junk = "half a letter: \xc3"
	ada := core.Actor{Account: "ada", Device: "web", Life: "1"}
	for field, o := range map[string]core.Order{
		"name":         core.Create{Type: core.Audio, Name: junk},
		"ext":          core.Create{Type: core.Audio, Ext: junk},
		"attach":       core.Join{Channel: "c", Attach: junk},
		"requestId":    core.Invite{Channel: "c", RequestID: junk, Invitee: "bob"},
		"invitee":      core.Invite{Channel: "c", RequestID: "r", Invitee: junk},
		"push.title":   core.Invite{Channel: "c", RequestID: "r", Invitee: "bob", Push: core.Push{Title: junk}},
		"push.content": core.Call{Type: core.Audio, RequestID: "r", Invitee: "bob", Push: core.Push{Content: junk}},
		"push.payload": core.Call{Type: core.Audio, RequestID: "r", Invitee: "bob", Push: core.Push{Payload: junk}},
		"joinAttach":   core.JoinAndAccept{Channel: "c", Inviter: "bob", RequestID: "r", JoinAttach: junk},
	} {
		_, refusal := newWorld(t, core.Config{}).handle(core.Command{By: ada, Do: o})
		require.Equal(t, &core.Refusal{Code: core.BadField, Field: field, Detail: "is not Unicode text"}, refusal)
	}
	w := newWorld(t, core.Config{})
	for want, o := range map[core.Code]core.Order{
		core.NoChannel:    core.Join{Channel: junk},
		core.NoInvitation: core.Cancel{Channel: channelOf(t, w, ada), RequestID: junk, Invitee: junk},
	} {
		_, refusal := w.handle(core.Command{By: ada, Do: o})
		require.Equal(t, &core.Refusal{Code: want}, refusal)
	}
}

// channelOf creates a channel.
func channelOf(t *testing.T, w *world, by core.Actor) string {
	events, refusal := w.handle(core.Command{By: by, Do: core.Create{Type: core.Audio}})
	require.Nil(t, refusal)
	return events[0].(core.Created).Channel.ID
}

// TestChannelIDsComeOfRandomness: 32 hexadecimal digits, the next ones where they
// are taken, be it as a name.
func TestChannelIDsComeOfRandomness(t *testing.T) {
	w := newWorld(t, core.Config{Channels: 1000})
	w.hasty = true
	ada := core.Actor{Account: "ada", Device: "web", Life: "1"}
	random := w.env().Random
	copy(random[:], "\xfe\xdc\xba\x98\x76\x54\x32\x10same of all")
	create := func(name string) core.ChannelInfo {
		env := w.env()
		env.Random = random
		events, err := w.app.Handle(env, core.Command{By: ada, Do: core.Create{Type: core.Audio, Name: name}})
		require.NoError(t, err)
		w.record(events)
		return events[0].(core.Created).Channel
	}
	first := create("")
	require.Equal(t, hex.EncodeToString(random[:]), first.ID)
	require.Equal(t, first.ID, first.Name)

	next := random
	next[15] += 2
	named := create(hex.EncodeToString(next[:])) // takes the id behind its own, as a name
	taken := map[string]bool{first.ID: true, named.ID: true, named.Name: true}
	for range 600 {
		c := create("")
		require.Regexp(t, "^fedcba98[0-9a-f]{24}$", c.ID)
		require.False(t, taken[c.ID], c.ID)
		taken[c.ID] = true
	}
}

// TestRefusalsNameWhatIsWrong for people.
func TestRefusalsNameWhatIsWrong(t *testing.T) {
	require.EqualError(t, &core.Refusal{Code: core.NoChannel}, "no-such-channel")
	require.EqualError(t, &core.Refusal{Code: core.BadField, Field: "ext", Limit: 4096, Detail: "is too long"},
		"bad-field: ext (at most 4096): is too long")
}

// TestPositionsAreRecordAndIndex, and rise with both.
func TestPositionsAreRecordAndIndex(t *testing.T) {
	require.Equal(t, core.Position(1<<16), core.At(1, 0))
	require.Equal(t, uint64(7), core.At(7, core.MaxEvents-1).Record())
	require.Less(t, core.At(7, core.MaxEvents-1), core.At(8, 0))
}
