package servertest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core"
)

// by is an account's try between two moments.
func by(who string, call, back time.Duration, v Verb, r Result, invitees ...string) RoomTry {
	return RoomTry{Try: Try{Who: who, Verb: v, Result: r, Call: call, Return: back}, Invitees: invitees, Ring: ""}
}

// named is a try that makes, or means, a ring of that name.
func named(ring string, t RoomTry) RoomTry {
	t.Ring = ring
	return t
}

// ada's room, in which dave is, too, and into which ada has rung bob.
var adasRoom = []RoomTry{
	by("ada", 0, 1, Making, Done), by("ada", 2, 3, Entering, Done), by("dave", 2, 3, Entering, Done),
	named("1", by("ada", 4, 5, Inviting, Done, "bob")),
}

func TestRoomHistories(t *testing.T) {
	accepted, rejected, none := Result(core.InvitationAccepted), Result(core.InvitationRejected), Result(core.NoInvitation)
	for _, h := range []struct {
		name   string
		linear bool
		tries  []RoomTry
	}{
		{"revoked before it was answered", false, []RoomTry{by("dave", 6, 7, Revoking, Done, "bob")}},
		{"nobody but the owner takes back what is another's", true, []RoomTry{by("dave", 6, 7, Revoking, Result(core.NeedAdministrator), "bob")}},
		{"taken back, then answered", true, []RoomTry{by("ada", 6, 7, Revoking, Done, "bob"), by("bob", 8, 9, Accepting, over(core.Cancelled))}},
		{"taken back, and answered all the same", false, []RoomTry{by("ada", 6, 7, Revoking, Done, "bob"), by("bob", 8, 9, Accepting, Done)}},
		{"both win", false, []RoomTry{by("ada", 6, 9, Revoking, Done, "bob"), by("bob", 6, 9, Rejecting, Done)}},
		{"one of two wins", true, []RoomTry{by("ada", 6, 9, Revoking, none, "bob"), by("bob", 6, 9, Rejecting, Done)}},
		{"entering accepts", true, []RoomTry{by("bob", 6, 7, Entering, Done), by("bob", 8, 9, Rejecting, accepted)}},
		{"entering, which then was not accepting", false, []RoomTry{by("bob", 6, 7, Entering, Done), by("bob", 8, 9, Rejecting, Done)}},
		{"entering when it was taken back", true, []RoomTry{by("bob", 8, 9, Entering, Done), by("ada", 6, 7, Revoking, Done, "bob"),
			by("bob", 10, 11, Accepting, over(core.Cancelled))}},
		{"rung by somebody else already", true, []RoomTry{named("2", by("dave", 6, 7, Inviting, Ringing([]string{"bob"}, nil), "bob"))}},
		{"rung twice", false, []RoomTry{named("2", by("dave", 6, 7, Inviting, Done, "bob"))}},
		{"rung again when it is over", true, []RoomTry{by("bob", 6, 7, Rejecting, Done), named("2", by("dave", 8, 9, Inviting, Done, "bob")),
			by("ada", 10, 11, Revoking, Done, "bob"), by("bob", 12, 13, Accepting, over(core.Revoked)),
			named("1", by("bob", 12, 13, Accepting, rejected))}},
		{"who is inside is not rung", true, []RoomTry{by("bob", 6, 7, Entering, Done),
			named("2", by("dave", 8, 9, Inviting, Ringing(nil, []string{"bob"}), "bob"))}},
		{"who was lost is rung again", true, []RoomTry{by("bob", 6, 7, Entering, Done), by("bob", 8, 9, Losing, Unknown),
			named("2", by("dave", 10, 11, Inviting, Done, "bob"))}},
		{"rung by one who is not inside", false, []RoomTry{named("2", by("eve", 6, 7, Inviting, Done, "carol"))}},
		{"too late", false, []RoomTry{named("1", by("", 8, 9, Expiring, Unknown)), by("bob", 10, 11, Accepting, Done)}},
		{"in time", true, []RoomTry{named("1", by("", 8, 9, Expiring, Unknown)), by("bob", 6, 7, Accepting, Done)}},
		{"the deadline of another ring", true, []RoomTry{named("2", by("", 8, 9, Expiring, Unknown)), by("bob", 10, 11, Accepting, Done)}},
		{"an answer that is unknown won", true, []RoomTry{by("ada", 6, Forever, Revoking, Unknown, "bob"), by("bob", 10, 11, Accepting, over(core.Cancelled))}},
		{"closed, with all that rang", true, []RoomTry{by("ada", 6, 7, Closing, Done), by("bob", 8, 9, Accepting, Result(core.NoChannel))}},
		{"closed by one who may not", false, []RoomTry{by("dave", 6, 7, Closing, Done)}},
		{"cancelled as the other vendor does", true, []RoomTry{named("1", by("ada", 6, 7, Canceling, Done, "bob")), by("bob", 8, 9, Accepting, over(core.Cancelled))}},
		{"refused for what is none of the model's business", true, []RoomTry{by("bob", 6, 7, Accepting, Result(core.Busy)), by("bob", 8, 9, Accepting, Done)}},
	} {
		require.Equal(t, h.linear, LinearRoom(append(adasRoom[:len(adasRoom):len(adasRoom)], h.tries...)), h.name)
	}
}

func TestRoomsAreCheckedOneByOne(t *testing.T) {
	var h RoomHistory
	for _, room := range []string{"good", "bad"} {
		for _, try := range adasRoom {
			h.Add(room, try)
		}
	}
	h.Add("bad", by("bob", 6, 7, Accepting, Result(core.NoInvitation)))
	found, rooms := h.Check()
	require.Equal(t, 2, rooms)
	require.Len(t, found, 1)
	require.Contains(t, found[0].What, "room bad")
}
