package nim

import (
	"strconv"

	"beckon/core/codec"
	"beckon/core/wire"
)

// v2 is what a call of V2 resolves with, nil for nothing.
func (r *Request) v2(out *wire.Outcome, status int) codec.Message {
	c := out.Channel
	if c == nil {
		c = &wire.Channel{}
	}
	switch r.Method.result {
	case v2Channel:
		return &v2ChannelInfo{c, true}
	case v2Room:
		return v2RoomOf(c)
	case v2Joined:
		return &v2Result{room: v2RoomOf(c), rtc: raw(&v2RTC{r.options.nertc()})}
	case v2Called:
		a := &v2Result{room: v2RoomOf(c), status: int64(status)}
		if n := r.options.nertc(); n != nil {
			a.rtc = raw(&v2RTC{n})
		}
		return a
	}
	return nil
}

// v2Result is what call, callSetup and joinRoom resolve with.
type v2Result struct {
	room   *v2RoomInfo
	rtc    codec.Raw
	status int64
}

func (a *v2Result) Fields(v *codec.Visitor) {
	room := raw(a.room)
	v.Raw("roomInfo", &room)
	v.Raw("rtcInfo", &a.rtc)
	v.Int("callStatus", &a.status)
}

// v2RTC is the vendor's V2NIMSignallingRtcInfo. There is no service that would
// give a token.
type v2RTC struct{ n *nertc }

func (r *v2RTC) Fields(v *codec.Visitor) {
	if r.n == nil {
		return
	}
	ttl := codec.Raw(r.n.tokenTTL)
	v.Raw("rtcTokenTtl", &ttl)
	v.String("rtcParams", &r.n.queryParamMap)
}

// v2RoomInfo is the vendor's V2NIMSignallingRoomInfo.
type v2RoomInfo struct {
	channel *v2ChannelInfo
	members codec.Raw
}

func v2RoomOf(c *wire.Channel) *v2RoomInfo {
	return &v2RoomInfo{&v2ChannelInfo{c, true}, array(c.Members, func(m *wire.Member) codec.Message { return &v2Member{c, m} })}
}

func (r *v2RoomInfo) Fields(v *codec.Visitor) {
	channel := raw(r.channel)
	v.Raw("channelInfo", &channel)
	v.Raw("members", &r.members)
}

// v2ChannelInfo is the vendor's V2NIMSignallingChannelInfo.
type v2ChannelInfo struct {
	c     *wire.Channel
	valid bool
}

func (i *v2ChannelInfo) Fields(v *codec.Visitor) {
	c, valid := i.c, yes(i.valid)
	v.String("channelName", &c.Name)
	v.String("channelId", &c.ID)
	v.Int("channelType", &c.Type)
	v.Raw("channelValid", &valid)
	v.String("channelExtension", &c.Ext)
	v.Int("createTime", &c.Created)
	v.Int("expireTime", &c.Expires)
	v.String("creatorAccountId", &c.Creator)
}

// v2Member is the vendor's V2NIMSignallingMember.
type v2Member struct {
	in *wire.Channel
	m  *wire.Member
}

func (i *v2Member) Fields(v *codec.Visitor) {
	m := i.m
	uid, _ := strconv.ParseInt(m.UID, 10, 64)
	v.String("accountId", &m.Account)
	v.Int("uid", &uid)
	v.Int("joinTime", &m.Joined)
	v.Int("expireTime", &i.in.Expires)
	v.String("deviceId", &m.Device)
}
