package session

import (
	"fmt"
	"maps"
	"slices"

	"beckon/core/wire"
)

// model is the machine as simply as it can be said: what the random tests hold
// the session's view against. It is the authority on positions, remembered
// answers and who is told what.
type model struct {
	journal  string
	now      int64
	last     uint64 // position of the latest event
	channels []*modelChannel
	log      []*modelNotice          // all that was told, ever
	answers  map[actor][]modelAnswer // oldest first
	carried  map[callID][]uint64     // commands that were carried out, and where
	counter  int                     // for ids
	retries  int                     // commands that came again
}

type modelChannel struct {
	wire.Channel
	lost        map[string]int64 // members without a link, since when
	invitations []modelInvitation
}

type modelInvitation struct {
	wire.Invitation
	silent bool // nobody was there, and it was not stored: not told later
}

type modelNotice struct {
	*wire.Notice
	by actor // is told in other lives only
	to []string
}

type device struct{ account, device string }

type actor struct {
	device
	life string
}

type callID struct {
	actor
	n uint64
}

type modelAnswer struct {
	at    int64
	reply wire.Reply
}

const (
	modelRing   = 20_000 // how long an invitation rings
	modelGrace  = 40_000 // how long a member may be without a link
	modelMemory = 60_000 // how long answers are remembered ...
	modelKept   = 64     // ... and how many of a life
)

func newModel(journal string) *model {
	return &model{journal: journal, answers: map[actor][]modelAnswer{}, carried: map[callID][]uint64{}}
}

// backup is a copy that goes on as another journal.
func (m *model) backup(journal string) *model {
	c := *m
	c.journal = journal
	c.channels = nil
	for _, ch := range m.channels {
		x := *ch
		x.Members = slices.Clone(ch.Members)
		x.lost = maps.Clone(ch.lost)
		x.invitations = slices.Clone(ch.invitations)
		c.channels = append(c.channels, &x)
	}
	c.log = slices.Clone(m.log)
	c.carried, c.answers = maps.Clone(m.carried), map[actor][]modelAnswer{}
	for by, list := range m.answers {
		c.answers[by] = slices.Clone(list)
	}
	return &c
}

func (m *model) tells(n *modelNotice, a actor) bool {
	return slices.Contains(n.to, a.account) && n.by != a
}

func (m *model) record() { m.last = (m.last>>16 + 1) << 16 }

func (m *model) tell(by actor, e wire.Event, to ...string) {
	m.last++
	m.log = append(m.log, &modelNotice{wire.NewNotice(m.last, m.now, e), by, to})
}

// handle carries a command out, or answers again what it answered.
func (m *model) handle(by actor, c *wire.Command, online func(string) bool) wire.Reply {
	id := callID{by, c.N}
	if r := m.answer(id); r != nil {
		m.retries++
		return *r
	}
	m.record()
	before := m.last
	out, code := m.do(by, c.Order, online)
	if code != "" {
		m.last = before
		return wire.Reply{N: c.N, Position: m.last, Error: &wire.Refusal{Code: code}}
	}
	m.last++
	m.carried[id] = append(m.carried[id], m.last)
	r := wire.Reply{N: c.N, Position: m.last, OK: out}
	m.answers[by] = append(m.answers[by], modelAnswer{m.now, r})
	if c, ok := c.Order.(*wire.Close); ok { // its answer stands before what is told
		m.close(by, c.Channel)
	}
	return r
}

// answer returns what a command answered, if that is remembered.
func (m *model) answer(id callID) *wire.Reply {
	list := m.answers[id.actor]
	for len(list) > 0 && (len(list) > modelKept || list[0].at+modelMemory <= m.now) {
		list = list[1:]
	}
	m.answers[id.actor] = list
	for _, a := range list {
		if a.reply.N == id.n {
			return &a.reply
		}
	}
	return nil
}

