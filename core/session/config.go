package session

// Millis counts milliseconds: a stretch of time, or a moment on the owner's
// clock. That clock starts wherever it likes and must not jump.
type Millis int64

// Config says who logs in, and how patient the session is. Only the first group
// has to be filled in: a duration that is zero or negative has its default.
type Config struct {
	App     string // the tenant: appKey or sdkAppId
	Account string
	Token   string
	Device  string // tells the account's devices apart; survives a reload
	Life    string // one loading of the page; no two sessions may share it

	// TellSilent has a fresh start tell also those pending invitations that the
	// relay leaves to the inbox, for pages that read none.
	TellSilent bool

	Timeout   Millis // for a command's answer, 8,000; at most 45,000, since relays forget answers
	Heartbeat Millis // of silence, then a sign of life is asked for, 10,000
	Silence   Millis // without hearing anything, then the link is lost, 25,000
	Answer    Millis // for a sign of life when it is urgent, 4,000
	Dial      Millis // for a link to open, and again for the welcome, 10,000

	MinDelay   Millis // before the first retry, doubling with each, 500 ...
	MaxDelay   Millis // ... up to 8,000
	MaxRetries int    // in a row without a lasting link; 0: for ever

	// Random spreads the retries of many pages: each waits between half of its
	// delay and all of it. Nil: all of it.
	Random func() uint64
}

// A relay remembers answers for a minute. A command must not be sent again, nor
// its answer asked for, when that may be over.
const remembered Millis = 45_000

func (c Config) withDefaults() Config {
	or := func(d *Millis, otherwise Millis) {
		if *d <= 0 {
			*d = otherwise
		}
	}
	or(&c.Timeout, 8_000)
	or(&c.Heartbeat, 10_000)
	or(&c.Silence, 25_000)
	or(&c.Answer, 4_000)
	or(&c.Dial, 10_000)
	or(&c.MinDelay, 500)
	or(&c.MaxDelay, 8_000)
	c.Timeout = min(c.Timeout, remembered)
	c.MaxDelay = max(c.MaxDelay, c.MinDelay)
	return c
}
