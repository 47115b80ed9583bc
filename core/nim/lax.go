package nim

import (
	"strconv"

	"beckon/core/codec"
)

// isTrue is JavaScript's value === true.
func isTrue(raw codec.Raw) bool { return string(raw) == "true" }

func isFalse(raw codec.Raw) bool { return string(raw) == "false" }

// truthy is JavaScript's !!value.
func truthy(raw codec.Raw) bool {
	switch raw[0] {
	case 'f', 'n':
		return false
	case '"':
		return len(raw) > len(`""`)
	case '-', '0':
		for _, c := range raw {
			if c >= '1' && c <= '9' {
				return true
			}
			if c == 'e' || c == 'E' {
				break
			}
		}
		return false
	}
	return true
}

func isText(raw codec.Raw) bool { return raw[0] == '"' }

func isNumber(raw codec.Raw) bool { return raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9' }

// text is what a JSON string says.
func text(raw codec.Raw) string {
	var s quoted
	codec.Decode(append(append([]byte(`{"s":`), raw...), '}'), &s) // it was read before, and is well
	return s.text
}

type quoted struct{ text string }

func (q *quoted) Fields(v *codec.Visitor) { v.String("s", &q.text) }

// stringified is a text, or the JSON text of anything else; null is "".
func stringified(raw codec.Raw) string {
	switch {
	case isText(raw):
		return text(raw)
	case raw[0] == 'n':
		return ""
	}
	return string(raw)
}

// textOrNumber is a text, or a number's digits; anything else is "".
func textOrNumber(raw codec.Raw) string {
	switch {
	case isText(raw):
		return text(raw)
	case isNumber(raw):
		return string(raw)
	}
	return ""
}

// whole reads a whole number, or a text that is one. null, like an absent field,
// reads as 0.
func whole(raw codec.Raw) (n int64, ok bool) {
	if raw[0] == 'n' {
		return 0, true
	}
	n, err := strconv.ParseInt(textOrNumber(raw), 10, 64)
	return n, err == nil
}

// uid reads a whole number from 1 to 2^63-1, or a text that is one, without loss.
// Everything else is "": the relay is to pick one.
func uid(raw codec.Raw) string {
	s := textOrNumber(raw)
	for _, c := range s {
		if c < '0' || c > '9' {
			return ""
		}
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// positions reads one msgid, or a list of them. What is none is left out.
func positions(raw codec.Raw) []uint64 {
	texts := []codec.Raw{raw}
	if raw[0] == '[' {
		texts = items(raw)
	}
	var list []uint64
	for _, raw := range texts {
		if n, err := strconv.ParseUint(textOrNumber(raw), 10, 64); err == nil && n > 0 {
			list = append(list, n)
		}
	}
	return list
}

// items splits a JSON list into its values.
func items(list codec.Raw) []codec.Raw {
	var items []codec.Raw
	start, depth, quoted := 1, 0, false
	for i := 0; i < len(list); i++ {
		c := list[i]
		switch {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[' || c == '{':
			depth++
		case depth == 1 && (c == ',' || c == ']'):
			if item, ok := value(list[start:i]); ok { // not of an empty list
				items = append(items, item)
			}
			start = i + 1
		case c == ']' || c == '}':
			depth--
		}
	}
	return items
}

// value is a JSON value without what may stand around it; false if there is none.
func value(text []byte) (codec.Raw, bool) {
	var one boxed
	err := codec.Decode(append(append([]byte(`{"v":`), text...), '}'), &one)
	return one.value, err == nil
}

type boxed struct{ value codec.Raw }

func (b *boxed) Fields(v *codec.Visitor) { v.Raw("v", &b.value) }
