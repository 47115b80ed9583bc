package core_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core"
)

// A crowd is a machine with very much to do at once. Its bounds are out of the
// way, and events go in as a journal's do.
type crowd struct {
	app *core.App
	now core.Time
	seq uint64
}

func newCrowd() *crowd {
	return &crowd{app: core.New(core.Config{Channels: 1 << 20, Pending: 1 << 20, Memberships: 1 << 20}), now: dawn}
}

func (c *crowd) apply(events ...core.Event) {
	c.seq++
	for k, e := range events {
		c.app.Apply(core.Stamp{Position: core.At(c.seq, k), Now: c.now}, e)
	}
}

func (c *crowd) channel(id string) {
	c.apply(core.Created{Channel: core.ChannelInfo{ID: id, Name: id, Creator: "ada", Policy: core.CallPolicy,
		Created: c.now, Expires: c.now + 7_200_000}})
}

func (c *crowd) invite(channel, requestID, invitee string, deadline core.Time) {
	c.apply(core.Invited{By: core.Actor{Account: "ada"}, Channel: channel, RequestID: requestID,
		Invitees: []core.Invitee{{Account: invitee}}, Deadline: deadline, To: []string{invitee}})
}

// A happening is what Due said: which deadline it was about.
type happening struct {
	at core.Time
	id []string
}

// finish runs Due to its end, in records of up to a thousand events, and returns
// what happened, in its order.
func (c *crowd) finish(happened func(core.Event) happening) []happening {
	var all []happening
	for group := c.app.Due(c.now); len(group) > 0; group = c.app.Due(c.now) {
		for next := group; len(next) > 0 && len(group) <= 1000; next = c.app.Due(c.now) {
			for _, e := range next {
				all = append(all, happened(e))
			}
			c.apply(next...)
		}
	}
	return all
}

// inOrder fails unless the oldest deadlines come first, and then those of the
// smaller id.
func inOrder(t *testing.T, all []happening) {
	require.True(t, slices.IsSortedFunc(all, func(x, y happening) int {
		return cmp.Or(cmp.Compare(x.at, y.at), slices.Compare(x.id, y.id))
	}))
}

// TestHundredThousandDeadlinesAtOnce is a relay that starts again after its
// whole evening's invitations have expired, 900 of each invitee, its members have lost their links,
// and its channels have outlived their time. Were any of it quadratic, this
// would take minutes.
func TestHundredThousandDeadlinesAtOnce(t *testing.T) {
	const channels, invitations, members = 1000, 90, 9
	c := newCrowd()
	deadlines := map[string]core.Time{}
	for k := range channels {
		id := fmt.Sprintf("c%03d", (k*7919)%channels) // in no order
		c.channel(id)
		for i := range invitations {
			deadline := c.now + 90_000 + core.Time((k*31+i*17)%1000)
			c.invite(id, fmt.Sprint("r", i), fmt.Sprint("p", k%100), deadline)
			deadlines[fmt.Sprint(id, "/r", i)] = deadline
		}
		for m := range members {
			account := fmt.Sprint("m", k, "-", m)
			c.apply(core.Joined{By: core.Actor{Account: account, Device: "web"}, Channel: id,
				Member: core.Member{Account: account, Device: "web", UID: uint64(m + 1), Joined: c.now}})
		}
	}
	c.apply(core.LinksLost{})
	lost := c.now + 120_000
	c.now += 7_200_000

	left := map[string]int{}
	all := c.finish(func(e core.Event) happening {
		switch e := e.(type) {
		case core.Ended:
			k := e.Invitations[0]
			require.Len(t, e.Invitations, 1)
			require.Equal(t, core.Expired, e.Outcome)
			return happening{deadlines[e.Channel+"/"+k.RequestID], []string{e.Channel, "1", k.Inviter, k.RequestID, k.Invitee}}
		case core.Left:
			require.Equal(t, core.LeftLost, e.Why)
			left[e.Channel]++
			require.Equal(t, left[e.Channel] == members, e.Expires != 0, "the last one leaves the channel two hours")
			return happening{lost, []string{e.Channel, "2", e.Account}}
		}
		require.Fail(t, "unexpected", "%T", e)
		return happening{}
	})
	require.Len(t, all, channels*(invitations+members))
	inOrder(t, all)

	// Two hours later all channels end at once.
	c.now += 7_200_000
	all = c.finish(func(e core.Event) happening { return happening{0, []string{e.(core.Closed).Channel}} })
	require.Len(t, all, channels)
	inOrder(t, all)
	require.Zero(t, c.app.Deadline())
	require.Equal(t, fmt.Sprintf("now %d, dropped 0, aged 0\nanswers queued []\n", c.now), core.Dump(c.app), "nothing is left behind")
}

