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
	if o.List != nil {
		s += ", list:" + n.list(o.Channel.ID, o.List)
	}
	if o.Pending != nil {
		s += ", pending " + list(o.Pending, " ")
	}
	if o.Inside != nil {
		s += ", inside " + list(o.Inside, " ")
	}
	s += [...]string{core.Reached: "", core.Offline: ", offline", core.NoPush: ", no push"}[o.Reach]
	if o.Refused != nil {
		s += ", join refused " + o.Refused.Error()
	}
	return s
}

// list puts a list of invitations into words.
func (n *names) list(channel string, entries []core.Listed) string {
	var words []string
	for _, l := range entries {
		words = append(words, n.key(channel, l.Key)+" "+l.State.String())
	}
	return " " + list(words, ", ")
}

// standing is what a member is, and is called, in a room.
func standing(r core.Role, card string) string {
	s := [...]string{core.RoleMember: " member", core.RoleAdministrator: " administrator", core.RoleOwner: " owner"}[r]
	if card != "" {
		s += ", card " + text(card)
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
