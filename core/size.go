package core

// A Size counts what a machine holds.
type Size struct {
	Channels int
	Accounts int // that anything concerns
	Pending  int // invitations that are pending
	Inbox    int // notices in all inboxes
}

// Size is cheap, however much there is.
func (a *App) Size() Size {
	return Size{Channels: len(a.channels), Accounts: len(a.accounts), Pending: a.rings, Inbox: a.kept}
}
