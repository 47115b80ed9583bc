//go:build !js

package rfc6455_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"beckon/server/rfc6455/peer"
)

// Texts from Markus Kuhn's "UTF-8 decoder capability and stress test", as
// Autobahn's suite has them in its class 6.
var (
	validTexts = []string{
		"Hello-µ@ßöäüàá-UTF-8!!", "κόσμε",
		"\u0080", "\u0800", "\U00010000", "\u007f", "\u07ff", "\uffff", "\ud7ff", "\ue000", "\ufffd", "\U0010ffff", "\ufffe", "\U0001fffe",
	}
	invalidTexts = []string{
		"κόσμε\xed\xa0\x80edited", "\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5\xf4\x90\x80\x80edited",
		"\xf8\x88\x80\x80\x80", "\xfc\x84\x80\x80\x80\x80", "\xf7\xbf\xbf\xbf", "\xfb\xbf\xbf\xbf\xbf", "\xfd\xbf\xbf\xbf\xbf\xbf", "\xf4\x90\x80\x80",
		"\x80", "\xbf", "\x80\xbf", "\x80\xbf\x80", "\x80\xbf\x80\xbf\x80\xbf\x80", "\xc0 \xc1 ", "\xe0 \xef ", "\xf0 \xf4 ", "\xf5 \xf8 \xfc ",
		"\xc0", "\xe0\x80", "\xf0\x80\x80", "\xf8\x80\x80\x80", "\xdf", "\xef\xbf", "\xf7\xbf\xbf", "\xce\xba\xe1\xbd",
		"\xfe", "\xff", "\xfe\xfe\xff\xff",
		"\xc0\xaf", "\xe0\x80\xaf", "\xf0\x80\x80\xaf", "\xf8\x80\x80\x80\xaf", "\xc1\xbf", "\xe0\x9f\xbf", "\xf0\x8f\xbf\xbf", "\xc0\x80", "\xe0\x80\x80",
		"\xed\xa0\x80", "\xed\xad\xbf", "\xed\xae\x80", "\xed\xaf\xbf", "\xed\xb0\x80", "\xed\xbf\xbf", "\xed\xa0\x80\xed\xb0\x80", "\xed\xaf\xbf\xed\xbf\xbf",
	}
)

func TestTextIsUTF8(t *testing.T) {
	var all []conversation
	for _, said := range validTexts {
		all = append(all, conversation{name: fmt.Sprintf("6 %+q", said), talk: func(d *talk) {
			d.sends(d.text(said))
			d.hears(said)
			d.lives()
		}}, conversation{name: fmt.Sprintf("6 %+q, cut anywhere", said), talk: func(d *talk) {
			for cut := 1; cut < len(said); cut++ {
				p := d.parts(said, cut)
				d.sends(p[0], ping("amid"), p[1])
				d.pongs("amid")
				d.hears(said)
			}
			d.lives()
		}})
	}
	for _, said := range invalidTexts {
		all = append(all, conversation{name: fmt.Sprintf("6 %q", said), talk: func(d *talk) {
			d.sends(d.text(said))
			d.closes(1007)
		}}, conversation{name: fmt.Sprintf("6.4 %q in fragments of a byte", said), talk: func(d *talk) {
			var cuts []int
			for at := range len(said) - 1 {
				cuts = append(cuts, at+1)
			}
			d.sends(d.parts(said, cuts...)...)
			d.closes(1007)
		}})
	}
	hold(t, all)
}

// Text that cannot become UTF-8 any more is not waited for, and text that still
// can is.
func TestTextThatIsNotUTF8FailsEarly(t *testing.T) {
	var all []conversation
	for _, said := range invalidTexts {
		bad := hopeless(said)
		if bad == 0 { // it only lacks its end
			continue
		}
		all = append(all, conversation{name: fmt.Sprintf("6.4 %q at byte %d", said, bad), talk: func(d *talk) {
			p := d.parts(said, bad-1, bad)
			d.sends(p[0], ping("still good"))
			d.pongs("still good")
			d.sends(p[1])
			d.closes(1007)
		}}, conversation{name: fmt.Sprintf("6.4 %q at byte %d, amid a frame", said, bad), talk: func(d *talk) {
			whole := d.text(said + "and more")
			d.sends(whole[:len(whole)-len("and more")-d.behind()-len(said)+bad])
			d.closesDeaf(1007)
		}})
	}
	hold(t, all)
}

// A byte that cannot be, at every place of a text.
func TestWrongByteIsFoundAnywhere(t *testing.T) {
	const good = "aµ€𝄞z"
	var all []conversation
	for at := range len(good) {
		bad := good[:at] + "\xff" + good[at+1:]
		all = append(all, conversation{name: fmt.Sprintf("at %d", at), talk: func(d *talk) {
			d.sends(d.text(bad))
			d.closes(1007)
		}}, conversation{name: fmt.Sprintf("at %d, in a fragment", at), talk: func(d *talk) {
			d.sends(d.parts(bad, at+1)[0])
			d.closes(1007)
		}})
	}
	long := strings.Repeat(good, 2000) // over several reads
	for _, at := range []int{4095, 4096, 4097, 8191, 20_001} {
		all = append(all, conversation{name: fmt.Sprintf("at %d", at), talk: func(d *talk) {
			d.sends(d.text(long[:at] + "\xff" + long[at+1:]))
			d.closes(1007)
		}})
	}
	for shift := range 8 { // so that all borders of reads fall on all places of runes
		all = append(all, conversation{name: fmt.Sprintf("nowhere, %d", shift), talk: func(d *talk) {
			d.sends(d.text(strings.Repeat("x", shift) + long))
			d.hears(strings.Repeat("x", shift) + long)
		}})
	}
	hold(t, all)
}

// hopeless is how many bytes of a text it takes until nothing that follows could
// make it UTF-8; 0: there is always something. It tries all ends that runes have.
func hopeless(text string) int {
	ends := []string{""}
	for _, second := range []string{"\x80", "\x8f", "\x90", "\x9f", "\xa0", "\xbf"} {
		ends = append(ends, second, second+"\x80", second+"\x80\x80")
	}
	for n := 1; n <= len(text); n++ {
		hope := false
		for _, end := range ends {
			hope = hope || utf8.ValidString(text[:n]+end)
		}
		if !hope {
			return n
		}
	}
	return 0
}

// Only text has to be.
func TestOtherPayloadsNeedNotBeUTF8(t *testing.T) {
	hold(t, []conversation{
		{name: "ping", talk: func(d *talk) { d.sends(ping("\xff")); d.pongs("\xff"); d.lives() }},
		{name: "pong", talk: func(d *talk) { d.sends(pong("\xff")); d.lives() }},
		{name: "binary", echoOnly: true, talk: func(d *talk) {
			d.sends(peer.Frame(peer.Fin|peer.Binary, []byte("\xff")))
			d.hearsBinary([]byte("\xff"))
		}},
	})
}
