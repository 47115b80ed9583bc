package nim

import "beckon/core/codec"

// options are the parameters of a call, as a caller gives them. Only those that
// the method takes are read.
type options struct {
	method *Method
	fault  fault // the first

	text      [texts]string
	flag      [flags]bool
	kind      int64 // "type"
	positions []uint64
	pushInfo  *options // given: the push fields beside it do not count
}

// slot is where a parameter goes: an index of options.text or, of a boolean, of
// options.flag.
type slot uint8

const (
	atChannelID slot = iota
	atRequestID
	atAccount // the other one
	atChannelName
	atExt
	atAttachExt // also a message's attach, as JSON text
	atJoinAttachExt
	atOwnUID // canonical decimal, or empty
	atPushTitle
	atPushContent
	atPushPayload
	atRtcChannel
	atRtcTTL
	atRtcParams
	texts
)

const (
	atStored slot = iota
	atAutoJoin
	atNeedPush
	atNoBadge
	atJoinsExisting
	flags
)

// A fault is a parameter of the wrong type, and what is wrong with it.
type fault struct{ param, reason string }

func (o *options) bad(param, reason string) {
	if o.fault == (fault{}) {
		o.fault = fault{param, reason}
	}
}

func (o *options) Fields(v *codec.Visitor) { o.visit(v, o.method.takes) }

func (o *options) visit(v *codec.Visitor, takes []param) {
	for _, n := range takes {
		p := &Params[n]
		if p.as == asText {
			v.String(p.Name, &o.text[p.in])
			continue
		}
		var raw codec.Raw
		if v.Raw(p.Name, &raw); len(raw) > 0 { // null is a value too
			o.take(p, raw)
		}
	}
}

// reading is how a parameter's value is understood.
type reading uint8

const (
	asText         reading = iota // must be one, or null
	asWord                        // ditto, or a number, whose digits it becomes
	asUID                         // what is none is left out
	asNumber                      // must be one, or null; kept as text
	asTextOrNumber                // what is neither is left out
	asJSON                        // what is no text becomes JSON text
	asIs                          // the last that goes to options.text; becomes JSON text, also if it is a text
	asTrue                        // true is; nothing else is
	asTruthy                      // what JavaScript takes for true
	asFalse                       // true is what is false; nothing else is
	asFlag                        // must be true or false, or null
	asNoFlag                      // ditto, and means the opposite
	asType                        // must be a whole number, or null; except in V2 also as text
	asScene                       // must be p2p, or null
	asMsgid                       // one, or a list; what is none is left out
	asPushInfo                    // an object, or none
	asObject                      // must be one, or null
)

// take reads the value of a parameter.
func (o *options) take(p *Param, raw codec.Raw) {
	absent, why := raw[0] == 'n', ""
	switch p.as {
	case asType:
		n, ok := whole(raw)
		if !ok || o.method.v2() && isText(raw) {
			why = "is not a whole number"
		}
		o.kind = n
	case asTrue:
		o.flag[p.in] = isTrue(raw)
	case asTruthy:
		o.flag[p.in] = truthy(raw)
	case asFalse:
		o.flag[p.in] = isFalse(raw)
	case asFlag, asNoFlag:
		if isTrue(raw) || isFalse(raw) {
			o.flag[p.in] = isTrue(raw) == (p.as == asFlag)
		} else if !absent {
			why = "is not true or false"
		}
	case asWord:
		if !isText(raw) && !isNumber(raw) && !absent {
			why = "is not a string"
		}
		o.text[p.in] = textOrNumber(raw)
	case asUID:
		o.text[p.in] = uid(raw)
	case asNumber:
		if isNumber(raw) {
			o.text[p.in] = string(raw)
		} else if !absent {
			why = "is not a number"
		}
	case asTextOrNumber:
		o.text[p.in] = textOrNumber(raw)
	case asJSON:
		o.text[p.in] = stringified(raw)
	case asIs:
		o.text[p.in] = string(raw)
	case asScene:
		if string(raw) != `"p2p"` && !absent {
			why = "is not p2p: messages reach accounts"
		}
	case asMsgid:
		o.positions = positions(raw)
	case asPushInfo:
		switch raw[0] {
		case '{':
			o.pushInfo = &options{method: o.method}
			o.within(p, raw, o.pushInfo)
		case '[': // an object to JavaScript, without any of the fields
			o.pushInfo = &options{method: o.method}
		}
	case asObject:
		if !absent {
			o.within(p, raw, o)
		}
	}
	if why != "" {
		o.bad(p.Name, why)
	}
}

// within reads an object whose fields are parameters, into others of the options.
func (o *options) within(p *Param, raw codec.Raw, into *options) {
	if err := codec.Decode(raw, &section{into, p.parts}); err != nil {
		name, reason := faultIn(err)
		if name == "" {
			name = p.Name
		}
		o.bad(name, reason)
	}
	if into.fault != (fault{}) {
		o.bad(into.fault.param, into.fault.reason)
	}
}

type section struct {
	into  *options
	takes []param
}

func (s *section) Fields(v *codec.Visitor) { s.into.visit(v, s.takes) }
