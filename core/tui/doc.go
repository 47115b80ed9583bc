// Package tui is the TUI dialect: it turns the calls of the vendor's room engine
// and of its conference invitation manager into commands of package wire, and
// outcomes, refusals and notices into the vendor's results, errors and events. An
// [Instance] is what one SDK instance knows; it does no I/O.
//
// # A call
//
//	request, err := instance.Ask("inviteUsers", options) // options: JSON text
//	// request.Order nil: there is nothing to ask; else send it
//	result, err := request.Result(outcome) // it was carried out; "" is undefined
//	err = request.Refused(refusal)         // it was not
//	err = request.Failed(tui.TimedOut)     // nobody knows
//
// Every error is a [*Failure]: {"code": number, "message": string, "field"?: string,
// "limit"?: number, "after"?: number} as JSON text. [Instance.Told] and
// [Instance.Fresh] make the events of notices and of fresh starts.
//
// # Methods
//
// Options are one JSON object; a parameter that is undefined is left out, and what
// JSON cannot say (NaN) becomes null, which is refused where a number is meant.
//
//	login                     {sdkAppId, userId, userSig}; connects, and waits for it; undefined
//	logout                    {}; leaves the room, disconnects; undefined
//	ring                      {}; not the vendor's: onReceiveInvitation once more for what is pending, for a first
//	                          listener that came after it was told
//	setSelfInfo               {userName, avatarUrl, customInfo?}; what is left out stays; undefined
//	getSelfInfo               {}; TUILoginUserInfo
//	createRoom                the vendor's params; undefined
//	enterRoom                 {roomId, roomType?, options?: {password?}}; TUIRoomInfo
//	exitRoom, destroyRoom     {}; undefined
//	fetchRoomInfo             {roomId?}; TUIRoomInfo
//	getUserList               {nextSequence?}; {userInfoList, nextSequence}
//	getUserInfo               {userId}; TUIUserInfo
//	kickRemoteUserOutOfRoom   {userId}; undefined
//	changeUserRole            {userId, userRole}; undefined
//	changeUserNameCard        {userId, nameCard}; undefined
//	updateRoomNameByAdmin     {roomName}; undefined
//	updateRoomPasswordByAdmin {password}; undefined
//	inviteUsers               {roomId, userIdList, timeout?, extensionInfo?}; {[userId]: TUIInvitationCode}
//	cancelInvitation          {roomId, userIdList}; undefined
//	accept                    {roomId}; undefined
//	reject                    {roomId, reason?}; undefined
//	getInvitationList         {roomId, cursor?, count?}; {invitationList, cursor}
//
// Parameters are looked at first (-1001, -2105, -2107), then whether one is logged
// in (-1002), then where one is (-2101, -2108); the rest, limits and rights among
// it, is the relay's to say: see [Codes]. A login is given up after 30 s. A link
// that was lost is no logout: until it is back, calls are refused with -1. Who
// may not destroy a room gets -2300, as for all that is the owner's.
//
// # Events
//
// They have the vendor's names, and their payloads the vendor's keys, all of them.
// roomInfo is a whole TUIRoomInfo everywhere, and invitation {status, invitee,
// inviter} with whole TUIUserInfos.
//
//	onReceiveInvitation              {roomInfo, invitation, extensionInfo}
//	onInvitationHandledByOtherDevice {roomInfo, accepted}
//	onInvitationCancelled            {roomInfo, invitation}
//	onInvitationRevokedByAdmin       {roomInfo, invitation, operateUser}
//	onInvitationTimeout              {roomInfo, invitation}
//	onInvitationAccepted             {roomInfo, invitation}
//	onInvitationRejected             {roomInfo, invitation, reason}
//	onInvitationAdded                {roomInfo, invitation}
//	onInvitationRemoved              {roomInfo, invitation}
//	onInvitationStatusChanged        {roomInfo, invitation}
//	onRoomDismissed                  {roomId, reason}
//	onKickedOutOfRoom                {roomId, reason, message}
//	onRemoteUserEnterRoom            {roomId, userInfo}
//	onRemoteUserLeaveRoom            {roomId, userInfo}
//	onRoomUserCountChanged           {roomId, userCount}
//	onRoomNameChanged                {roomId, roomName}
//	onUserInfoChanged                {userInfo}
//	onUserRoleChanged                {userInfo}
//	onKickedOffLine                  {message}
//	onUserSigExpired                 null: called without an argument
//	onError                          {code, message}
//
// Of one notice, what concerns the account's own invitations comes first, then
// the room's list of them, then the room.
//
// # The room
//
// An instance is in at most one room: where its own enterRoom led. What the account
// does in other rooms, or through other devices, it does not hear of, except for
// invitations. A channel of the NIM dialect is a conference whose owner is its
// creator.
//
// # Who hears of an invitation
//
//   - The invitee: every instance. A second one into the same room is not told while
//     the first is pending; it is told when the first was withdrawn, rejected or
//     ran out and it is still pending.
//   - The inviter: the instance that made it, and the one that is in the room.
//   - The room's list: the instance that is in the room. See [List].
//
// After a fresh start what is told is the difference: how the list is now, who came
// and went, and for an invitation that rang and is over, onInvitationTimeout or
// onInvitationCancelled.
package tui
