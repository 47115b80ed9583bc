package record

import (
	"beckon/core"
	"beckon/core/codec"
)

type created struct {
	by               actor
	id, name         string
	kind, policy     int64
	creator, ext     string
	created, expires int64
	room             room
}

func storeCreated(e core.Created) *created {
	c := e.Channel
	return &created{storeActor(e.By), c.ID, c.Name, int64(c.Type), int64(c.Policy), c.Creator, c.Ext,
		int64(c.Created), int64(c.Expires), room{c.Title, c.Owner, c.Password}}
}

func (s *created) event() core.Event {
	return core.Created{By: s.by.actor(), Channel: core.ChannelInfo{
		ID: s.id, Name: s.name, Type: core.ChannelType(s.kind), Policy: core.Policy(s.policy),
		Creator: s.creator, Ext: s.ext, Created: core.Time(s.created), Expires: core.Time(s.expires),
		Title: s.room.title, Owner: s.room.owner, Password: s.room.password}}
}

func (s *created) Fields(v *codec.Visitor) {
	s.by.Fields(v)
	v.String("channel", &s.id)
	v.String("name", &s.name)
	v.Int("type", &s.kind)
	v.Int("policy", &s.policy)
	v.String("creator", &s.creator)
	v.String("ext", &s.ext)
	v.Int("created", &s.created)
	v.Int("expires", &s.expires)
	s.room.Fields(v)
}

type joined struct {
	by              actor
	channel         string
	account, device string
	uid             uint64
	joined          int64
	moved           bool
	role            int64
	card            string
	told            told
}

func storeJoined(e core.Joined) *joined {
	m := e.Member
	return &joined{storeActor(e.By), e.Channel, m.Account, m.Device, m.UID, int64(m.Joined), e.Moved,
		int64(m.Role), m.Card, told{e.Attach, e.Store, e.To}}
}

func (s *joined) event() core.Event {
	return core.Joined{By: s.by.actor(), Channel: s.channel, Member: core.Member{
		Account: s.account, Device: s.device, UID: s.uid, Joined: core.Time(s.joined),
		Role: core.Role(s.role), Card: s.card},
		Moved: s.moved, Attach: s.told.attach, Store: s.told.store, To: s.told.to}
}

func (s *joined) Fields(v *codec.Visitor) {
	s.by.Fields(v)
	v.String("channel", &s.channel)
	v.String("member", &s.account)
	v.String("memberDevice", &s.device)
	v.Uint("uid", &s.uid)
	v.Int("joined", &s.joined)
	v.Bool("moved", &s.moved)
	v.Int("role", &s.role)
	v.String("card", &s.card)
	s.told.Fields(v)
}

type left struct {
	by               actor
	channel, account string
	why, expires     int64
	told             told
}

func storeLeft(e core.Left) *left {
	return &left{storeActor(e.By), e.Channel, e.Account, int64(e.Why), int64(e.Expires), told{e.Attach, e.Store, e.To}}
}

func (s *left) event() core.Event {
	return core.Left{By: s.by.actor(), Channel: s.channel, Account: s.account, Why: core.LeaveReason(s.why),
		Expires: core.Time(s.expires), Attach: s.told.attach, Store: s.told.store, To: s.told.to}
}

func (s *left) Fields(v *codec.Visitor) {
	s.by.Fields(v)
	v.String("channel", &s.channel)
	v.String("member", &s.account)
	v.Int("why", &s.why)
	v.Int("expires", &s.expires)
	s.told.Fields(v)
}

type closed struct {
	by      actor
	channel string
	why     int64
	told    told
}

func storeClosed(e core.Closed) *closed {
	return &closed{storeActor(e.By), e.Channel, int64(e.Why), told{e.Attach, e.Store, e.To}}
}

func (s *closed) event() core.Event {
	return core.Closed{By: s.by.actor(), Channel: s.channel, Why: core.CloseReason(s.why),
		Attach: s.told.attach, Store: s.told.store, To: s.told.to}
}

func (s *closed) Fields(v *codec.Visitor) {
	s.by.Fields(v)
	v.String("channel", &s.channel)
	v.Int("why", &s.why)
	s.told.Fields(v)
}

type renewed struct {
	channel string
	expires int64
}

func (s *renewed) event() core.Event {
	return core.Renewed{Channel: s.channel, Expires: core.Time(s.expires)}
}

func (s *renewed) Fields(v *codec.Visitor) {
	v.String("channel", &s.channel)
	v.Int("expires", &s.expires)
}
