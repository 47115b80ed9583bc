package main

import (
	"encoding/base64"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"strings"
	"time"

	"beckon/core/wire"
	"beckon/server/rfc6455/peer"
)

func slowHeaders(f *force) {
	f.hold(800, time.Second, func() (net.Conn, error) {
		conn, err := peer.Connect(f.ctx, f.Addr, f.options())
		if err == nil {
			_, err = io.WriteString(conn, "GET /ws HTTP/1.1\r\nHost: relay\r\n")
		}
		return conn, err
	}, func(conn net.Conn) error {
		if gone(conn) {
			return net.ErrClosed
		}
		_, err := io.WriteString(conn, "X-More: to come\r\n")
		return err
	})
}

// gone says whether the relay has ended a connection on which nothing else was to
// come.
func gone(conn net.Conn) bool {
	conn.SetReadDeadline(time.Now().Add(time.Millisecond))
	_, err := conn.Read(make([]byte, 512))
	late, ok := err.(net.Error)
	return err != nil && (!ok || !late.Timeout())
}

func slowHello(f *force) {
	f.hold(800, time.Second, func() (net.Conn, error) {
		p, err := peer.Dial(f.ctx, f.Addr, f.options())
		if err != nil {
			return nil, err
		}
		return p.Conn, p.Write(peer.Head(peer.Fin|peer.Text, 1000))
	}, func(conn net.Conn) error {
		if gone(conn) {
			return net.ErrClosed
		}
		_, err := conn.Write([]byte(" "))
		return err
	})
}

// noReading has each account make what there is to tell much of, and then ask for
// it without hearing the answer.
func noReading(f *force) {
	const accounts, links, perLink, channels = 16, 2, 20, 20
	for i := range max(1, int(accounts*f.Scale)) {
		c := f.Accounts[i]
		f.running.Go(func() {
			p, err := f.member(c)
			if err != nil {
				return
			}
			for n := range uint64(channels) {
				p.Write(command(n+1, &wire.CreateAndJoin{Type: 1, Name: fmt.Sprintf("%s-%d", c.Account, n), Ext: strings.Repeat("x", 4096)}))
			}
			p.Write(peer.Frame(peer.Fin|peer.Close, nil))
			io.Copy(io.Discard, p.Conn)
			p.Conn.Close()
			for range links {
				f.running.Go(func() { f.askWithoutReading(c, perLink) })
			}
		})
	}
}

func (f *force) askWithoutReading(c credential, perSecond int) {
	for f.ctx.Err() == nil {
		p, err := f.deaf(c)
		for n := uint64(1); err == nil && f.ctx.Err() == nil; n++ {
			err = p.Write(command(n, &wire.Channels{}))
			f.count("asked")
			f.rest(time.Second / time.Duration(perSecond))
		}
		if p != nil {
			p.Conn.Close()
			f.count("cut off")
		}
		f.rest(100 * time.Millisecond)
	}
}

// deaf is a member with as little room for what it is told as there can be.
func (f *force) deaf(c credential) (*peer.Peer, error) {
	p, err := f.member(c)
	if err == nil {
		p.Conn.(*net.TCPConn).SetReadBuffer(4 << 10)
	}
	return p, err
}

func flood(f *force) {
	f.often(1000, 64, func(n int) {
		conn, err := peer.Connect(f.ctx, f.Addr, f.options())
		if err != nil {
			f.failed(err)
			return
		}
		f.count("opened")
		conn.(*net.TCPConn).SetLinger(0) // a reset, so that the attacker does not run out of ports
		if n%4 < 3 {
			conn.Write(peer.Request("relay", peer.Options{Path: "/ws"}))
		}
		if n%2 == 0 {
			conn.Read(make([]byte, 512))
		}
		conn.Close()
	})
	const one = "127.0.0.9"
	f.hold(2200, 5*time.Second, func() (net.Conn, error) {
		o := f.options()
		o.From = one
		p, err := peer.Dial(f.ctx, f.Addr, o)
		if err != nil {
			return nil, err
		}
		return p.Conn, nil
	}, func(conn net.Conn) error {
		if gone(conn) {
			return net.ErrClosed
		}
		return nil
	})
}

