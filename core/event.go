package core

// An Event is a fact that the machine records, once, with the list of accounts
// that are told it. Who acted is told it on their other devices only.
type Event interface{ event() }

// Created says that there is a new channel. Nobody is told.
type Created struct {
	By      Actor
	Channel ChannelInfo
}

// Joined says that an account became a member.
type Joined struct {
	By      Actor
	Channel string
	Member  Member
	Moved   bool // the account was a member through another device, without a link
	Attach  string
	Store   bool
	To      []string
}

// Left says that an account is no longer a member.
type Left struct {
	By      Actor // empty when Why is LeftLost
	Channel string
	Account string
	Why     LeaveReason
	Expires Time // the channel's new expiry, when this was the last member
	Attach  string
	Store   bool
	To      []string
}

// Closed says that a channel is over.
type Closed struct {
	By      Actor // empty when Why is ClosedExpired
	Channel string
	Why     CloseReason
	Attach  string
	Store   bool
	To      []string
}

// Renewed says that a channel lives longer. Nobody is told.
type Renewed struct {
	Channel string
	Expires Time
}

// Invited says that one or several accounts are being rung.
type Invited struct {
	By        Actor // the inviter
	Channel   string
	RequestID string
	Invitees  []Invitee
	Deadline  Time // 0: never
	Attach    string
	Store     bool
	Push      Push
	Always    bool     // a device that comes late is told as long as it is pending, whether one rang or not
	Echo      bool     // the device that acted is told, too
	To        []string // the invitees
	Members   []string // of the channel, told for its list; nothing goes into their inboxes
}

// An Invitee is one account of an [Invited] event.
type Invitee struct {
	Account string
	Rang    bool // a device was linked
}

// Ended says how invitations ended.
type Ended struct {
	By          Actor // empty when Outcome is Expired or the channel expired
	Channel     string
	Outcome     State
	Reason      RejectReason
	Attach      string
	Store       bool
	Invitations []Key
	Echo        bool     // the device that acted is told, too
	To          []string // inviters and invitees, as the outcome has it
	Members     []string // of the channel, who are not among To: told for its list; nothing goes into their inboxes
}

// Controlled says that members were told something.
type Controlled struct {
	By      Actor
	Channel string
	Account string // who is meant; empty: all
	Attach  string
	To      []string
}

// Messaged says that an account was told something.
type Messaged struct {
	By     Actor
	Attach string
	To     []string
}

// MarkedRead says that notices are no longer in the actor's inbox. Nobody is told.
type MarkedRead struct {
	By        Actor
	Positions []Position
}

// LinkLost says that a member's device has no link any more. Its grace period
// starts.
type LinkLost struct{ By Actor }

// LinkBack says that a member's device has a link again.
type LinkBack struct{ By Actor }

// LinksLost says that no member's device has a link, since the relay started
// anew. Grace periods start, except those that had.
type LinksLost struct{}

// Answered keeps a command's answer for those who ask again under the same id.
// It is told nobody. Every command that is carried out ends in one, except that
// a [Close]'s stands before [Closed], since the answer shows the channel.
type Answered struct {
	By      Actor
	N       uint64
	Channel string
	Reach   Reach
	Refused *Refusal // an Accept's join that was refused
	Members bool     // the answer shows the members
	List    bool     // the answer shows the list of invitations
	Pending []string // of InviteAll: who has a pending invitation into the channel already
	Inside  []string // of InviteAll: who is a member already
}

func (Created) event()    {}
func (Joined) event()     {}
func (Left) event()       {}
func (Closed) event()     {}
func (Renewed) event()    {}
func (Invited) event()    {}
func (Ended) event()      {}
func (Controlled) event() {}
func (Messaged) event()   {}
func (MarkedRead) event() {}
func (LinkLost) event()   {}
func (LinkBack) event()   {}
func (LinksLost) event()  {}
func (Answered) event()   {}
