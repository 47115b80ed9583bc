package wire_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"

	"beckon/core/codec"
)

func typeName(m codec.Message) string { return reflect.TypeOf(m).Elem().Name() }

// rewrite edits the members, each `"key":value`, of every object in a valid text.
func rewrite(text []byte, edit func(members []string) []string) []byte {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	var value func() string
	value = func() string {
		token, err := dec.Token()
		if err != nil {
			panic(err)
		}
		open, ok := token.(json.Delim)
		if !ok {
			b, err := json.Marshal(token)
			if err != nil {
				panic(err)
			}
			return string(b)
		}
		var members []string
		for dec.More() {
			if open == '{' {
				members = append(members, value()+":"+value())
			} else {
				members = append(members, value())
			}
		}
		dec.Token()
		if open == '{' {
			return "{" + strings.Join(edit(members), ",") + "}"
		}
		return "[" + strings.Join(members, ",") + "]"
	}
	return []byte(value())
}