func (m *model) do(by actor, o wire.Order, online func(string) bool) (*wire.Outcome, string) {
	switch o := o.(type) {
	case *wire.Create:
		return &wire.Outcome{Channel: m.create(by).told()}, ""
	case *wire.Join:
		return m.join(by, o.Channel)
	case *wire.Leave:
		c := m.channel(o.Channel)
		if c == nil || !c.has(by.account) {
			return nil, "not-a-member"
		}
		m.leave(by, c, by.account)
		return &wire.Outcome{Channel: c.told()}, ""
	case *wire.Close:
		c := m.channel(o.Channel)
		if c == nil || !c.has(by.account) && c.Creator != by.account {
			return nil, "not-a-member"
		}
		return &wire.Outcome{Channel: c.told()}, ""
	case *wire.Invite:
		return m.invite(by, o.Channel, o.RequestID, o.Invitee, o.Store, online)
	case *wire.CallEx:
		if o.Invitee == by.account {
			return nil, "bad-field"
		}
		c := m.create(by)
		m.join(by, c.ID)
		return m.invite(by, c.ID, o.RequestID, o.Invitee, o.Store, online)
	case *wire.Cancel:
		return m.end(by, o.Channel, wire.Key{Inviter: by.account, RequestID: o.RequestID, Invitee: o.Invitee}, "cancelled", o.Invitee)
	case *wire.Reject:
		return m.end(by, o.Channel, wire.Key{Inviter: o.Inviter, RequestID: o.RequestID, Invitee: by.account}, "rejected", o.Inviter, by.account)
	case *wire.Accept:
		return m.end(by, o.Channel, wire.Key{Inviter: o.Inviter, RequestID: o.RequestID, Invitee: by.account}, "accepted", o.Inviter, by.account)
	case *wire.JoinAndAccept:
		k := wire.Key{Inviter: o.Inviter, RequestID: o.RequestID, Invitee: by.account}
		if c := m.channel(o.Channel); c == nil || c.pending(k) < 0 {
			return nil, "no-such-invitation"
		}
		if _, code := m.join(by, o.Channel); code != "" {
			return nil, code
		}
		return m.end(by, o.Channel, k, "accepted", o.Inviter, by.account)
	}
	return nil, "unknown-command"
}

func (m *model) create(by actor) *modelChannel {
	m.counter++
	c := &modelChannel{Channel: wire.Channel{ID: fmt.Sprint("room-", m.counter), Kind: "call", Creator: by.account}, lost: map[string]int64{}}
	m.channels = append(m.channels, c)
	return c
}

func (m *model) join(by actor, channel string) (*wire.Outcome, string) {
	c := m.channel(channel)
	if c == nil {
		return nil, "no-such-channel"
	}
	mine := wire.Member{Account: by.account, Device: by.device.device, UID: fmt.Sprint(m.last), Joined: m.now}
	for i := range c.Members {
		if c.Members[i].Account != by.account {
			continue
		}
		if _, lost := c.lost[by.account]; !lost || c.Members[i].Device == by.device.device {
			return nil, "already-a-member"
		}
		m.tell(by, &wire.Joined{Channel: c.told(), Device: by.device.device, Member: &mine, Moved: true}, c.accounts()...)
		c.Members[i] = mine
		delete(c.lost, by.account)
		return &wire.Outcome{Channel: c.shown()}, ""
	}
	m.tell(by, &wire.Joined{Channel: c.told(), Device: by.device.device, Member: &mine}, append(c.accounts(), by.account)...)
	c.Members = append(c.Members, mine)
	return &wire.Outcome{Channel: c.shown()}, ""
}

func (m *model) leave(by actor, c *modelChannel, account string) {
	m.tell(by, &wire.Left{Channel: c.told(), Device: by.device.device, Account: account}, c.accounts()...)
	c.Members = slices.DeleteFunc(c.Members, func(x wire.Member) bool { return x.Account == account })
	delete(c.lost, account)
}

