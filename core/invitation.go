package core

// A Key tells an invitation from the others of its channel.
type Key struct {
	Inviter   string
	RequestID string
	Invitee   string
}

// An Invitation is one account asked into a channel by another.
type Invitation struct {
	Key
	Made     Position // of the Invited event
	Place    int      // among the invitees of that event
	At       Time     // when it was made
	Deadline Time     // when it expires; 0: never
	Over     Time     // when it ended; 0: it has not
	Ended    Position // of the Ended event
	Device   string   // the device that the inviter used
	Attach   string   // empty when it has ended
	Push     *Push    // nil when it has ended, or has none
	State    State
	Rang     bool // a device of the invitee was linked when it was made
	Stored   bool // it went into the invitee's inbox
	Always   bool // a device that comes late is told, whether one rang or not
	Listed   bool // it has ended, and is in its channel's list
	Entered  bool // the invitee has become a member since it ended, or was one then
	timer    timer
	channel  *Channel
}

// Channel returns the channel that the invitation is for.
func (i *Invitation) Channel() *Channel { return i.channel }

// stateAt is the state that a decision at now goes by: a deadline that has
// passed counts, whether or not it has been dealt with.
func (i *Invitation) stateAt(now Time) State {
	if i.State == Pending && i.Deadline != 0 && now >= i.Deadline {
		return Expired
	}
	return i.State
}

// State is how far an invitation has come. Every state but Pending is final.
type State uint8

// The states of an invitation.
const (
	Pending   State = 1 // rings: accept, reject, cancel, revoke or the deadline ends it
	Accepted  State = 2
	Rejected  State = 3
	Cancelled State = 4 // by the inviter, or since the channel ended
	Revoked   State = 5 // by the owner or an administrator
	Expired   State = 6 // nobody answered in time
)

var stateNames = [...]string{Pending: "pending", Accepted: "accepted", Rejected: "rejected",
	Cancelled: "cancelled", Revoked: "revoked", Expired: "expired"}

func (s State) String() string {
	if int(s) < len(stateNames) {
		return stateNames[s]
	}
	return ""
}

// RejectReason says why an invitee rejected.
type RejectReason uint8

// Why invitees reject.
const (
	RejectToEnter RejectReason = 0
	RejectBusy    RejectReason = 1 // is in another conference
)

// Push is what a push message to a sleeping device would say.
type Push struct {
	Need    bool // asks for one
	NoBadge bool // does not count as unread
	Title   string
	Content string
	Payload string // JSON text, if it is to be sent
}

// Reach says whether the one who is meant could be reached at once. What was
// asked has happened in any case.
type Reach uint8

// The reaches.
const (
	Reached Reach = 0 // a device is linked, or nobody had to be reached
	Offline Reach = 1 // no device is linked
	NoPush  Reach = 2 // no device is linked, and no push channel took the message
)

// refusal is what an answer to an invitation in state s gets; nil if it is pending.
func (s State) refusal() *Refusal {
	switch s {
	case Pending:
		return nil
	case Accepted:
		return refuse(InvitationAccepted, "")
	case Rejected:
		return refuse(InvitationRejected, "")
	}
	return refuse(InvitationOver, s.String())
}
