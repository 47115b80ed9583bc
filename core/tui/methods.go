package tui

import (
	"beckon/core/codec"
	"beckon/core/wire"
)

// A Method is one call of the vendor's SDK.
type Method struct {
	Name  string // the vendor's
	takes []param
	where where
	order func(*Instance, *options) wire.Order // nil: there is nothing to ask

	result func(*Request, *wire.Outcome) []byte // nil: undefined
}

// where says in which room the caller has to be.
type where uint8

const (
	anywhere  where = iota
	inRoom          // in one
	inThat          // in the one that roomId names
	inNoOther       // in none, or in the one that roomId names
)

// Methods lists the calls of this dialect.
var Methods = []Method{
	{Name: "login", takes: []param{pSDKAppID, pUserID, pUserSig}},
	{Name: "logout"},
	{Name: "setSelfInfo", takes: []param{pUserName, pAvatar, pCustom}, order: (*Instance).setProfile},
	{Name: "getSelfInfo", result: (*Request).self},
	{Name: "createRoom", takes: []param{pRoomID, pRoomName, pRoomType, pSeats, pSeatMode, pMaxSeats, pOwnerSeat,
		pNoCamera, pNoMic, pNoText, pNoScreen, pPassword}, order: (*Instance).create},
	{Name: "enterRoom", takes: []param{pRoomID, pRoomType, pAccess}, where: inNoOther, order: (*Instance).enter, result: (*Request).room},
	{Name: "exitRoom", where: inRoom, order: (*Instance).exit},
	{Name: "destroyRoom", where: inRoom, order: (*Instance).destroy},
	{Name: "fetchRoomInfo", takes: []param{pAnyRoomID}, order: (*Instance).find, result: (*Request).room},
	{Name: "getUserList", takes: []param{pSequence}, where: inRoom, result: (*Request).users},
	{Name: "getUserInfo", takes: []param{pUserID}, where: inRoom, result: (*Request).user},
	{Name: "kickRemoteUserOutOfRoom", takes: []param{pUserID}, where: inRoom, order: (*Instance).kick},
	{Name: "changeUserRole", takes: []param{pUserID, pUserRole}, where: inRoom, order: (*Instance).setRole},
	{Name: "changeUserNameCard", takes: []param{pUserID, pNameCard}, where: inRoom, order: (*Instance).setCard},
	{Name: "updateRoomNameByAdmin", takes: []param{pNewName}, where: inRoom, order: (*Instance).setTitle},
	{Name: "updateRoomPasswordByAdmin", takes: []param{pNewPassword}, where: inRoom, order: (*Instance).setPassword},

	{Name: "inviteUsers", takes: []param{pConference, pUserIDs, pTimeout, pExtension}, where: inThat,
		order: (*Instance).invite, result: (*Request).codes},
	{Name: "cancelInvitation", takes: []param{pConference, pUserIDs}, where: inThat, order: (*Instance).withdraw},
	{Name: "accept", takes: []param{pConference}, order: (*Instance).accept},
	{Name: "reject", takes: []param{pConference, pReason}, order: (*Instance).reject},
	{Name: "getInvitationList", takes: []param{pConference, pCursor, pCount}, order: (*Instance).list, result: (*Request).listed},
}

func methodNamed(name string) *Method {
	for i := range Methods {
		if Methods[i].Name == name {
			return &Methods[i]
		}
	}
	return nil
}

// setProfile keeps what the call leaves out.
func (x *Instance) setProfile(o *options) wire.Order {
	p := &wire.SetProfile{Name: x.self.Name, Avatar: x.self.Avatar, Custom: x.self.Custom}
	o.replace(&p.Name, pUserName)
	o.replace(&p.Avatar, pAvatar)
	o.replace(&p.Custom, pCustom)
	return p
}

func (o *options) replace(s *string, p param) {
	if o.given[p] != nil {
		*s = o.text[p]
	}
}

func (x *Instance) create(o *options) wire.Order {
	is := func(p param) bool { return o.number[p] == 1 }
	return &wire.CreateRoom{Channel: o.text[pRoomID], Title: o.text[pRoomName], Password: o.text[pPassword],
		Ext: string(codec.Append(nil, &settings{seats: is(pSeats), ownerSeat: is(pOwnerSeat), seatMode: o.number[pSeatMode],
			maxSeats: o.number[pMaxSeats], noCamera: is(pNoCamera), noMic: is(pNoMic), noText: is(pNoText), noScreen: is(pNoScreen)}))}
}

func (x *Instance) enter(o *options) wire.Order {
	return &wire.Enter{Channel: o.text[pRoomID], Password: o.text[pPassword]}
}

func (x *Instance) exit(*options) wire.Order { return &wire.Leave{Channel: x.room.ID} }

func (x *Instance) destroy(*options) wire.Order { return &wire.Close{Channel: x.room.ID} }

func (x *Instance) find(o *options) wire.Order {
	if id := o.text[pAnyRoomID]; id != "" {
		return &wire.Find{Channel: id}
	}
	return &wire.Find{Channel: x.room.ID}
}

func (x *Instance) kick(o *options) wire.Order {
	return &wire.Kick{Channel: x.room.ID, Account: o.text[pUserID]}
}

func (x *Instance) setRole(o *options) wire.Order {
	return &wire.SetRole{Channel: x.room.ID, Account: o.text[pUserID], Role: roles[o.number[pUserRole]]}
}

func (x *Instance) setCard(o *options) wire.Order {
	return &wire.SetCard{Channel: x.room.ID, Account: o.text[pUserID], Card: o.text[pNameCard]}
}

func (x *Instance) setTitle(o *options) wire.Order {
	return &wire.SetTitle{Channel: x.room.ID, Title: o.text[pNewName]}
}

func (x *Instance) setPassword(o *options) wire.Order {
	return &wire.SetPassword{Channel: x.room.ID, Password: o.text[pNewPassword]}
}

func (x *Instance) invite(o *options) wire.Order {
	return &wire.InviteAll{Channel: o.text[pConference], Invitees: o.users, Timeout: o.number[pTimeout], Attach: o.text[pExtension]}
}

func (x *Instance) withdraw(o *options) wire.Order {
	return &wire.Withdraw{Channel: o.text[pConference], Invitees: o.users}
}

func (x *Instance) accept(o *options) wire.Order {
	return &wire.Settle{Channel: o.text[pConference], Accept: true}
}

func (x *Instance) reject(o *options) wire.Order {
	return &wire.Settle{Channel: o.text[pConference], Reason: o.number[pReason]}
}

// list takes 20 where the call says nothing, and 100 at the most (T2).
func (x *Instance) list(o *options) wire.Order {
	count := o.number[pCount]
	if count <= 0 {
		count = 20
	}
	return &wire.Invitations{Channel: o.text[pConference], After: o.text[pCursor], Count: min(count, 100)}
}