// TestDueHasNothingToSayBeforeItsDeadline keeps the promise of Deadline.
func TestDueHasNothingToSayBeforeItsDeadline(t *testing.T) {
	c := newCrowd()
	require.Zero(t, c.app.Deadline())
	require.Empty(t, c.app.Due(c.now))
	c.channel("c1")
	c.invite("c1", "r1", "bob", c.now+90_000)
	require.Equal(t, c.now+90_000, c.app.Deadline())
	require.Empty(t, c.app.Due(c.now+89_999))
	require.NotEmpty(t, c.app.Due(c.now+90_000))
	require.Equal(t, c.app.Due(c.now+90_000), c.app.Due(c.now+90_000), "asking changes nothing")
}

// TestWhatIsDueFitsARecord has a thousand people ring in a room of a thousand, all
// of them with the longest names there are, written the longest way there is.
// Nobody could refuse it when their time is up.
func TestWhatIsDueFitsARecord(t *testing.T) {
	name := func(what string, k int) string { return fmt.Sprintf("%s%04d%s", what, k, strings.Repeat(`"`, 123)) }
	for _, timeout := range []core.Time{0, 60_000} {
		w := newWorld(t, core.Config{RoomTime: 50_000})
		w.hasty = true
		ada := core.Actor{Account: name("a", 0), Device: "web", Life: "1"}
		_, refusal := w.handle(core.Command{By: ada, Do: core.CreateRoom{Channel: "lounge"}})
		require.Nil(t, refusal)
		for k := range 999 {
			m := core.Member{Account: name("a", k), Device: "web", UID: uint64(k + 1), Joined: w.now}
			w.record([]core.Event{core.Joined{Channel: "lounge", Member: m}})
		}
		o := core.InviteAll{Channel: "lounge", Timeout: timeout}
		for k := range 1000 {
			o.Invitees = append(o.Invitees, name("b", k))
		}
		_, refusal = w.handle(core.Command{By: ada, Do: o})
		require.Nil(t, refusal)
		if timeout == 0 { // the room's time is up
			for k := range 999 {
				w.record([]core.Event{core.Left{Channel: "lounge", Account: name("a", k), Expires: w.now + 50_000}})
			}
		}
		begin := len(w.journal)
		w.now += 60_000
		w.due()
		require.Greater(t, len(w.journal), begin+1, "all in one record")
		for _, r := range w.journal[begin:] {
			require.Less(t, len(r), 900_000)
		}
		require.Empty(t, core.Check(w.app))
	}
}

// TestExpiryLooksAtWhatExpires counts work, not time: what is looked at for each
// of many that expire one by one is as much for eight times as many.
func TestExpiryLooksAtWhatExpires(t *testing.T) {
	for name, channelAndInvitee := range map[string]func(k int) (string, string){
		"one channel":                   func(k int) (string, string) { return "c", fmt.Sprint("p", k) },
		"one invitee":                   func(k int) (string, string) { return fmt.Sprint("c", k), "bob" },
		"one invitee of one channel":    func(k int) (string, string) { return "c", "bob" },
		"ten channels, and as many who": func(k int) (string, string) { return fmt.Sprint("c", k%10), fmt.Sprint("p", k%7) },
	} {
		t.Run(name, func(t *testing.T) {
			for _, many := range []int{1000, 8000} {
				c := newCrowd()
				for k := range many {
					channel, invitee := channelAndInvitee(k)
					if c.app.Channel(channel) == nil {
						c.channel(channel)
					}
					c.invite(channel, fmt.Sprint("r", k), invitee, c.now+core.Time(1+(k*7919)%many))
				}
				made := core.Looked(c.app)
				require.LessOrEqual(t, made, 10*many, "to make %d", many)
				c.now += core.Time(many)
				all := c.finish(func(core.Event) happening { return happening{} })
				require.Len(t, all, many, "each by itself")
				require.LessOrEqual(t, core.Looked(c.app)-made, 25*many, "to end %d", many)
				require.Empty(t, core.Check(c.app))
			}
		})
	}
}
