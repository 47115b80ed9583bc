package core

// ChannelType says what a channel is for. The machine only keeps it.
type ChannelType uint8

// The types of channel.
const (
	Audio ChannelType = 1
	Video ChannelType = 2
	Other ChannelType = 3
)

// Policy says whose rules a channel follows: rights and notices depend on it,
// not on the dialect of whoever asks.
type Policy uint8

// The policies.
const (
	CallPolicy Policy = 1 // every member may invite and close (NIM)
	RoomPolicy Policy = 2 // an owner, administrators, a password (TUI)
)

// ChannelInfo is what everybody may know of a channel.
type ChannelInfo struct {
	ID      string
	Name    string // unique among live channels
	Type    ChannelType
	Policy  Policy
	Creator string
	Ext     string
	Created Time
	Expires Time

	Title    string // of a room: for display
	Owner    string // of a room
	Password string // of a room: that entering takes; empty: none
}

// A Channel is where members meet.
type Channel struct {
	ChannelInfo

	seats       []*seat       // in the order in which they were taken
	invitations []*Invitation // in the order in which they were made
	index       *index        // of them; nil: they are few
	pending     int32         // how many of them are pending
	timer       timer
	nameless    bool // its time is up, and another channel has its name
}

// A Member is an account in a channel, through one device.
type Member struct {
	Account string
	Device  string
	UID     uint64 // unique in the channel
	Joined  Time
	Lost    Time   // since when the device has no link; 0: it has one
	Role    Role   // in a room
	Card    string // in a room: the name to go by there
}

// Role is what a member of a room is there.
type Role uint8

// The roles.
const (
	RoleMember        Role = 0
	RoleAdministrator Role = 1
	RoleOwner         Role = 2
)

// A Profile is what an account shows of itself.
type Profile struct {
	Name   string
	Avatar string // a URL
	Custom string // any text
}

// A seat is a member's place in one channel.
type seat struct {
	Member
	channel *Channel
	timer   timer
}

// LeaveReason says why a member left.
type LeaveReason uint8

// Why members leave.
const (
	LeftSelf LeaveReason = 1 // asked to
	LeftLost LeaveReason = 2 // no link for the grace period
	LeftKick LeaveReason = 3 // the owner or an administrator of the room removed it
)

// CloseReason says why a channel ended.
type CloseReason uint8

// Why channels end.
const (
	ClosedByMember CloseReason = 1
	ClosedExpired  CloseReason = 2
)

// Members lists the members in the order in which they joined.
func (c *Channel) Members() []Member {
	list := make([]Member, len(c.seats))
	for i, s := range c.seats {
		list[i] = s.Member
	}
	return list
}

// Invitations lists the invitations that are pending or not yet forgotten, in
// the order in which they were made.
func (c *Channel) Invitations() []Invitation {
	list := make([]Invitation, len(c.invitations))
	for i, inv := range c.invitations {
		list[i] = *inv
	}
	return list
}

// Count is how many members there are.
func (c *Channel) Count() int { return len(c.seats) }

// Member returns the member of that account, if there is one.
func (c *Channel) Member(account string) (Member, bool) {
	if s := c.seat(account); s != nil {
		return s.Member, true
	}
	return Member{}, false
}

func (c *Channel) seat(account string) *seat {
	for _, s := range c.seats {
		if s.Account == account {
			return s
		}
	}
	return nil
}

func (c *Channel) uidTaken(uid uint64, except string) bool {
	for _, s := range c.seats {
		if s.UID == uid && s.Account != except {
			return true
		}
	}
	return false
}

// invitation returns the invitation with that key, or nil.
func (c *Channel) invitation(k Key) *Invitation {
	if c.index != nil {
		return c.index.byKey[k]
	}
	for i := len(c.invitations) - 1; i >= 0; i-- {
		if c.invitations[i].Key == k {
			return c.invitations[i]
		}
	}
	return nil
}
