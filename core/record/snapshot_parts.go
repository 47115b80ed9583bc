package record

import (
	"beckon/core"
	"beckon/core/codec"
)

// channelInfo is what everybody may know of a channel.
type channelInfo struct {
	id, name               string
	kind, policy           int64
	creator, ext           string
	created, expires       int64
	title, owner, password string
}

func storeChannelInfo(c core.ChannelInfo) channelInfo {
	return channelInfo{c.ID, c.Name, int64(c.Type), int64(c.Policy), c.Creator, c.Ext, int64(c.Created), int64(c.Expires),
		c.Title, c.Owner, c.Password}
}

func (s *channelInfo) info() core.ChannelInfo {
	return core.ChannelInfo{ID: s.id, Name: s.name, Type: core.ChannelType(s.kind), Policy: core.Policy(s.policy),
		Creator: s.creator, Ext: s.ext, Created: core.Time(s.created), Expires: core.Time(s.expires),
		Title: s.title, Owner: s.owner, Password: s.password}
}

func (s *channelInfo) Fields(v *codec.Visitor) {
	v.String("id", &s.id)
	v.String("name", &s.name)
	v.Int("type", &s.kind)
	v.Int("policy", &s.policy)
	v.String("creator", &s.creator)
	v.String("ext", &s.ext)
	v.Int("created", &s.created)
	v.Int("expires", &s.expires)
	v.String("title", &s.title)
	v.String("owner", &s.owner)
	v.String("password", &s.password)
}

type member struct {
	account, device string
	uid             uint64
	joined, lost    int64
	role            int64
	card            string
}

func storeMembers(members []core.Member) []member {
	list := make([]member, len(members))
	for i, m := range members {
		list[i] = member{m.Account, m.Device, m.UID, int64(m.Joined), int64(m.Lost), int64(m.Role), m.Card}
	}
	return list
}

func membersOf(list []member) []core.Member {
	if list == nil {
		return nil
	}
	members := make([]core.Member, len(list))
	for i, s := range list {
		members[i] = core.Member{Account: s.account, Device: s.device, UID: s.uid, Joined: core.Time(s.joined),
			Lost: core.Time(s.lost), Role: core.Role(s.role), Card: s.card}
	}
	return members
}

func (s *member) Fields(v *codec.Visitor) {
	v.String("account", &s.account)
	v.String("device", &s.device)
	v.Uint("uid", &s.uid)
	v.Int("joined", &s.joined)
	v.Int("lost", &s.lost)
	v.Int("role", &s.role)
	v.String("card", &s.card)
}

type channelPart struct {
	info        channelInfo
	nameless    bool
	members     []member
	invitations []invitation
}

func storeChannelPart(p core.ChannelPart) *channelPart {
	s := &channelPart{storeChannelInfo(p.Info), p.Nameless, storeMembers(p.Members), make([]invitation, len(p.Invitations))}
	for i := range p.Invitations {
		s.invitations[i] = storeInvitation(&p.Invitations[i])
	}
	return s
}

func (s *channelPart) part() core.ChannelPart {
	p := core.ChannelPart{Info: s.info.info(), Nameless: s.nameless, Members: membersOf(s.members),
		Invitations: make([]core.Invitation, len(s.invitations))}
	for i := range s.invitations {
		p.Invitations[i] = s.invitations[i].invitation()
	}
	return p
}

func (s *channelPart) Fields(v *codec.Visitor) {
	s.info.Fields(v)
	v.Bool("nameless", &s.nameless)
	codec.List(v, "members", &s.members)
	codec.List(v, "invitations", &s.invitations)
}

type invitation struct {
	key                key
	state              int64
	made, ended        uint64
	at, deadline, over int64
	place              int64
	rang, stored       bool
	always             bool
	listed, entered    bool
	device, attach     string
	push               *push
}

