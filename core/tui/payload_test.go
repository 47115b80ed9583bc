package tui_test

import (
	"encoding/json"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"beckon/core/tui"
	"beckon/core/wire"
)

var (
	userKeys = []string{"userId", "userName", "nameCard", "avatarUrl", "userRole", "hasAudioStream", "hasVideoStream",
		"hasScreenStream", "isMessageDisabled", "level", "roomCustomInfo"}
	roomKeys = []string{"version", "roomId", "roomType", "roomName", "isCameraDisableForAllUser", "isMicrophoneDisableForAllUser",
		"isMessageDisableForAllUser", "isScreenShareDisableForAllUser", "roomOwner", "ownerId", "ownerName", "ownerAvatarUrl",
		"createTime", "isSeatEnabled", "keepOwnerOnSeat", "maxSeatCount", "seatMode", "roomMemberCount", "password"}
)

// The vendor's objects have all their keys, whatever the values are.
func TestPayloadsAreWhole(t *testing.T) {
	x := tui.New("bob", "laptop")
	events := x.Told(wire.NewNotice(1, 1, &wire.Invited{Channel: &wire.Channel{ID: "r"}, Inviter: "ada", Invitees: []string{"bob"}}))
	require.Len(t, events, 1)
	var payload struct {
		RoomInfo      map[string]any
		Invitation    map[string]any
		ExtensionInfo *string
	}
	require.NoError(t, json.Unmarshal([]byte(events[0].JSON), &payload))
	assert.ElementsMatch(t, roomKeys, keysOf(payload.RoomInfo))
	assert.ElementsMatch(t, []string{"status", "invitee", "inviter"}, keysOf(payload.Invitation))
	for _, who := range []string{"invitee", "inviter"} {
		assert.ElementsMatch(t, userKeys, keysOf(payload.Invitation[who].(map[string]any)))
	}
	assert.NotNil(t, payload.ExtensionInfo)
	x.LoggedIn = true
	assert.ElementsMatch(t, []string{"userId", "userName", "avatarUrl", "customInfo", "level"}, keysOf(asked(t, x, "getSelfInfo", `{}`)))
}

func keysOf(object map[string]any) []string {
	var keys []string
	for key := range object {
		keys = append(keys, key)
	}
	return keys
}

// asked is what a call resolves with that asks nothing of the relay.
func asked(t *testing.T, x *tui.Instance, method, args string) map[string]any {
	r, err := x.Ask(method, []byte(args))
	require.NoError(t, err)
	require.Nil(t, r.Order)
	text, err := r.Result(nil)
	require.NoError(t, err)
	var result map[string]any
	require.NoError(t, json.Unmarshal([]byte(text), &result))
	return result
}

// enter puts bob into a room with so many members, u1 and so on, before him.
func enter(t *testing.T, members int) *tui.Instance {
	x := tui.New("bob", "laptop")
	x.LoggedIn = true
	r, err := x.Ask("enterRoom", []byte(`{"roomId":"r"}`))
	require.NoError(t, err)
	c := &wire.Channel{ID: "r", Kind: "room", Owner: "u1"}
	for i := range members {
		c.Members = append(c.Members, wire.Member{Account: "u" + strconv.Itoa(i+1)})
	}
	c.Members = append(c.Members, wire.Member{Account: "bob", Device: "laptop"})
	_, err = r.Result(&wire.Outcome{Channel: c})
	require.NoError(t, err)
	return x
}

// Nobody is shown twice or left out while others come and go.
func TestUsersComeInPages(t *testing.T) {
	x := enter(t, 119)
	var users []any
	next := 0
	for page := range 3 {
		list := asked(t, x, "getUserList", `{"nextSequence":`+strconv.Itoa(next)+`}`)
		for _, u := range list["userInfoList"].([]any) {
			users = append(users, u.(map[string]any)["userId"])
		}
		next = int(list["nextSequence"].(float64))
		require.Equal(t, page == 2, next == 0)
		x.Told(wire.NewNotice(uint64(page+1), 1, &wire.Left{Channel: &wire.Channel{ID: "r"}, Account: "u" + strconv.Itoa(page+1)}))
	}
	require.Len(t, users, 120)
	require.Equal(t, "u1", users[0])
	require.Equal(t, "bob", users[119])
}

func TestAPageThatIsFullIsTheLast(t *testing.T) {
	list := asked(t, enter(t, 49), "getUserList", `{}`)
	require.Len(t, list["userInfoList"], 50)
	require.EqualValues(t, 0, list["nextSequence"])
}

// Five hundred in one notice.
func TestALargeInvitationIsOneNotice(t *testing.T) {
	x := enter(t, 1)
	invited := &wire.Invited{Channel: &wire.Channel{ID: "r"}, Inviter: "u1", RequestID: "1"}
	ended := &wire.Ended{Channel: invited.Channel, Outcome: "expired"}
	for i := range 500 {
		who := "g" + strconv.Itoa(i)
		invited.Invitees = append(invited.Invitees, who)
		ended.Invitations = append(ended.Invitations, wire.Key{Inviter: "u1", RequestID: "1", Invitee: who})
	}
	require.Len(t, x.Told(wire.NewNotice(1, 1, invited)), 500)
	require.Empty(t, x.Told(wire.NewNotice(1, 1, invited)), "the same again")
	require.Len(t, x.Told(wire.NewNotice(2, 1, ended)), 500)
}
