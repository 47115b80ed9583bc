// Package core is the machine: what a channel, its members and its invitations
// are, who may do what with them, and what happens then. A relay runs it; the
// browser does not.
//
// It does no I/O, and knows no clock, no randomness and no goroutines. Commands
// come in with the time and what else the world knows, and events come out:
// facts, each with the list of accounts that are told it. The same commands and
// [Env] give the same events, byte for byte, and the same events the same
// machine. So what was answered survives in a journal of events.
//
// # Driving it
//
//		a := core.New(config)
//		for each record of the journal: for each event: a.Apply(stamp, event)
//
//		for each group of commands, which share one now:
//			for events := a.Due(now); len(events) > 0; events = a.Due(now) {
//				apply them
//			}
//			for each command:
//				if outcome, ok := a.Answer(command.By, command.N); ok { that is the answer }
//				events, err := a.Handle(env, command)   // a *Refusal, or
//				apply them                              // what happens
//			store all events of the group, then answer, then tell those they concern
//		at a.Deadline(), if nobody asks anything before: a group without commands
//
//	  - Answer comes first: a command that is asked again under its id gets its first
//	    answer, and does not happen again. Refusals are not remembered; they changed
//	    nothing, and asking again decides again.
//	  - Due runs to its end before anything is handled. Each call says one thing: the
//	    oldest deadline that has passed at now, of several the one with the smallest
//	    id. Handle looks at now itself, too: an invitation or a channel whose time is
//	    up is treated so, though Due has not said it yet.
//	  - Handle decides and changes nothing. Apply records and never refuses.
//	  - A [Stamp]'s Now never goes back. Time 0 means never: a clock does not show it.
//	  - Everything that was decided on Env (whether a device rang, the ids) stands in
//	    the events. Nothing that Apply looks at is not in them, [Config] apart.
//	  - Whatever a device asks ends in an [Answered] event, which holds what it
//	    answers; a [Close]'s stands before [Closed], since it shows the channel.
//	  - [LinkDown] and [LinkUp] are the host's commands when a device's last link is
//	    lost and its first one is there. A command must not be handled behind the
//	    LinkDown of the link it came by. [LinksDown] is the first command after the
//	    journal has been replayed: nobody has a link then.
//
// # An invitation
//
//	           ┌─ Accept, JoinAndAccept, Settle, Enter ──▶ Accepted
//	           ├─ Reject, Settle ────────────────────────▶ Rejected
//	Pending ───┼─ Cancel, Withdraw; its channel ends ────▶ Cancelled
//	           ├─ Withdraw by somebody else who may ─────▶ Revoked
//	           └─ its deadline ──────────────────────────▶ Expired
//
// Every state but Pending is final, and an invitation reaches one of them, once:
// of several who would end it, the first one handled does, and the others are
// refused with what it was.
//
// An invitation is named by (channel, inviter, requestId, invitee). All four are
// compared byte by byte.
//
//	the same key again, while it is pending   the first outcome; no second ring, the deadline as it was
//	the same key again, after its end         a new invitation, which replaces the record of the old one
//	one requestId in several channels         unrelated invitations
//	one requestId for several invitees        one invitation each
//	several for one invitee in one channel    stand side by side; answering one leaves the others
//	now < deadline                            in time
//	now = deadline                            expired, also when Due is late
//	a deadline that has passed                answers are refused as over
//	no deadline                               rings until it is answered, or its channel ends
//	several of one inviter, requestId,        expire in one event
//	channel and deadline
//	its inviter leaves, or is lost            it stands
//	its channel is closed, or expires         cancelled; its invitee is told
//	its invitee joins                         it stands: who has joined may accept (but not JoinAndAccept)
//	its invitee enters                        accepted, as all that are pending for it in that channel
//	its inviter has no device linked          Accept and Reject happen, and answer Offline; AutoJoin is not tried
//	InviteAll of who has a pending one there  is answered Pending, be it anybody's; of a member, Inside; neither rings
//	Settle                                    answers all of the caller's in that channel; each inviter is told
//	Settle of nothing                         NoInvitation, or how the last one ended, for 10 min
//
//	who, in a channel that is no room         may
//	creator (joined or not), member           invite (N1), close, delay, withdraw their own
//	creator                                   withdraw anybody's
//	inviter, also after having left           cancel; nobody else may (N12)
//	invitee, by any device                    accept, reject, settle
//	whoever knows the channel's id            join (N7), enter, control: a member, or the creator
//	everybody                                 message everybody
//	nobody                                    invite themself; what is below in the list of rooms: Forbidden
//
// # A channel and its members
//
//	          Create, Call                     Close, or time is up with nobody in it,
//	nothing ───────────────▶ live ───────────▶ and nobody being rung
//	                         │  ▲
//	                         └──┘ renewed when time is up otherwise
//
//	          Join, JoinAndAccept,              LinkDown
//	nothing ─ Accept with AutoJoin, ─▶ linked ───────────▶ lost ── the grace period ends ─▶ nothing
//	          Call                     │  ▲ ▲   LinkUp      │
//	                                   │  │ └───────────────┤
//	                          Leave ◀──┘  └─ another device ┘
//	                          (or Close)     of the account joins
//
//	a channel with nobody in it               lives 2 h from its making, or from when the last member left
//	a channel with somebody in it             is renewed for 2 h, whenever they are over
//	Delay                                     has it live 2 h from now on
//	a channel with a pending invitation       lives until the last of their deadlines, even if that is later; what rings
//	                                          for ever keeps no channel alive
//	an account                                has one seat in a channel, through one device
//	joins by the same device                  refused: AlreadyMember
//	joins by another device                   refused: OtherDevice; but if the first one is lost, the seat moves
//	a seat that moves                         keeps its uid unless another is asked for; needs no room
//	a member without a link for 2 min         leaves; the period survives a restart, which gives the others a whole one
//	a uid                                     is unique in its channel; 0 has the machine pick one, up to 2^53-1 (N8)
//	a name                                    is unique among live channels, byte by byte; none: the channel's id
//
// # A room
//
// is a channel of [RoomPolicy]. Rights follow the channel's policy, whoever asks,
// and what joining means follows the command.
//
//	its id                                    is chosen by the creator, and is its name, too
//	its time                                  24 h with nobody in it, whatever rings; Delay has it live 24 h from now on
//	its owner                                 the creator, until the room is passed on; need not be inside; cannot Leave
//	                                          (OwnerStays), but may be lost as everybody is
//	its members                               have a role and a card, which end with the seat, and move with it
//	Enter by another device                   the seat moves, be the first one linked or not
//	Enter by the same device                  answers again; nothing happens
//	Join                                      as everywhere
//	its password                              binds Enter, and every join: NeedPassword. Not asked: members, the owner,
//	                                          whoever has a pending invitation, or an accepted one and has not come in since
//
//	who                                       may
//	member                                    invite, withdraw their own invitations, change their own card, delay
//	administrator                             withdraw anybody's, remove plain members and change their cards, change title
//	                                          and password
//	owner, inside                             do so to everybody, give roles, pass the room on (and be a plain member then)
//	owner, inside or not                      close
//	somebody else who is not inside           NotMember; who is, and may not: NeedAdministrator or NeedOwner
//	nobody                                    remove themself, or change their own role
//
// A [Withdraw] of accounts of which one has nothing but others' invitations, by
// somebody who may not withdraw those, does nothing at all.
//
// # The list of invitations
//
// Every channel has one: see [Channel.List]. Of each invitee it shows
//
//	the oldest pending invitation             or else
//	the one that ended last                   if it was accepted or rejected, or expired, while the invitee was not a member;
//	                                          until the invitee joins, is invited again, or the entry is Unlisted
//
// Members are told everything that changes it, and can keep it from what they know
// by [Channel.Standing]. It has 1,000 entries: who is one more makes [Unlisted]s of
// those that ended first, and LimitReached if all are pending.
//
// # Several things in one
//
// [Call] creates a channel, joins it and rings; [CreateAndJoin] creates and joins
// (or joins the channel that has the name); [JoinAndAccept] joins and accepts.
// Either all of it happens, or nothing (N2, N6). In an [Accept] with AutoJoin the
// acceptance stands when the join is refused: the answer says why it was.
//
//	JoinAndAccept checks, in this order       NoChannel, OtherDevice, AlreadyMember, NeedPassword, UIDTaken, ChannelFull, then
//	                                          NoInvitation, InvitationOver, InvitationRejected, InvitationAccepted
//	Enter checks                              NoChannel, NeedPassword, WrongPassword, ChannelFull, LimitReached memberships
//	Invite checks                             BadField, NoChannel, NotMember, AlreadyMember, ChannelFull, LimitReached
//	Call with the name of a live channel      NameTaken; ReuseOwn joins the caller's own, not yet joined (N3); ReuseAny joins any
//	Call again, while the invitation with     answers that invitation's channel, whatever else it says: a retry by hand
//	its requestId and invitee is pending      is not a second ring
//	Call, Invite: no device of the callee's   happened: Offline, or NoPush when a push was wanted and nobody took it (N5)
//
// # Who is told which event
//
// Whoever acted is told by the answer; where the list names them, it is their
// other devices that hear of it.
//
//	                               To                                     and for the list, Members
//	Joined                         the other members, and who joined
//	Left                           the other members, and who left, was lost or was removed
//	Invited                        the invitees                            all members
//	Ended: accepted, rejected      the inviters, and the invitee           the other members
//	Ended: expired                 the inviter, and the invitees           the other members
//	Ended: cancelled               the invitees                            the other members
//	Ended: revoked                 the inviters, and the invitees          the other members
//	Unlisted                       all members
//	MemberChanged, RoomChanged     all members
//	ProfileChanged                 the account, and all who are in a channel with it
//	Closed by a member             the other members, and the closer; they hear of no leaving
//	Closed, expired                nobody: nobody was in it
//	Controlled                     the account that is meant, or the other members
//	Messaged                       the account that is meant
//	all others                     nobody
//
// Where Echo is set, and of MemberChanged, RoomChanged, ProfileChanged and a removal,
// the device that acted is told, too: it keeps what it shows by what it is told.
//
// # The two dialects meet
//
// A channel is a NIM channel and a TUI room at once. What a page hears depends on
// its own dialect, not on who acted:
//
//	event                      a NIM page hears                            a TUI page hears
//	Joined                     ROOM_JOIN, from = the member, attach.member onRemoteUserEnterRoom, onRoomUserCountChanged; the
//	                           with its uid; silent: a seat that moves in  account's other device that had the seat:
//	                           a room                                      onKickedOutOfRoom 1
//	Left                       LEAVE, from = the member                    onRemoteUserLeaveRoom, onRoomUserCountChanged; itself
//	                                                                       when it was lost: onKickedOutOfRoom 3
//	Left, removed              LEAVE, from = the member; itself, too       the same; itself: onKickedOutOfRoom 0
//	Closed                     ROOM_CLOSE, from = who closed it            onRoomDismissed 1
//	Invited, the invitee       INVITE, from = the inviter, to = itself,    onReceiveInvitation {roomInfo, invitation: pending,
//	                           requestId, attachExt = extensionInfo        extensionInfo = attachExt}; not for a second one while
//	                                                                       one is pending
//	Invited, a member          –                                           onInvitationAdded, unless an older one is shown
//	Ended: accepted            ACCEPT, from = the invitee, to = the        onInvitationAccepted {roomInfo, invitation: accepted}
//	  the inviter              inviter, requestId
//	  the invitee's others     the same, as a multi-client event           onInvitationHandledByOtherDevice {accepted: true}
//	Ended: rejected            REJECT, likewise; no reason                 onInvitationRejected {…, reason}; NIM's is
//	  the inviter                                                          kRejectToEnter
//	  the invitee's others     the same, as a multi-client event           onInvitationHandledByOtherDevice {accepted: false}
//	Ended: cancelled           CANCEL_INVITE, from = the inviter, to =     onInvitationCancelled {roomInfo, invitation: pending}
//	  the invitee              the invitee, requestId
//	Ended: revoked             CANCEL_INVITE, from = who revoked it        onInvitationRevokedByAdmin {…, operateUser}
//	  the invitee, the inviter
//	Ended: expired             –                                           onInvitationTimeout {roomInfo, invitation: timeout}
//	  the invitee, the inviter
//	Ended, a member            –                                           onInvitationStatusChanged, or onInvitationRemoved when
//	                                                                       it is no longer in the list
//	Unlisted                   –                                           onInvitationRemoved
//	MemberChanged              –                                           onUserRoleChanged, onUserInfoChanged
//	RoomChanged                –                                           onRoomNameChanged
//	ProfileChanged             –                                           onUserInfoChanged
//	Controlled                 CONTROL                                     –
//	Messaged                   msg                                         –
//
//	what                       a NIM page sees                             a TUI page sees
//	channelId, roomId          the same                                    the same
//	channelName, roomName      name = the room's id                        title; of a NIM channel, its name
//	type                       "2" of a room                               always a conference
//	creator, owner             creator                                     owner; of a NIM channel, its creator
//	another member             uid                                         general user; of a room, its role
//	requestId                  decimal, if InviteAll made it               –
//	timeout                    90 s of its own invitations                 as the inviter says; 0 = never
//	refusals it has no name    403 with the reason                         100006 with the reason
//	for
//
// # Inboxes
//
// What was asked to be stored (Store) goes into the inboxes of those who are told
// it, online or not, but not into the actor's own. It stays until it is marked as
// read, is too old, or others take its room. [Controlled] and [Messaged] are never
// stored.
//
//	the Cancelled or Revoked of an invitation is stored if the invitation is unread in the inbox, whatever was
//	                                          asked for (N10)
//	what is told for the list alone           is not stored
//	a notice whose channel is gone            is over
//	an unread invitation that is not pending  is over, too (N10)
//	positions that are not in the inbox       are ignored by MarkRead
//
// # Bounds
//
// [Config] sets those that are counted; each is refused with a code that names
// the field and the limit. Texts are counted in Unicode code points.
//
//	members of a channel, of a room           100, 1,000   ChannelFull; nobody is invited into a full one either (N12)
//	pending invitations of a channel          1,000        LimitReached pending
//	pending invitations of one inviter        1,000        Busy pending: it can ring more when some have ended
//	pending invitations of one invitee        1,000        LimitReached invitee
//	entries of a channel's list               1,000        LimitReached listed, when all are pending
//	invitees of one command                   1,000        BadField
//	live channels of one creator              100          LimitReached channels
//	memberships of one account                100          LimitReached memberships
//	ended invitations, remembered             500 of a channel, those that ended last, for 10 min; then NoInvitation; and
//	                                          those that are in its list
//	notices in an inbox                       1,000, the latest, for 7 days
//	answers, remembered                       64 of a device, all its lives, for 60 s (then until the next answer)
//	requestId, name                           128          BadField
//	ext, attach, joinAttach, push.payload     4,096        BadField
//	push.content, push.title                  500, 32      BadField
//	a room's card                             128          BadField
//	a profile's name, avatar, custom          128, 1,024, 4,096   BadField
//	a room's title, password                  30, 32 bytes BadField
//	a room's id                               1 to 64 bytes of a-z, A-Z, 0-9, space and !#$%&()+-:;<=.>?@[]^_{}|~,
//	timeout                                   0 (never) to 100 years   BadField
//	an account                                1 to 128 bytes, no control characters
//
// What is bad in itself is refused before anything is looked up. A text that is
// not JSON is no fault of push.payload (N9).
//
// The tags in brackets are decisions of the NIM contract. testdata/script tells
// each rule as a story.
package core
