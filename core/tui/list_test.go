package tui_test

import (
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"beckon/core"
	"beckon/core/tui"
	"beckon/core/wire"
)

// The machine's own list is the model: whatever happens in a room, in either
// dialect, a list that is folded from what members are told shows the same. One
// list watches from the beginning, others begin at any time, from what entering
// shows; and a page that hears the changes alone ends up with the same list, too.
func TestListsAgreeWithTheMachine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newMachine(t)
		early := &watcher{list: &tui.List{}}
		m.watchers = append(m.watchers, early)
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			m.step()
			if rapid.IntRange(0, 9).Draw(t, "somebody enters") == 0 {
				late := &watcher{list: &tui.List{}}
				late.hear(late.list.Reset(m.standing()))
				m.watchers = append(m.watchers, late)
			}
			if rapid.IntRange(0, 9).Draw(t, "somebody starts anew") == 0 {
				w := rapid.SampledFrom(m.watchers).Draw(t, "who")
				w.hear(w.list.Reset(m.standing()))
			}
			for _, w := range m.watchers {
				require.Equal(t, m.shown(), keys(w.list.Shown()))
				require.ElementsMatch(t, m.shown(), w.page, "what the changes add up to")
			}
		}
	})
}

// A watcher is a member's list, and what its page makes of the changes.
type watcher struct {
	list *tui.List
	page []string
}

func (w *watcher) hear(changes []tui.Change) {
	for _, c := range changes {
		of := func(s string) bool { return invitee(s) == c.Invitation.Invitee }
		switch c.Kind {
		case tui.Added:
			w.page = append(w.page, key(c.Invitation))
		case tui.Removed:
			w.page = slices.DeleteFunc(w.page, of)
		case tui.StatusChanged:
			w.page[slices.IndexFunc(w.page, of)] = key(c.Invitation)
		}
	}
}

func key(x wire.Listed) string {
	return x.Invitee + " by " + x.Inviter + "/" + x.RequestID + " at " + strconv.FormatUint(x.Position, 10) + " " + x.State
}

func invitee(key string) string { return key[:1] }

func keys(list []wire.Listed) []string {
	out := []string{}
	for _, x := range list {
		out = append(out, key(x))
	}
	return out
}

// machine is a room in the real one, of which a and b are members for good.
type machine struct {
	*rapid.T
	app      *core.App
	at       core.Stamp
	watchers []*watcher
}

func newMachine(t *rapid.T) *machine {
	m := &machine{T: t, app: core.New(core.Config{Listed: 5}), at: core.Stamp{Now: 1_000_000}}
	m.do("a", core.CreateRoom{Channel: "room"})
	for _, who := range []string{"a", "b"} {
		m.do(who, core.Enter{Channel: "room"})
	}
	return m
}

func (m *machine) step() {
	guest := rapid.SampledFrom([]string{"c", "d", "e", "f", "g", "h"}).Draw(m.T, "guest")
	member := rapid.SampledFrom([]string{"a", "b"}).Draw(m.T, "member")
	request := rapid.SampledFrom([]string{"1", "2"}).Draw(m.T, "request")
	inviter := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(m.T, "inviter")
	switch rapid.IntRange(0, 12).Draw(m.T, "what") {
	case 0, 1:
		guests := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"c", "d", "e", "f", "g", "h", "b"}), 1, 4, rapid.ID).Draw(m.T, "guests")
		m.do(member, core.InviteAll{Channel: "room", Invitees: guests, Timeout: core.Time(rapid.IntRange(0, 3).Draw(m.T, "timeout")) * 1000})
	case 2, 3:
		m.do(inviter, core.Invite{Channel: "room", RequestID: request, Invitee: guest})
	case 4:
		m.do(guest, core.Settle{Channel: "room", Accept: rapid.Bool().Draw(m.T, "accept")})
	case 5:
		m.do(guest, core.Accept{Channel: "room", RequestID: request, Inviter: inviter, AutoJoin: rapid.Bool().Draw(m.T, "join")})
	case 6:
		m.do(guest, core.Reject{Channel: "room", RequestID: request, Inviter: inviter})
	case 7:
		m.do(inviter, core.Cancel{Channel: "room", RequestID: request, Invitee: guest})
	case 8:
		m.do(member, core.Withdraw{Channel: "room", Invitees: []string{guest}})
	case 9:
		m.do(guest, core.Enter{Channel: "room"})
	case 10:
		m.do(guest, core.Join{Channel: "room"})
	case 11:
		m.do(guest, core.Leave{Channel: "room"})
	case 12:
		m.at.Now += core.Time(rapid.SampledFrom([]int{500, 1000, 100_000}).Draw(m.T, "later"))
		m.due()
	}
}

