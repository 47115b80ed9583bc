package core

import "unicode/utf8"

// The longest texts, in Unicode code points, except where bytes are said.
const (
	MaxRequestID   = 128
	MaxChannelName = 128
	MaxExt         = 4096
	MaxAttach      = 4096
	MaxPushTitle   = 32
	MaxPushContent = 500
	MaxPushPayload = 4096
	MaxAccount     = 128 // bytes
	MaxChannelID   = 64  // bytes
	MaxTitle       = 30  // bytes
	MaxPassword    = 32  // bytes
	MaxCard        = 128
	MaxProfileName = 128
	MaxAvatar      = 1024
	MaxCustom      = 4096
)

// MaxInvitees is how many accounts one command may name, and MaxTimeout how long
// an invitation may ring that does not ring for ever.
const (
	MaxInvitees      = 1000
	MaxTimeout  Time = 100 * 365 * 24 * hour
)

// checks gathers the first fault of a command's fields.
type checks struct{ refusal *Refusal }

func (c *checks) bad(field string, limit int, detail string) {
	if c.refusal == nil {
		c.refusal = &Refusal{Code: BadField, Field: field, Limit: limit, Detail: detail}
	}
}

// text checks a text that may be empty.
func (c *checks) text(field, s string, limit int) {
	if len(s) > limit && utf8.RuneCountInString(s) > limit {
		c.bad(field, limit, "is too long")
	}
	if !utf8.ValidString(s) {
		c.bad(field, 0, "is not Unicode text")
	}
}

// given checks a text that may not be empty.
func (c *checks) given(field, s string, limit int) {
	if s == "" {
		c.bad(field, 0, "is missing")
	}
	c.text(field, s, limit)
}

// account checks the name of an account: 1 to 128 bytes without control characters.
func (c *checks) account(field, s string) {
	if len(s) > MaxAccount {
		c.bad(field, MaxAccount, "is too long")
	}
	c.given(field, s, MaxAccount)
	for i := 0; i < len(s); i++ {
		if s[i] < 0x20 || s[i] == 0x7f {
			c.bad(field, 0, "holds a control character")
		}
	}
}

func (c *checks) channelType(t ChannelType) {
	if t < Audio || t > Other {
		c.bad("type", 0, "is none of 1 (audio), 2 (video), 3 (other)")
	}
}

func (c *checks) push(p Push) {
	c.text("push.title", p.Title, MaxPushTitle)
	c.text("push.content", p.Content, MaxPushContent)
	c.text("push.payload", p.Payload, MaxPushPayload)
}

// CheckAccount says what is wrong with an account's name, or nil.
func CheckAccount(s string) *Refusal {
	var c checks
	c.account("account", s)
	return c.refusal
}
