package core_test

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"beckon/core"
)

// names gives channels short stable names, and puts events into words.
type names struct {
	short map[string]string // by id
	long  map[string]string // by name
}

func newNames() *names { return &names{map[string]string{}, map[string]string{}} }

// name is the channel's short name, given when it is first spoken of.
func (n *names) name(id string) string {
	if id == "" {
		return "-"
	}
	if n.short[id] == "" {
		n.short[id] = fmt.Sprintf("c%d", len(n.short)+1)
		n.long[n.short[id]] = id
	}
	return n.short[id]
}

// id is the id of the channel of that short name; other words stand for themselves.
func (n *names) id(name string) string {
	if id, is := n.long[name]; is {
		return id
	}
	return name
}

func clock(t core.Time) string {
	if t == 0 {
		return "never"
	}
	return (time.Duration(t-dawn) * time.Millisecond).String()
}

func who(a core.Actor) string {
	if a == (core.Actor{}) {
		return "nobody"
	}
	if a.Life != "1" {
		return a.Account + "/" + a.Device + "." + a.Life
	}
	return a.Account + "/" + a.Device
}

// fold writes a letter that is repeated many times as é*4096.
func fold(s string) string {
	letter, size := utf8.DecodeRuneInString(s)
	n := utf8.RuneCountInString(s)
	if n > 8 && strings.Repeat(s[:size], n) == s {
		return fmt.Sprintf("%c*%d", letter, n)
	}
	return s
}

func text(s string) string { return fmt.Sprintf("%q", fold(s)) }

// list joins words, but of many only the first and the last.
func list(words []string, sep string) string {
	if n := len(words); n > 8 {
		more := fmt.Sprintf("(%d more)", n-4)
		words = []string{words[0], words[1], words[2], more, words[n-1]}
	}
	return strings.Join(words, sep)
}

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
		s := "ended"
		for _, k := range e.Invitations {
			s += " " + n.key(e.Channel, k)
		}
		s += ": " + e.Outcome.String()
		if e.By != (core.Actor{}) {
			s += " by " + who(e.By)
		}
		return s + said(e.Attach, e.Store, e.To)
	case core.Controlled:
		s := fmt.Sprintf("control of %s by %s", n.name(e.Channel), who(e.By))
		if e.Account != "" {
			s += " for " + e.Account
		}
		return s + said(e.Attach, false, e.To)
	case core.Messaged:
		return "message from " + who(e.By) + said(e.Attach, false, e.To)
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
	if c.Name != c.ID {
		s += ", name " + text(c.Name)
	}
	if c.Ext != "" {
		s += ", ext " + text(c.Ext)
	}
	return s + ", lives until " + clock(c.Expires)
}

func (n *names) invited(e core.Invited) string {
	s := "invited"
	for _, i := range e.Invitees {
		s += " " + n.key(e.Channel, core.Key{Inviter: e.By.Account, RequestID: e.RequestID, Invitee: i.Account})
		if !i.Rang {
			s += " (away)"
		}
	}
	s += " until " + clock(e.Deadline)
	if p := e.Push; p != (core.Push{}) {
		s += fmt.Sprintf(", push need=%t nobadge=%t %s %s %s", p.Need, p.NoBadge, text(p.Title), text(p.Content), text(p.Payload))
	}
	return s + said(e.Attach, e.Store, e.To)
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

// outcome puts an answer into words: the channel, and what is not as usual.
func (n *names) outcome(o core.Outcome) string {
	s := n.name(o.Channel.ID)
	if o.Members != nil {
		var members []string
		for _, m := range o.Members {
			members = append(members, fmt.Sprintf("%s=%d", m.Account, m.UID))
		}
		if s += " with " + list(members, " "); len(members) == 0 {
			s += "nobody"
		}
	}
	s += [...]string{core.Reached: "", core.Offline: ", offline", core.NoPush: ", no push"}[o.Reach]
	if o.Refused != nil {
		s += ", join refused " + o.Refused.Error()
	}
	return s
}

// places writes positions as record.index.
func places(list []core.Position) string {
	var words []string
	for _, p := range list {
		words = append(words, fmt.Sprintf("%d.%d", p.Record(), p&0xffff))
	}
	return strings.Join(words, " ")
}
