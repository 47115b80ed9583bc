package nim

import (
	"strconv"

	"beckon/core/codec"
	"beckon/core/wire"
)

// channel is the vendor's flat Channel.
type channel struct{ kind, name, id, created, expires, creator, ext string }

func flat(c *wire.Channel) *channel {
	return &channel{
		kind:    decimal(c.Type),
		name:    c.Name,
		id:      c.ID,
		created: decimal(c.Created),
		expires: decimal(c.Expires),
		creator: c.Creator,
		ext:     c.Ext,
	}
}

func (c *channel) Fields(v *codec.Visitor) {
	v.String("type", &c.kind)
	v.String("channelName", &c.name)
	v.String("channelId", &c.id)
	v.String("channelCreateTime", &c.created)
	v.String("channelExpireTime", &c.expires)
	v.String("creator", &c.creator)
	v.String("ext", &c.ext)
}

// member is the vendor's Member. As attach of a ROOM_JOIN it has numbers for names.
type member struct{ account, uid, joined, expires, device string }

func memberOf(c *wire.Channel, m *wire.Member) member {
	return member{m.Account, m.UID, decimal(m.Joined), decimal(c.Expires), m.Device}
}

func (m *member) Fields(v *codec.Visitor) {
	v.String("accid", &m.account)
	v.String("uid", &m.uid)
	v.String("createTime", &m.joined)
	v.String("expireTime", &m.expires)
	v.String("web_uid", &m.device)
}

// members lists a channel's members; a list without any is there too.
func members(c *wire.Channel) codec.Raw {
	return array(c.Members, func(m *wire.Member) codec.Message {
		shown := memberOf(c, m)
		return &shown
	})
}

// channelM is a channel with its members.
type channelM struct {
	channel
	members codec.Raw
}

func (c *channelM) Fields(v *codec.Visitor) {
	c.channel.Fields(v)
	v.Raw("members", &c.members)
}

// answer is what a call tells, whether it resolves or rejects.
type answer struct {
	channel    *channel
	members    codec.Raw
	callStatus string
	nertc      *nertc
}

func (a *answer) Fields(v *codec.Visitor) {
	codec.Object(v, "channel", &a.channel)
	v.Raw("members", &a.members)
	v.String("callStatus", &a.callStatus)
	codec.Object(v, "nertc", &a.nertc)
}

// nertc is what the caller says to the vendor's RTC service. It is given back.
type nertc struct{ channelName, tokenTTL, queryParamMap string }

func (n *nertc) Fields(v *codec.Visitor) {
	v.String("nertcChannelName", &n.channelName)
	v.String("nertcTokenTtl", &n.tokenTTL)
	v.String("nertcJoinRoomQueryParamMap", &n.queryParamMap)
}

func decimal(n int64) string { return strconv.FormatInt(n, 10) }

// yes is a field that is there even if it is false.
func yes(b bool) codec.Raw {
	if b {
		return codec.Raw("true")
	}
	return codec.Raw("false")
}

func raw(m codec.Message) codec.Raw { return codec.Append(nil, m) }

// array is the JSON array of what items look like.
func array[T any](items []T, as func(*T) codec.Message) codec.Raw {
	b := codec.Raw{'['}
	for i := range items {
		if i > 0 {
			b = append(b, ',')
		}
		b = codec.Append(b, as(&items[i]))
	}
	return append(b, ']')
}
