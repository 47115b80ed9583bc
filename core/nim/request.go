package nim

import (
	"errors"
	"strconv"

	"beckon/core/codec"
	"beckon/core/wire"
)

// A Request is one call on its way: what to ask of the relay, and how to read
// what comes back.
type Request struct {
	Method *Method
	Order  wire.Order

	options options
}

// Ask reads the options of a call, the JSON text of an object. The error is a
// [*Failure]: no such method (404), or a parameter of the wrong type (10414).
func Ask(method string, text []byte) (*Request, error) {
	m := methodNamed(method)
	if m == nil {
		return nil, &Failure{Code: codeNotFound, Message: method + " error: there is no such call"}
	}
	r := &Request{Method: m, options: options{method: m}}
	if err := codec.Decode(text, &r.options); err != nil {
		r.options.bad(faultIn(err))
	}
	if f := r.options.fault; f != (fault{}) {
		return nil, m.badParam(f.param, f.reason, 0)
	}
	r.Order = m.order(&r.options)
	return r, nil
}

// faultIn names the parameter at which the codec stopped.
func faultIn(err error) (param, reason string) {
	if e, ok := errors.AsType[*codec.Error](err); ok {
		return paramAt(e.Field), e.Reason
	}
	return "", err.Error()
}

// Result is what the call's promise resolves with, as the JSON text of
//
//	{"channel": Channel?, "members": Member[]?, "callStatus": string?, "nertc": {...}?}
//
// in the vendor's flat shapes, where all values are strings. The error is a
// [*Failure] of something that has happened all the same: the other account was
// not reached (10201, 10202), or the join behind an acceptance was refused.
func (r *Request) Result(out *wire.Outcome) (string, error) {
	if out == nil { // a reply without anything: it was carried out, and shows nothing
		out = &wire.Outcome{}
	}
	a := r.answer(out)
	if out.Refused != nil {
		f := r.Method.refused(out.Refused)
		f.answer = a
		return "", f
	}
	code := codeOfReach(out.Reach)
	switch r.Method.reach {
	case reachRejects:
		if code != codeDone {
			return "", &Failure{Code: code, Message: nameOf(code), answer: a}
		}
	case reachStatus:
		a.callStatus = strconv.Itoa(code)
	case reachDone:
		a.callStatus = strconv.Itoa(codeDone)
	}
	return string(codec.Append(nil, &a)), nil
}

// Refused is the [*Failure] that names a relay's refusal.
func (r *Request) Refused(refusal *wire.Refusal) error { return r.Method.refused(refusal) }

// Failed is the [*Failure] of a call that t kept from being answered.
func (r *Request) Failed(t Trouble) error {
	return &Failure{State: t.State, Message: r.Method.Name + " error: " + t.Why}
}

// TooLarge is the [*Failure] of a call that does not fit a frame of limit bytes.
// It names the longest parameter.
func (r *Request) TooLarge(limit int) error {
	return r.Method.badParam(r.options.longest(), "makes the command longer than "+strconv.Itoa(limit)+" bytes", 0)
}

// answer is what an outcome shows.
func (r *Request) answer(out *wire.Outcome) answer {
	var a answer
	if out.Channel != nil {
		a.channel = flat(out.Channel)
		if r.Method.members {
			a.members = members(out.Channel)
		}
	}
	if r.Method.joins && (r.options.autoJoin || r.Method.Name != "signalingAccept") {
		a.nertc = r.options.nertc.answer()
	}
	return a
}

// answer is what the call tells back of its nertc parameters, nil if it had none.
func (n nertc) answer() *nertc {
	if n == (nertc{}) {
		return nil
	}
	if n.tokenTTL == "" && n.channelName != "" {
		n.tokenTTL = "600"
	}
	return &n
}
