package core_test

import (
	"pgregory.net/rapid"

	"beckon/core"
)

var everybody = []string{"ada", "bob", "cy", "dan"}

// even is a number below n. Each is as likely; rapid's own numbers are small more
// often than not, and its SampledFrom prefers what stands first.
func even(t *rapid.T, n int) int {
	k := 0
	for range 10 {
		k <<= 1
		if rapid.Bool().Draw(t, "bit") {
			k++
		}
	}
	return k % n
}

// one picks one of several.
func one[T any](t *rapid.T, label string, of ...T) T {
	return rapid.Custom(func(t *rapid.T) T { return of[even(t, len(of))] }).Draw(t, label)
}

// seldom is true once in n times.
func seldom(t *rapid.T, label string, n int) bool {
	return rapid.Custom(func(t *rapid.T) bool { return even(t, n) == n-1 }).Draw(t, label)
}

func anyActor(t *rapid.T) core.Actor {
	return core.Actor{
		Account: one(t, "account", everybody...),
		Device:  one(t, "device", "web", "web", "tv"),
		Life:    one(t, "life", "1", "1", "2"),
	}
}

// command is some order of somebody's, under the next id, or none.
func (c *contest) command(t *rapid.T) core.Command {
	by, channel := anyActor(t), c.anyChannel(t)
	attach, store, uid := anyText(t), rapid.Bool().Draw(t, "store"), one[uint64](t, "uid", 0, 0, 1, 2, 3)
	if r := c.model.room(channel); r != nil && rapid.Bool().Draw(t, "as creator") {
		by.Account = r.Creator
	}
	var o core.Order
	switch one(t, "order", "create", "join", "join", "join", "leave", "close", "invite", "invite", "invite", "invite", "call", "call",
		"createAndJoin", "delay", "control", "message", "markRead") {
	case "create":
		o = core.Create{Type: anyKind(t), Name: anyName(t), Ext: anyText(t)}
	case "join":
		o = core.Join{Channel: channel, UID: uid, Attach: attach, Store: store}
	case "leave":
		o = core.Leave{Channel: channel, Attach: attach, Store: store}
	case "close":
		o = core.Close{Channel: channel, Attach: attach, Store: store}
	case "createAndJoin":
		o = core.CreateAndJoin{Type: anyKind(t), Name: anyName(t), Ext: anyText(t), UID: uid, Attach: attach, Store: store}
	case "delay":
		o = core.Delay{Channel: channel}
	case "control":
		o = core.Control{Channel: channel, To: one(t, "to", append(everybody, "")...), Attach: attach}
	case "message":
		o = core.Message{To: anyInvitee(t), Attach: attach}
	case "markRead":
		o = core.MarkRead{Positions: c.anyPositions(t, by.Account)}
	case "invite":
		o = core.Invite{Channel: channel, RequestID: anyRequest(t), Invitee: anyInvitee(t), Attach: attach, Store: store,
			Push: anyPush(t)}
	case "call":
		o = core.Call{Type: anyKind(t), Name: anyName(t), Ext: anyText(t), UID: uid, RequestID: anyRequest(t),
			Invitee: anyInvitee(t), Attach: attach, Store: store, Push: anyPush(t),
			Reuse: one(t, "reuse", core.ReuseNone, core.ReuseOwn, core.ReuseAny)}
	}
	if seldom(t, "no id", 16) {
		return core.Command{By: by, Do: o}
	}
	return c.next(by, o)
}

// answer is an order about an invitation, most often one that there is.
func (c *contest) answer(t *rapid.T) core.Command {
	by := anyActor(t)
	channel, k := c.anyKey(t)
	attach, store, uid := anyText(t), rapid.Bool().Draw(t, "store"), one[uint64](t, "uid", 0, 0, 1, 2, 3)
	order := one(t, "order", "accept", "accept", "joinAndAccept", "joinAndAccept", "reject", "cancel")
	if !seldom(t, "stranger", 10) {
		by.Account = k.Invitee
		if order == "cancel" {
			by.Account = k.Inviter
		}
	}
	var o core.Order
	switch order {
	case "accept":
		o = core.Accept{Channel: channel, RequestID: k.RequestID, Inviter: k.Inviter, Attach: attach, Store: store,
			AutoJoin: rapid.Bool().Draw(t, "autoJoin"), UID: uid, JoinAttach: anyText(t)}
	case "joinAndAccept":
		o = core.JoinAndAccept{Channel: channel, RequestID: k.RequestID, Inviter: k.Inviter, Attach: attach, Store: store,
			UID: uid, JoinAttach: anyText(t)}
	case "reject":
		o = core.Reject{Channel: channel, RequestID: k.RequestID, Inviter: k.Inviter, Attach: attach, Store: store}
	case "cancel":
		o = core.Cancel{Channel: channel, RequestID: k.RequestID, Invitee: k.Invitee, Attach: attach, Store: store}
	}
	return c.next(by, o)
}

func (c *contest) next(by core.Actor, o core.Order) core.Command {
	c.n[by]++
	return core.Command{By: by, N: c.n[by], Do: o}
}

// anyChannel is a live channel, or one of the past, or none.
func (c *contest) anyChannel(t *rapid.T) string {
	if len(c.channel) == 0 || seldom(t, "nowhere", 32) {
		return "nowhere"
	}
	if len(c.model.channels) == 0 || seldom(t, "of the past", 16) {
		return one(t, "channel", c.channel...)
	}
	live := c.model.channels
	if len(live) > 2 && rapid.Bool().Draw(t, "busy") { // the more meet, the more happens
		live = live[:2]
	}
	return one(t, "channel", live...).ID
}

func (c *contest) anyKey(t *rapid.T) (string, core.Key) {
	type place struct {
		channel string
		key     core.Key
	}
	var pending, all []place
	for _, r := range c.model.channels {
		for _, i := range r.rings {
			all = append(all, place{r.ID, i.Key})
			if i.state == core.Pending {
				pending = append(pending, place{r.ID, i.Key})
			}
		}
	}
	switch {
	case len(pending) > 0 && !seldom(t, "not pending", 3):
		p := one(t, "key", pending...)
		return p.channel, p.key
	case len(all) > 0 && !seldom(t, "unheard of", 4):
		p := one(t, "key", all...)
		return p.channel, p.key
	}
	return c.anyChannel(t), core.Key{Inviter: one(t, "inviter", everybody...), RequestID: anyRequest(t),
		Invitee: one(t, "invitee", everybody...)}
}

// time is a while, often one that ends just before, at or after a deadline.
func (c *contest) time(t *rapid.T) core.Time {
	whiles := []core.Time{0, 1, 1_000, 1_000, 1_000, 29_999, 60_000, 119_000, 600_000, 7_200_000}
	if next := c.model.next(); next > c.machine.now {
		to := next - c.machine.now
		whiles = append(whiles, to-1, to, to, to, to+1)
	}
	return one(t, "while", whiles...)
}

// anyPositions are some of an inbox, and some that are not in it, perhaps twice.
func (c *contest) anyPositions(t *rapid.T, account string) []core.Position {
	all := []core.Position{0, core.At(1, 1), core.At(uint64(len(c.machine.journal)), 0)}
	for _, x := range c.model.mails(account) {
		all = append(all, x.Position, x.Position)
	}
	var some []core.Position
	for range one(t, "positions", 0, 1, 2, 5) {
		some = append(some, one(t, "position", all...))
	}
	return some
}
