package wire

import "beckon/core/codec"

// Channel is where members meet.
type Channel struct {
	ID      string
	Name    string
	Kind    string // "call": every member may invite and close; "room": it has an owner, administrators and a list of invitations
	Type    int64  // 1 audio, 2 video, 3 other
	Creator string
	Ext     string
	Created int64    // Unix milliseconds
	Expires int64    // Unix milliseconds
	Members []Member // in the order of joining; only where the text says so

	// Of rooms only:
	Title       string   // for display
	Owner       string   // an account
	Password    string   // that entering takes; only for members and those whom they invite
	Count       int64    // how many members it has
	Invitations []Listed // its list of invitations; only where the text says so
}

// Member is an account in a channel, through one device.
type Member struct {
	Account string
	Device  string
	UID     string // decimal, up to 2^63-1; unique in the channel
	Joined  int64  // Unix milliseconds
	Role    string // in a room: "owner", "administrator"; absent: neither
	Card    string // in a room: the name that the member goes by there
	Name    string // of the account's profile
	Avatar  string // of the account's profile
}

// User is an account's profile.
type User struct {
	Account string
	Name    string
	Avatar  string // a URL
	Custom  string // any text
}

// Invitation is one account asked into a channel by another.
type Invitation struct {
	Position  uint64 // of the notice that told it first
	Channel   *Channel
	Inviter   string
	Device    string // that the inviter used
	RequestID string
	Invitee   string
	Made      int64 // Unix milliseconds
	Deadline  int64 // Unix milliseconds; absent: never
	Attach    string
	Stored    bool // it also went into the invitee's inbox
	Silent    bool // it is pending, but not to be told now: the inbox tells it, or nobody was to be told later
	Push      *Push
	Users     []User // the profiles of inviter and invitee, as far as they have one
}

// Listed is an entry of a channel's list of invitations: of each account that is
// invited, the oldest one that is pending, else the one that ended last, if it
// was accepted, rejected or expired.
type Listed struct {
	Position  uint64 // of the notice that told it first
	Inviter   string
	RequestID string
	Invitee   string
	Made      int64  // Unix milliseconds
	Deadline  int64  // Unix milliseconds; absent: never
	State     string // "accepted", "rejected", "expired"; absent: pending
	Users     []User // the profiles of inviter and invitee, as far as they have one
}

// Key names an invitation in its channel.
type Key struct {
	Inviter   string
	RequestID string
	Invitee   string
}

// Push is what a push message to a sleeping device would say.
type Push struct {
	Need    bool
	NoBadge bool // does not count as unread
	Title   string
	Content string
	Payload string
}

// Outcome is what a command that was carried out answers.
type Outcome struct {
	Channel *Channel // with members, except after create, leave and close
	Reach   string   // the other account: absent: reached; "offline"; "no-push": offline, and no push channel took it
	Refused *Refusal // accept with autoJoin: why the join was refused

	Channels []Channel // of the command channels, with members
	Inbox    []Stored  // of the command inbox
	More     bool      // the inbox has more behind these

	Pending     []string // of the command inviteAll: who has a pending invitation into the channel already
	Inside      []string // of the command inviteAll: who is a member already
	Invitations []Listed // of the command invitations
	Next        string   // of the command invitations: the cursor of what follows; absent: nothing
}

// Stored is a notice in an inbox: exactly one of the five is there.
type Stored struct {
	Position uint64
	Time     int64 // machine time, Unix milliseconds
	Over     bool  // nothing is left to do about it: the channel is gone, or the invitation has ended
	Joined   *Joined
	Left     *Left
	Closed   *Closed
	Invited  *Invited
	Ended    *Ended
}

// NewStored returns the stored form of a notice. It panics for an event of a
// kind that is never stored.
func NewStored(position uint64, time int64, e Event, over bool) Stored {
	s := Stored{Position: position, Time: time, Over: over}
	switch e := e.(type) {
	case *Joined:
		s.Joined = e
	case *Left:
		s.Left = e
	case *Closed:
		s.Closed = e
	case *Invited:
		s.Invited = e
	case *Ended:
		s.Ended = e
	default:
		panic("wire: " + e.NoticeName() + " is never stored")
	}
	return s
}

// Notice is the notice as it was told, or would have been; nil for one of a kind
// that this version does not know.
func (m *Stored) Notice() *Notice {
	switch {
	case m.Joined != nil:
		return NewNotice(m.Position, m.Time, m.Joined)
	case m.Left != nil:
		return NewNotice(m.Position, m.Time, m.Left)
	case m.Closed != nil:
		return NewNotice(m.Position, m.Time, m.Closed)
	case m.Invited != nil:
		return NewNotice(m.Position, m.Time, m.Invited)
	case m.Ended != nil:
		return NewNotice(m.Position, m.Time, m.Ended)
	}
	return nil
}

