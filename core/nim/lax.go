package nim

import (
	"strconv"

	"beckon/core/codec"
)

// lax visits a field whose value may be of any type. read is called with its
// text if it is there; null is a value too.
func lax(v *codec.Visitor, key string, read func(codec.Raw)) {
	var raw codec.Raw
	if v.Raw(key, &raw); len(raw) > 0 {
		read(raw)
	}
}

// isTrue is JavaScript's value === true.
func isTrue(raw codec.Raw) bool { return string(raw) == "true" }

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
