package codec

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// lexer reads JSON from left to right. After a failure it stands at the end, so
// that every loop ends.
type lexer struct {
	b     []byte
	p     int
	depth int
	err   *Error
	plain []byte // a string without its escapes, until the next such string

	copied func([]byte) string // makes a string; nil: each is a copy of its own
}

func (l *lexer) fail(reason string) {
	if l.err == nil {
		l.err = &Error{Reason: reason, Offset: l.p}
	}
	l.p = len(l.b)
}

// under puts the field's name before the path of an error that rose from it.
func (l *lexer) under(key string) {
	switch {
	case l.err.Field == "" || l.err.Field[0] == '[':
		l.err.Field = key + l.err.Field
	default:
		l.err.Field = key + "." + l.err.Field
	}
}

// space skips white space and returns the byte that follows, or 0 at the end.
func (l *lexer) space() byte {
	for l.p < len(l.b) {
		switch c := l.b[l.p]; c {
		case ' ', '\t', '\n', '\r':
			l.p++
		case 0: // would look like the end
			l.fail("is not JSON")
			return 0
		default:
			return c
		}
	}
	return 0
}

func (l *lexer) literal(s string) bool {
	if l.p+len(s) <= len(l.b) && string(l.b[l.p:l.p+len(s)]) == s {
		l.p += len(s)
		return true
	}
	return false
}

func (l *lexer) null() bool { return l.space() == 'n' && l.literal("null") }

func (l *lexer) bool() bool {
	switch l.space() {
	case 't':
		if l.literal("true") {
			return true
		}
	case 'f':
		if l.literal("false") {
			return false
		}
	case 'n':
		if l.literal("null") {
			return false
		}
	}
	l.fail("is not true or false")
	return false
}

func (l *lexer) uint() uint64 { return l.whole("is not a whole number from 0") }

// whole reads the digits of a number, or null. The reason is for what is neither.
func (l *lexer) whole(reason string) uint64 {
	if l.null() {
		return 0
	}
	start := l.p
	var n uint64
	for l.p < len(l.b) {
		c := l.b[l.p] - '0'
		if c > 9 {
			break
		}
		if n > (1<<64-1-uint64(c))/10 {
			l.fail("is too large")
			return 0
		}
		n = n*10 + uint64(c)
		l.p++
	}
	if l.p == start || (l.b[start] == '0' && l.p > start+1) || l.fraction() {
		l.fail(reason)
		return 0
	}
	return n
}

func (l *lexer) int() int64 {
	if l.null() {
		return 0
	}
	negative := l.p < len(l.b) && l.b[l.p] == '-'
	if negative {
		l.p++
		if l.p == len(l.b) || l.b[l.p] < '0' || l.b[l.p] > '9' {
			l.fail("is not a whole number")
			return 0
		}
	}
	n := l.whole("is not a whole number")
	switch {
	case l.err != nil:
		return 0
	case negative && n <= 1<<63:
		return -int64(n)
	case !negative && n < 1<<63:
		return int64(n)
	}
	l.fail("is too large")
	return 0
}

// fraction says whether the number just read goes on as no integer does.
func (l *lexer) fraction() bool {
	if l.p == len(l.b) {
		return false
	}
	c := l.b[l.p]
	return c == '.' || c == 'e' || c == 'E'
}

// text reads a string, or null as "".
func (l *lexer) text() string {
	if l.null() {
		return ""
	}
	b := l.bytes()
	if l.copied != nil {
		return l.copied(b)
	}
	return string(b)
}

// bytes reads a string. Without escapes the result shares memory with the input,
// with escapes it is good until the next string is read.
func (l *lexer) bytes() []byte {
	if l.space() != '"' {
		l.fail("is not a string")
		return nil
	}
	l.p++
	rest := l.b[l.p:]
	n := plain(rest)
	l.p += n
	switch {
	case n == len(rest):
		l.fail("ends inside a string")
		return nil
	case rest[n] == '"':
		l.p++
		return rest[:n]
	case rest[n] == '\\':
		if l.plain == nil {
			l.plain = make([]byte, 0, min(len(l.b), plainSize))
		}
		return l.escaped(append(l.plain[:0], rest[:n]...))
	}
	l.fail("holds a control character that is not escaped")
	return nil
}

// plainSize is room for most strings that have escapes: attachments. What has
// grown beyond plainMost is not kept for the next text.
const (
	plainSize = 256
	plainMost = 4 << 10
)

// escaped reads the rest of a string behind out, from its first backslash on.
func (l *lexer) escaped(out []byte) []byte {
	for {
		rest := l.b[l.p:]
		n := plain(rest)
		out = append(out, rest[:n]...)
		if l.p += n; l.p == len(l.b) {
			break
		}
		c := l.b[l.p]
		l.p++
		switch c {
		case '"':
			l.plain = out
			return out
		case '\\':
			out = l.escape(out)
		default:
			l.fail("holds a control character that is not escaped")
		}
		if l.err != nil {
			return nil
		}
	}
	l.fail("ends inside a string")
	return nil
}

