package nim

import (
	"strconv"

	"beckon/core/codec"
	"beckon/core/wire"
)

// Disconnected is the JSON text of the event that ends a link for good:
//
//	{"code": string | number, "reason": string?, "message": string}
//
// refused is the relay's answer to the hello, if that is why; else code is the
// last close code, [wire.CloseNormal] where the page asked for it.
func Disconnected(code wire.CloseCode, refused *wire.Refusal) string {
	e := farewell{code: number(codeUnknown), message: "the relay ended the link with close code " + strconv.Itoa(int(code))}
	switch {
	case refused != nil:
		e.code, e.message = number(codeOfReason(refused.Code)), refused.Code
		if refused.Detail != "" {
			e.message += ": " + refused.Detail
		}
	case code == wire.CloseNormal:
		e.code, e.message = word("manuallyDisconnect"), "the page disconnected"
	case code == wire.CloseReplaced:
		e.code, e.reason, e.message = word("kicked"), "samePlatformKick", "the same device logged in again"
	case code == wire.CloseKicked:
		e.code, e.reason, e.message = word("kicked"), "serverKick", "the relay logged the device out"
	case code == wire.CloseBanned:
		e.code, e.message = number(422), "the account or device may not come back"
	case code.Return() != wire.ReturnNever:
		e.code, e.message = word("allAttemptsFailed"), "every attempt to come back failed"
	}
	return string(codec.Append(nil, &e))
}

type farewell struct {
	code            codec.Raw
	reason, message string
}

func (e *farewell) Fields(v *codec.Visitor) {
	v.Raw("code", &e.code)
	v.String("reason", &e.reason)
	v.String("message", &e.message)
}

func number(code int) codec.Raw { return strconv.AppendInt(nil, int64(code), 10) }

func word(s string) codec.Raw { return codec.AppendString(nil, s) }
