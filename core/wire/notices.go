package wire

import "beckon/core/codec"

// An Event is the fields of a [Notice].
type Event interface {
	codec.Message
	NoticeName() string
}

// Joined: an account became a member. Told to the other members, and to the
// account's other devices.
type Joined struct {
	Channel *Channel // as it was just before, without members
	Device  string   // that acted
	Member  *Member
	Moved   bool   // it was a member through another device
	Attach  string // any text, from who acted
	Stored  bool   // this notice is also in the inbox
}

// Left: an account is no longer a member. Told to the other members, and to the
// account's other devices; to all of them, if it did not act itself.
type Left struct {
	Channel *Channel
	Device  string // that acted; absent: nobody, its link was lost for too long
	Account string
	By      string // the account that removed it; absent: itself, or nobody
	Attach  string
	Stored  bool
}

// Closed: a channel is over. Told to the other members, and to the other devices
// of who closed it.
type Closed struct {
	Channel *Channel
	By      string // the account that closed it; absent: it expired
	Device  string
	Attach  string
	Stored  bool
}

// Invited: accounts are being rung. Told to them, each of whom hears of itself
// alone, and to the channel's members.
type Invited struct {
	Channel   *Channel
	Inviter   string
	Device    string
	RequestID string
	Invitees  []string
	Deadline  int64 // Unix milliseconds; absent: never
	Attach    string
	Stored    bool
	Push      *Push
	Users     []User // the profiles of inviter and invitees, as far as they have one
}

// Ended: invitations are over. Told to inviters and invitees, the latter of whom
// hear of theirs alone, and to the channel's members; cancelled is not told to
// the inviter, who did it or is a member.
type Ended struct {
	Channel     *Channel
	By          string // the account that ended it; absent: nobody
	Device      string
	Outcome     string // "accepted", "rejected", "cancelled", "revoked", "expired"
	Reason      int64  // of a rejection: 0 does not want to, 1 is busy
	Invitations []Key
	Attach      string
	Stored      bool
	Users       []User // the profiles of inviters and invitees, and of who ended it, as far as they have one
}

// Unlisted: invitations that have ended are no longer in a channel's list, since
// it is full. Told to the members.
type Unlisted struct {
	Channel     *Channel
	Invitations []Key
}

// MemberChanged: a member has another role, or another name in the room. Told to
// the members. Who becomes the owner succeeds the one before, who then is neither
// that nor an administrator.
type MemberChanged struct {
	Channel *Channel
	By      string
	Device  string
	Member  *Member // as it is now
}

// RoomChanged: a room has another title or password. Told to the members.
type RoomChanged struct {
	Channel  *Channel
	By       string
	Device   string
	Title    string // as it is now
	Password string // as it is now
}

// ProfileChanged: an account has another profile. Told to it, and to the members
// of the channels that it is in.
type ProfileChanged struct {
	Device string // that acted
	User   *User  // as it is now
}

// Controlled: a member, or somebody who is none, tells members something. Told to
// the one who is meant, or to all other members.
type Controlled struct {
	Channel *Channel
	By      string // who tells it
	Device  string
	To      string // who is meant; absent: all
	Attach  string
}

// Messaged: an account tells another something. Told to that one.
type Messaged struct {
	By     string // who tells it
	Device string
	Attach string
}

func (*Unlisted) NoticeName() string       { return "unlisted" }
func (*MemberChanged) NoticeName() string  { return "memberChanged" }
func (*RoomChanged) NoticeName() string    { return "roomChanged" }
func (*ProfileChanged) NoticeName() string { return "profileChanged" }
func (*Controlled) NoticeName() string     { return "controlled" }
func (*Messaged) NoticeName() string       { return "messaged" }
func (*Joined) NoticeName() string         { return "joined" }
func (*Left) NoticeName() string           { return "left" }
func (*Closed) NoticeName() string         { return "closed" }
func (*Invited) NoticeName() string        { return "invited" }
func (*Ended) NoticeName() string          { return "ended" }

func (m *Joined) Fields(v *codec.Visitor) {
	codec.Object(v, "channel", &m.Channel)
	v.String("device", &m.Device)
	codec.Object(v, "member", &m.Member)
	v.Bool("moved", &m.Moved)
	v.String("attach", &m.Attach)
	v.Bool("stored", &m.Stored)
}

func (m *Left) Fields(v *codec.Visitor) {
	codec.Object(v, "channel", &m.Channel)
	v.String("device", &m.Device)
	v.String("account", &m.Account)
	v.String("by", &m.By)
	v.String("attach", &m.Attach)
	v.Bool("stored", &m.Stored)
}

func (m *Closed) Fields(v *codec.Visitor) {
	codec.Object(v, "channel", &m.Channel)
	v.String("by", &m.By)
	v.String("device", &m.Device)
	v.String("attach", &m.Attach)
	v.Bool("stored", &m.Stored)
}

func (m *Invited) Fields(v *codec.Visitor) {
	codec.Object(v, "channel", &m.Channel)
	v.String("inviter", &m.Inviter)
	v.String("device", &m.Device)
	v.String("requestId", &m.RequestID)
	v.Strings("invitees", &m.Invitees)
	v.Int("deadline", &m.Deadline)
	v.String("attach", &m.Attach)
	v.Bool("stored", &m.Stored)
	codec.Object(v, "push", &m.Push)
	codec.List(v, "users", &m.Users)
}

func (m *Ended) Fields(v *codec.Visitor) {
	codec.Object(v, "channel", &m.Channel)
	v.String("by", &m.By)
	v.String("device", &m.Device)
	v.String("outcome", &m.Outcome)
	v.Int("reason", &m.Reason)
	codec.List(v, "invitations", &m.Invitations)
	v.String("attach", &m.Attach)
	v.Bool("stored", &m.Stored)
	codec.List(v, "users", &m.Users)
}

func (m *Unlisted) Fields(v *codec.Visitor) {
	codec.Object(v, "channel", &m.Channel)
	codec.List(v, "invitations", &m.Invitations)
}

func (m *MemberChanged) Fields(v *codec.Visitor) {
	codec.Object(v, "channel", &m.Channel)
	v.String("by", &m.By)
	v.String("device", &m.Device)
	codec.Object(v, "member", &m.Member)
}

func (m *RoomChanged) Fields(v *codec.Visitor) {
	codec.Object(v, "channel", &m.Channel)
	v.String("by", &m.By)
	v.String("device", &m.Device)
	v.String("title", &m.Title)
	v.String("password", &m.Password)
}

func (m *ProfileChanged) Fields(v *codec.Visitor) {
	v.String("device", &m.Device)
	codec.Object(v, "user", &m.User)
}

func (m *Controlled) Fields(v *codec.Visitor) {
	codec.Object(v, "channel", &m.Channel)
	v.String("by", &m.By)
	v.String("device", &m.Device)
	v.String("to", &m.To)
	v.String("attach", &m.Attach)
}

func (m *Messaged) Fields(v *codec.Visitor) {
	v.String("by", &m.By)
	v.String("device", &m.Device)
	v.String("attach", &m.Attach)
}
