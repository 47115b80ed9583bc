package core

// CreateRoom makes a room: a channel of [RoomPolicy], with the caller as its
// owner, who is not a member of it yet.
type CreateRoom struct {
	Channel  string // its id, and its name
	Title    string // for display; empty: the id
	Password string // that entering takes; empty: none
	Ext      string
}

// Enter makes the caller a member through this device, also when it was one
// through another, and accepts what invites it into the channel.
type Enter struct {
	Channel  string
	Password string // not asked of those who are invited
}

// InviteAll rings several accounts. Who is a member already, or has a pending
// invitation into the channel, is named in the answer and not rung.
type InviteAll struct {
	Channel  string
	Invitees []string // each counts once
	Timeout  Time     // how long it rings; 0: for ever
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
	Accept  bool
	Reason  RejectReason // if not
}

// Kick removes a member from a room.
type Kick struct {
	Channel string
	Account string
}

// SetRole gives a member of a room a role. [RoleOwner] passes the room on.
type SetRole struct {
	Channel string
	Account string
	Role    Role
}

// SetCard gives a member of a room a name to go by there.
type SetCard struct {
	Channel string
	Account string
	Card    string
}

// SetTitle changes what a room shows as its name.
type SetTitle struct {
	Channel string
	Title   string
}

// SetPassword changes what entering a room takes.
type SetPassword struct {
	Channel  string
	Password string // empty: nothing
}

// SetProfile changes what the caller shows of itself.
type SetProfile struct{ Profile Profile }

func (CreateRoom) order()  {}
func (Enter) order()       {}
func (InviteAll) order()   {}
func (Withdraw) order()    {}
func (Settle) order()      {}
func (Kick) order()        {}
func (SetRole) order()     {}
func (SetCard) order()     {}
func (SetTitle) order()    {}
func (SetPassword) order() {}
func (SetProfile) order()  {}
