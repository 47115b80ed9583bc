package nim

import (
	"strconv"

	"beckon/core/codec"
)

// A Failure is what a call rejects with.
type Failure struct {
	Code    int    // one of [Codes], or [Trouble.V2]; 0 where State is given
	State   string // the vendor's word for a [Trouble]
	Message string // of a code that has a name, exactly that
	Detail  string // for people
	Field   string // the parameter at fault
	Limit   int64  // what it may measure at the most
	After   int64  // milliseconds to wait before asking again

	answer answer // of what has happened all the same
	v2     bool   // of [V2Methods]
}

func (f *Failure) Error() string {
	s := f.name() + " " + f.code() + ": " + f.Message
	if f.Detail != "" {
		s += ": " + f.Detail
	}
	return s
}

// Failure is the JSON text of the error's object: code (a number, or a
// [Trouble]'s text), name ("NIMError" or "V2NIMError"), message and, where they apply, detail, field, limit,
// after, channel and members.
func (f *Failure) Failure() string { return string(codec.Append(nil, f)) }

func (f *Failure) name() string {
	if f.v2 {
		return "V2NIMError"
	}
	return "NIMError"
}

func (f *Failure) code() string {
	if f.State != "" {
		return f.State
	}
	return strconv.Itoa(f.Code)
}

// Fields is for writing.
func (f *Failure) Fields(v *codec.Visitor) {
	code, name := number(f.Code), f.name()
	if f.State != "" {
		code = word(f.State)
	}
	v.Raw("code", &code)
	v.String("name", &name)
	v.String("message", &f.Message)
	v.String("detail", &f.Detail)
	v.String("field", &f.Field)
	v.Int("limit", &f.Limit)
	v.Int("after", &f.After)
	codec.Object(v, "channel", &f.answer.channel)
	v.Raw("members", &f.answer.members)
}

// A Trouble keeps a call from being answered.
type Trouble struct {
	State string // the error's code
	V2    int    // the same, of [V2Methods]
	Why   string
}

// The troubles.
var (
	NotLoggedIn = Trouble{"Error_Connection_Socket_State_not_Match", 190002, "not logged in"}
	LinkLost    = Trouble{"Error_Internet_Disconnected", 192003, "the link was lost before the answer came"}
	TimedOut    = Trouble{"Error_Timeout", 192004, "no answer came in time"}
)

// Troubles lists them.
var Troubles = []Trouble{NotLoggedIn, LinkLost, TimedOut}
