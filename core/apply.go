package core

import "slices"

// Apply records a fact. It never refuses and looks at nothing but its arguments
// and what was applied before, so replaying a journal gives the same machine.
func (a *App) Apply(at Stamp, e Event) {
	a.now = at.Now
	a.age(at.Now)
	a.store(at, e)
	switch e := e.(type) {
	case Created:
		a.created(e)
	case Joined:
		a.joined(e)
	case Left:
		a.left(e)
	case Closed:
		a.closed(e)
	case Renewed:
		if c := a.channels[e.Channel]; c != nil {
			a.renew(c, e.Expires)
		}
	case Invited:
		a.invited(at, e)
	case Ended:
		a.ended(at, e)
	case Unlisted:
		a.unlisted(at, e)
	case MemberChanged:
		a.memberChanged(e)
	case RoomChanged:
		if c := a.channels[e.Channel]; c != nil {
			c.Title, c.Password = e.Title, e.Password
		}
	case ProfileChanged:
		a.profileChanged(e)
	case MarkedRead:
		a.markedRead(e)
	case Controlled, Messaged: // told, and that is all
	case LinkLost:
		for _, s := range a.seatsOf(e.By) {
			a.lose(s, at.Now)
		}
	case LinkBack:
		for _, s := range a.seatsOf(e.By) {
			s.Lost = 0
			a.timers.stop(s)
		}
	case LinksLost:
		for _, acc := range a.accounts {
			for _, s := range acc.seats {
				a.lose(s, at.Now)
			}
		}
	case Answered:
		a.answered(at, e)
	default:
		panic("core: an event of an unknown kind")
	}
}

func (a *App) created(e Created) {
	if old := a.channels[e.Channel.ID]; old != nil { // its time was up, and the id is a new room's
		a.closed(Closed{Channel: old.ID})
	}
	a.add(&Channel{ChannelInfo: e.Channel})
}

// add makes a channel known by its id and its name, which another one loses.
func (a *App) add(c *Channel) {
	if c.Name == c.ID {
		c.Name = c.ID // one text
	}
	if !c.nameless {
		if old := a.bearer(c.Name); old != nil {
			a.unname(old)
		}
		if c.Name != c.ID {
			a.names[c.Name] = c
		}
	}
	a.channels[c.ID] = c
	creator := a.account(c.Creator)
	creator.created++
	c.Creator = creator.name
	a.timers.set(c, c.Expires)
}

func (a *App) renew(c *Channel, expires Time) {
	c.Expires = expires
	a.timers.set(c, expires)
}

func (a *App) joined(e Joined) {
	c := a.channels[e.Channel]
	if c == nil {
		return
	}
	if s := c.seat(e.Member.Account); s != nil { // the seat moved to another device
		s.Member = e.Member
		a.timers.stop(s)
		return
	}
	a.entered(c, e.Member.Account)
	acc := a.account(e.Member.Account)
	s := &seat{Member: e.Member, channel: c}
	s.Account = acc.name
	c.seats = append(c.seats, s)
	acc.seats = append(acc.seats, s)
}

func (a *App) left(e Left) {
	c := a.channels[e.Channel]
	if c == nil {
		return
	}
	if s := c.seat(e.Account); s != nil {
		c.seats = without(c.seats, s)
		a.stand(s)
	}
	if e.Expires != 0 {
		a.renew(c, e.Expires)
	}
}

// stand takes a seat from its account.
func (a *App) stand(s *seat) {
	a.timers.stop(s)
	acc := a.account(s.Account)
	if acc.seats = without(acc.seats, s); len(acc.seats) == 0 {
		acc.seats = nil
	}
	a.tidy(s.Account)
}

func (a *App) closed(e Closed) {
	c := a.channels[e.Channel]
	if c == nil {
		return
	}
	for _, s := range c.seats {
		a.stand(s)
	}
	for _, i := range c.invitations { // pending ones were ended by the event before
		a.unask(i)
	}
	a.timers.stop(c)
	delete(a.channels, c.ID)
	a.unname(c)
	a.account(c.Creator).created--
	a.tidy(c.Creator)
}

func (a *App) lose(s *seat, now Time) {
	if s.Lost != 0 {
		return
	}
	s.Lost = now
	if a.config.Grace > 0 {
		a.timers.set(s, now+a.config.Grace)
	}
}

func (a *App) answered(at Stamp, e Answered) {
	a.answers.forget(a.Forgotten(at.Now))
	if e.N == 0 {
		return
	}
	a.answers.remember(e.By, e.N, at.Now, a.Outcome(at, e), a.config.AnswersKept)
}

// Forgotten says until when answers are forgotten once one is given at now.
func (a *App) Forgotten(now Time) Time { return now - a.config.AnswersTime }

// Outcome is what an answer says, by the state that it stands in.
func (a *App) Outcome(at Stamp, e Answered) Outcome {
	o := Outcome{Reach: e.Reach, Refused: e.Refused, Position: at.Position, Pending: e.Pending, Inside: e.Inside}
	if c := a.channels[e.Channel]; c != nil {
		o.Channel, o.Count = c.ChannelInfo, len(c.seats)
		if c.Password != "" && !a.Knows(c, e.By.Account, at.Now) {
			o.Channel.Password = ""
		}
		if e.Members {
			o.Members = c.Members()
		}
		if e.List {
			o.List = c.Standing(at.Now)
		}
	}
	return o
}

// without removes x in place, keeping the order.
func without[T comparable](list []T, x T) []T {
	if i := slices.Index(list, x); i >= 0 {
		return slices.Delete(list, i, i+1)
	}
	return list
}
