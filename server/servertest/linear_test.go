package servertest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core"
)

// at is a try between two moments.
func at(call, back time.Duration, v Verb, r Result) Try {
	return Try{Verb: v, Result: r, Call: call, Return: back}
}

var ring = at(0, 1, Inviting, Done)

func over(s core.State) Result { return Refusing(string(core.InvitationOver), s.String()) }

func TestHistories(t *testing.T) {
	accepted, rejected := Result(core.InvitationAccepted), Result(core.InvitationRejected)
	for _, h := range []struct {
		name   string
		linear bool
		tries  []Try
	}{
		{"one of two accepts wins", true, []Try{ring, at(2, 5, Accepting, Done), at(3, 4, Accepting, accepted)}},
		{"both accepts win", false, []Try{ring, at(2, 5, Accepting, Done), at(3, 4, Accepting, Done)}},
		{"accept and cancel both win", false, []Try{ring, at(2, 5, Accepting, Done), at(3, 4, Canceling, Done)}},
		{"the later one wins over one that still runs", true, []Try{ring, at(2, 9, Accepting, accepted), at(3, 4, Accepting, Done)}},
		{"the later one wins over one that has returned", false, []Try{ring, at(2, 3, Accepting, accepted), at(4, 5, Accepting, Done)}},
		{"the wrong reason", false, []Try{ring, at(2, 3, Rejecting, Done), at(4, 5, Accepting, accepted)}},
		{"the right reason", true, []Try{ring, at(2, 3, Rejecting, Done), at(4, 5, Accepting, rejected)}},
		{"an answer that is unknown won", true, []Try{ring, at(2, Forever, Canceling, Unknown), at(9, 10, Accepting, over(core.Cancelled))}},
		{"an answer that is unknown did not win", true, []Try{ring, at(2, Forever, Canceling, Unknown), at(9, 10, Accepting, Done)}},
		{"an answer that is unknown won before it was asked for", false, []Try{ring, at(8, Forever, Canceling, Unknown), at(2, 3, Accepting, over(core.Cancelled))}},
		{"revoked", true, []Try{ring, at(2, 3, Revoking, Done), at(4, 5, Accepting, over(core.Revoked))}},
		{"answered before it was asked for", false, []Try{at(4, 5, Inviting, Done), at(1, 2, Accepting, Done)}},
		{"gone with its channel", true, []Try{ring, at(2, 3, Closing, Done), at(4, 5, Accepting, Result(core.NoChannel))}},
		{"accepted in a channel that is gone", false, []Try{ring, at(2, 3, Closing, Done), at(4, 5, Accepting, Done)}},
		{"in time", true, []Try{ring, at(10, 20, Expiring, Unknown), at(8, 9, Accepting, Done)}},
		{"too late", false, []Try{ring, at(10, 20, Expiring, Unknown), at(21, 22, Accepting, Done)}},
		{"over too early", false, []Try{ring, at(10, 20, Expiring, Unknown), at(8, 9, Accepting, over(core.Expired))}},
	} {
		require.Equal(t, h.linear, Linear(h.tries), h.name)
	}
}

func TestHistoryKnowsTheDeadline(t *testing.T) {
	what := Contested{Channel: "c", Key: core.Key{Inviter: "ada", RequestID: "r", Invitee: "bob"}}
	for _, answered := range []struct {
		after time.Duration
		wrong bool
	}{{time.Second, false}, {time.Minute, true}} {
		h := History{Rings: 10 * time.Second}
		h.Add(what, ring)
		h.Add(what, at(answered.after, answered.after+1, Accepting, Done))
		found, invitations, _ := h.Check()
		require.Equal(t, 1, invitations)
		require.Equal(t, answered.wrong, len(found) == 1, "accepted after %v", answered.after)
	}
}

func TestChannelsEndIsForAllOfItsInvitations(t *testing.T) {
	var h History
	for _, id := range []string{"r1", "r2"} {
		what := Contested{Channel: "c", Key: core.Key{Inviter: "ada", RequestID: id, Invitee: "bob"}}
		h.Add(what, ring)
		h.Add(what, at(4, 5, Accepting, Done))
	}
	h.Add(Contested{Channel: "c"}, at(2, 3, Closing, Done))
	found, invitations, _ := h.Check()
	require.Equal(t, 2, invitations)
	require.Len(t, found, 2)
}
