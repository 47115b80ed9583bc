package record

import (
	"beckon/core"
	"beckon/core/codec"
)

// room is what a channel has that is a room.
type room struct{ title, owner, password string }

func (s *room) Fields(v *codec.Visitor) {
	v.String("title", &s.title)
	v.String("owner", &s.owner)
	v.String("password", &s.password)
}

type unlisted struct {
	channel     string
	invitations []key
	to          []string
}

func storeUnlisted(e core.Unlisted) *unlisted {
	s := &unlisted{e.Channel, make([]key, len(e.Invitations)), e.To}
	for i, k := range e.Invitations {
		s.invitations[i] = key{k.Inviter, k.RequestID, k.Invitee}
	}
	return s
}

func (s *unlisted) event() core.Event {
	e := core.Unlisted{Channel: s.channel, Invitations: make([]core.Key, len(s.invitations)), To: s.to}
	for i, k := range s.invitations {
		e.Invitations[i] = core.Key{Inviter: k.inviter, RequestID: k.requestID, Invitee: k.invitee}
	}
	return e
}

func (s *unlisted) Fields(v *codec.Visitor) {
	v.String("channel", &s.channel)
	codec.List(v, "invitations", &s.invitations)
	v.Strings("to", &s.to)
}

type memberChanged struct {
	by               actor
	channel, account string
	role             int64
	card             string
	to               []string
}

func (s *memberChanged) event() core.Event {
	return core.MemberChanged{By: s.by.actor(), Channel: s.channel, Account: s.account, Role: core.Role(s.role), Card: s.card, To: s.to}
}

func (s *memberChanged) Fields(v *codec.Visitor) {
	s.by.Fields(v)
	v.String("channel", &s.channel)
	v.String("member", &s.account)
	v.Int("role", &s.role)
	v.String("card", &s.card)
	v.Strings("to", &s.to)
}

type roomChanged struct {
	by                       actor
	channel, title, password string
	to                       []string
}

func (s *roomChanged) event() core.Event {
	return core.RoomChanged{By: s.by.actor(), Channel: s.channel, Title: s.title, Password: s.password, To: s.to}
}

func (s *roomChanged) Fields(v *codec.Visitor) {
	s.by.Fields(v)
	v.String("channel", &s.channel)
	v.String("title", &s.title)
	v.String("password", &s.password)
	v.Strings("to", &s.to)
}

type profileChanged struct {
	by      actor
	profile profile
	to      []string
}

func (s *profileChanged) event() core.Event {
	return core.ProfileChanged{By: s.by.actor(), Profile: s.profile.profile(), To: s.to}
}

func (s *profileChanged) Fields(v *codec.Visitor) {
	s.by.Fields(v)
	s.profile.Fields(v)
	v.Strings("to", &s.to)
}

type profile struct{ name, avatar, custom string }

func storeProfile(p core.Profile) profile { return profile{p.Name, p.Avatar, p.Custom} }

func (s *profile) profile() core.Profile {
	return core.Profile{Name: s.name, Avatar: s.avatar, Custom: s.custom}
}

func (s *profile) Fields(v *codec.Visitor) {
	v.String("name", &s.name)
	v.String("avatar", &s.avatar)
	v.String("custom", &s.custom)
}
