package core

import "unicode/utf8"

// bytes checks a text whose length counts in bytes; it may be empty.
func (c *checks) bytes(field, s string, limit int) {
	if len(s) > limit {
		c.bad(field, limit, "is too long")
	}
	if !utf8.ValidString(s) {
		c.bad(field, 0, "is not Unicode text")
	}
}

// roomID checks the id that a room is to have: 1 to 64 bytes of some characters.
func (c *checks) roomID(field, s string) {
	switch {
	case s == "":
		c.bad(field, 0, "is missing")
	case len(s) > MaxChannelID:
		c.bad(field, MaxChannelID, "is too long")
	}
	for i := 0; i < len(s); i++ {
		if !inRoomID[s[i]] {
			c.bad(field, 0, "holds a character other than a-z, A-Z, 0-9, space and "+roomIDSigns)
		}
	}
}

const roomIDSigns = "!#$%&()+-:;<=.>?@[]^_{}|~,"

// inRoomID says which bytes a room's id may hold.
var inRoomID = func() (may [256]bool) {
	for _, r := range " " + roomIDSigns {
		may[r] = true
	}
	for b := range may {
		if b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' {
			may[b] = true
		}
	}
	return may
}()

// invitees checks accounts that a command names, and returns each once.
func (c *checks) invitees(list []string) []string {
	if len(list) == 0 {
		c.bad("invitees", 0, "is missing")
	}
	once := make([]string, 0, min(len(list), MaxInvitees))
	seen := make(map[string]bool, min(len(list), MaxInvitees))
	for _, account := range list {
		if seen[account] {
			continue
		}
		if len(once) == MaxInvitees {
			c.bad("invitees", MaxInvitees, "are too many")
			return nil
		}
		c.account("invitees", account)
		seen[account] = true
		once = append(once, account)
	}
	return once
}

func (c *checks) timeout(t Time) {
	switch {
	case t < 0:
		c.bad("timeout", 0, "is negative")
	case t > MaxTimeout:
		c.bad("timeout", int(MaxTimeout), "is too long")
	}
}
