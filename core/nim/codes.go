package nim

import (
	"slices"

	"beckon/core/wire"
)

// A Code is a number that the vendor's errors carry.
type Code struct {
	Number  int
	Name    string   // the error's message; empty: the vendor has none, and the message says what is wrong
	Reasons []string // the relay's refusals that it names
}

const (
	codeDone     = 200
	codeOffline  = 10201
	codeNoPush   = 10202
	codeBadParam = 10414
	codeOther    = 403
	codeNotFound = 404
	codeUnknown  = 500
	codeInvalid  = 191004
)

// Codes lists the codes of this dialect. A refusal that none of them names is a
// 403 with the relay's reason as its detail.
var Codes = []Code{
	{codeOffline, "PEER_NIM_OFFLINE", nil},                                          // the other account has no device online; what was asked has happened
	{codeNoPush, "PEER_PUSH_OFFLINE", nil},                                          // nor did a push message reach one; what was asked has happened
	{10404, "ROOM_NOT_EXISTS", []string{"no-such-channel"}},                         // no such channel: unknown, closed or expired
	{10405, "ROOM_HAS_EXISTS", []string{"name-taken"}},                              // a live channel has this name
	{10406, "ROOM_MEMBER_NOT_EXISTS", []string{"not-a-member"}},                     // the caller is not in the channel
	{10407, "ROOM_MEMBER_HAS_EXISTS", []string{"already-a-member"}},                 // join: the caller is in the channel; invite: the invitee is
	{10408, "INVITE_NOT_EXISTS", []string{"no-such-invitation", "invitation-over"}}, // no such invitation, or it was withdrawn or expired
	{10409, "INVITE_HAS_REJECT", []string{"invitation-rejected"}},                   // the invitation was rejected before
	{10410, "INVITE_HAS_ACCEPT", []string{"invitation-accepted"}},                   // the invitation was accepted before
	{codeBadParam, "", []string{"bad-field", "too-large"}},                          // a parameter is not as it should be: see field and limit
	{10417, "UID_CONFLICT", []string{"uid-taken"}},                                  // another member has this uid
	{10419, "ROOM_MEMBER_EXCEED", []string{"channel-full"}},                         // the channel is full
	{10420, "ROOM_MEMBER_HAS_EXISTS_OTHER_CLIENT", []string{"on-another-device"}},   // the account is in the channel from another device
	{302, "", []string{"unauthorized"}},                                             // the token does not let the account in

	// Not allowed: see detail.
	{codeOther, "", []string{"forbidden", "limit-reached", "unknown-command", "unsupported-version", "no-such-app",
		"need-password", "wrong-password", "need-owner", "need-administrator", "owner-cannot-leave"}}, // the last five of rooms

	{codeNotFound, "", nil},       // there is no such call
	{422, "", []string{"banned"}}, // the account or device may not come back
	{codeUnknown, "", nil},        // what should not happen
	{503, "", []string{"busy"}},   // the relay is at its limits: try again later

	// V2's 10414; also for a parameter that is missing, and for oneself as the other account.
	{codeInvalid, "invalid parameter", nil},
}

func codeOfReason(reason string) int {
	for _, c := range Codes {
		if slices.Contains(c.Reasons, reason) {
			return c.Number
		}
	}
	return codeOther
}

func nameOf(code int) string {
	for _, c := range Codes {
		if c.Number == code {
			return c.Name
		}
	}
	return ""
}

// codeOfReach reads [wire.Outcome.Reach].
func codeOfReach(reach string) int {
	switch reach {
	case "":
		return codeDone
	case "no-push":
		return codeNoPush
	}
	return codeOffline
}

// refused names a refusal.
func (m *Method) refused(r *wire.Refusal) *Failure {
	code := codeOfReason(r.Code)
	field := m.paramOf(r.Field)
	switch {
	case code != codeBadParam:
	case field != "":
		return m.badParam(field, r.Detail, r.Limit)
	case m.v2():
		return m.badParam("", "is "+r.Code, r.Limit)
	}
	f := &Failure{Code: code, Message: nameOf(code), Detail: r.Detail, Field: field, Limit: r.Limit, After: r.After, v2: m.v2()}
	if f.Message == "" {
		if f.Detail = r.Code; r.Detail != "" {
			f.Detail += ": " + r.Detail
		}
		f.Message = m.complaint(f.Detail)
	}
	return f
}

// badParam says what is wrong with a parameter; without one, with the argument.
func (m *Method) badParam(param, reason string, limit int64) *Failure {
	why := reason
	if why == "" {
		why = "is not as it should be"
	}
	if limit != 0 {
		why += " (at most " + decimal(limit) + ")"
	}
	what := param
	if what == "" {
		what = "the argument"
	}
	why = what + " " + why
	if m.v2() {
		return &Failure{Code: codeInvalid, Message: nameOf(codeInvalid), Detail: why, Field: param, Limit: limit, v2: true}
	}
	return &Failure{Code: codeBadParam, Message: m.complaint(why), Detail: reason, Field: param, Limit: limit}
}