func (l *lexer) escape(out []byte) []byte {
	if l.p == len(l.b) {
		l.fail("ends inside a string")
		return nil
	}
	c := l.b[l.p]
	l.p++
	switch c {
	case '"', '\\', '/':
		return append(out, c)
	case 'b':
		return append(out, '\b')
	case 'f':
		return append(out, '\f')
	case 'n':
		return append(out, '\n')
	case 'r':
		return append(out, '\r')
	case 't':
		return append(out, '\t')
	case 'u':
		return utf8.AppendRune(out, l.rune())
	}
	l.fail("holds an unknown escape")
	return nil
}

// rune reads the four digits behind \u, and the second half of a pair.
func (l *lexer) rune() rune {
	r := l.hex()
	if !utf16.IsSurrogate(r) {
		return r
	}
	if l.literal(`\u`) {
		if r = utf16.DecodeRune(r, l.hex()); r != utf8.RuneError {
			return r
		}
	}
	l.fail("holds a lone surrogate")
	return utf8.RuneError
}

func (l *lexer) hex() rune {
	if l.p+4 <= len(l.b) {
		var r rune
		for _, c := range l.b[l.p : l.p+4] {
			switch {
			case c >= '0' && c <= '9':
				c -= '0'
			case c >= 'a' && c <= 'f':
				c -= 'a' - 10
			case c >= 'A' && c <= 'F':
				c -= 'A' - 10
			default:
				l.fail("holds an unknown escape")
				return 0
			}
			r = r<<4 | rune(c)
		}
		l.p += 4
		return r
	}
	l.fail("ends inside a string")
	return 0
}

// key reads the next key of an object and the colon behind it; false: there is
// none, and the object was read to its end.
func (l *lexer) key(first bool) ([]byte, bool) {
	if !l.more('}', first) {
		return nil, false
	}
	if l.space() != '"' {
		l.fail("is not JSON")
		return nil, false
	}
	start := l.p
	key := l.bytes()
	if l.p-start != len(key)+len(`""`) { // it has escapes, and is needed for longer
		key = append([]byte(nil), key...)
	}
	if l.space() != ':' {
		l.fail("is not JSON")
		return nil, false
	}
	l.p++
	return key, true
}

// skipObject reads an object that nobody asked for.
func (l *lexer) skipObject() {
	if !l.open('{', "is not an object") {
		return
	}
	for key, more := l.key(true); more; key, more = l.key(false) {
		if l.skip(); l.err != nil {
			l.under(string(key))
			return
		}
	}
}

// list reads a list, or null, calling item to read each value.
func (l *lexer) list(item func()) {
	if l.null() {
		return
	}
	if !l.open('[', "is not a list") {
		return
	}
	for n := 0; l.more(']', n == 0); n++ {
		if item(); l.err != nil {
			l.under("[" + strconv.Itoa(n) + "]")
			return
		}
	}
}

func (l *lexer) open(c byte, reason string) bool {
	if l.space() != c {
		l.fail(reason)
		return false
	}
	if l.depth++; l.depth > MaxDepth {
		l.fail("nests too deep")
		return false
	}
	l.p++
	return true
}

// more says whether another member follows, having read the comma or the end.
func (l *lexer) more(end byte, first bool) bool {
	c := l.space()
	switch {
	case l.err != nil:
		return false
	case c == end:
		l.p++
		l.depth--
		return false
	case first:
		return true
	case c == ',':
		l.p++
		return true
	}
	l.fail("is not JSON")
	return false
}

// skip reads a value that nobody asked for. It is checked all the same.
func (l *lexer) skip() {
	switch c := l.space(); {
	case c == '{':
		l.skipObject()
	case c == '[':
		l.list(l.skip)
	case c == '"':
		l.bytes()
	case c == 't', c == 'f':
		l.bool()
	case c == 'n':
		if !l.null() {
			l.fail("is not JSON")
		}
	default:
		l.number()
	}
}

// number reads any JSON number (RFC 8259, section 6).
func (l *lexer) number() {
	digits := func() bool {
		start := l.p
		for l.p < len(l.b) && l.b[l.p] >= '0' && l.b[l.p] <= '9' {
			l.p++
		}
		return l.p > start
	}
	l.literal("-")
	start := l.p
	ok := digits() && (l.b[start] != '0' || l.p == start+1)
	if ok && l.literal(".") {
		ok = digits()
	}
	if ok && (l.literal("e") || l.literal("E")) {
		if !l.literal("+") {
			l.literal("-")
		}
		ok = digits()
	}
	if !ok {
		l.fail("is not JSON")
	}
}

func (l *lexer) raw() Raw {
	l.space()
	start := l.p
	if l.skip(); l.err != nil {
		return nil
	}
	return Raw(l.b[start:l.p:l.p])
}
