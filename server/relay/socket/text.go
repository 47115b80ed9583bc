package socket

import (
	"errors"
	"io"
	"slices"
	"unicode/utf8"
)

// ErrNotUTF8 says that a text message is not UTF-8 (RFC 6455, section 8.1), which
// the library does not look for.
var ErrNotUTF8 = errors.New("socket: a text message that is not UTF-8")

// ReadText reads a message from [Conn.Reader] to its end, into *buffer, which grows
// as needed. Each part is looked at as it comes, so a peer whose text is wrong is
// told so before it has sent all of it: at once, even amid a frame, as long as it is
// within the first bytes, which is most messages whole; behind these, with the next
// few KiB.
func (c *Conn) ReadText(from io.Reader, buffer *[]byte) ([]byte, error) {
	return readText(from, buffer, c.ready)
}

// ready is how many bytes can be read at least without waiting for more; if none, 1,
// since the library does not return before it has all that it is asked for. While the
// library closes, what it holds is its own to look at, and 1 will do.
func (c *Conn) ready() int {
	if !c.closing.TryLock() {
		return 1
	}
	defer c.closing.Unlock()
	return max(1, c.in.Buffered())
}

// eager is how many bytes are looked at as they come: those which the library's
// buffer takes in at once, behind the longest header. To go on like this would cost
// long messages as many reads from the network as they have times this length.
const eager = readSize - 14

func readText(from io.Reader, buffer *[]byte, ready func() int) ([]byte, error) {
	b, good := (*buffer)[:0], 0
	for {
		if len(b) == cap(b) {
			b = slices.Grow(b, max(len(b), 512))
		}
		most := cap(b)
		if len(b) < eager {
			most = min(most, len(b)+ready())
		}
		n, err := from.Read(b[len(b):most])
		b = b[:len(b)+n]
		*buffer = b
		if err != nil && err != io.EOF {
			return nil, err
		}
		whole := len(b)
		if err == nil {
			whole -= begun(b[good:])
		}
		if !utf8.Valid(b[good:whole]) {
			return nil, ErrNotUTF8
		}
		if good = whole; err == io.EOF {
			return b, nil
		}
	}
}

// begun is how many bytes at the end of b may be the beginning of a rune.
func begun(b []byte) int {
	for n := 1; n <= min(len(b), utf8.UTFMax-1); n++ {
		if start := b[len(b)-n:]; utf8.RuneStart(start[0]) {
			if utf8.FullRune(start) {
				return 0
			}
			return n
		}
	}
	return 0
}
