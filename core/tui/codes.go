package tui

import (
	"slices"
	"strconv"

	"beckon/core/codec"
	"beckon/core/wire"
)

// A Code is a number that the vendor's errors carry, of the generation that
// version 3 of its package brought.
type Code struct {
	Number  int
	Name    string   // in the vendor's TUIErrorCode
	Reasons []string // the relay's refusals that it names
}

// The codes that checks of this package use.
const (
	errFailed       = -1
	errFrequency    = -2
	errParam        = -1001
	errNotLoggedIn  = -1002
	errAlreadyOwner = -1200
	errDestroy      = -1203
	errNotInRoom    = -2101
	errRoomType     = -2103
	errRoomID       = -2105
	errRoomName     = -2107
	errOtherRoom    = -2108
	errNoUser       = -2200
	errNonePending  = 100002
	errNoPermission = 100006
)

// Codes lists the codes of this dialect. A refusal that none of them names is a
// 100006 with the relay's reason in its message.
var Codes = []Code{
	{errFailed, "ERR_FAILED", nil},                                                   // there is no link, it was lost, or no answer came in time
	{errFrequency, "ERR_FREQ_LIMIT", []string{"busy"}},                               // the relay is at its limits: try again later
	{-1000, "ERR_SDKAPPID_NOT_FOUND", []string{"no-such-app"}},                       // the relay has no such app
	{errParam, "ERR_INVALID_PARAMETER", []string{"bad-field", "too-large"}},          // a parameter is not as it should be: see field and limit
	{errNotLoggedIn, "ERR_SDK_NOT_INITIALIZED", nil},                                 // not logged in
	{-1003, "ERR_PERMISSION_DENIED", []string{"unauthorized", "banned"}},             // the userSig does not let the user in, or an operator does not
	{errAlreadyOwner, "ERR_ALREADY_ROOM_OWNER", nil},                                 // the caller owns the room already
	{errDestroy, "ERR_DESTROY_ROOM_NO_PERMISSION", nil},                              // destroyRoom, where the caller has no right to that at all
	{errNotInRoom, "ERR_OPERATION_INVALID_BEFORE_ENTER_ROOM", nil},                   // the caller is not in the room
	{-2102, "ERR_EXIT_NOT_SUPPORTED_FOR_ROOM_OWNER", []string{"owner-cannot-leave"}}, // the owner destroys the room, or passes it on first
	{errRoomType, "ERR_OPERATION_NOT_SUPPORTED_IN_CURRENT_ROOM_TYPE", nil},           // rooms are conferences
	{errRoomID, "ERR_ROOM_ID_INVALID", nil},                                          // too long, or with a character that may not be in it
	{errRoomName, "ERR_ROOM_NAME_INVALID", nil},                                      // too long
	{errOtherRoom, "ERR_ALREADY_IN_OTHER_ROOM", nil},                                 // exit that one first
	{errNoUser, "ERR_USER_NOT_EXIST", nil},                                           // nobody of that name is in the room
	{-2300, "ERR_NEED_OWNER_PERMISSION", []string{"need-owner"}},                     // only the room's owner may
	{-2301, "ERR_NEED_ADMIN_PERMISSION", []string{"need-administrator"}},             // only its owner and its administrators may
	{100003, "ERR_ROOM_ID_OCCUPIED", []string{"name-taken"}},                         // there is such a room
	{100004, "ERR_ROOM_ID_NOT_EXIST", []string{"no-such-channel"}},                   // there is no such room
	{100005, "ERR_USER_NOT_ENTERED", []string{"not-a-member"}},                       // the caller, or the user meant, is not in the room
	{100008, "ERR_ROOM_USER_FULL", []string{"channel-full"}},                         // the room is full
	{100018, "ERR_NEED_PASSWORD", []string{"need-password"}},                         // entering takes a password
	{100019, "ERR_WRONG_PASSWORD", []string{"wrong-password"}},                       // entering takes another password

	// No invitation is pending: the message says how the last one ended.
	{errNonePending, "ERR_SERVER_INVALID_PARAMETER", []string{"no-such-invitation", "invitation-accepted", "invitation-rejected", "invitation-over"}},

	// Not allowed: the message says why.
	{errNoPermission, "ERR_NO_PERMISSION", []string{"forbidden", "limit-reached", "already-a-member", "on-another-device", "uid-taken",
		"unknown-command", "unsupported-version"}},
}

func codeOfReason(reason string) int {
	for i := range Codes {
		if slices.Contains(Codes[i].Reasons, reason) {
			return Codes[i].Number
		}
	}
	return errNoPermission
}

// A Failure is what a call rejects with.
type Failure struct {
	Code    int // one of [Codes]
	Message string
	Field   string // the parameter at fault
	Limit   int64  // what it may measure at the most
	After   int64  // milliseconds to wait before asking again
}

func (f *Failure) Error() string { return "TUIError " + strconv.Itoa(f.Code) + ": " + f.Message }

// Failure is the JSON text of the error's object.
func (f *Failure) Failure() string { return string(codec.Append(nil, f)) }

// Fields is for writing.
func (f *Failure) Fields(v *codec.Visitor) {
	code := codec.Raw(strconv.Itoa(f.Code))
	v.Raw("code", &code)
	v.String("message", &f.Message)
	v.String("field", &f.Field)
	v.Int("limit", &f.Limit)
	v.Int("after", &f.After)
}

// A Trouble keeps a call from being answered.
type Trouble struct {
	Code int
	Why  string
}

// The troubles.
var (
	NotLoggedIn = Trouble{errNotLoggedIn, "not logged in"}
	Offline     = Trouble{errFailed, "there is no link to the relay at the moment"}
	LinkLost    = Trouble{errFailed, "the link was lost before the answer came"}
	TimedOut    = Trouble{errFailed, "no answer came in time"}
	Unreachable = Trouble{errFailed, "no relay answers at "} // Why lacks the addresses
)

func because(r *wire.Refusal) string {
	if r.Detail == "" {
		return r.Code
	}
	return r.Code + ": " + r.Detail
}
