package tui

import (
	"slices"

	"beckon/core/wire"
)

// A List is a room's list of invitations as a member knows it. It begins with
// what entering showed, and notices keep it up to date.
//
// It shows one invitation of each account that is invited: the oldest one that is
// pending, else the one that ended last, if it was accepted, rejected or ran out
// while its account was not in the room and had no other one pending; that until
// the account joins, is invited again, or the relay takes it off.
type List struct {
	all []wire.Listed // in the order in which they were made; also those that older ones keep from being shown
}

// A Change is a difference between what a List showed before and shows now.
type Change struct {
	Kind       ChangeKind
	Invitation wire.Listed // as it is now; of Removed, as it was shown last
}

// ChangeKind says what has changed.
type ChangeKind int

// The kinds of change.
const (
	Added ChangeKind = iota
	Removed
	StatusChanged
)

// Shown lists what the list shows, in the order in which it was made.
func (l *List) Shown() []wire.Listed {
	var list []wire.Listed
	for i := range l.all {
		if x := &l.all[i]; l.shown(x.Invitee) == x {
			list = append(list, *x)
		}
	}
	return list
}

// Reset replaces what is known by what an answer or a welcome shows.
func (l *List) Reset(list []wire.Listed) []Change {
	return l.change(append(invitees(l.Shown()), invitees(list)...), func() {
		l.all = slices.Clone(list)
	})
}

// Invited adds what a notice tells.
func (l *List) Invited(n *wire.Notice, e *wire.Invited) []Change {
	return l.change(e.Invitees, func() {
		for _, account := range e.Invitees {
			x := wire.Listed{Position: n.Position, Inviter: e.Inviter, RequestID: e.RequestID, Invitee: account,
				Made: n.Time, Deadline: e.Deadline, Users: among(e.Users, e.Inviter, account)}
			if l.find(keyOf(&x), func(y *wire.Listed) bool { return y.Position == x.Position }) == nil {
				l.drop(func(y *wire.Listed) bool { return y.Invitee == account && !pending(y) })
				l.all = append(l.all, x)
			}
		}
	})
}

// Ended notes how invitations ended. inside says who is a member.
func (l *List) Ended(e *wire.Ended, inside func(account string) bool) []Change {
	return l.change(inviteesOf(e.Invitations), func() {
		for _, k := range e.Invitations {
			x := l.find(k, pending)
			if x == nil {
				continue
			}
			x.State = e.Outcome
			if status(e.Outcome) == 0 || inside(k.Invitee) || pending(l.shown(k.Invitee)) {
				l.drop(func(y *wire.Listed) bool { return !pending(y) && keyOf(y) == k })
			}
		}
	})
}

// Joined takes off what had ended before its account joined.
func (l *List) Joined(account string) []Change {
	return l.change([]string{account}, func() {
		l.drop(func(y *wire.Listed) bool { return y.Invitee == account && !pending(y) })
	})
}

// Unlisted takes off what the relay took off.
func (l *List) Unlisted(e *wire.Unlisted) []Change {
	return l.change(inviteesOf(e.Invitations), func() {
		l.drop(func(y *wire.Listed) bool { return !pending(y) && slices.Contains(e.Invitations, keyOf(y)) })
	})
}

// shown is what the list shows of an account, nil if nothing.
func (l *List) shown(account string) *wire.Listed {
	var over *wire.Listed
	for i := range l.all {
		x := &l.all[i]
		switch {
		case x.Invitee != account:
		case pending(x):
			return x
		default:
			over = x
		}
	}
	return over
}

func pending(x *wire.Listed) bool { return x.State == "" }

// change is the difference that f makes to what is shown of some accounts, each
// once and in their order.
func (l *List) change(accounts []string, f func()) []Change {
	accounts = unique(accounts)
	before := make([]*wire.Listed, len(accounts))
	for i, account := range accounts {
		if x := l.shown(account); x != nil {
			was := *x
			before[i] = &was
		}
	}
	f()
	var list []Change
	for i, account := range accounts {
		was, is := before[i], l.shown(account)
		switch {
		case was != nil && is != nil && was.Position == is.Position && keyOf(was) == keyOf(is):
			if was.State != is.State {
				list = append(list, Change{StatusChanged, *is})
			}
			continue
		case was != nil:
			list = append(list, Change{Removed, *was})
		}
		if is != nil {
			list = append(list, Change{Added, *is})
		}
	}
	return list
}

func (l *List) find(k wire.Key, is func(*wire.Listed) bool) *wire.Listed {
	for i := range l.all {
		if x := &l.all[i]; keyOf(x) == k && is(x) {
			return x
		}
	}
	return nil
}

func (l *List) drop(is func(*wire.Listed) bool) {
	l.all = slices.DeleteFunc(l.all, func(x wire.Listed) bool { return is(&x) })
}

func keyOf(x *wire.Listed) wire.Key {
	return wire.Key{Inviter: x.Inviter, RequestID: x.RequestID, Invitee: x.Invitee}
}

func invitees(list []wire.Listed) []string {
	var accounts []string
	for i := range list {
		accounts = append(accounts, list[i].Invitee)
	}
	return accounts
}

func inviteesOf(keys []wire.Key) []string {
	var accounts []string
	for i := range keys {
		accounts = append(accounts, keys[i].Invitee)
	}
	return accounts
}

// among picks the profiles of some accounts.
func among(users []wire.User, accounts ...string) []wire.User {
	var list []wire.User
	for i := range users {
		if slices.Contains(accounts, users[i].Account) {
			list = append(list, users[i])
		}
	}
	return list
}

// unique keeps the first of each.
func unique(list []string) []string {
	seen := make(map[string]bool, len(list))
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool {
		had := seen[s]
		seen[s] = true
		return had
	})
}
