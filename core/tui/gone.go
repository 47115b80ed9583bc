package tui

import (
	"strconv"

	"beckon/core/wire"
)

// Gone tells that a link ended for good, and forgets what held while it lasted.
// refused is the relay's answer to the hello, if that is why; else code is the
// last close code, [wire.CloseNormal] where the page asked for it. The failure is
// what a login that waits rejects with.
func (x *Instance) Gone(code wire.CloseCode, refused *wire.Refusal) ([]Event, *Failure) {
	name, f := "onKickedOffLine", &Failure{Code: errFailed}
	switch {
	case refused != nil:
		name, f.Code, f.Message, f.After = "onError", codeOfReason(refused.Code), because(refused), refused.After
		switch refused.Code {
		case "unauthorized":
			name = "onUserSigExpired"
		case "banned":
			name = "onKickedOffLine"
		}
	case code == wire.CloseNormal:
		name, f.Message = "", "the page logged out"
	case code == wire.CloseReplaced:
		f.Message = "the same device logged in again"
	case code == wire.CloseKicked:
		f.Message = "the relay logged the device out"
	case code == wire.CloseBanned:
		f.Message = "the account or device may not come back"
	default:
		name, f.Message = "onError", "the relay ended the link with close code "+strconv.Itoa(int(code))
	}
	if x.LoggedIn {
		x.say(name, f)
	}
	list := x.events()
	*x = *New(x.account, x.device)
	return list, f
}

func (x *Instance) say(name string, f *Failure) {
	var o object
	switch name {
	case "":
		return
	case "onUserSigExpired":
		x.out = append(x.out, Event{name, "null"})
		return
	case "onError":
		o.number("code", int64(f.Code))
	}
	o.text("message", f.Message)
	x.emit(name, &o)
}
