// Package nim is the NIM dialect: it turns the vendor's signalling calls into
// commands of package wire, and outcomes, refusals and notices into the
// vendor's results, errors and events. It keeps no state and does no I/O.
//
// # A call
//
//	request, err := nim.Ask("signalingInvite", options) // options: JSON text
//	// send request.Order
//	result, err := request.Result(outcome)              // it was carried out
//	err = request.Refused(refusal)                      // it was not
//	err = request.Failed(nim.TimedOut)                  // nobody knows
//
// Every error is a [*Failure]. [Events] reads notices, [Unread] an inbox,
// [Channels] where the account is a member, [Disconnected] why a link ended for
// good. What is left of a call, the vendor's Echo of the options and the fields
// that its documentation adds, the page's facade makes.
//
// # V2
//
// The vendor's newer V2NIMSignallingService gives and takes the same in other
// shapes. [AskV2], [V2Events], [V2Unread] and [V2Rooms] are to it what their
// namesakes are to the older one, and a Request's methods answer in its shapes:
// numbers are numbers, void is "", an error is a V2NIMError whose code always is a
// number. Its pushEnabled is false where it is not given.
//
// # Tables
//
// [Methods], [V2Methods], [Params], [Codes], [Rejections] and [Troubles] say what
// there is; a new call, code or parameter is a new row. An event is a case in
// happenings.
//
// # Checks
//
// Limits and rights are the machine's: the relay answers them, and Refused names
// the parameter. Ask refuses, with 10414, only what has the wrong type and what
// cannot travel; AskV2, with 191004, also what is missing, and oneself as the
// other account. Where the vendor takes anything, Ask does too: a uid that is no
// number from 1 to 2^63-1 is left out, autoJoin is what JavaScript takes for
// true, offlineEnabled and needPush count only when they are true, needBadge
// unless it is false, and what is not text becomes JSON text in pushPayload and
// nertcJoinRoomQueryParamMap. A msgid that is none is left out.
//
// # Who hears what
//
//   - What an account did itself, its other devices are not told, except that
//     they hear of its ACCEPT and REJECT as multi-client events. Notices of an
//     own acceptance that come back to the device that accepted make no event.
//   - An invitation that the inviter, a close or the end of the channel withdrew is
//     a CANCEL_INVITE from the inviter to the invitee, whoever did it, also when the
//     invitee's own other device closed the channel. The inviter hears nothing: as a
//     member they hear ROOM_CLOSE.
//   - What a room's owner or administrator withdrew is a CANCEL_INVITE from them,
//     to the invitee and to the inviter, whose to is the invitee both times.
//   - Expiry is silent; so is somebody else's invitation.
//   - Whom somebody removes from a room hears a LEAVE from themself. A member's move
//     to another device, and changes of a room's name, password, roles and list of
//     invitations, are silent there.
//   - One notice may end several invitations. Each that concerns the account is
//     an event of its own, and they share the notice's msgid.
//   - A channel that expired is a ROOM_CLOSE from its creator, since the vendor's
//     events always have a from.
//   - channelInValid is given where it is true: in ROOM_CLOSE, and in what is
//     unread if the channel is gone or the invitation over. A CANCEL_INVITE that
//     is told at once does not know whether its channel is gone.
//   - msgid is the notice's position if the account's inbox has it, else "0". What
//     an account did itself is not in its inbox, so a multi-client event has "0".
//   - CONTROL and messages are never stored. A message's attach arrives as the
//     value that it was, an object as an object.
//   - A member's expireTime is its channel's.
package nim
