package tui

import (
	"strconv"

	"beckon/core/codec"
)

// object writes a JSON object. Unlike [codec.Append] it writes every field,
// since the vendor's objects have all of theirs.
type object struct{ b []byte }

func (o *object) key(name string) {
	sep := byte(',')
	if len(o.b) == 0 {
		sep = '{'
	}
	o.b = codec.AppendString(append(o.b, sep), name)
	o.b = append(o.b, ':')
}

func (o *object) text(name, s string) {
	o.key(name)
	o.b = codec.AppendString(o.b, s)
}

func (o *object) number(name string, n int64) {
	o.key(name)
	o.b = strconv.AppendInt(o.b, n, 10)
}

func (o *object) flag(name string, is bool) {
	o.key(name)
	o.b = strconv.AppendBool(o.b, is)
}

func (o *object) raw(name string, json []byte) {
	o.key(name)
	o.b = append(o.b, json...)
}

func (o *object) end() []byte {
	if len(o.b) == 0 {
		return []byte("{}")
	}
	return append(o.b, '}')
}

// array writes a JSON array of what items look like.
func array[T any](items []T, as func(*T) []byte) []byte {
	b := []byte{'['}
	for i := range items {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, as(&items[i])...)
	}
	return append(b, ']')
}

// boxed reads a JSON value that is known to be well.
type boxed struct {
	text  string
	texts []string
	raw   codec.Raw
}

func (b *boxed) Fields(v *codec.Visitor) {
	v.String("text", &b.text)
	v.Strings("texts", &b.texts)
	v.Raw("raw", &b.raw)
}

// unbox reads raw as what a field of boxed of that name holds.
func unbox(name string, raw []byte) (boxed, error) {
	var b boxed
	text := append(append([]byte(`{"`+name+`":`), raw...), '}')
	err := codec.Decode(text, &b)
	return b, err
}

// milli reads a JSON number as thousandths, rounded away from zero; false for
// what is none. Very large ones are cut.
func milli(raw codec.Raw) (n int64, ok bool) {
	const most = 1 << 50
	negative := false
	if len(raw) > 0 && raw[0] == '-' {
		negative, raw = true, raw[1:]
	}
	if len(raw) == 0 || raw[0] < '0' || raw[0] > '9' {
		return 0, false
	}
	places, more := -1, false // digits behind the point
	for i, c := range raw {
		switch {
		case c == '.':
			places = 0
			continue
		case c == 'e' || c == 'E': // JavaScript writes so only what is tiny or huge
			if more = more || n > 0; raw[i+1] == '-' {
				n, places = 0, 3
			} else if more {
				n, places = most, 3
			}
		case places >= 3:
			more = more || c != '0'
			continue
		default:
			n = min(n*10+int64(c-'0'), most)
			if places >= 0 {
				places++
			}
			continue
		}
		break
	}
	for ; places < 3; places++ {
		if places >= 0 {
			n = min(n*10, most)
		} else {
			n, places = min(n*1000, most), 2
		}
	}
	if more && n < most {
		n++
	}
	if negative {
		n = -n
	}
	return n, true
}
