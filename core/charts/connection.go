package main

import (
	"beckon/core/session"
	"beckon/core/wire"
)

// connection drives a session, and sees by what it puts out where it is.
type connection struct {
	session *session.Session
	now     session.Millis
	link    session.Link
	phase   string
	tries   int
	path    []input
}

// An input is something that a session hears of.
type input struct {
	what string
	make func(*connection)
}

const retries = 2

func newConnection() *connection {
	return &connection{phase: "off", session: session.New(session.Config{
		App: "dev", Account: "ada", Device: "web", Life: "1", MaxRetries: retries,
	})}
}

// again returns a copy: the same inputs make the same session.
func (c *connection) again() *connection {
	other := newConnection()
	for _, i := range c.path {
		other.take(i)
	}
	return other
}

func (c *connection) take(i input) {
	c.path = append(c.path, i)
	c.now++
	i.make(c)
	c.drain()
}

// drain sees what the session puts out.
func (c *connection) drain() {
	for o := c.session.Next(); o != nil; o = c.session.Next() {
		switch o := o.(type) {
		case session.Dial:
			c.phase, c.link = "dialing", o.Link
		case session.Send:
			if c.phase == "dialing" {
				c.phase = "greeting"
			}
		case session.Connected:
			c.phase, c.tries = "online", 0
		case session.Reconnecting:
			c.phase, c.tries = "waiting", o.Attempt
		case session.Disconnected:
			c.phase, c.tries = "off", 0
		}
	}
}

func (c *connection) hear(f wire.Frame) { c.session.Received(c.now, c.link, wire.Append(nil, f)) }

func (c *connection) close(code wire.CloseCode) { c.session.Closed(c.now, c.link, int(code), "") }

// inputs are all that there are, of each kind of close code and refusal one.
var inputs = []input{
	{"connect", func(c *connection) { c.session.Connect(c.now) }},
	{"disconnect", func(c *connection) { c.session.Disconnect(c.now) }},
	{"the socket opens", func(c *connection) { c.session.Opened(c.now, c.link) }},
	{"welcome", func(c *connection) { c.hear(&wire.Welcome{Journal: "j", Now: 1}) }},
	{"refused", func(c *connection) { c.hear(&wire.Refused{Refusal: wire.Refusal{Code: "unauthorized"}}) }},
	{"refused: busy", func(c *connection) { c.hear(&wire.Refused{Refusal: wire.Refusal{Code: "busy", After: 60_000}}) }},
	{nonsense, func(c *connection) { c.session.Received(c.now, c.link, []byte("no frame")) }},
	{"closed: come back now", func(c *connection) { c.close(wire.CloseRestarting) }},
	{"closed: come back later", func(c *connection) { c.close(wire.CloseBusy) }},
	{"closed: never come back", func(c *connection) { c.close(wire.CloseKicked) }},
	{"the link breaks", func(c *connection) { c.close(1006) }},
	{"the page is visible again", func(c *connection) { c.session.Check(c.now) }},
	{"silence", (*connection).wait},
}

const nonsense = "what makes no sense"

// wait hears nothing until something comes of it. A link that lives is asked for
// a sign of it first.
func (c *connection) wait() {
	for before := c.phase; c.phase == before; c.drain() {
		at, waits := c.session.Wake()
		if !waits {
			return
		}
		c.now = max(c.now, at)
		c.session.Tick(c.now)
	}
}

// A change is one input of a session.
type change struct {
	from, to, what string
	gaveUp         bool
}

// exploreSession gives every input in every state that can be reached by them.
func exploreSession() (seen []change) {
	type place struct {
		phase string
		tries int
	}
	been := map[place]bool{{phase: "off"}: true}
	for queue := []*connection{newConnection()}; len(queue) > 0; queue = queue[1:] {
		from := place{queue[0].phase, queue[0].tries}
		for _, i := range inputs {
			c := queue[0].again()
			c.take(i)
			seen = append(seen, change{from.phase, c.phase, i.what, from.tries == retries && c.phase == "off"})
			if to := (place{c.phase, c.tries}); !been[to] {
				been[to] = true
				queue = append(queue, c)
			}
		}
	}
	return seen
}

func sessionChart(seen []change) *chart {
	c := &chart{name: "connection", title: "The connection of a page", height: 510,
		about: "A page that is told to come back now dials at once, and then waits longer each time, up to 8 s. What is in flight is asked " +
			"again under its id once it is online.",
		states: []state{
			{"off", "until connect", 100, 250, outside},
			{"dialing", "for a socket", 340, 50, passing},
			{"greeting", "for a welcome", 610, 150, passing},
			{"online", "calls are taken", 610, 360, passing},
			{"waiting", "for the next try", 340, 460, passing},
		}}
	for _, s := range seen {
		if s.from == s.to {
			continue
		}
		what := s.what
		switch {
		case s.gaveUp && what != "disconnect" && what != "refused" && what != "closed: never come back":
			what = "too many tries" // only if their number is limited
		case what == "silence" && s.from == "waiting":
			what = "the wait is over"
		case s.from == "online" && (what == "welcome" || what == "refused" || what == "refused: busy"):
			what = nonsense
		}
		c.add(s.from, s.to, "", what)
	}
	return c.settle()
}
