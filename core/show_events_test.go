package core_test

import (
	"fmt"
	"slices"
	"strings"

	"beckon/core"
)

// event puts an event into one line: what happened, what was said, whether it
// goes into inboxes, and behind the arrow the accounts that are told.
func (n *names) event(e core.Event, app *core.App) string {
	switch e := e.(type) {
	case core.Created:
		return n.created(e)
	case core.Joined:
		s := fmt.Sprintf("joined %s %s/%s uid %d", n.name(e.Channel), e.Member.Account, e.Member.Device, e.Member.UID)
		if e.Moved {
			s += ", moved"
		}
		return s + said(e.Attach, e.Store, e.To)
	case core.Left:
		s := fmt.Sprintf("left %s %s", n.name(e.Channel), e.Account)
		if e.Why == core.LeftLost {
			s += ", lost"
		}
		if e.Why == core.LeftKick {
			s += ", removed by " + who(e.By)
		}
		if e.Expires != 0 {
			s += ", the channel lives until " + clock(e.Expires)
		}
		return s + said(e.Attach, e.Store, e.To)
	case core.Closed:
		s := fmt.Sprintf("closed %s by %s", n.name(e.Channel), who(e.By))
		if e.Why == core.ClosedExpired {
			s = fmt.Sprintf("closed %s, expired", n.name(e.Channel))
		}
		return s + said(e.Attach, e.Store, e.To)
	case core.Renewed:
		return fmt.Sprintf("renewed %s until %s", n.name(e.Channel), clock(e.Expires))
	case core.Invited:
		return n.invited(e)
	case core.Ended:
		s := "ended " + n.keys(e.Channel, e.Invitations) + ": " + e.Outcome.String()
		if e.By != (core.Actor{}) {
			s += " by " + who(e.By)
		}
		if e.Reason != 0 {
			s += ", busy"
		}
		return s + said(e.Attach, e.Store, e.To) + shared(e.Members, e.To, e.Echo)
	case core.Controlled:
		s := fmt.Sprintf("control of %s by %s", n.name(e.Channel), who(e.By))
		if e.Account != "" {
			s += " for " + e.Account
		}
		return s + said(e.Attach, false, e.To)
	case core.Messaged:
		return "message from " + who(e.By) + said(e.Attach, false, e.To)
	case core.Unlisted:
		return "unlisted " + n.keys(e.Channel, e.Invitations) + said("", false, e.To)
	case core.MemberChanged:
		return fmt.Sprintf("changed %s %s by %s:%s", n.name(e.Channel), e.Account, who(e.By), standing(e.Role, e.Card)) + said("", false, e.To)
	case core.RoomChanged:
		return fmt.Sprintf("changed %s by %s: title %s, password %s", n.name(e.Channel), who(e.By), text(e.Title), text(e.Password)) + said("", false, e.To)
	case core.ProfileChanged:
		p := e.Profile
		return fmt.Sprintf("profile of %s: %s %s %s", who(e.By), text(p.Name), text(p.Avatar), text(p.Custom)) + said("", false, e.To)
	case core.MarkedRead:
		return "read by " + who(e.By) + ": " + places(e.Positions)
	case core.LinkLost:
		return "link lost " + who(e.By)
	case core.LinkBack:
		return "link back " + who(e.By)
	case core.LinksLost:
		return "all links lost"
	case core.Answered:
		if o, is := app.Answer(e.By, e.N); is {
			return "answer " + n.outcome(o)
		}
		return "answer " + n.outcome(app.Outcome(core.Stamp{}, e))
	}
	panic("an event without words")
}

func (n *names) created(e core.Created) string {
	c := e.Channel
	s := fmt.Sprintf("created %s by %s, type %d", n.name(c.ID), who(e.By), c.Type)
	if c.Policy == core.RoomPolicy {
		s = fmt.Sprintf("created %s by %s, a room, title %s", n.name(c.ID), who(e.By), text(c.Title))
		if c.Password != "" {
			s += ", password " + text(c.Password)
		}
	}
	if c.Name != c.ID {
		s += ", name " + text(c.Name)
	}
	if c.Ext != "" {
		s += ", ext " + text(c.Ext)
	}
	return s + ", lives until " + clock(c.Expires)
}

func (n *names) invited(e core.Invited) string {
	var rung []string
	for _, i := range e.Invitees {
		k := n.key(e.Channel, core.Key{Inviter: e.By.Account, RequestID: e.RequestID, Invitee: i.Account})
		if !i.Rang {
			k += " (away)"
		}
		rung = append(rung, k)
	}
	s := "invited " + list(rung, " ") + " until " + clock(e.Deadline)
	if p := e.Push; p != (core.Push{}) {
		s += fmt.Sprintf(", push need=%t nobadge=%t %s %s %s", p.Need, p.NoBadge, text(p.Title), text(p.Content), text(p.Payload))
	}
	if e.Always {
		s += ", told always"
	}
	return s + said(e.Attach, e.Store, e.To) + shared(e.Members, e.To, e.Echo)
}

// shared says which members are told besides, for the list, and whether the
// device that acted is.
func shared(members, to []string, echo bool) string {
	var s string
	for _, m := range members {
		if !slices.Contains(to, m) {
			s += " " + m
		}
	}
	if s != "" {
		s = " | " + list(strings.Fields(s), " ")
	}
	if echo {
		s += " (and itself)"
	}
	return s
}

func (n *names) keys(channel string, keys []core.Key) string {
	var words []string
	for _, k := range keys {
		words = append(words, n.key(channel, k))
	}
	return list(words, " ")
}

func (n *names) key(channel string, k core.Key) string {
	return n.name(channel) + "/" + k.Inviter + "/" + fold(k.RequestID) + "/" + fold(k.Invitee)
}

func said(attach string, store bool, to []string) string {
	var s string
	if attach != "" {
		s += ", saying " + text(attach)
	}
	if store {
		s += ", stored"
	}
	if len(to) > 0 {
		var names []string
		for _, account := range to {
			names = append(names, fold(account))
		}
		s += " -> " + list(names, " ")
	}
	return s
}