// Refusal says why not. The codes are those of package core.
type Refusal struct {
	Code   string
	Field  string // at fault
	Limit  int64  // what the field may measure at the most
	Detail string // for people
	After  int64  // milliseconds to wait before asking again; absent: now
}

func (m *Channel) Fields(v *codec.Visitor) {
	v.String("id", &m.ID)
	v.String("name", &m.Name)
	v.String("kind", &m.Kind)
	v.Int("type", &m.Type)
	v.String("creator", &m.Creator)
	v.String("ext", &m.Ext)
	v.Int("created", &m.Created)
	v.Int("expires", &m.Expires)
	codec.List(v, "members", &m.Members)
	v.String("title", &m.Title)
	v.String("owner", &m.Owner)
	v.String("password", &m.Password)
	v.Int("count", &m.Count)
	codec.List(v, "invitations", &m.Invitations)
}

func (m *Member) Fields(v *codec.Visitor) {
	v.String("account", &m.Account)
	v.String("device", &m.Device)
	v.String("uid", &m.UID)
	v.Int("joined", &m.Joined)
	v.String("role", &m.Role)
	v.String("card", &m.Card)
	v.String("name", &m.Name)
	v.String("avatar", &m.Avatar)
}

func (m *User) Fields(v *codec.Visitor) {
	v.String("account", &m.Account)
	v.String("name", &m.Name)
	v.String("avatar", &m.Avatar)
	v.String("custom", &m.Custom)
}

func (m *Invitation) Fields(v *codec.Visitor) {
	v.Uint("position", &m.Position)
	codec.Object(v, "channel", &m.Channel)
	v.String("inviter", &m.Inviter)
	v.String("device", &m.Device)
	v.String("requestId", &m.RequestID)
	v.String("invitee", &m.Invitee)
	v.Int("made", &m.Made)
	v.Int("deadline", &m.Deadline)
	v.String("attach", &m.Attach)
	v.Bool("stored", &m.Stored)
	v.Bool("silent", &m.Silent)
	codec.Object(v, "push", &m.Push)
	codec.List(v, "users", &m.Users)
}

func (m *Listed) Fields(v *codec.Visitor) {
	v.Uint("position", &m.Position)
	v.String("inviter", &m.Inviter)
	v.String("requestId", &m.RequestID)
	v.String("invitee", &m.Invitee)
	v.Int("made", &m.Made)
	v.Int("deadline", &m.Deadline)
	v.String("state", &m.State)
	codec.List(v, "users", &m.Users)
}

func (m *Key) Fields(v *codec.Visitor) {
	v.String("inviter", &m.Inviter)
	v.String("requestId", &m.RequestID)
	v.String("invitee", &m.Invitee)
}

func (m *Push) Fields(v *codec.Visitor) {
	v.Bool("need", &m.Need)
	v.Bool("noBadge", &m.NoBadge)
	v.String("title", &m.Title)
	v.String("content", &m.Content)
	v.String("payload", &m.Payload)
}

func (m *Outcome) Fields(v *codec.Visitor) {
	codec.Object(v, "channel", &m.Channel)
	v.String("reach", &m.Reach)
	codec.Object(v, "refused", &m.Refused)
	codec.List(v, "channels", &m.Channels)
	codec.List(v, "inbox", &m.Inbox)
	v.Bool("more", &m.More)
	v.Strings("pending", &m.Pending)
	v.Strings("inside", &m.Inside)
	codec.List(v, "invitations", &m.Invitations)
	v.String("next", &m.Next)
}

func (m *Stored) Fields(v *codec.Visitor) {
	v.Uint("position", &m.Position)
	v.Int("time", &m.Time)
	v.Bool("over", &m.Over)
	codec.Object(v, "joined", &m.Joined)
	codec.Object(v, "left", &m.Left)
	codec.Object(v, "closed", &m.Closed)
	codec.Object(v, "invited", &m.Invited)
	codec.Object(v, "ended", &m.Ended)
}

func (m *Refusal) Fields(v *codec.Visitor) {
	v.String("code", &m.Code)
	v.String("field", &m.Field)
	v.Int("limit", &m.Limit)
	v.String("detail", &m.Detail)
	v.Int("after", &m.After)
}
