package core

// Config holds the machine's times and bounds. The zero Config works; each field
// says its default. Change one between two runs on the same journal and what was
// decided stands; only what is decided later changes.
type Config struct {
	InvitationTime Time // how long an invitation rings (default 90 s)
	ChannelTime    Time // how long a channel lives with nobody in it (default 2 h)
	RoomTime       Time // how long a room lives with nobody in it (default 24 h)
	Grace          Time // how long a member may be without a link (default 2 min; negative: for ever)

	Members     int  // in a channel (default 100)
	RoomMembers int  // in a room (default 1,000)
	Pending     int  // pending invitations of a channel (default 1,000)
	Rung        int  // pending invitations of one inviter (default 1,000; negative: no bound)
	Asked       int  // pending invitations of one invitee (default 1,000)
	Listed      int  // invitations in a channel's list (default 1,000)
	Channels    int  // live channels of one creator (default 100)
	Memberships int  // of one account (default 100)
	EndedKept   int  // ended invitations remembered of a channel (default 500) ...
	EndedTime   Time // ... and for how long (default 10 min)
	InboxKept   int  // notices in an account's inbox (default 1,000) ...
	InboxTime   Time // ... and for how long (default 7 days)
	AnswersKept int  // answers remembered of a device (default 64) ...
	AnswersTime Time // ... and for how long (default 60 s)
}

const (
	second Time = 1000
	minute      = 60 * second
	hour        = 60 * minute
)

func (c Config) withDefaults() Config {
	orTime := func(t *Time, otherwise Time) {
		if *t == 0 {
			*t = otherwise
		}
	}
	orInt := func(n *int, otherwise int) {
		if *n == 0 {
			*n = otherwise
		}
	}
	orTime(&c.InvitationTime, 90*second)
	orTime(&c.ChannelTime, 2*hour)
	orTime(&c.RoomTime, 24*hour)
	orTime(&c.Grace, 2*minute)
	orInt(&c.Members, 100)
	orInt(&c.RoomMembers, 1000)
	orInt(&c.Pending, 1000)
	orInt(&c.Rung, 1000)
	orInt(&c.Asked, 1000)
	orInt(&c.Listed, 1000)
	orInt(&c.Channels, 100)
	orInt(&c.Memberships, 100)
	orInt(&c.EndedKept, 500)
	orTime(&c.EndedTime, 10*minute)
	orInt(&c.InboxKept, 1000)
	orTime(&c.InboxTime, 7*24*hour)
	orInt(&c.AnswersKept, 64)
	orTime(&c.AnswersTime, minute)
	return c
}
