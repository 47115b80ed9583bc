package tui

import (
	"slices"
	"strconv"

	"beckon/core/codec"
)

// A Param is a parameter of the vendor's calls.
type Param struct {
	Name  string
	Field string // the field of wire's orders that carries it

	as   reading
	code int    // what is wrong with it, if not errParam
	text string // the manager's way to say so
}

// param is an index of Params.
type param uint8

const (
	pSDKAppID param = iota
	pUserSig
	pUserName
	pAvatar
	pCustom
	pRoomID
	pAnyRoomID
	pConference
	pRoomName
	pNewName
	pRoomType
	pSeats
	pSeatMode
	pMaxSeats
	pOwnerSeat
	pNoCamera
	pNoMic
	pNoText
	pNoScreen
	pPassword
	pNewPassword
	pAccess
	pSequence
	pUserID
	pUserRole
	pNameCard
	pUserIDs
	pTimeout
	pExtension
	pReason
	pCursor
	pCount
	params
)

// Params lists the parameters of all [Methods].
var Params = [params]Param{
	pSDKAppID:    {Name: "sdkAppId", as: asApp},
	pUserSig:     {Name: "userSig", as: asName},
	pUserName:    {Name: "userName", Field: "name"},
	pAvatar:      {Name: "avatarUrl", Field: "avatar"},
	pCustom:      {Name: "customInfo", Field: "custom", as: asJSON},
	pRoomID:      {Name: "roomId", Field: "channel", as: asRoom, code: errRoomID},
	pAnyRoomID:   {Name: "roomId", Field: "channel", as: asAnyRoom, code: errRoomID}, // absent: the room that one is in
	pConference:  {Name: "roomId", Field: "channel", as: asRoom, text: "invalid conference_id"},
	pRoomName:    {Name: "roomName", Field: "title", code: errRoomName},
	pNewName:     {Name: "roomName", Field: "title", as: asName, code: errRoomName},
	pRoomType:    {Name: "roomType", as: asRoomType},
	pSeats:       {Name: "isSeatEnabled", as: asFlag},
	pSeatMode:    {Name: "seatMode", as: asSeatMode},
	pMaxSeats:    {Name: "maxSeatCount", as: asWhole},
	pOwnerSeat:   {Name: "keepOwnerOnSeat", as: asFlag},
	pNoCamera:    {Name: "isCameraDisableForAllUser", as: asFlag},
	pNoMic:       {Name: "isMicrophoneDisableForAllUser", as: asFlag},
	pNoText:      {Name: "isMessageDisableForAllUser", as: asFlag},
	pNoScreen:    {Name: "isScreenShareDisableForAllUser", as: asFlag},
	pPassword:    {Name: "password", Field: "password"},
	pNewPassword: {Name: "password", Field: "password", as: asGiven},
	pAccess:      {Name: "options", as: asAccess},
	pSequence:    {Name: "nextSequence", as: asWhole},
	pUserID:      {Name: "userId", Field: "account", as: asName},
	pUserRole:    {Name: "userRole", Field: "role", as: asRole},
	pNameCard:    {Name: "nameCard", Field: "card", as: asGiven},
	pUserIDs:     {Name: "userIdList", Field: "invitees", as: asUsers, text: "invalid user_id_list"},
	pTimeout:     {Name: "timeout", Field: "timeout", as: asSeconds, text: "invalid timeout"},
	pExtension:   {Name: "extensionInfo", Field: "attach", text: "invalid extensionInfo"},
	pReason:      {Name: "reason", Field: "reason", as: asReason, text: "invalid reason"},
	pCursor:      {Name: "cursor", Field: "after", text: "invalid cursor"},
	pCount:       {Name: "count", Field: "count", as: asWhole, text: "invalid count"},
}

// bad says what is wrong with a parameter, in the vendor's words where it has some.
func (m *Method) bad(p *Param, why string, given codec.Raw, limit int64) *Failure {
	f := &Failure{Code: p.code, Field: p.Name, Limit: limit}
	if f.Code == 0 || why == missing {
		f.Code = errParam
	}
	if limit != 0 {
		why += " (at most " + strconv.FormatInt(limit, 10) + ")"
	}
	switch {
	case why == missing && p.text != "":
		f.Message = p.text
	case p.text != "":
		f.Message = p.text + ": " + p.Name + " " + why
	case why == missing:
		got := string(given)
		if got == "" {
			got = "undefined"
		}
		f.Message = "'" + p.Name + "' is a required param when calling " + m.Name + "(), received: " + got + "."
	default:
		f.Message = "'" + p.Name + "' " + why + " when calling " + m.Name + "()"
	}
	return f
}

// paramOf is the parameter that a field of the order comes from, nil if none is.
func (m *Method) paramOf(field string) *Param {
	for _, p := range m.takes {
		switch {
		case p == pAccess && field == "password":
			return &Params[pPassword] // it is inside
		case Params[p].Field == field && field != "":
			return &Params[p]
		}
	}
	return nil
}

// Params lists the parameters that the method takes.
func (m *Method) Params() []string {
	var list []string
	for _, p := range m.takes {
		if !slices.Contains(list, Params[p].Name) {
			list = append(list, Params[p].Name)
		}
	}
	return list
}
