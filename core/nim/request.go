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

	// What sendG2Msg's Result tells beside the outcome: when the answer came, at
	// the relay's time, and the message's position.
	Time int64
	ID   string

	options options
}

// Ask reads the options of a call, the JSON text of an object. The error is a
// [*Failure]: no such method (404), or a parameter of the wrong type (10414).
func Ask(method string, text []byte) (*Request, error) {
	m := methodNamed(Methods, method)
	if m == nil {
		return nil, &Failure{Code: codeNotFound, Message: method + " error: there is no such call"}
	}
	r, f := m.ask(text)
	if f != nil {
		return nil, f
	}
	return r, nil
}

func (m *Method) ask(text []byte) (*Request, *Failure) {
	r := &Request{Method: m, options: options{method: m}}
	r.options.flag[atStored] = m.stores
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
// in the vendor's flat shapes, where all values are strings; of sendG2Msg
//
//	{"time": string, "idServer": string}
//
// and of V2 the vendor's result itself, "" for none. The error is a
// [*Failure] of something that has happened all the same: the other account was
// not reached (10201, 10202), or the join behind an acceptance was refused.
func (r *Request) Result(out *wire.Outcome) (string, error) {
	if out == nil { // a reply without anything: it was carried out, and shows nothing
		out = &wire.Outcome{}
	}
	m := r.Method
	status := codeOfReach(out.Reach)
	var f *Failure
	switch {
	case out.Refused != nil:
		f = m.refused(out.Refused)
	case m.reach == reachRejects && status != codeDone:
		f = &Failure{Code: status, Message: nameOf(status), v2: m.v2()}
	}
	if f != nil {
		if !m.v2() {
			f.answer = r.answer(out)
		}
		return "", f
	}
	if m.reach == reachDone {
		status = codeDone
	}
	if shown := r.shown(out, status); shown != nil {
		return string(codec.Append(nil, shown)), nil
	}
	return "", nil
}

// shown is what the call resolves with, nil if it is nothing at all.
func (r *Request) shown(out *wire.Outcome, status int) codec.Message {
	m := r.Method
	if m.v2() {
		return r.v2(out, status)
	}
	if m.result == sentResult {
		return &sent{decimal(r.Time), r.ID}
	}
	a := r.answer(out)
	if m.reach == reachStatus || m.reach == reachDone {
		a.callStatus = strconv.Itoa(status)
	}
	return &a
}

// Refused is the [*Failure] that names a relay's refusal.
func (r *Request) Refused(refusal *wire.Refusal) error { return r.Method.refused(refusal) }

// Failed is the [*Failure] of a call that t kept from being answered.
func (r *Request) Failed(t Trouble) error {
	f := &Failure{State: t.State, Message: r.Method.Name + " error: " + t.Why}
	if r.Method.v2() {
		f.Code, f.State, f.v2 = t.V2, "", true
	}
	return f
}

// TooLarge is the [*Failure] of a call that does not fit a frame of limit bytes.
// It names the longest parameter.
func (r *Request) TooLarge(limit int) error {
	name, _ := r.options.longest(r.Method.takes)
	return r.Method.badParam(name, "makes the command longer than "+strconv.Itoa(limit)+" bytes", 0)
}

// answer is what an outcome shows.
func (r *Request) answer(out *wire.Outcome) answer {
	var a answer
	if out.Channel != nil && r.Method.result != noResult {
		a.channel = flat(out.Channel)
		if r.Method.result == membersResult {
			a.members = members(out.Channel)
		}
	}
	if r.Method.joins && (r.options.flag[atAutoJoin] || r.Method.Name != "signalingAccept") {
		a.nertc = r.options.nertc()
	}
	return a
}

// nertc is what the call tells back of its nertc parameters, nil if it had none.
func (o *options) nertc() *nertc {
	n := nertc{o.text[atRtcChannel], o.text[atRtcTTL], o.text[atRtcParams]}
	if n == (nertc{}) {
		return nil
	}
	if n.tokenTTL == "" && n.channelName != "" {
		n.tokenTTL = "600"
	}
	return &n
}
