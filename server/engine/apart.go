package engine

import (
	"slices"

	"beckon/core"
	"beckon/core/wire"
)

// divides says whether those who are told an event, and are not in its channel,
// may have to be told less than the members: invitees hear of themselves alone,
// and a password is for those who are inside or invited.
func divides(e core.Event, c *core.Channel) bool {
	switch e := e.(type) {
	case core.Invited:
		return len(e.Invitees) > 1
	case core.Ended:
		return len(e.Invitations) > 1 || c.Password != ""
	case core.Controlled:
		return c.Password != "" && e.Account != ""
	}
	return false
}

// outsidersFirst lists accounts anew, and says how many of them are not members.
func outsidersFirst(c *core.Channel, accounts []string) (list []string, outsiders int) {
	members := map[string]bool{}
	for _, m := range c.Members() {
		members[m.Account] = true
	}
	list = make([]string, 0, len(accounts))
	var inside []string
	for _, account := range accounts {
		if members[account] {
			inside = append(inside, account)
		} else {
			list = append(list, account)
		}
	}
	return append(list, inside...), len(list)
}

// only is the part of an event that is for an account which is not in its
// channel: the invitations that it made or got, with the profiles of those whom
// they concern, and no password but with an invitation that is pending.
func only(fact wire.Event, account string) wire.Event {
	switch f := fact.(type) {
	case *wire.Invited:
		own := *f
		own.Invitees = []string{account}
		own.Users = concerning(f.Users, func(user string) bool { return user == account || user == f.Inviter })
		return &own
	case *wire.Ended:
		own := *f
		own.Channel = withoutPassword(f.Channel)
		own.Invitations = nil
		for _, k := range f.Invitations {
			if k.Inviter == account || k.Invitee == account {
				own.Invitations = append(own.Invitations, k)
			}
		}
		own.Users = concerning(f.Users, func(user string) bool {
			return user == f.By || slices.ContainsFunc(own.Invitations, func(k wire.Key) bool { return k.Inviter == user || k.Invitee == user })
		})
		return &own
	case *wire.Controlled:
		own := *f
		own.Channel = withoutPassword(f.Channel)
		return &own
	}
	return fact
}

func withoutPassword(c *wire.Channel) *wire.Channel {
	if c.Password == "" {
		return c
	}
	open := *c
	open.Password = ""
	return &open
}

func concerning(users []wire.User, whom func(account string) bool) []wire.User {
	var some []wire.User
	for _, u := range users {
		if whom(u.Account) {
			some = append(some, u)
		}
	}
	return some
}
