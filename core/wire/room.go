package wire

import "beckon/core/codec"

// CreateRoom makes a room, a channel with an owner. The owner is not a member of
// it yet.
type CreateRoom struct {
	Channel  string // its id, and its name: at most 64 bytes; unique among live channels
	Title    string // for display, at most 30 bytes; absent: the id
	Password string // that entering takes, at most 32 bytes; absent: none
	Ext      string
}

// Enter makes the caller a member through this device, also when it was one
// through another, and accepts what invites it.
type Enter struct {
	Channel  string
	Password string // not asked of those who are invited
}

// InviteAll rings several accounts.
type InviteAll struct {
	Channel  string
	Invitees []string // accounts, each once
	Timeout  int64    // milliseconds; absent: never
	Attach   string
}

// Withdraw ends what is pending for some accounts: the caller's own invitations
// are cancelled, and those of others revoked, if the caller is the room's owner
// or an administrator.
type Withdraw struct {
	Channel  string
	Invitees []string
}

// Settle answers all that invites the caller into a channel.
type Settle struct {
	Channel string
	Accept  bool  // absent: reject
	Reason  int64 // of a rejection: 0 does not want to, 1 is busy
}

// Kick removes a member from a room.
type Kick struct {
	Channel string
	Account string
}

// SetRole gives a member of a room a role.
type SetRole struct {
	Channel string
	Account string
	Role    string // "owner", "administrator"; absent: neither
}

// SetCard gives a member of a room a name to go by there.
type SetCard struct {
	Channel string
	Account string
	Card    string
}

// SetTitle changes a room's title.
type SetTitle struct {
	Channel string
	Title   string
}

// SetPassword changes a room's password.
type SetPassword struct {
	Channel  string
	Password string // absent: none
}

// SetProfile changes what the caller shows of itself.
type SetProfile struct {
	Name   string
	Avatar string // a URL
	Custom string // any text
}

// Invitations shows a part of a channel's list of invitations, to its members:
// of each account that is invited, the oldest that is pending, else the one that
// was accepted, rejected or expired last; in the order in which they were made.
type Invitations struct {
	Channel string
	After   string // the cursor that the part before gave
	Count   int64  // at most so many; from 1 to 100
}

func (*CreateRoom) CommandName() string  { return "createRoom" }
func (*Enter) CommandName() string       { return "enter" }
func (*InviteAll) CommandName() string   { return "inviteAll" }
func (*Withdraw) CommandName() string    { return "withdraw" }
func (*Settle) CommandName() string      { return "settle" }
func (*Kick) CommandName() string        { return "kick" }
func (*SetRole) CommandName() string     { return "setRole" }
func (*SetCard) CommandName() string     { return "setCard" }
func (*SetTitle) CommandName() string    { return "setTitle" }
func (*SetPassword) CommandName() string { return "setPassword" }
func (*SetProfile) CommandName() string  { return "setProfile" }
func (*Invitations) CommandName() string { return "invitations" }

func (m *CreateRoom) Fields(v *codec.Visitor) {
	v.String("channel", &m.Channel)
	v.String("title", &m.Title)
	v.String("password", &m.Password)
	v.String("ext", &m.Ext)
}

func (m *Enter) Fields(v *codec.Visitor) {
	v.String("channel", &m.Channel)
	v.String("password", &m.Password)
}

func (m *InviteAll) Fields(v *codec.Visitor) {
	v.String("channel", &m.Channel)
	v.Strings("invitees", &m.Invitees)
	v.Int("timeout", &m.Timeout)
	v.String("attach", &m.Attach)
}

func (m *Withdraw) Fields(v *codec.Visitor) {
	v.String("channel", &m.Channel)
	v.Strings("invitees", &m.Invitees)
}

func (m *Settle) Fields(v *codec.Visitor) {
	v.String("channel", &m.Channel)
	v.Bool("accept", &m.Accept)
	v.Int("reason", &m.Reason)
}

func (m *Kick) Fields(v *codec.Visitor) {
	v.String("channel", &m.Channel)
	v.String("account", &m.Account)
}

func (m *SetRole) Fields(v *codec.Visitor) {
	v.String("channel", &m.Channel)
	v.String("account", &m.Account)
	v.String("role", &m.Role)
}

func (m *SetCard) Fields(v *codec.Visitor) {
	v.String("channel", &m.Channel)
	v.String("account", &m.Account)
	v.String("card", &m.Card)
}

func (m *SetTitle) Fields(v *codec.Visitor) {
	v.String("channel", &m.Channel)
	v.String("title", &m.Title)
}

func (m *SetPassword) Fields(v *codec.Visitor) {
	v.String("channel", &m.Channel)
	v.String("password", &m.Password)
}

func (m *SetProfile) Fields(v *codec.Visitor) {
	v.String("name", &m.Name)
	v.String("avatar", &m.Avatar)
	v.String("custom", &m.Custom)
}

func (m *Invitations) Fields(v *codec.Visitor) {
	v.String("channel", &m.Channel)
	v.String("after", &m.After)
	v.Int("count", &m.Count)
}