func pings(f *force) {
	const links, rate, batch = 20, 20_000, 50
	beat := textFrame(&wire.Heartbeat{})
	var frames []byte
	for range batch / 2 {
		frames = append(append(frames, peer.Frame(peer.Fin|peer.Ping, make([]byte, 125))...), beat...)
	}
	each := time.Second * batch * links / rate
	n := 0
	f.hold(links, each, func() (net.Conn, error) {
		f.mu.Lock()
		n++
		c := f.Accounts[n%len(f.Accounts)]
		f.mu.Unlock()
		p, err := f.member(c)
		if err != nil {
			return nil, err
		}
		go io.Copy(io.Discard, p.Conn)
		return p.Conn, nil
	}, func(conn net.Conn) error {
		_, err := conn.Write(frames)
		f.count("batches of 50")
		return err
	})
}

func garbage(f *force) {
	bad := [][]byte{
		peer.Frame(peer.Fin|peer.Text, []byte("{")),
		peer.Frame(peer.Fin|peer.Text, []byte("\xff\xfe")),
		peer.Frame(peer.Fin|peer.Text, []byte(`{"type":"dance"}`)),
		peer.Frame(peer.Fin|peer.Text, []byte(strings.Repeat("[", 100_000))),
		peer.Frame(peer.Fin|peer.Binary, make([]byte, 100)),
		peer.Bare(peer.Fin|peer.Text, []byte("{}")),
	}
	f.often(400, 64, func(n int) {
		switch n % 4 {
		case 0: // not HTTP
			conn, err := peer.Connect(f.ctx, f.Addr, f.options())
			if err != nil {
				f.failed(err)
				return
			}
			conn.Write(noise(1000))
			f.over(conn)
		case 1, 2: // not WebSocket, or no hello
			p, err := peer.Dial(f.ctx, f.Addr, f.options())
			if err != nil {
				f.failed(err)
				return
			}
			if n%4 == 1 {
				p.Write(noise(1000))
			} else {
				p.Write(bad[n/4%len(bad)])
			}
			f.over(p.Conn)
		case 3: // a member gone mad
			p, err := f.member(f.Accounts[n/4%len(f.Accounts)])
			if err != nil {
				return
			}
			p.Write(bad[n/4%len(bad)])
			f.over(p.Conn)
		}
	})
}

func noise(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(rand.Uint32())
	}
	return b
}

// over waits a little for the relay to end a connection, and ends it.
func (f *force) over(conn net.Conn) {
	conn.SetReadDeadline(time.Now().Add(100 * time.Millisecond))
	if _, err := io.Copy(io.Discard, conn); err == nil {
		f.count("cut off")
	}
	conn.(*net.TCPConn).SetLinger(0)
	conn.Close()
}

func stuffing(f *force) {
	f.From = f.From[:2] // each may log in 50 times a second for long
	f.often(800, 64, func(n int) {
		c := f.Accounts[n%len(f.Accounts)]
		p, err := peer.Dial(f.ctx, f.Addr, f.options())
		if err != nil {
			f.failed(err)
			return
		}
		p.Write(textFrame(&wire.Hello{Version: wire.Version, App: c.App, Account: f.Victims[n%len(f.Victims)], Token: f.wrong(n, c), Device: deviceID, Life: "x"}))
		f.count("tried")
		for {
			m, err := p.Read()
			if err != nil || m.Op == peer.Close {
				break
			}
			if strings.HasPrefix(string(m.Payload), `{"type":"welcome"`) {
				f.count(letIn)
			}
		}
		p.Conn.(*net.TCPConn).SetLinger(0)
		p.Conn.Close()
	})
}

// letIn counts what must never be.
const letIn = "LET IN WITH A WRONG TOKEN"

// wrong is one of many tokens that are not good for a victim.
func (f *force) wrong(n int, c credential) string {
	part := strings.Split(c.Token, ".")
	claims := base64.RawURLEncoding.EncodeToString([]byte(`{"sub":"` + f.Victims[n%len(f.Victims)] + `","exp":4000000000}`))
	switch n % 6 {
	case 0:
		return c.Token // of another account
	case 1:
		return part[0] + "." + claims + "." + part[2]
	case 2:
		return base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none","typ":"JWT"}`)) + "." + claims + "."
	case 3:
		return f.Own[0].Token // of another app
	case 4:
		return string(noise(4)) + strings.Repeat("A", 8000)
	}
	return fmt.Sprintf("secret-%d", n)
}