func (m *machine) do(who string, o core.Order) {
	m.due()
	var random [16]byte
	for i := range random {
		random[i] = rapid.Byte().Draw(m.T, "random")
	}
	env := core.Env{Now: m.at.Now, Random: random, Online: func(string) bool { return true }}
	events, err := m.app.Handle(env, core.Command{By: core.Actor{Account: who, Device: who, Life: who}, Do: o})
	if err == nil {
		m.happen(events)
	}
}

func (m *machine) due() {
	for m.app.Deadline() <= m.at.Now {
		events := m.app.Due(m.at.Now)
		if len(events) == 0 {
			return
		}
		m.happen(events)
	}
}

// happen applies events, and tells the watchers as the relay tells members.
func (m *machine) happen(events []core.Event) {
	for _, e := range events {
		m.at.Position++
		members := m.members()
		m.app.Apply(m.at, e)
		for _, w := range m.watchers {
			switch e := e.(type) {
			case core.Invited:
				fact := &wire.Invited{Channel: room, Inviter: e.By.Account, RequestID: e.RequestID, Deadline: int64(e.Deadline)}
				for _, i := range e.Invitees {
					fact.Invitees = append(fact.Invitees, i.Account)
				}
				w.hear(w.list.Invited(wire.NewNotice(uint64(m.at.Position), int64(m.at.Now), fact), fact))
			case core.Ended:
				fact := &wire.Ended{Channel: room, Outcome: e.Outcome.String(), Invitations: onWire(e.Invitations)}
				w.hear(w.list.Ended(fact, func(account string) bool { return slices.Contains(members, account) }))
			case core.Unlisted:
				w.hear(w.list.Unlisted(&wire.Unlisted{Channel: room, Invitations: onWire(e.Invitations)}))
			case core.Joined:
				if !e.Moved {
					w.hear(w.list.Joined(e.Member.Account))
				}
			}
		}
	}
}

var room = &wire.Channel{ID: "room", Kind: "room"}

func onWire(list []core.Key) []wire.Key {
	var keys []wire.Key
	for _, k := range list {
		keys = append(keys, wire.Key{Inviter: k.Inviter, RequestID: k.RequestID, Invitee: k.Invitee})
	}
	return keys
}

func (m *machine) members() []string {
	var list []string
	if c := m.app.Channel("room"); c != nil {
		for _, s := range c.Members() {
			list = append(list, s.Account)
		}
	}
	return list
}

func (m *machine) shown() []string {
	return keys(listed(m.app.Channel("room").List(m.at.Now)))
}

func (m *machine) standing() []wire.Listed {
	return listed(m.app.Channel("room").Standing(m.at.Now))
}

func listed(entries []core.Listed) []wire.Listed {
	var list []wire.Listed
	for _, x := range entries {
		w := wire.Listed{Position: uint64(x.Made), Inviter: x.Inviter, RequestID: x.RequestID, Invitee: x.Invitee, Made: int64(x.At)}
		if x.State != core.Pending {
			w.State = x.State.String()
		}
		list = append(list, w)
	}
	return list
}
