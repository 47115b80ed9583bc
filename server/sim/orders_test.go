package sim

import (
	"fmt"
	"time"

	"beckon/core/wire"
)

// acts does something at random, mostly with what the page knows.
func (p *page) acts() {
	w := p.w
	if !p.s.Online() {
		w.chance(2)
		return
	}
	p.does(p.choose())
}

func (p *page) choose() wire.Order {
	w := p.w
	other := accounts[w.random.IntN(len(accounts))]
	channel := p.channel()
	store := w.chance(2)
	asked := p.asked()
	if w.chance(4) {
		return p.chooseInRoom(other, asked.Channel.ID)
	}
	switch w.random.IntN(24) {
	case 0:
		return &wire.Create{Type: 1}
	case 1, 2, 3:
		return &wire.CallEx{Type: 1, Invitee: other, RequestID: p.request(), Store: store}
	case 4, 5:
		return &wire.Invite{Channel: channel, Invitee: other, RequestID: p.request(), Store: store}
	case 6:
		return p.cancel()
	case 7, 8:
		return &wire.Accept{Channel: asked.Channel.ID, Inviter: asked.Inviter, RequestID: asked.RequestID, AutoJoin: w.chance(2)}
	case 9, 10:
		return &wire.JoinAndAccept{Channel: asked.Channel.ID, Inviter: asked.Inviter, RequestID: asked.RequestID, Store: store}
	case 11:
		return &wire.Reject{Channel: asked.Channel.ID, Inviter: asked.Inviter, RequestID: asked.RequestID, Store: store}
	case 12, 13:
		return &wire.Join{Channel: channel, Store: store}
	case 14:
		return &wire.Leave{Channel: channel}
	case 15:
		return &wire.Close{Channel: channel, Store: store}
	case 16:
		return &wire.Control{Channel: channel, Attach: "c"}
	case 17, 18:
		return &wire.Message{To: other, Attach: "m"}
	case 19:
		return &wire.Delay{Channel: channel}
	case 20:
		return &wire.CreateAndJoin{Type: 1, Name: fmt.Sprint("room-", w.random.IntN(4))}
	case 21:
		return &wire.Call{CallEx: wire.CallEx{Type: 1, Name: fmt.Sprint("room-", w.random.IntN(4)), Invitee: other, RequestID: p.request()}, Reuse: "any"}
	case 22:
		return &wire.MarkRead{Positions: []uint64{7, p.recentlyTold()}}
	}
	if w.chance(2) {
		return &wire.Channels{}
	}
	return &wire.Inbox{}
}

// room is a channel with an owner. What becomes of invitations into it is no
// matter of the history: one command may end several of them.
const room = "team"

func (p *page) chooseInRoom(other, asked string) wire.Order {
	w := p.w
	password := []string{"", "", "open"}[w.random.IntN(3)]
	switch w.random.IntN(26) {
	case 0, 1:
		return &wire.CreateRoom{Channel: room, Password: password}
	case 2, 3, 4, 5:
		return &wire.Enter{Channel: room, Password: password}
	case 6, 7, 8:
		return &wire.InviteAll{Channel: room, Invitees: []string{other, "nobody"}, Timeout: int64(w.random.IntN(3)) * 5000}
	case 9, 10:
		return &wire.Withdraw{Channel: room, Invitees: []string{other, "nobody"}}
	case 11, 12:
		return &wire.Settle{Channel: asked, Accept: w.chance(2)}
	case 13:
		return &wire.Kick{Channel: room, Account: other}
	case 14, 15:
		return &wire.SetRole{Channel: room, Account: other, Role: []string{"", "administrator", "owner"}[w.random.IntN(3)]}
	case 16, 17:
		return &wire.SetCard{Channel: room, Account: p.actor.Account, Card: password}
	case 18, 19:
		return &wire.SetProfile{Name: password}
	case 20:
		return &wire.SetTitle{Channel: room, Title: password}
	case 21:
		return &wire.Invitations{Channel: room, Count: 10}
	case 22:
		return &wire.Leave{Channel: room}
	case 23:
		return &wire.Close{Channel: room}
	}
	return &wire.SetPassword{Channel: room, Password: password}
}

