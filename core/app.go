package core

import "slices"

// An App is a tenant's channels, memberships and invitations: the machine. It
// does no I/O and knows no clock; one goroutine at a time may use it.
type App struct {
	config   Config
	channels map[string]*Channel // by id
	names    map[string]*Channel // by name, but for those whose name is their id
	accounts map[string]*account
	answers  answers
	timers   timers
	shelves  timers // of inboxes: when the oldest notice gets too old
	now      Time   // of the latest event
	dropped  uint64 // notices that an inbox had no room for
	aged     uint64 // notices that were too old
	rings    int    // pending invitations of all channels
	kept     int    // of all inboxes
	looked   int    // invitations that were looked at one by one; for the tests of growth
}

// account is what concerns one account, while anything does.
type account struct {
	name    string        // the text that all who name the account share
	seats   []*seat       // in the order in which they were taken
	pending []*Invitation // to be answered, oldest first; at most [Config.Asked]
	shelf   *shelf        // nil: nothing is on it
	created int32         // live channels
	ringing int32         // pending invitations that the account has made
}

// New returns a machine in which nothing has happened yet.
func New(config Config) *App {
	return &App{
		config:   config.withDefaults(),
		channels: map[string]*Channel{},
		names:    map[string]*Channel{},
		accounts: map[string]*account{},
	}
}

// Env is what the world knows when a command is handled. What was decided on it
// is written into the events, so replaying them needs no Env.
type Env struct {
	Now    Time
	Random [16]byte                  // fresh for every command: ids and uids are made of it
	Online func(account string) bool // whether a device of the account is linked
}

// Channel returns a live channel, or nil. Read it before the next Apply.
func (a *App) Channel(id string) *Channel { return a.channels[id] }

// Named returns the live channel of that name, or nil. Read it before the next
// Apply.
func (a *App) Named(name string, now Time) *Channel { return a.named(name, now) }

// Channels lists the live channels, by id.
func (a *App) Channels() []*Channel {
	list := make([]*Channel, 0, len(a.channels))
	for _, c := range a.channels {
		list = append(list, c)
	}
	slices.SortFunc(list, func(x, y *Channel) int {
		if x.ID < y.ID {
			return -1
		}
		return 1
	})
	return list
}

// Joined lists the channels that an account is in, in the order of joining.
func (a *App) Joined(account string) []*Channel {
	var list []*Channel
	if acc := a.accounts[account]; acc != nil {
		for _, s := range acc.seats {
			list = append(list, s.channel)
		}
	}
	return list
}

// Asked lists the invitations that an account has yet to answer, oldest first.
func (a *App) Asked(account string) []*Invitation {
	if acc := a.accounts[account]; acc != nil {
		return slices.Clone(acc.pending)
	}
	return nil
}

// Profile is what an account shows of itself; zero if it shows nothing.
func (a *App) Profile(account string) Profile {
	if acc := a.accounts[account]; acc != nil {
		return acc.profile()
	}
	return Profile{}
}

// Answer returns what the command with that id answered, if it is remembered.
func (a *App) Answer(by Actor, n uint64) (Outcome, bool) { return a.answers.find(by, n) }

// Now is when the latest event happened.
func (a *App) Now() Time { return a.now }

// shared returns the text of an account's name that others hold, too.
func (a *App) shared(name string) string {
	if acc := a.accounts[name]; acc != nil {
		return acc.name
	}
	return name
}

func (a *App) account(name string) *account {
	acc := a.accounts[name]
	if acc == nil {
		acc = &account{name: name}
		a.accounts[name] = acc
	}
	return acc
}

// tidy forgets an account that nothing concerns any more.
func (a *App) tidy(name string) {
	if acc := a.accounts[name]; acc != nil && acc.created == 0 && acc.ringing == 0 && len(acc.seats) == 0 && len(acc.pending) == 0 &&
		acc.shelf == nil {
		delete(a.accounts, name)
	}
}

// live returns the channel that a decision at now may use, or nil.
func (a *App) live(id string, now Time) *Channel {
	if c := a.channels[id]; c != nil && !c.expired(now) {
		return c
	}
	return nil
}

// named is live, by the channel's name.
func (a *App) named(name string, now Time) *Channel {
	if c := a.bearer(name); c != nil && !c.expired(now) {
		return c
	}
	return nil
}

// bearer returns the channel that has the name, though its time may be up, or nil.
func (a *App) bearer(name string) *Channel {
	if c := a.names[name]; c != nil {
		return c
	}
	if c := a.channels[name]; c != nil && c.Name == name && !c.nameless {
		return c
	}
	return nil
}

// unname takes a channel's name from it.
func (a *App) unname(c *Channel) {
	if !c.nameless && c.Name != c.ID {
		delete(a.names, c.Name)
	}
	c.nameless = true
}
