package core

// Unlisted says that invitations that have ended are no longer in a channel's
// list, since it is full. The members are told.
type Unlisted struct {
	Channel     string
	Invitations []Key
	To          []string
}

// MemberChanged says that a member of a room has another role or card. A new
// owner succeeds the one before, who is neither owner nor administrator then.
type MemberChanged struct {
	By      Actor
	Channel string
	Account string
	Role    Role   // as it is now
	Card    string // as it is now
	To      []string
}

// RoomChanged says that a room has another title or password.
type RoomChanged struct {
	By       Actor
	Channel  string
	Title    string // as it is now
	Password string // as it is now
	To       []string
}

// ProfileChanged says that an account shows something else of itself.
type ProfileChanged struct {
	By      Actor
	Profile Profile // as it is now
	To      []string
}

func (Unlisted) event()       {}
func (MemberChanged) event()  {}
func (RoomChanged) event()    {}
func (ProfileChanged) event() {}