func (m *model) close(by actor, id string) {
	c := m.channel(id)
	var keys []wire.Key
	var invitees []string
	for _, i := range c.invitations {
		keys = append(keys, keyOf(&i.Invitation))
		if !c.has(i.Invitee) && !slices.Contains(invitees, i.Invitee) {
			invitees = append(invitees, i.Invitee)
		}
	}
	if len(keys) > 0 {
		m.tell(by, &wire.Ended{Channel: c.told(), By: by.account, Device: by.device.device, Outcome: "cancelled", Invitations: keys}, invitees...)
	}
	m.tell(by, &wire.Closed{Channel: c.told(), By: by.account, Device: by.device.device}, c.accounts()...)
	m.channels = slices.DeleteFunc(m.channels, func(x *modelChannel) bool { return x == c })
}

func (m *model) invite(by actor, channel, request, invitee string, store bool, online func(string) bool) (*wire.Outcome, string) {
	c := m.channel(channel)
	k := wire.Key{Inviter: by.account, RequestID: request, Invitee: invitee}
	switch {
	case c == nil:
		return nil, "no-such-channel"
	case !c.has(by.account) && c.Creator != by.account:
		return nil, "not-a-member"
	case c.has(invitee):
		return nil, "already-a-member"
	case c.pending(k) >= 0:
		return &wire.Outcome{Channel: c.shown()}, ""
	}
	e := &wire.Invited{Channel: c.told(), Inviter: by.account, Device: by.device.device, RequestID: request,
		Invitees: []string{invitee}, Deadline: m.now + modelRing, Stored: store}
	m.tell(by, e, invitee)
	c.invitations = append(c.invitations, modelInvitation{wire.Invitation{Position: m.last, Channel: c.told(), Inviter: by.account,
		Device: by.device.device, RequestID: request, Invitee: invitee, Made: m.now, Deadline: e.Deadline, Stored: store},
		!store && !online(invitee)})
	return &wire.Outcome{Channel: c.shown()}, ""
}

func (m *model) end(by actor, channel string, k wire.Key, outcome string, to ...string) (*wire.Outcome, string) {
	c := m.channel(channel)
	if c == nil {
		return nil, "no-such-channel"
	}
	i := c.pending(k)
	if i < 0 {
		return nil, "no-such-invitation"
	}
	c.invitations = slices.Delete(c.invitations, i, i+1)
	m.tell(by, &wire.Ended{Channel: c.told(), By: by.account, Device: by.device.device, Outcome: outcome, Invitations: []wire.Key{k}}, to...)
	return &wire.Outcome{Channel: c.shown()}, ""
}

// due lets time pass: silent expiry, and members whose link was away for too long.
func (m *model) due(now int64) {
	m.now = now
	for _, c := range m.channels {
		c.invitations = slices.DeleteFunc(c.invitations, func(i modelInvitation) bool { return i.Deadline <= now })
		for _, x := range slices.Clone(c.Members) {
			if since, lost := c.lost[x.Account]; lost && since+modelGrace <= now {
				m.record()
				m.leave(actor{}, c, x.Account)
			}
		}
	}
}

// linked notes that a device got a link, or lost it.
func (m *model) linked(d device, up bool) {
	for _, c := range m.channels {
		for _, x := range c.Members {
			if x.Account != d.account || x.Device != d.device {
				continue
			}
			if _, lost := c.lost[x.Account]; up {
				delete(c.lost, x.Account)
			} else if !lost {
				c.lost[x.Account] = m.now
			}
		}
	}
}

func (m *model) channel(id string) *modelChannel {
	for _, c := range m.channels {
		if c.ID == id {
			return c
		}
	}
	return nil
}

// told is the channel as notices show it, shown as answers do.
func (c *modelChannel) told() *wire.Channel {
	x := c.Channel
	x.Members = nil
	return &x
}

func (c *modelChannel) shown() *wire.Channel {
	x := c.Channel
	x.Members = slices.Clone(c.Members)
	return &x
}

func (c *modelChannel) accounts() (list []string) {
	for _, m := range c.Members {
		list = append(list, m.Account)
	}
	return list
}

func (c *modelChannel) has(account string) bool { return slices.Contains(c.accounts(), account) }

func (c *modelChannel) pending(k wire.Key) int {
	return slices.IndexFunc(c.invitations, func(i modelInvitation) bool { return keyOf(&i.Invitation) == k })
}
