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

// CreateAndJoin creates a channel and joins it, or joins the one that has its
// name already.
type CreateAndJoin struct {
	Type   int64
	Name   string
	Ext    string
	UID    string
	Attach string
	Store  bool
}

// Delay makes a channel live its full time again.
type Delay struct {
	Channel string
}

// Find shows the channel that has a name, or an id.
type Find struct {
	Name    string // a channel without one of its own is found by its id
	Channel string // an id
}

// Channels shows the channels that the caller is in.
type Channels struct{}

// Control tells a channel's members something that is neither stored nor told on
// a fresh start. The caller need not be one of them.
type Control struct {
	Channel string
	To      string // a member, or the creator; absent: every other member
	Attach  string
}

// Message tells an account's devices something that has to do with no channel,
// and is neither stored nor told on a fresh start.
type Message struct {
	To     string // an account
	Attach string
}

// Inbox shows the caller's stored notices, oldest first, 100 at the most.
type Inbox struct {
	After uint64 // the position of the last one that the page before showed
}

// MarkRead takes notices out of the caller's inbox.
type MarkRead struct {
	Positions []uint64 // those that the inbox lacks are ignored
}

func (*CreateAndJoin) CommandName() string { return "createAndJoin" }
func (*Delay) CommandName() string         { return "delay" }
func (*Find) CommandName() string          { return "find" }
func (*Channels) CommandName() string      { return "channels" }
func (*Control) CommandName() string       { return "control" }
func (*Message) CommandName() string       { return "message" }
func (*Inbox) CommandName() string         { return "inbox" }
func (*MarkRead) CommandName() string      { return "markRead" }
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

func (m *CreateAndJoin) Fields(v *codec.Visitor) {
	v.Int("type", &m.Type)
	v.String("name", &m.Name)
	v.String("ext", &m.Ext)
	v.String("uid", &m.UID)
	v.String("attach", &m.Attach)
	v.Bool("store", &m.Store)
}

func (m *Delay) Fields(v *codec.Visitor) { v.String("channel", &m.Channel) }

func (m *Find) Fields(v *codec.Visitor) {
	v.String("name", &m.Name)
	v.String("channel", &m.Channel)
}

func (m *Channels) Fields(*codec.Visitor) {}

func (m *Control) Fields(v *codec.Visitor) {
	v.String("channel", &m.Channel)
	v.String("to", &m.To)
	v.String("attach", &m.Attach)
}

func (m *Message) Fields(v *codec.Visitor) {
	v.String("to", &m.To)
	v.String("attach", &m.Attach)
}

func (m *Inbox) Fields(v *codec.Visitor) { v.Uint("after", &m.After) }

func (m *MarkRead) Fields(v *codec.Visitor) { v.Uints("positions", &m.Positions) }
