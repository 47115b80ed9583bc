package load

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"beckon/core/wire"
	"beckon/server/bench/machine"
)

// Crowd is what it costs to tell very many devices something.
type Crowd struct {
	Devices int     `json:"devices"`
	First   float64 `json:"first"` // µs from asking until one of them has been told, median
	Last    float64 `json:"last"`  // µs until all of them have been, median
	P99     float64 `json:"p99"`   // µs until all of them have been
	CPU     float64 `json:"cpu"`   // µs of the server's processor time for each time
}

// Devices has one account with so many devices be called, so many times: all of
// them ring, and all of them hear that the call was cancelled.
func Devices(ctx context.Context, addr string, pid, devices, times int) (*Crowd, error) {
	c, err := gather(ctx, addr, devices, func(int) string { return "everywhere" })
	if err != nil {
		return nil, err
	}
	defer c.close()
	return c.measure(pid, times, func(k int) error {
		id := fmt.Sprint("r", k)
		return c.ask(func() wire.Order {
			return &wire.CallEx{Type: 2, RequestID: id, Invitee: "everywhere", Attach: attach}
		})
	}, "invited", func() error {
		if err := c.ask(func() wire.Order { return &wire.Close{Channel: c.channel} }); err != nil {
			return err
		}
		_, err := c.heard("ended")
		return err
	})
}

// Members has one channel with so many members be told something by one of them,
// so many times.
func Members(ctx context.Context, addr string, pid, members, times int) (*Crowd, error) {
	c, err := gather(ctx, addr, members-1, func(k int) string { return fmt.Sprint("member", k) })
	if err != nil {
		return nil, err
	}
	defer c.close()
	if err := c.ask(func() wire.Order { return &wire.CreateAndJoin{Type: 2, Name: "crowd"} }); err != nil {
		return nil, err
	}
	for _, d := range c.crowd {
		d.n++
		if err := d.send(wire.NewCommand(d.n, &wire.Join{Channel: c.channel})); err != nil {
			return nil, err
		}
		if err := <-d.replies; err != nil {
			return nil, err
		}
	}
	return c.measure(pid, times, func(int) error {
		return c.ask(func() wire.Order { return &wire.Control{Channel: c.channel, Attach: attach} })
	}, "control", func() error { return nil })
}

// crowd is devices that listen, and one that has something to say.
type crowd struct {
	speaker *listener
	crowd   []*listener
	channel string
}

// listener is a device that says when it has heard what.
type listener struct {
	*device
	replies chan error
	notices chan notice
}

type notice struct {
	name string
	when time.Time
	err  error
}

func gather(ctx context.Context, addr string, n int, account func(k int) string) (*crowd, error) {
	c := &crowd{}
	for k := range n + 1 {
		name := "speaker"
		if k > 0 {
			name = account(k)
		}
		s, err := dial(ctx, addr)
		if err != nil {
			return nil, errors.Join(err, c.close())
		}
		s.in = bufio.NewReaderSize(s.conn, 64<<10) // replies show all members; nothing has been read yet
		l := &listener{device: &device{socket: s, account: name}, replies: make(chan error, 1), notices: make(chan notice, 4096)}
		if err := l.helloAs(fmt.Sprintf("%016x", k)); err != nil {
			s.conn.Close()
			return nil, errors.Join(err, c.close())
		}
		if k == 0 {
			c.speaker = l
		} else {
			c.crowd = append(c.crowd, l)
		}
		go l.listen(func(id string) { c.channel = id }, k == 0)
	}
	return c, nil
}

func (c *crowd) close() error {
	for _, l := range append(c.crowd, c.speaker) {
		if l != nil {
			l.conn.Close()
		}
	}
	return nil
}

// listen reads until the link ends. Of the speaker's replies it keeps the channel.
func (l *listener) listen(keep func(channel string), speaks bool) {
	for {
		text, err := l.next()
		if err != nil {
			l.notices <- notice{err: err}
			l.replies <- err
			return
		}
		when := time.Now()
		f, err := wire.Decode(wire.ToPage, text)
		switch f := f.(type) {
		case *wire.Reply:
			if f.OK == nil {
				l.replies <- fmt.Errorf("load: %s got %s", l.account, text)
				continue
			}
			if speaks && f.OK.Channel != nil {
				keep(f.OK.Channel.ID)
			}
			l.replies <- nil
		case *wire.Notice:
			l.notices <- notice{name: f.Name, when: when}
		default:
			l.notices <- notice{err: fmt.Errorf("load: %s got %s (%v)", l.account, text, err)}
		}
	}
}

func (c *crowd) ask(order func() wire.Order) error {
	l := c.speaker
	l.n++
	if err := l.send(wire.NewCommand(l.n, order())); err != nil {
		return err
	}
	return <-l.replies
}

// heard waits until all have been told it, and says when each was.
func (c *crowd) heard(name string) ([]time.Time, error) {
	late := time.NewTimer(dialTime)
	defer late.Stop()
	var when []time.Time
	for _, l := range c.crowd {
		for {
			var n notice
			select {
			case n = <-l.notices:
			case <-late.C:
				return nil, fmt.Errorf("load: %s is not told %s", l.account, name)
			}
			if n.err != nil {
				return nil, n.err
			}
			if strings.HasPrefix(n.name, name) {
				when = append(when, n.when)
				break
			}
		}
	}
	slices.SortFunc(when, time.Time.Compare)
	return when, nil
}

func (c *crowd) measure(pid, times int, say func(k int) error, name string, after func() error) (*Crowd, error) {
	before, err := machine.CPU(pid)
	if err != nil {
		return nil, err
	}
	var first, last []float64
	for k := range times {
		began := time.Now()
		if err := say(k); err != nil {
			return nil, err
		}
		when, err := c.heard(name)
		if err != nil {
			return nil, err
		}
		first = append(first, float64(when[0].Sub(began).Nanoseconds())/1e3)
		last = append(last, float64(when[len(when)-1].Sub(began).Nanoseconds())/1e3)
		if err := after(); err != nil {
			return nil, err
		}
	}
	used, err := machine.CPU(pid)
	slices.Sort(first)
	slices.Sort(last)
	return &Crowd{Devices: len(c.crowd), First: first[times/2], Last: last[times/2], P99: last[times*99/100],
		CPU: float64((used - before).Microseconds()) / float64(times)}, err
}
