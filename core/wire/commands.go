package wire

import "beckon/core/codec"

// An Order is the fields of a [Command].
type Order interface {
	codec.Message
	CommandName() string
}

// Create makes a channel. The creator is not a member of it yet.
type Create struct {
	Type int64  // 1 audio, 2 video, 3 other
	Name string // unique among live channels, at most 128 characters; absent: the channel's id
	Ext  string // at most 4,096 characters, as every ext and attach
}

// Join makes the caller a member.
type Join struct {
	Channel string // its id
	UID     string // decimal; absent: the relay picks one
	Attach  string // any text, for those who are told
	Store   bool   // also into the inboxes of those who are told
}

// Leave ends the caller's membership. The channel lives on.
type Leave struct {
	Channel string
	Attach  string
	Store   bool
}

// Close ends a channel.
type Close struct {
	Channel string
	Attach  string
	Store   bool
}

// Invite rings an account.
type Invite struct {
	Channel   string
	RequestID string // at most 128 characters
	Invitee   string // an account
	Attach    string
	Store     bool
	Push      *Push
}

// Cancel takes back an invitation of the caller's.
type Cancel struct {
	Channel   string
	RequestID string
	Invitee   string
	Attach    string
	Store     bool
}

// Accept answers an invitation with yes.
type Accept struct {
	Channel    string
	RequestID  string
	Inviter    string // an account
	Attach     string
	Store      bool
	AutoJoin   bool   // join when accepted; the acceptance stands when the join is refused
	UID        string // for AutoJoin, as in Join
	JoinAttach string // for AutoJoin: the joined notice's attach
}

// JoinAndAccept joins and accepts, or does neither.
type JoinAndAccept struct {
	Channel    string
	RequestID  string
	Inviter    string
	UID        string
	Attach     string
	JoinAttach string // the joined notice's attach
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

// CallEx creates a channel, joins it and rings an account, or does nothing of it.
type CallEx struct {
	Type      int64
	Name      string
	Ext       string
	UID       string
	RequestID string
	Invitee   string
	Attach    string
	Store     bool
	Push      *Push
}

// Call is CallEx, but may join a channel that has the name already.
type Call struct {
	CallEx
	Reuse string // "own": one of the caller's, not yet joined; "any"; absent: none
}

func (*Create) CommandName() string        { return "create" }
func (*Join) CommandName() string          { return "join" }
func (*Leave) CommandName() string         { return "leave" }
func (*Close) CommandName() string         { return "close" }
func (*Invite) CommandName() string        { return "invite" }
func (*Cancel) CommandName() string        { return "cancel" }
func (*Accept) CommandName() string        { return "accept" }
func (*JoinAndAccept) CommandName() string { return "joinAndAccept" }
func (*Reject) CommandName() string        { return "reject" }
func (*CallEx) CommandName() string        { return "callEx" }
func (*Call) CommandName() string          { return "call" }

func (m *Create) Fields(v *codec.Visitor) {
	v.Int("type", &m.Type)
	v.String("name", &m.Name)
	v.String("ext", &m.Ext)
}

func (m *Join) Fields(v *codec.Visitor) {
	v.String("channel", &m.Channel)
	v.String("uid", &m.UID)
	v.String("attach", &m.Attach)
	v.Bool("store", &m.Store)
}

func (m *Leave) Fields(v *codec.Visitor) {
	v.String("channel", &m.Channel)
	v.String("attach", &m.Attach)
	v.Bool("store", &m.Store)
}

func (m *Close) Fields(v *codec.Visitor) {
	v.String("channel", &m.Channel)
	v.String("attach", &m.Attach)
	v.Bool("store", &m.Store)
}

func (m *Invite) Fields(v *codec.Visitor) {
	v.String("channel", &m.Channel)
	v.String("requestId", &m.RequestID)
	v.String("invitee", &m.Invitee)
	v.String("attach", &m.Attach)
	v.Bool("store", &m.Store)
	codec.Object(v, "push", &m.Push)
}

func (m *Cancel) Fields(v *codec.Visitor) {
	v.String("channel", &m.Channel)
	v.String("requestId", &m.RequestID)
	v.String("invitee", &m.Invitee)
	v.String("attach", &m.Attach)
	v.Bool("store", &m.Store)
}

func (m *Accept) Fields(v *codec.Visitor) {
	v.String("channel", &m.Channel)
	v.String("requestId", &m.RequestID)
	v.String("inviter", &m.Inviter)
	v.String("attach", &m.Attach)
	v.Bool("store", &m.Store)
	v.Bool("autoJoin", &m.AutoJoin)
	v.String("uid", &m.UID)
	v.String("joinAttach", &m.JoinAttach)
}

func (m *JoinAndAccept) Fields(v *codec.Visitor) {
	v.String("channel", &m.Channel)
	v.String("requestId", &m.RequestID)
	v.String("inviter", &m.Inviter)
	v.String("uid", &m.UID)
	v.String("attach", &m.Attach)
	v.String("joinAttach", &m.JoinAttach)
	v.Bool("store", &m.Store)
}

func (m *Reject) Fields(v *codec.Visitor) {
	v.String("channel", &m.Channel)
	v.String("requestId", &m.RequestID)
	v.String("inviter", &m.Inviter)
	v.String("attach", &m.Attach)
	v.Bool("store", &m.Store)
}

func (m *CallEx) Fields(v *codec.Visitor) {
	v.Int("type", &m.Type)
	v.String("name", &m.Name)
	v.String("ext", &m.Ext)
	v.String("uid", &m.UID)
	v.String("requestId", &m.RequestID)
	v.String("invitee", &m.Invitee)
	v.String("attach", &m.Attach)
	v.Bool("store", &m.Store)
	codec.Object(v, "push", &m.Push)
}

func (m *Call) Fields(v *codec.Visitor) {
	m.CallEx.Fields(v)
	v.String("reuse", &m.Reuse)
}