// request is mostly an id of its own, sometimes one that was used before.
func (p *page) request() string {
	if p.w.chance(6) {
		return "again"
	}
	return fmt.Sprint(p.actor.Life, "-", len(p.tries))
}

// channel is one that the page is in, or had to do with, or heard of.
func (p *page) channel() string {
	w := p.w
	if in := p.s.View().Channels(); len(in) > 0 && w.chance(2) {
		return in[w.random.IntN(len(in))].ID
	}
	if len(p.own) > 0 && w.chance(2) {
		return recent(w, p.own)
	}
	q := w.pages[w.random.IntN(len(w.pages))]
	return recent(w, q.own)
}

// asked is an invitation for the account: mostly one that is pending.
func (p *page) asked() wire.Invitation {
	if list := p.pending(); len(list) > 0 && !p.w.chance(8) {
		return list[p.w.random.IntN(len(list))]
	}
	if i := recent(p.w, p.rings); i.Channel != nil {
		return i
	}
	return wire.Invitation{Channel: &wire.Channel{ID: nowhere}, Inviter: "nobody", RequestID: "none"}
}

func (p *page) pending() []wire.Invitation { return p.s.View().Invitations(p.s.RelayNow(p.now())) }

// cancel takes back an invitation that this page made, or another of the account.
func (p *page) cancel() wire.Order {
	if i := recent(p.w, p.s.View().Made()); i.Channel != nil {
		return &wire.Cancel{Channel: i.Channel.ID, Invitee: i.Invitee, RequestID: i.RequestID}
	}
	return &wire.Cancel{Channel: p.channel(), Invitee: accounts[0], RequestID: "again"}
}

func (p *page) recentlyTold() uint64 {
	if len(p.heard.Stretches) == 0 {
		return 0
	}
	return uint64(recent(p.w, p.heard.Stretches[len(p.heard.Stretches)-1].Told))
}

// recent is one of the last in a list.
func recent[T any](w *world, list []T) (one T) {
	if n := w.random.IntN(5); len(list) > 0 {
		one = list[max(0, len(list)-1-n)]
	}
	return one
}

// contest makes all who can end a pending invitation do so at about one time:
// right now, or at about its deadline.
func (w *world) contest() {
	p := w.pages[w.random.IntN(len(w.pages))]
	list := p.pending()
	if p.frozen || len(list) == 0 {
		return
	}
	i := list[w.random.IntN(len(list))]
	w.count("contest")
	var wait time.Duration
	if w.chance(3) {
		wait = max(0, time.Duration(i.Deadline-p.s.RelayNow(p.now()))*time.Millisecond-30*time.Millisecond)
		w.count("contest at the deadline")
	}
	for _, q := range w.pages {
		var order wire.Order
		switch q.actor.Account {
		case p.actor.Account:
			order = q.answers(i)
		case i.Inviter:
			order = &wire.Cancel{Channel: i.Channel.ID, Invitee: p.actor.Account, RequestID: i.RequestID}
			if w.chance(8) {
				order = &wire.Close{Channel: i.Channel.ID}
			}
		default:
			continue
		}
		if !w.chance(4) {
			w.later(wait+w.upTo(30*time.Millisecond), func() { q.does(order) })
		}
	}
}

// answers is one way to answer an invitation.
func (p *page) answers(i wire.Invitation) wire.Order {
	switch p.w.random.IntN(3) {
	case 0:
		return &wire.Accept{Channel: i.Channel.ID, Inviter: i.Inviter, RequestID: i.RequestID}
	case 1:
		return &wire.JoinAndAccept{Channel: i.Channel.ID, Inviter: i.Inviter, RequestID: i.RequestID}
	}
	return &wire.Reject{Channel: i.Channel.ID, Inviter: i.Inviter, RequestID: i.RequestID}
}

// retries asks again by hand for the latest call of a page.
func (p *page) retries() {
	for n := uint64(len(p.tries)); n > 0; n-- {
		if o, ok := p.tries[n].order.(*wire.CallEx); ok {
			p.w.count("call made again by hand")
			p.does(o)
			return
		}
	}
}
