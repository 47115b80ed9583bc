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
//	  - [Create] to [Call] end in an [Answered] event, which holds what they answer; a
//	    [Close]'s stands before [Closed], since it shows the channel.
//	  - [LinkDown] and [LinkUp] are the host's commands when a device's last link is
//	    lost and its first one is there. A command must not be handled behind the
//	    LinkDown of the link it came by. [LinksDown] is the first command after the
//	    journal has been replayed: nobody has a link then.
//
// # An invitation
//
//	           ┌─ Accept, JoinAndAccept ─────────▶ Accepted
//	           ├─ Reject ────────────────────────▶ Rejected
//	Pending ───┼─ Cancel; Close of its channel ──▶ Cancelled
//	           ├─ (an owner revokes it) ─────────▶ Revoked
//	           └─ its deadline ──────────────────▶ Expired
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
//	a deadline that has passed                nobody is told; answers are refused as over
//	its inviter leaves, or is lost            it stands
//	its channel is closed                     cancelled; its invitee is told
//	its invitee joins                         it stands: who has joined may accept (but not JoinAndAccept)
//	its inviter has no device linked          Accept and Reject happen, and answer Offline; AutoJoin is not tried
//
//	who                                       may
//	creator (joined or not), member           invite (N1), close, delay
//	inviter, also after having left           cancel; nobody else may (N12)
//	invitee, by any device                    accept, reject
//	whoever knows the channel's id            join (N7), control: a member, or the creator
//	everybody                                 message everybody
//	nobody                                    invite themself
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
//	a channel with a pending invitation       lives until the last of their deadlines, even if that is later
//	an account                                has one seat in a channel, through one device
//	joins by the same device                  refused: AlreadyMember
//	joins by another device                   refused: OtherDevice; but if the first one is lost, the seat moves
//	a seat that moves                         keeps its uid unless another is asked for; needs no room
//	a member without a link for 2 min         leaves; the period survives a restart, which gives the others a whole one
//	a uid                                     is unique in its channel; 0 has the machine pick one, up to 2^53-1 (N8)
//	a name                                    is unique among live channels, byte by byte; none: the channel's id
//
// # Several things in one
//
// [Call] creates a channel, joins it and rings; [CreateAndJoin] creates and joins
// (or joins the channel that has the name); [JoinAndAccept] joins and accepts.
// Either all of it happens, or nothing (N2, N6). In an [Accept] with AutoJoin the
// acceptance stands when the join is refused: the answer says why it was.
//
//	JoinAndAccept checks, in this order       NoChannel, OtherDevice, AlreadyMember, UIDTaken, ChannelFull, then
//	                                          NoInvitation, InvitationOver, InvitationRejected, InvitationAccepted
//	Invite checks                             BadField, NoChannel, NotMember, AlreadyMember, ChannelFull
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
//	Joined                         the other members, and who joined
//	Left                           the other members, and who left, or was lost
//	Invited                        the invitee
//	Ended: accepted, rejected      the inviter, and the invitee
//	Ended: cancelled               the invitee
//	Ended: expired                 nobody
//	Closed by a member             the other members, and the closer; they hear of no leaving
//	Closed, expired                nobody: nobody was in it
//	Controlled                     the account that is meant, or the other members
//	Messaged                       the account that is meant
//	all others                     nobody
//
// # Inboxes
//
// What was asked to be stored (Store) goes into the inboxes of those who are told
// it, online or not, but not into the actor's own. It stays until it is marked as
// read, is too old, or others take its room. [Controlled] and [Messaged] are never
// stored.
//
//	a Cancel, or a Close, of an invitation    is stored if the invitation is unread in the inbox, whatever was
//	                                          asked for (N10)
//	a notice whose channel is gone            is over
//	an unread invitation that is not pending  is over, too (N10)
//	positions that are not in the inbox       are ignored by MarkRead
//
// # Bounds
//
// [Config] sets those that are counted; each is refused with a code that names
// the field and the limit. Texts are counted in Unicode code points.
//
//	members of a channel                      100          ChannelFull; nobody is invited into a full one either (N12)
//	pending invitations of a channel          1,000        LimitReached pending
//	live channels of one creator              100          LimitReached channels
//	memberships of one account                100          LimitReached memberships
//	ended invitations, remembered             500 of a channel, those that ended last, for 10 min; then NoInvitation
//	notices in an inbox                       1,000, the latest, for 7 days
//	answers, remembered                       64 of a device, all its lives, for 60 s (then until the next answer)
//	requestId, name                           128          BadField
//	ext, attach, joinAttach, push.payload     4,096        BadField
//	push.content, push.title                  500, 32      BadField
//	an account                                1 to 128 bytes, no control characters
//
// What is bad in itself is refused before anything is looked up. A text that is
// not JSON is no fault of push.payload (N9).
//
// The tags in brackets are decisions of the NIM contract. testdata/script tells
// each rule as a story.
package core
