package core

import "slices"

// others lists the accounts of all members but one.
func (c *Channel) others(account string) []string {
	var to []string
	for _, s := range c.seats {
		if s.Account != account {
			to = append(to, s.Account)
		}
	}
	return to
}

// all is others, and then the account itself: its other devices are to know what
// it is in.
func (c *Channel) all(account string) []string { return append(c.others(account), account) }

// accounts lists the accounts of all members.
func (c *Channel) accounts() []string {
	var to []string
	for _, s := range c.seats {
		to = append(to, s.Account)
	}
	return to
}

// rest lists the accounts of all members but those.
func (c *Channel) rest(but []string) []string {
	var to []string
	isOne := oneOf(but)
	for _, s := range c.seats {
		if !isOne(s.Account) {
			to = append(to, s.Account)
		}
	}
	return to
}

// oneOf says whether an account is in the list.
func oneOf(list []string) func(string) bool {
	if len(list) < 8 {
		return func(account string) bool { return slices.Contains(list, account) }
	}
	set := make(map[string]bool, len(list))
	for _, account := range list {
		set[account] = true
	}
	return func(account string) bool { return set[account] }
}
