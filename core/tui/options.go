package tui

import (
	"errors"
	"strings"

	"beckon/core/codec"
)

// options are the parameters of a call, as a caller gives them. Only those that
// the method takes are read.
type options struct {
	method *Method
	given  [params]codec.Raw

	text   [params]string
	number [params]int64
	users  []string
}

func (o *options) Fields(v *codec.Visitor) {
	for _, p := range o.method.takes {
		v.Raw(Params[p].Name, &o.given[p])
	}
}

// read takes a call's options, and says what is wrong with the first parameter
// that is not as it should be.
func (o *options) read(text []byte) *Failure {
	if err := codec.Decode(text, o); err != nil {
		why := err.Error()
		if e, ok := errors.AsType[*codec.Error](err); ok {
			why = e.Reason
		}
		return &Failure{Code: errParam, Message: o.method.Name + ": the argument " + why}
	}
	for _, p := range o.method.takes {
		if why := o.take(p, o.given[p]); why != "" {
			return o.method.bad(&Params[p], why, o.given[p], 0)
		}
	}
	return nil
}

// reading is how a parameter's value is understood.
type reading uint8

const (
	asText     reading = iota // a text; null is none
	asGiven                   // a text that has to be there
	asName                    // a text that says something
	asRoom                    // a room's id
	asAnyRoom                 // the same, or none
	asUsers                   // a list of texts that say something, each counted once
	asFlag                    // true or false; kept as 1 or 0
	asWhole                   // a number, without what is behind its point
	asSeconds                 // a number from 0; kept as milliseconds
	asApp                     // a number but 0
	asRoomType                // 1, or 2 for what there is not
	asSeatMode                // 1 or 2
	asReason                  // 0 or 1
	asRole                    // 0, 1 or 2
	asAccess                  // {password?}
	asJSON                    // anything; kept as JSON text
)

// required says that a parameter has to be there.
func (r reading) required() bool {
	return r == asGiven || r == asName || r == asRoom || r == asUsers || r == asApp || r == asRole
}

// missing is why a parameter that has to be there is none.
const missing = "is missing"

// take reads the value of a parameter, and says why it could not.
func (o *options) take(p param, raw codec.Raw) string {
	as := Params[p].as
	if len(raw) == 0 { // undefined
		if as.required() {
			return missing
		}
		return ""
	}
	switch as {
	case asText, asGiven, asName, asRoom, asAnyRoom:
		return o.takeText(p, as, raw)
	case asUsers:
		b, err := unbox("texts", raw)
		if o.users = unique(b.texts); err != nil {
			return "is not a list of texts"
		}
		if len(o.users) == 0 {
			return missing
		}
		for _, user := range o.users {
			if user == "" {
				return "holds an empty userId"
			}
		}
	case asFlag:
		switch raw[0] {
		case 't':
			o.number[p] = 1
		case 'f', 'n':
		default:
			return "is not true or false"
		}
	case asAccess:
		var access options
		access.method = &Method{takes: []param{pPassword}}
		if err := codec.Decode(raw, &access); err != nil {
			return "is not an object"
		}
		why := access.take(pPassword, access.given[pPassword])
		o.text[pPassword] = access.text[pPassword]
		if why != "" {
			return "holds a password that " + why
		}
	case asJSON:
		o.text[p] = string(raw)
	default:
		return o.takeNumber(p, as, raw)
	}
	return ""
}

func (o *options) takeText(p param, as reading, raw codec.Raw) string {
	b, err := unbox("text", raw)
	if o.text[p] = b.text; err != nil {
		return "is not a text"
	}
	switch {
	case as == asRoom, as == asAnyRoom && b.text != "":
		return roomID(b.text)
	case as == asName && b.text == "", as == asGiven && raw[0] == 'n':
		return missing
	}
	return ""
}

func (o *options) takeNumber(p param, as reading, raw codec.Raw) string {
	n, ok := milli(raw)
	if !ok {
		return "is not a number"
	}
	if o.number[p] = n / 1000; as == asSeconds {
		o.number[p] = n
	}
	const much = 1 << 50
	least, most := int64(-much), int64(much)
	switch as {
	case asRoomType, asSeatMode:
		least = 1
	case asReason, asRole:
		least = 0
	case asApp:
		if n == 0 {
			return missing
		}
	}
	switch as {
	case asRoomType, asSeatMode, asRole:
		most = 2
	case asReason:
		most = 1
	}
	if as == asSeconds && n < 0 {
		return "is negative"
	}
	if as != asSeconds && as != asWhole && n%1000 != 0 || o.number[p] < least || o.number[p] > most {
		return "is none of the values that there are"
	}
	return ""
}

// roomID says what is wrong with a room's id.
func roomID(id string) string {
	const signs = " !#$%&()+-:;<=.>?@[]^_{}|~,"
	switch {
	case id == "":
		return missing
	case len(id) > 64:
		return "is longer than 64 bytes"
	}
	for i := 0; i < len(id); i++ {
		c := id[i]
		if c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' {
			continue
		}
		if strings.IndexByte(signs, c) < 0 {
			return "holds a character other than a-z, A-Z, 0-9, space and" + signs
		}
	}
	return ""
}