func storeInvitation(i *core.Invitation) invitation {
	s := invitation{key{i.Inviter, i.RequestID, i.Invitee}, int64(i.State), uint64(i.Made), uint64(i.Ended), int64(i.At),
		int64(i.Deadline), int64(i.Over), int64(i.Place), i.Rang, i.Stored, i.Always, i.Listed, i.Entered, i.Device, i.Attach, nil}
	if i.Push != nil {
		s.push = storePush(*i.Push)
	}
	return s
}

func (s *invitation) invitation() core.Invitation {
	i := core.Invitation{Key: core.Key{Inviter: s.key.inviter, RequestID: s.key.requestID, Invitee: s.key.invitee},
		State: core.State(s.state), Made: core.Position(s.made), Ended: core.Position(s.ended), At: core.Time(s.at),
		Deadline: core.Time(s.deadline), Over: core.Time(s.over), Place: int(s.place), Rang: s.rang,
		Stored: s.stored, Always: s.always, Listed: s.listed, Entered: s.entered,
		Device: s.device, Attach: s.attach}
	if s.push != nil {
		push := s.push.push()
		i.Push = &push
	}
	return i
}

func (s *invitation) Fields(v *codec.Visitor) {
	s.key.Fields(v)
	v.Int("state", &s.state)
	v.Uint("made", &s.made)
	v.Uint("ended", &s.ended)
	v.Int("at", &s.at)
	v.Int("deadline", &s.deadline)
	v.Int("over", &s.over)
	v.Bool("rang", &s.rang)
	v.Int("place", &s.place)
	v.Bool("stored", &s.stored)
	v.Bool("always", &s.always)
	v.Bool("listed", &s.listed)
	v.Bool("entered", &s.entered)
	v.String("device", &s.device)
	v.String("attach", &s.attach)
	codec.Object(v, "push", &s.push)
}

type rowPart struct {
	position uint64
	now      int64
	channel  channelInfo
	event    *entry
}

func storeRowPart(p core.RowPart) *rowPart {
	e := store(p.Event)
	return &rowPart{uint64(p.Position), int64(p.Now), storeChannelInfo(p.Channel), &e}
}

func (s *rowPart) part() (core.Part, error) {
	if s.event == nil || s.event.fields == nil {
		return nil, &Error{"a snapshot holds an event that is not known to this version"}
	}
	return core.RowPart{Stamp: core.Stamp{Position: core.Position(s.position), Now: core.Time(s.now)},
		Channel: s.channel.info(), Event: s.event.fields.event()}, nil
}

func (s *rowPart) Fields(v *codec.Visitor) {
	v.Uint("position", &s.position)
	v.Int("now", &s.now)
	s.channel.Fields(v)
	codec.Object(v, "event", &s.event)
}

type accountPart struct {
	account string
	seats   []string
	pending []asking
	inbox   []uint64
	profile profile
}

func storeAccountPart(p core.AccountPart) *accountPart {
	s := &accountPart{account: p.Account, seats: p.Seats, profile: storeProfile(p.Profile)}
	for _, k := range p.Pending {
		s.pending = append(s.pending, asking{k.Channel, key{k.Inviter, k.RequestID, k.Invitee}})
	}
	for _, at := range p.Inbox {
		s.inbox = append(s.inbox, uint64(at))
	}
	return s
}

func (s *accountPart) part() core.AccountPart {
	p := core.AccountPart{Account: s.account, Seats: s.seats, Profile: s.profile.profile()}
	for _, k := range s.pending {
		p.Pending = append(p.Pending, core.Asking{Channel: k.channel,
			Key: core.Key{Inviter: k.key.inviter, RequestID: k.key.requestID, Invitee: k.key.invitee}})
	}
	for _, at := range s.inbox {
		p.Inbox = append(p.Inbox, core.Position(at))
	}
	return p
}

func (s *accountPart) Fields(v *codec.Visitor) {
	v.String("account", &s.account)
	v.Strings("seats", &s.seats)
	codec.List(v, "pending", &s.pending)
	v.Uints("inbox", &s.inbox)
	s.profile.Fields(v)
}

type asking struct {
	channel string
	key     key
}

func (s *asking) Fields(v *codec.Visitor) {
	v.String("channel", &s.channel)
	s.key.Fields(v)
}
