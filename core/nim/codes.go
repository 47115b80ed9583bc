package nim

import (
	"slices"

	"beckon/core/wire"
)

// A Code is a number that the vendor's errors carry.
type Code struct {
	Number  int
	Name    string   // the error's message; empty: the vendor has none, and the message says what is wrong
	Meaning string   // for the documentation
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
)

// Codes lists the codes of this dialect. A refusal that none of them names is a
// 403 with the relay's reason as its detail.
var Codes = []Code{
	{codeOffline, "PEER_NIM_OFFLINE", "the other account has no device online; what was asked has happened", nil},
	{codeNoPush, "PEER_PUSH_OFFLINE", "nor did a push message reach one; what was asked has happened", nil},
	{10404, "ROOM_NOT_EXISTS", "no such channel: unknown, closed or expired", []string{"no-such-channel"}},
	{10405, "ROOM_HAS_EXISTS", "a live channel has this name", []string{"name-taken"}},
	{10406, "ROOM_MEMBER_NOT_EXISTS", "the caller is not in the channel", []string{"not-a-member"}},
	{10407, "ROOM_MEMBER_HAS_EXISTS", "join: the caller is in the channel; invite: the invitee is", []string{"already-a-member"}},
	{10408, "INVITE_NOT_EXISTS", "no such invitation, or it was withdrawn or expired", []string{"no-such-invitation", "invitation-over"}},
	{10409, "INVITE_HAS_REJECT", "the invitation was rejected before", []string{"invitation-rejected"}},
	{10410, "INVITE_HAS_ACCEPT", "the invitation was accepted before", []string{"invitation-accepted"}},
	{codeBadParam, "", "a parameter is not as it should be: see field and limit", []string{"bad-field", "too-large"}},
	{10417, "UID_CONFLICT", "another member has this uid", []string{"uid-taken"}},
	{10419, "ROOM_MEMBER_EXCEED", "the channel is full", []string{"channel-full"}},
	{10420, "ROOM_MEMBER_HAS_EXISTS_OTHER_CLIENT", "the account is in the channel from another device", []string{"on-another-device"}},
	{302, "", "the token does not let the account in", []string{"unauthorized"}},
	{codeOther, "", "not allowed: see detail", []string{"forbidden", "limit-reached", "unknown-command", "unsupported-version", "no-such-app"}},
	{codeNotFound, "", "there is no such call", nil},
	{422, "", "the account or device may not come back", nil},
	{codeUnknown, "", "what should not happen", nil},
	{503, "", "the relay is at its limits: try again later", []string{"busy"}},
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
	f := &Failure{Code: code, Detail: r.Detail, Field: paramOf(r.Field), Limit: r.Limit, After: r.After}
	if f.Message = nameOf(code); f.Message != "" {
		return f
	}
	if code == codeBadParam && r.Field != "" {
		return m.badParam(f.Field, r.Detail, r.Limit)
	}
	if f.Detail = r.Code; r.Detail != "" {
		f.Detail += ": " + r.Detail
	}
	f.Message = m.complaint(f.Detail)
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
	return &Failure{Code: codeBadParam, Message: m.complaint(what + " " + why), Detail: reason, Field: param, Limit: limit}
}
