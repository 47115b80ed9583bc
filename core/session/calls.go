package session

import (
	"slices"

	"beckon/core/wire"
)

// calls are the commands whose end is not known, oldest first. One that failed
// for the application stays until the relay has told what became of it, since
// the view depends on that.
type calls struct {
	last uint64 // number of the latest command
	list []*call
}

type call struct {
	n     uint64
	order wire.Order
	due   Millis // fails then
	over  bool   // the application has been told an end
	sent  Millis // the first time; meaningless while link is 0, as is relay
	relay int64  // the relay's time then, or 0 if it was not known
	link  Link   // over which it was sent last, or 0
}

// settle takes a command off the list; nil if it is not there.
func (c *calls) settle(n uint64) *call {
	for i, x := range c.list {
		if x.n == n {
			c.remove(i)
			return x
		}
	}
	return nil
}

func (c *calls) remove(i int) {
	copy(c.list[i:], c.list[i+1:])
	c.list[len(c.list)-1] = nil
	c.list = c.list[:len(c.list)-1]
}

// due is when the next command fails.
func (c *calls) due() Millis {
	for _, x := range c.list {
		if !x.over {
			return x.due
		}
	}
	return never
}

// expire ends the commands whose time is up for the application, and returns
// their numbers. Those that were never sent are forgotten.
func (c *calls) expire(now Millis) []uint64 {
	var failed []uint64
	for i := 0; i < len(c.list); {
		x := c.list[i]
		if !x.over && x.due <= now {
			x.over = true
			failed = append(failed, x.n)
		}
		if x.over && x.link == 0 {
			c.remove(i)
			continue
		}
		i++
	}
	return failed
}

// unknown lists the commands of which the relay may know the end.
func (c *calls) unknown() []uint64 {
	var list []uint64
	for _, x := range c.list {
		if x.link != 0 {
			list = append(list, x.n)
		}
	}
	return list
}

// forgettable says whether the relay may have forgotten the answer to one of them.
func (c *calls) forgettable(now Millis) bool {
	for _, x := range c.list {
		if x.link != 0 && now-x.sent > remembered {
			return true
		}
	}
	return false
}

// forget takes those commands off the list whose answers a relay may have
// forgotten by its own time, which can be far ahead of what has passed here, and
// returns them. Those that it has answers to are not among them.
func (c *calls) forget(relayNow int64, answers []wire.Reply) (lost []*call) {
	c.list = slices.DeleteFunc(c.list, func(x *call) bool {
		known := slices.ContainsFunc(answers, func(a wire.Reply) bool { return a.N == x.n })
		if known || x.link == 0 || x.relay == 0 || relayNow-x.relay <= int64(remembered) {
			return false
		}
		lost = append(lost, x)
		return true
	})
	return lost
}

// welcomed sorts the commands on a new link: what has an answer is not sent
// again, and what has none and failed already has not been carried out.
func (c *calls) welcomed(link Link, answers []wire.Reply) {
	for _, a := range answers {
		for _, x := range c.list {
			if x.n == a.N {
				x.link = link
			}
		}
	}
	for i := 0; i < len(c.list); {
		if x := c.list[i]; x.over && x.link != link {
			c.remove(i)
			continue
		}
		i++
	}
}
