package core_test

import (
	"regexp"
	"slices"
	"strconv"
	"unicode/utf8"

	"beckon/core"
)

func tooLong(s string, limit int) bool { return utf8.RuneCountInString(s) > limit }

func limit(field string, n int) *core.Refusal {
	return &core.Refusal{Code: core.LimitReached, Field: field, Limit: n}
}

func no(code core.Code) *core.Refusal { return &core.Refusal{Code: code} }

func badField(field string) *core.Refusal { return &core.Refusal{Code: core.BadField, Field: field} }

// shape checks the fields of a command that no state can make good.
func shape(by core.Actor, o core.Order) *core.Refusal {
	type check struct {
		field string
		bad   bool
	}
	var checks []check
	add := func(field string, bad bool) { checks = append(checks, check{field, bad}) }
	attach := func(s string) { add("attach", tooLong(s, 4096)) }
	channel := func(kind core.ChannelType, name, ext string) {
		add("type", kind < 1 || kind > 3)
		add("name", tooLong(name, 128))
		add("ext", tooLong(ext, 4096))
	}
	invite := func(requestID, invitee, text string, p core.Push) {
		add("requestId", requestID == "" || tooLong(requestID, 128))
		add("invitee", noAccount(invitee))
		attach(text)
		add("push.title", tooLong(p.Title, 32))
		add("push.content", tooLong(p.Content, 500))
		add("push.payload", tooLong(p.Payload, 4096))
		add("invitee", invitee == by.Account)
	}
	switch o := o.(type) {
	case core.Create:
		channel(o.Type, o.Name, o.Ext)
	case core.Join:
		attach(o.Attach)
	case core.Leave:
		attach(o.Attach)
	case core.Close:
		attach(o.Attach)
	case core.Invite:
		invite(o.RequestID, o.Invitee, o.Attach, o.Push)
	case core.CreateAndJoin:
		channel(o.Type, o.Name, o.Ext)
		attach(o.Attach)
	case core.Control:
		attach(o.Attach)
	case core.Message:
		add("to", noAccount(o.To))
		attach(o.Attach)
	case core.Cancel:
		attach(o.Attach)
	case core.Accept:
		attach(o.Attach)
		add("joinAttach", tooLong(o.JoinAttach, 4096))
	case core.JoinAndAccept:
		attach(o.Attach)
		add("joinAttach", tooLong(o.JoinAttach, 4096))
	case core.Reject:
		attach(o.Attach)
	case core.Call:
		invite(o.RequestID, o.Invitee, o.Attach, o.Push)
		channel(o.Type, o.Name, o.Ext)
	default:
		roomShape(by, o, add)
	}
	for _, c := range checks {
		if c.bad {
			return badField(c.field)
		}
	}
	return nil
}

// roomShape adds what makes the orders of rooms bad.
func roomShape(by core.Actor, o core.Order, add func(string, bool)) {
	invitees := func(list []string) {
		add("invitees", len(list) == 0 || len(once(list)) > 1000 || slices.ContainsFunc(list, noAccount))
	}
	switch o := o.(type) {
	case core.CreateRoom:
		add("channel", !regexp.MustCompile(`^[a-zA-Z0-9 !#$%&()+\-:;<=.>?@\[\]^_{}|~,]{1,64}$`).MatchString(o.Channel))
		add("title", len(o.Title) > 30)
		add("password", len(o.Password) > 32)
		add("ext", tooLong(o.Ext, 4096))
	case core.InviteAll:
		invitees(o.Invitees)
		add("timeout", o.Timeout < 0 || o.Timeout > 100*365*24*3_600_000)
		add("attach", tooLong(o.Attach, 4096))
	case core.Withdraw:
		invitees(o.Invitees)
	case core.Settle:
		add("reason", o.Reason > 1)
	case core.Kick:
		add("account", o.Account == by.Account)
	case core.SetRole:
		add("role", o.Role > core.RoleOwner)
		add("account", o.Account == by.Account)
	case core.SetCard:
		add("card", tooLong(o.Card, 128))
	case core.SetTitle:
		add("title", len(o.Title) > 30)
	case core.SetPassword:
		add("password", len(o.Password) > 32)
	case core.SetProfile:
		add("name", tooLong(o.Profile.Name, 128))
		add("avatar", tooLong(o.Profile.Avatar, 1024))
		add("custom", tooLong(o.Profile.Custom, 4096))
	}
}

func noAccount(s string) bool { return s == "" || len(s) > 128 || strconv.Quote(s) != `"`+s+`"` }
