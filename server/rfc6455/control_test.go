//go:build !js

package rfc6455_test

import (
	"fmt"
	"strings"
	"testing"

	"beckon/server/rfc6455/peer"
)

func TestPingsAndPongs(t *testing.T) {
	var all []conversation
	for name, payload := range map[string]string{
		"nothing": "", "text": "Hello, world!", "bytes that are no text": "\x00\xff\xfe\xfd\xfc\xfb\x00\xff", "125 bytes": strings.Repeat("\xfe", 125),
	} {
		all = append(all, conversation{name: "2.1 ping with " + name, talk: func(d *talk) {
			d.sends(ping(payload))
			d.pongs(payload)
			d.lives()
		}}, conversation{name: "2.7 pong that nobody asked for, with " + name, talk: func(d *talk) {
			d.sends(pong(payload), ping("then"))
			d.pongs("then")
			d.lives()
		}})
	}
	hold(t, append(all, []conversation{
		{name: "2.5 ping with 126 bytes", talk: func(d *talk) {
			d.sends(ping(strings.Repeat("\xfe", 126)))
			d.closes(1002)
		}},
		{name: "2.5 pong with 126 bytes", talk: func(d *talk) {
			d.sends(pong(strings.Repeat("\xfe", 126)))
			d.closes(1002)
		}},
		{name: "2.5 ping with 65536 bytes", talk: func(d *talk) {
			d.sends(ping(strings.Repeat("x", 1<<16)))
			d.closes(1002)
		}},
		{name: "2.10 ten pings", talk: func(d *talk) {
			for i := range 10 {
				d.sends(ping(fmt.Sprint("payload-", i)))
			}
			for i := range 10 {
				d.pongs(fmt.Sprint("payload-", i))
			}
			d.lives()
		}},
	}...))
}

func TestFragments(t *testing.T) {
	const said = "fragment1fragment2"
	var all []conversation
	for _, size := range []int{1, 7, 64, 1000, 4096, 1 << 14} { // 10: messages that intermediaries cut
		all = append(all, conversation{name: fmt.Sprintf("10 fragments of %d bytes", size), talk: func(d *talk) {
			long := strings.Repeat("*", min(100*size, 1<<17))
			var cuts []int
			for at := size; at < len(long); at += size {
				cuts = append(cuts, at)
			}
			d.sends(d.parts(long, cuts...)...)
			d.hears(long)
			d.lives()
		}})
	}
	hold(t, append(all, []conversation{
		{name: "5.1 ping in fragments", talk: func(d *talk) {
			d.sends(peer.Frame(peer.Ping, []byte("frag")), peer.Frame(peer.Fin, []byte("ment")))
			d.closes(1002)
		}},
		{name: "5.2 pong in fragments", talk: func(d *talk) {
			d.sends(peer.Frame(peer.Pong, []byte("frag")), peer.Frame(peer.Fin, []byte("ment")))
			d.closes(1002)
		}},
		{name: "7 close in fragments", talk: func(d *talk) {
			d.sends(peer.Frame(peer.Close, peer.CloseWith(1000, "")), peer.Frame(peer.Fin, nil))
			d.closes(1002)
		}},
		{name: "5.3 text in two", talk: func(d *talk) {
			d.sends(d.parts(said, 9)...)
			d.hears(said)
			d.lives()
		}},
		{name: "5.6 ping between two fragments", talk: func(d *talk) {
			p := d.parts(said, 9)
			d.sends(p[0], ping("amid"), p[1])
			d.pongs("amid")
			d.hears(said)
			d.lives()
		}},
		{name: "5.8 ping between two fragments is answered before the second", talk: func(d *talk) {
			p := d.parts(said, 9)
			d.sends(p[0], ping("amid"))
			d.pongs("amid")
			d.sends(p[1])
			d.hears(said)
			d.lives()
		}},
		{name: "5.9 continuation of nothing", talk: func(d *talk) {
			d.sends(peer.Frame(peer.Fin, []byte("non-continuation")), d.text("behind"))
			d.closes(1002)
		}},
		{name: "5.12 continuation of nothing, to be continued", talk: func(d *talk) {
			d.sends(peer.Frame(peer.Continuation, []byte("non-continuation")), d.text("behind"))
			d.closes(1002)
		}},
		{name: "5.15 continuation of what is complete", talk: func(d *talk) {
			d.sends(d.parts(said, 9)...)
			d.sends(peer.Frame(peer.Continuation, []byte("more")), d.text("behind"))
			d.heardBefore(said)
			d.closes(1002)
		}},
		{name: "5.18 text amid text", talk: func(d *talk) {
			d.sends(d.parts(said, 9)[0], d.text("other"))
			d.closes(1002)
		}},
		{name: "5.18 binary amid text", talk: func(d *talk) {
			d.sends(d.parts(said, 9)[0], peer.Frame(peer.Fin|peer.Binary, []byte("other")))
			d.closes(1002)
		}},
		{name: "5.19 many fragments and pings", talk: func(d *talk) {
			p := d.parts(said, 3, 6, 9, 12)
			d.sends(p[0], p[1], ping("first"))
			d.pongs("first")
			d.sends(p[2], p[3], ping("second"), p[4])
			d.pongs("second")
			d.hears(said)
			d.lives()
		}},
		{name: "6.1 fragments that are empty", talk: func(d *talk) {
			none := peer.Frame(peer.Continuation, nil)
			p := d.parts(said, 9)
			d.sends(peer.Frame(peer.Text, nil), none, append([]byte{p[0][0] &^ peer.Text}, p[0][1:]...), none, none, p[1])
			d.hears(said)
			d.lives()
		}},
		{name: "6.1 text of three fragments without any byte", echoOnly: true, talk: func(d *talk) {
			none := peer.Frame(peer.Continuation, nil)
			d.sends(peer.Frame(peer.Text, nil), none, peer.Frame(peer.Fin, nil))
			d.hears("")
			d.lives()
		}},
		{name: "binary in three fragments", echoOnly: true, talk: func(d *talk) {
			d.sends(peer.Frame(peer.Binary, []byte{0xff}), peer.Frame(0, []byte{0xfe}), peer.Frame(peer.Fin, []byte{0}))
			d.hearsBinary([]byte{0xff, 0xfe, 0})
			d.lives()
		}},
	}...))
}
