package main

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"strconv"
	"time"

	"beckon/core/wire"
	"beckon/server/rfc6455/peer"
)

// caller is a member who rings others.
type caller struct {
	*peer.Peer
	n       uint64
	channel string
}

// caller logs in, makes a channel, and reads nothing any more.
func (f *force) caller(c credential) (*caller, error) {
	p, err := f.member(c)
	if err != nil {
		return nil, err
	}
	k := &caller{Peer: p, n: 1}
	err = p.Write(command(1, &wire.Create{Type: 1}))
	for err == nil && k.channel == "" {
		var m peer.Message
		if m, err = p.Read(); err == nil && m.Op == peer.Text {
			decoded, wrong := wire.Decode(wire.ToPage, m.Payload)
			switch r, ok := decoded.(*wire.Reply); {
			case wrong != nil:
				err = wrong
			case ok && r.Error != nil:
				err = fmt.Errorf("no channel: %s", r.Error.Code)
			case ok && r.OK.Channel != nil:
				k.channel = r.OK.Channel.ID
			}
		}
	}
	if err != nil {
		f.count("no channel")
		p.Conn.Close()
		return nil, err
	}
	go io.Copy(io.Discard, p.Conn)
	return k, nil
}

func (k *caller) ring(victim string) error {
	k.n++
	return k.Write(command(k.n, &wire.Invite{Channel: k.channel, RequestID: "spam" + strconv.FormatUint(k.n, 10), Invitee: victim,
		Attach: "buy now", Store: true}))
}

func oneRingsMany(f *force) {
	var k *caller
	f.often(500, 1, func(n int) {
		if k == nil {
			if k, _ = f.caller(f.Accounts[0]); k == nil {
				f.rest(time.Second)
				return
			}
		}
		if k.ring(f.Victims[n%len(f.Victims)]) != nil {
			f.count("cut off")
			k.Conn.Close()
			k = nil
			return
		}
		f.count("rang")
	})
}

func manyRingOne(f *force) {
	const rate = 1000
	for _, c := range f.Accounts {
		var k *caller
		f.often(rate/accounts, 1, func(int) {
			if k == nil {
				if k, _ = f.caller(c); k == nil {
					return
				}
			}
			if k.ring(f.Quiet) != nil {
				f.count("cut off")
				k.Conn.Close()
				k = nil
				return
			}
			f.count("rang")
		})
	}
}

func giants(f *force) {
	f.largest()
	f.often(50, 16, func(n int) { // over the limit
		f.throw(n, peer.Frame(peer.Fin|peer.Text, make([]byte, 1<<20)))
	})
	f.often(50, 16, func(n int) { // would unpack to 1 GiB, if compression were on
		f.throw(n, peer.Frame(peer.Fin|peer.RSV1|peer.Text, bytes.Repeat([]byte{0xec, 0xc1, 0x01, 0x01}, 16<<10)))
	})
	const links, rate, batch = 4, 100_000, 1000
	one := peer.Frame(peer.Continuation, []byte(" "))
	fragments := bytes.Repeat(one, batch)
	f.hold(links, time.Second*batch*links/rate, func() (net.Conn, error) {
		p, err := f.member(f.Accounts[10])
		if err != nil {
			return nil, err
		}
		return p.Conn, p.Write(peer.Frame(peer.Text, []byte(" ")))
	}, func(conn net.Conn) error {
		_, err := conn.Write(fragments)
		return err
	})
}

// largest are members who send frames as large as can be, in which there is
// nothing wrong.
func (f *force) largest() {
	const links, rate = 4, 200
	n := 0
	head := `{"type":"command","n":%d,"name":"channels","fields":{},"more":"`
	padding := bytes.Repeat([]byte("x"), wire.MaxFrame-len(head)-20)
	f.hold(links, time.Second*links/rate, func() (net.Conn, error) {
		p, err := f.member(f.Accounts[11])
		if err == nil {
			go io.Copy(io.Discard, p.Conn)
			return p.Conn, nil
		}
		return nil, err
	}, func(conn net.Conn) error {
		f.mu.Lock()
		n++
		frame := fmt.Appendf(nil, head, n)
		f.mu.Unlock()
		frame = append(append(frame, padding...), `"}`...)
		_, err := conn.Write(peer.Frame(peer.Fin|peer.Text, frame))
		f.count("largest")
		return err
	})
}

// throw sends a frame that the relay does not take.
func (f *force) throw(n int, frame []byte) {
	p, err := f.member(f.Accounts[20+n%50])
	if err != nil {
		return
	}
	p.Write(frame)
	f.count("thrown")
	f.over(p.Conn)
}
