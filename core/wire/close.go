package wire

// A CloseCode says in a WebSocket close frame why a link ends, and what the page
// is to do. RFC 6455 leaves 4000 to 4999 to applications: 40xx never come back
// as you are, 41xx come back now, 42xx come back later.
type CloseCode uint16

// The close codes.
const (
	CloseNormal      CloseCode = 1000 // the page asked for it
	CloseGoingAway   CloseCode = 1001 // the page is being left, or the relay stops
	CloseNotText     CloseCode = 1003 // a binary message
	CloseNotUTF8     CloseCode = 1007 // a text message that is not UTF-8
	CloseFrameTooBig CloseCode = 1009 // a message over [MaxFrame]

	CloseReplaced   CloseCode = 4000 // another life of the same device has a link
	CloseKicked     CloseCode = 4001 // an operator or another login ended the session
	CloseBanned     CloseCode = 4002 // the account or device may not come back
	CloseRefused    CloseCode = 4003 // the hello was refused; the frame before says why
	CloseBadFrame   CloseCode = 4004 // what came was no frame of this protocol
	CloseHelloLate  CloseCode = 4100 // no hello within ten seconds
	CloseSilent     CloseCode = 4101 // nothing was heard for too long
	CloseSlow       CloseCode = 4102 // the page does not read fast enough
	CloseRestarting CloseCode = 4103 // the relay restarts
	CloseTokenEnded CloseCode = 4104 // the token has expired: come back with another one
	CloseBusy       CloseCode = 4200 // the relay is at its limits
)

// A Return says whether a page comes back after a close.
type Return int

// What to do after a close.
const (
	ReturnNow   Return = iota // at once, then with backoff
	ReturnLater               // with backoff
	ReturnNever
)

// Return tells what the page does after a close with c. Codes that this version
// does not know, and links that just break (1006), are worth another try.
func (c CloseCode) Return() Return {
	switch {
	case c >= 4000 && c < 4100, c == CloseNotUTF8, c == CloseFrameTooBig, c == CloseNotText:
		return ReturnNever
	case c >= 4100 && c < 4200, c == CloseGoingAway:
		return ReturnNow
	}
	return ReturnLater
}
