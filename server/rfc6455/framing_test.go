//go:build !js

package rfc6455_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"beckon/server/rfc6455/peer"
)

// lengths are those at which the head of a frame changes its form.
var lengths = []int{0, 1, 124, 125, 126, 127, 128, 1<<16 - 1, 1 << 16, 1<<16 + 1, limit}

func TestFraming(t *testing.T) {
	var all []conversation
	for _, n := range lengths {
		all = append(all, conversation{name: fmt.Sprintf("1.1 text of %d bytes", n), echoOnly: n < 27, talk: func(d *talk) {
			said := strings.Repeat("*", n-d.padding)
			d.sends(d.text(said))
			d.hears(said)
			d.lives()
		}}, conversation{name: fmt.Sprintf("1.2 binary of %d bytes", n), talk: func(d *talk) {
			data := bytes.Repeat([]byte{0xfe, 0, 0xff}, n/3+1)[:n]
			d.sends(peer.Frame(peer.Fin|peer.Binary, data))
			if d.binary {
				d.hearsBinary(data)
				d.lives()
				return
			}
			d.closes(1003)
		}})
	}
	for name, mask := range map[string][4]byte{"no bits": {}, "all bits": {255, 255, 255, 255}, "one byte": {0, 0, 7, 0}} {
		all = append(all, conversation{name: "a mask of " + name, talk: func(d *talk) {
			d.sends(peer.FrameWith(mask, peer.Fin|peer.Ping, []byte("masked")), peer.FrameWith(mask, peer.Fin|peer.Text, []byte(d.say("too"))))
			d.pongs("masked")
			d.hears("too")
			d.lives()
		}})
	}
	hold(t, append(all, []conversation{
		{name: "9 messages of many sizes, one behind the other", talk: func(d *talk) {
			for n := 1; n <= 1<<14; n *= 2 {
				d.sends(d.text(strings.Repeat("x", n)))
			}
			for n := 1; n <= 1<<14; n *= 2 {
				d.hears(strings.Repeat("x", n))
			}
			d.lives()
		}},
		// The RFC wants senders to write lengths in as few bytes as they can, and
		// does not say what becomes of those who do not.
		{name: "a length in more bytes than it needs", talk: func(d *talk) {
			message := d.say("long head")
			d.sends(append(peer.Head(peer.Fin|peer.Text, uint64(len(message))), message...))
			d.hears("long head")
			d.lives()
		}},
		{name: "a message over the limit", talk: func(d *talk) {
			d.sends(d.text(strings.Repeat("x", limit+1-d.padding)))
			d.closes(1009)
		}},
		{name: "a message far over the limit", talk: func(d *talk) {
			d.sends(d.text(strings.Repeat("x", 4*limit)))
			d.closes(1009)
		}},
		{name: "fragments that are over the limit together", talk: func(d *talk) {
			d.sends(peer.Frame(peer.Text, nil), bytes.Repeat(peer.Frame(peer.Continuation, make([]byte, 1000)), limit/1000+1))
			d.closes(1009)
		}},
		{name: "a length of 2^62 bytes", talk: func(d *talk) {
			d.sends(peer.Head(peer.Fin|peer.Text, 1<<62), make([]byte, limit+1))
			d.closesDeaf(1009)
		}},
		{name: "a length of 2^63 bytes, which no frame has", talk: func(d *talk) {
			d.sends(peer.Head(peer.Fin|peer.Text, 1<<63))
			d.closes(1002)
		}},
	}...))
}

func TestMasksAreRequired(t *testing.T) {
	var all []conversation
	for name, head := range map[string]byte{"text": peer.Text, "binary": peer.Binary, "ping": peer.Ping, "pong": peer.Pong, "close": peer.Close} {
		all = append(all, conversation{name: name, talk: func(d *talk) {
			d.sends(peer.Bare(peer.Fin|head, nil))
			d.closes(1002)
		}})
	}
	hold(t, append(all, conversation{name: "continuation", talk: func(d *talk) {
		d.sends(peer.Frame(peer.Text, []byte(d.say("x"))), peer.Bare(peer.Fin|peer.Continuation, nil))
		d.closes(1002)
	}}))
}

func TestReservedBitsAndOpcodes(t *testing.T) {
	var all []conversation
	fails := func(name string, head byte, payload string) {
		all = append(all, conversation{name: name, talk: func(d *talk) {
			d.sends(d.text("before"), peer.Frame(head, []byte(payload)), ping("behind"))
			d.heardBefore("before")
			d.closes(1002)
		}})
	}
	for bits := byte(1); bits < 8; bits++ {
		for name, op := range map[string]byte{"text": peer.Text, "binary": peer.Binary, "ping": peer.Ping, "pong": peer.Pong, "close": peer.Close} {
			fails(fmt.Sprintf("3 bits %03b on %s", bits, name), peer.Fin|bits<<4|op, "")
		}
		all = append(all, conversation{name: fmt.Sprintf("3 bits %03b on a continuation", bits), talk: func(d *talk) {
			d.sends(peer.Frame(peer.Text, []byte(d.say("x"))), peer.Frame(peer.Fin|bits<<4, nil))
			d.closes(1002)
		}})
	}
	for _, op := range []byte{3, 4, 5, 6, 7, 11, 12, 13, 14, 15} {
		fails(fmt.Sprintf("4 opcode %d", op), peer.Fin|op, "")
		fails(fmt.Sprintf("4 opcode %d with a payload", op), peer.Fin|op, "reserved payload")
		fails(fmt.Sprintf("4 opcode %d as a fragment", op), op, "")
	}
	hold(t, all)
}
