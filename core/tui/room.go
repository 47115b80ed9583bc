package tui

import (
	"slices"

	"beckon/core/wire"
)

// A room is the one that the instance is in, as it has been told.
type room struct {
	wire.Channel // without members and list
	members      []member
	last         int64 // the number of the member that came last
	list         List
}

type member struct {
	wire.Member
	number int64 // rises in the order of joining, as far as this instance knows it
}

func (r *room) member(account string) *member {
	for i := range r.members {
		if r.members[i].Account == account {
			return &r.members[i]
		}
	}
	return nil
}

// seat adds a member, or brings it up to date; then it returns it as it was.
func (r *room) seat(m wire.Member) (before *member) {
	if had := r.member(m.Account); had != nil {
		was := *had
		had.Member = m
		return &was
	}
	r.last++
	r.members = append(r.members, member{m, r.last})
	return nil
}

// unseat removes a member and returns it, nil if it is none.
func (r *room) unseat(account string) *member {
	m := r.member(account)
	if m == nil {
		return nil
	}
	was := *m
	r.members = slices.DeleteFunc(r.members, func(m member) bool { return m.Account == account })
	return &was
}

func (r *room) inside(account string) bool { return r.member(account) != nil }

// describe takes what an answer or a welcome says of the room itself.
func (r *room) describe(c *wire.Channel) {
	r.Channel = *c
	r.Channel.Members, r.Channel.Invitations = nil, nil
}

// current is the id of the instance's room, "" if it is in none.
func (x *Instance) current() string {
	if x.room == nil {
		return ""
	}
	return x.room.ID
}

// in is the instance's room if it is that one, else nil.
func (x *Instance) in(channel string) *room {
	if x.current() == channel {
		return x.room
	}
	return nil
}

// enter takes the room that enterRoom led into, as the answer shows it.
func (x *Instance) entered(c *wire.Channel) {
	x.room = &room{}
	x.room.describe(c)
	for _, m := range c.Members {
		x.room.seat(m)
	}
	x.room.list.Reset(c.Invitations)
}

func (x *Instance) leave(channel string) {
	if x.in(channel) != nil {
		x.room = nil
	}
}

// who is what is known of an account: as a member of the room, else by the
// profiles that came along.
func (x *Instance) who(c *wire.Channel, account string, users []wire.User) wire.Member {
	if r := x.in(c.ID); r != nil {
		if m := r.member(account); m != nil {
			return m.Member
		}
	}
	for i := range c.Members {
		if c.Members[i].Account == account {
			return c.Members[i]
		}
	}
	if account == x.account {
		users = append(slices.Clone(users), x.self)
	}
	for i := range users {
		if users[i].Account == account {
			return wire.Member{Account: account, Name: users[i].Name, Avatar: users[i].Avatar}
		}
	}
	return wire.Member{Account: account}
}

// info is a room's TUIRoomInfo.
func (x *Instance) info(c *wire.Channel, users []wire.User) []byte {
	count := max(c.Count, int64(len(c.Members)))
	if r := x.in(c.ID); r != nil {
		c, count = &r.Channel, int64(len(r.members))
	}
	return roomInfo(c, x.who(c, owner(c), users), count)
}

// invitation is the vendor's TUIInvitation.
func (x *Instance) invitation(c *wire.Channel, i *wire.Listed, status int64) []byte {
	if r := x.in(c.ID); r != nil {
		c = &r.Channel
	}
	invitee, inviter := x.who(c, i.Invitee, i.Users), x.who(c, i.Inviter, i.Users)
	var o object
	o.number("status", status)
	o.raw("invitee", userInfo(c, &invitee))
	o.raw("inviter", userInfo(c, &inviter))
	return o.end()
}
