package tui

import (
	"strconv"

	"beckon/core/wire"
)

// A Request is one call on its way: what to ask of the relay, and how to read
// what comes back.
type Request struct {
	Method *Method
	Order  wire.Order // nil: nothing; Result(nil) is what the call resolves with

	x       *Instance
	options options
}

// Ask reads the options of a call, the JSON text of an object. The error is a
// [*Failure]. Parameters are looked at first, then whether somebody is logged in,
// then whether the caller is where it has to be.
func (x *Instance) Ask(method string, text []byte) (*Request, error) {
	m := methodNamed(method)
	if m == nil {
		return nil, &Failure{Code: errFailed, Message: "there is no call " + strconv.Quote(method)}
	}
	r := &Request{Method: m, x: x, options: options{method: m}}
	f := r.options.read(text)
	if f == nil {
		f = r.place()
	}
	if f != nil {
		return nil, f
	}
	if m.order != nil {
		r.Order = m.order(x, &r.options)
	}
	if m.where == inNoOther {
		x.entering = r.options.text[pRoomID]
	}
	return r, nil
}

// place says why the call cannot be made as things are here.
func (r *Request) place() *Failure {
	x, m, o := r.x, r.Method, &r.options
	user := o.text[pUserID]
	switch {
	case o.number[pRoomType] == 2:
		return &Failure{Code: errRoomType, Message: "rooms are conferences: roomType 1", Field: "roomType"}
	case m.Name == "login" || m.Name == "logout":
	case !x.LoggedIn:
		return NotLoggedIn.failure(m)
	case m.where == inNoOther:
		for _, other := range []string{x.current(), x.entering} {
			if other != "" && other != o.text[pRoomID] {
				return &Failure{Code: errOtherRoom, Message: "already in the room " + other + ": exit it first"}
			}
		}
	case x.room == nil && (m.where == inRoom || m.Name == "fetchRoomInfo" && o.text[pAnyRoomID] == ""),
		m.where == inThat && x.current() != o.text[pConference]:
		return &Failure{Code: errNotInRoom, Message: "please enter room first"}
	case m.Name == "getUserInfo" && x.room.member(user) == nil:
		return &Failure{Code: errNoUser, Message: "there is no user " + user + " in the room", Field: "userId"}
	case m.Name == "changeUserRole" && o.number[pUserRole] == roleOwner && user == x.account && user == owner(&x.room.Channel):
		return &Failure{Code: errAlreadyOwner, Message: "already the room's owner"}
	}
	return nil
}

// Result is what the call's promise resolves with, as JSON text; "" is undefined.
func (r *Request) Result(out *wire.Outcome) (string, error) {
	if out == nil { // a reply without anything: it was carried out, and shows nothing
		out = &wire.Outcome{}
	}
	r.x.answered(r, out)
	if r.Method.result == nil {
		return "", nil
	}
	return string(r.Method.result(r, out)), nil
}

// Refused is the [*Failure] that names a relay's refusal; nil if what was asked
// for is so all the same.
func (r *Request) Refused(refusal *wire.Refusal) error {
	r.ended()
	m, code := r.Method, codeOfReason(refusal.Code)
	gone := refusal.Code == "no-such-channel" || refusal.Code == "not-a-member"
	switch r.Order.(type) {
	case *wire.Leave:
		if gone {
			r.x.leave(r.x.current())
			return nil
		}
	case *wire.Close:
		if code == errNoPermission {
			code = errDestroy
		}
	}
	if refusal.Code == "bad-field" || refusal.Code == "too-large" {
		why := refusal.Detail
		if why == "" {
			why = "is " + refusal.Code
		}
		if p := m.paramOf(refusal.Field); p != nil {
			return m.bad(p, why, nil, refusal.Limit)
		}
		return &Failure{Code: code, Message: m.Name + "(): " + refusal.Field + " " + why, Field: refusal.Field, Limit: refusal.Limit}
	}
	f := &Failure{Code: code, Message: because(refusal), Limit: refusal.Limit, After: refusal.After}
	if p := m.paramOf(refusal.Field); p != nil {
		f.Field = p.Name
	}
	if code == errNonePending {
		f.Message = "no invitation into " + r.options.text[pConference] + " is pending: " + f.Message
	}
	return f
}

// Failed is the [*Failure] of a call that t kept from being answered.
func (r *Request) Failed(t Trouble) error {
	r.ended()
	return t.failure(r.Method)
}

// TooLarge is the [*Failure] of a call that does not fit a frame of limit bytes.
// It names the longest parameter.
func (r *Request) TooLarge(limit int) error {
	r.ended()
	longest := &Param{Name: "the argument"}
	size := 0
	for _, p := range r.Method.takes {
		if n := len(r.options.given[p]); n > size {
			longest, size = &Params[p], n
		}
	}
	return r.Method.bad(longest, "makes the command longer than "+strconv.Itoa(limit)+" bytes", nil, 0)
}

// ended is for a call that was not carried out, as far as is known.
func (r *Request) ended() {
	if r.Method.where == inNoOther {
		r.x.entering = ""
	}
}

func (t Trouble) failure(m *Method) *Failure {
	return &Failure{Code: t.Code, Message: m.Name + "(): " + t.Why}
}
