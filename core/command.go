package core

// A Command is what a device asks. By and N are its id: asking again under the
// same id gives the first answer.
type Command struct {
	By Actor
	N  uint64 // counts the commands of a life, from 1; 0 is never remembered
	Do Order
}

// An Order is what a [Command] wants done. Each kind is a struct of exactly its
// fields; the checks stand with the decisions, in [App.Handle].
type Order interface{ order() }

// Create makes a channel. The creator is not a member of it yet.
type Create struct {
	Type ChannelType
	Name string // unique among live channels; empty: the channel's id
	Ext  string
}

// Join makes the caller a member.
type Join struct {
	Channel string
	UID     uint64 // unique in the channel; 0: the machine picks one
	Attach  string
	Store   bool // also into the inboxes of those who are told
}

// Leave ends the caller's membership. The channel lives on.
type Leave struct {
	Channel string
	Attach  string
	Store   bool
}

// Close ends a channel, its memberships and its pending invitations.
type Close struct {
	Channel string
	Attach  string
	Store   bool
}

// Invite rings an account: it creates a pending invitation.
type Invite struct {
	Channel   string
	RequestID string
	Invitee   string
	Attach    string
	Store     bool
	Push      Push
}

// Cancel takes back an invitation of the caller's.
type Cancel struct {
	Channel   string
	RequestID string
	Invitee   string
	Attach    string
	Store     bool
}

// Accept answers an invitation with yes. With AutoJoin the caller then joins;
// the acceptance stands when the join is refused.
type Accept struct {
	Channel    string
	RequestID  string
	Inviter    string
	Attach     string
	Store      bool
	AutoJoin   bool
	UID        uint64
	JoinAttach string
}

// JoinAndAccept joins and accepts, or does neither.
type JoinAndAccept struct {
	Channel    string
	RequestID  string
	Inviter    string
	UID        uint64
	Attach     string
	JoinAttach string
	Store      bool
}

// Reject answers an invitation with no.
type Reject struct {
	Channel   string
	RequestID string
	Inviter   string
	Attach    string
	Store     bool
}

// Call creates a channel, joins it and rings an account, or does nothing of it.
type Call struct {
	Type      ChannelType
	Name      string
	Ext       string
	UID       uint64
	RequestID string
	Invitee   string
	Attach    string
	Store     bool
	Push      Push
	Reuse     Reuse
}

// Reuse says what a [Call] does when a live channel has its name.
type Reuse uint8

// What a Call may do with an existing channel.
const (
	ReuseNone Reuse = iota // refuse: NameTaken
	ReuseOwn               // join it if the caller created it and is not in it
	ReuseAny               // join it
)

// Delay makes a channel live its full time again.
type Delay struct{ Channel string }

// CreateAndJoin creates a channel and joins it, or joins the one that has its
// name already.
type CreateAndJoin struct {
	Type   ChannelType
	Name   string
	Ext    string
	UID    uint64
	Attach string
	Store  bool
}

// Control tells a channel's members something that is neither stored nor told
// on a fresh start. The caller need not be one of them.
type Control struct {
	Channel string
	To      string // a member, or the creator; empty: every other member
	Attach  string
}

// Message tells an account's devices something that has to do with no channel,
// and is neither stored nor told on a fresh start.
type Message struct {
	To     string
	Attach string
}

// MarkRead takes notices out of the caller's inbox. Positions that it lacks are
// ignored.
type MarkRead struct{ Positions []Position }

// LinkDown says that the caller's device has lost its last link.
type LinkDown struct{}

// LinkUp says that the caller's device has a link again.
type LinkUp struct{}

// LinksDown says that no device has a link: the relay has just started.
type LinksDown struct{}

func (Create) order()        {}
func (Join) order()          {}
func (Leave) order()         {}
func (Close) order()         {}
func (Invite) order()        {}
func (Cancel) order()        {}
func (Accept) order()        {}
func (JoinAndAccept) order() {}
func (Reject) order()        {}
func (Call) order()          {}
func (Delay) order()         {}
func (CreateAndJoin) order() {}
func (Control) order()       {}
func (Message) order()       {}
func (MarkRead) order()      {}
func (LinkDown) order()      {}
func (LinkUp) order()        {}
func (LinksDown) order()     {}
