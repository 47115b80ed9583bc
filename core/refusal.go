package core

import "strconv"

// Code names the neutral reason of a [Refusal]. Codes travel to the page, where
// each dialect has a table that names them its own way; they are only ever
// added to.
type Code string

// The reasons for which the machine refuses a command.
const (
	NoChannel          Code = "no-such-channel"     // unknown, closed or expired
	NameTaken          Code = "name-taken"          // a live channel has this name
	NotMember          Code = "not-a-member"        // the caller is not in the channel (nor its creator); or, of Field, who is meant is not
	AlreadyMember      Code = "already-a-member"    // the account is in the channel
	OtherDevice        Code = "on-another-device"   // the account is in the channel through another device
	UIDTaken           Code = "uid-taken"           // another member has this uid
	ChannelFull        Code = "channel-full"        // as many members as the channel may have
	NoInvitation       Code = "no-such-invitation"  // unknown, or ended so long ago that it is forgotten
	InvitationAccepted Code = "invitation-accepted" // it had been accepted before
	InvitationRejected Code = "invitation-rejected" // it had been rejected before
	InvitationOver     Code = "invitation-over"     // it had been cancelled or revoked, or expired
	BadField           Code = "bad-field"           // Field is not as Detail says
	Forbidden          Code = "forbidden"           // the channel's policy does not let the caller do it
	LimitReached       Code = "limit-reached"       // Field counts as many as there may be
	NeedPassword       Code = "need-password"       // entering takes one
	WrongPassword      Code = "wrong-password"      // entering takes another one
	NeedOwner          Code = "need-owner"          // only the room's owner may
	NeedAdministrator  Code = "need-administrator"  // only the room's owner and administrators may
	OwnerStays         Code = "owner-cannot-leave"  // a room's owner destroys it, or passes it on first
	Busy               Code = "busy"                // the relay is at its limits: try again later
	TooLarge           Code = "too-large"           // what would have to be stored exceeds a record
	UnknownCommand     Code = "unknown-command"     // this relay has no command of that name
	Unauthorized       Code = "unauthorized"        // the token does not let the account in
	Banned             Code = "banned"              // an operator keeps the account or the device out; After says for how long, if it ends
	WrongVersion       Code = "unsupported-version" // the relay does not speak the page's protocol version
	WrongApp           Code = "no-such-app"         // the relay has no app of that name
)

// A Refusal says why a command was not carried out. It changed nothing.
type Refusal struct {
	Code   Code
	Field  string // the field at fault, for BadField and LimitReached; of NotMember: account, if not the caller is meant
	Limit  int    // what Field may measure at the most, where that is the matter
	Detail string // for people
}

func (r *Refusal) Error() string {
	s := string(r.Code)
	if r.Field != "" {
		s += ": " + r.Field
	}
	if r.Limit != 0 {
		s += " (at most " + strconv.Itoa(r.Limit) + ")"
	}
	if r.Detail != "" {
		s += ": " + r.Detail
	}
	return s
}

func refuse(code Code, detail string) *Refusal { return &Refusal{Code: code, Detail: detail} }
