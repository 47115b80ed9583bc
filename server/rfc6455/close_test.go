//go:build !js

package rfc6455_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/server/rfc6455/peer"
)

// answers wants a close that says the same as the peer's.
func (d *talk) answers(code uint16, reason string) {
	d.t.Helper()
	m := d.close()
	require.Equal(d.t, code, m.Code())
	if code != 1005 {
		require.Equal(d.t, reason, string(m.Payload[2:]))
	}
	d.ends()
}

func TestClosing(t *testing.T) {
	var all []conversation
	for _, code := range []uint16{1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999} {
		all = append(all, conversation{name: fmt.Sprintf("7.7 code %d", code), talk: func(d *talk) {
			d.sends(closing(code, ""))
			d.answers(code, "")
		}})
	}
	for _, code := range []uint16{0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535} {
		all = append(all, conversation{name: fmt.Sprintf("7.9 code %d, which nobody may send", code), talk: func(d *talk) {
			d.sends(closing(code, ""))
			d.closes(1002)
		}}, conversation{name: fmt.Sprintf("7.9 code %d, with a reason", code), talk: func(d *talk) {
			d.sends(closing(code, "why"))
			d.closes(1002)
		}})
	}
	for name, reason := range map[string]string{"short": "going", "in Greek": "κόσμε", "of 123 bytes": strings.Repeat("x", 123)} {
		all = append(all, conversation{name: "7.3 reason that is " + name, talk: func(d *talk) {
			d.sends(closing(1000, reason))
			d.answers(1000, reason)
		}})
	}
	for name, reason := range map[string]string{"amid": "a\xff\xffb", "a surrogate": "\xed\xa0\x80", "cut off": "κόσμ\xce", "of 123 bytes": strings.Repeat("x", 122) + "\x80"} {
		all = append(all, conversation{name: "7.5 reason that is not UTF-8: " + name, talk: func(d *talk) {
			d.sends(closing(1000, reason))
			d.answers(1007, "text is UTF-8")
		}})
	}
	hold(t, append(all, []conversation{
		{name: "7.1 message, then close", talk: func(d *talk) {
			d.sends(d.text("before"), closing(1000, "bye"))
			d.heardBefore("before")
			d.answers(1000, "bye")
		}},
		{name: "7.1.2 close twice", talk: func(d *talk) {
			d.sends(closing(1000, ""), closing(1000, ""))
			d.answers(1000, "")
		}},
		{name: "7.1.3 ping behind the close", talk: func(d *talk) {
			d.sends(closing(1000, ""), ping("?"))
			d.answers(1000, "")
		}},
		{name: "7.1.4 text behind the close", talk: func(d *talk) {
			d.sends(closing(1000, ""), d.text("too late"))
			d.answers(1000, "")
		}},
		{name: "7.1.5 close amid fragments", talk: func(d *talk) {
			p := d.parts("fragment1fragment2", 9)
			d.sends(p[0], closing(1000, ""), p[1])
			d.answers(1000, "")
		}},
		{name: "7.1.6 close behind a large message", talk: func(d *talk) {
			large := strings.Repeat("*", limit-d.padding)
			d.sends(d.text(large), closing(1000, ""))
			d.heardBefore(large)
			d.answers(1000, "")
		}},
		{name: "much behind the close", talk: func(d *talk) {
			d.sends(closing(1000, ""), d.text(strings.Repeat("x", 100_000)))
			d.answers(1000, "")
		}},
		{name: "7.3.1 without a payload", talk: func(d *talk) {
			d.sends(peer.Frame(peer.Fin|peer.Close, nil))
			d.answers(1005, "")
		}},
		{name: "7.3.2 with a payload of one byte", talk: func(d *talk) {
			d.sends(peer.Frame(peer.Fin|peer.Close, []byte("a")))
			d.closes(1002)
		}},
		{name: "7.3.6 with a payload of 126 bytes", talk: func(d *talk) {
			d.sends(closing(1000, strings.Repeat("x", 124)))
			d.closes(1002)
		}},
	}...))
}
