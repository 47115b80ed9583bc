package nim

import "beckon/core/codec"

// options are the parameters of a call, as a caller gives them. Only those that
// the method takes are read.
type options struct {
	method *Method
	fault  fault // the first

	channelID, requestID, account string
	kind                          int64 // "type"
	channelName, ext              string
	attachExt, joinAttachExt      string
	offlineEnabled, autoJoin      bool
	uid                           string // canonical decimal, or empty
	nertc                         nertc
	push                          push
	pushInfo                      *push // given: the push fields beside it do not count
	joinsExisting                 bool
}

// A fault is a parameter of the wrong type, and what is wrong with it.
type fault struct{ param, reason string }

func (o *options) bad(param, reason string) {
	if o.fault == (fault{}) {
		o.fault = fault{param, reason}
	}
}

func (o *options) Fields(v *codec.Visitor) { o.method.read(o, v) }

func (o *options) readChannel(v *codec.Visitor) {
	lax(v, "type", func(raw codec.Raw) {
		n, ok := whole(raw)
		if !ok {
			o.bad("type", "is not a whole number")
		}
		o.kind = n
	})
	v.String("channelName", &o.channelName)
	v.String("ext", &o.ext)
}

func (o *options) readInChannel(v *codec.Visitor) {
	v.String("channelId", &o.channelID)
	o.readSaid(v)
}

func (o *options) readJoin(v *codec.Visitor) {
	o.readInChannel(v)
	o.readSeat(v)
}

// readAnswer reads what Cancel and Reject take, who answer an invitation.
func (o *options) readAnswer(v *codec.Visitor) {
	o.readInChannel(v)
	o.readOther(v)
}

func (o *options) readInvite(v *codec.Visitor) {
	o.readAnswer(v)
	o.readPush(v)
}

func (o *options) readAccept(v *codec.Visitor) {
	o.readJoinAndAccept(v)
	lax(v, "autoJoin", func(raw codec.Raw) { o.autoJoin = truthy(raw) })
}

func (o *options) readJoinAndAccept(v *codec.Visitor) {
	o.readAnswer(v)
	o.readSeat(v)
	v.String("joinAttachExt", &o.joinAttachExt)
}

func (o *options) readCall(v *codec.Visitor) {
	o.readCallEx(v)
	lax(v, "callJoinsExisting", func(raw codec.Raw) { o.joinsExisting = isTrue(raw) })
}

func (o *options) readCallEx(v *codec.Visitor) {
	o.readChannel(v)
	o.readOther(v)
	o.readSaid(v)
	o.readSeat(v)
	o.readPush(v)
}

// readOther reads whom an invitation is about, with whom.
func (o *options) readOther(v *codec.Visitor) {
	v.String("account", &o.account)
	v.String("requestId", &o.requestID)
}

func (o *options) readSaid(v *codec.Visitor) {
	v.String("attachExt", &o.attachExt)
	lax(v, "offlineEnabled", func(raw codec.Raw) { o.offlineEnabled = isTrue(raw) })
}

// readSeat reads how the caller becomes a member.
func (o *options) readSeat(v *codec.Visitor) {
	lax(v, "uid", func(raw codec.Raw) { o.uid = uid(raw) })
	v.String("nertcChannelName", &o.nertc.channelName)
	lax(v, "nertcTokenTtl", func(raw codec.Raw) { o.nertc.tokenTTL = textOrNumber(raw) })
	lax(v, "nertcJoinRoomQueryParamMap", func(raw codec.Raw) { o.nertc.queryParamMap = stringified(raw) })
}

// readPush reads the push fields, inside pushInfo and beside it. A pushInfo that
// is no object is none.
func (o *options) readPush(v *codec.Visitor) {
	lax(v, "pushInfo", func(raw codec.Raw) {
		switch raw[0] {
		case '{':
			o.pushInfo = new(push)
			if err := codec.Decode(raw, o.pushInfo); err != nil {
				o.bad(faultIn(err))
			}
		case '[': // an object to JavaScript, without any of the fields
			o.pushInfo = new(push)
		}
	})
	o.push.Fields(v)
}

// push is what a push message would say.
type push struct {
	need, noBadge           bool
	title, content, payload string
}

func (p *push) Fields(v *codec.Visitor) {
	lax(v, "needPush", func(raw codec.Raw) { p.need = isTrue(raw) })
	lax(v, "needBadge", func(raw codec.Raw) { p.noBadge = string(raw) == "false" })
	v.String("pushTitle", &p.title)
	v.String("pushContent", &p.content)
	lax(v, "pushPayload", func(raw codec.Raw) { p.payload = stringified(raw) })
}

// nertc is what the caller says to the vendor's RTC service. It is given back.
type nertc struct{ channelName, tokenTTL, queryParamMap string }

func (n *nertc) Fields(v *codec.Visitor) {
	v.String("nertcChannelName", &n.channelName)
	v.String("nertcTokenTtl", &n.tokenTTL)
	v.String("nertcJoinRoomQueryParamMap", &n.queryParamMap)
}
