package nim

import "strings"

// A Param is a parameter of the vendor's calls.
type Param struct {
	Name    string
	Chinese string   // what the vendor's documentation calls it
	Type    string   // TypeScript's
	Fields  []string // the fields of wire's orders that carry it
}

// Params lists the parameters of all [Methods].
var Params = []Param{
	{"channelId", "频道id", "string", []string{"channel"}},
	{"requestId", "邀请的请求id", "string", []string{"requestId"}},
	{"account", "对方account账号", "string", []string{"invitee", "inviter"}},
	{"type", "通话类型", "number | string", []string{"type"}},
	{"channelName", "频道名", "string", []string{"name"}},
	{"ext", "频道的自定义扩展信息", "string", []string{"ext"}},
	{"attachExt", "操作者附加的自定义信息", "string", []string{"attach"}},
	{"joinAttachExt", "加入频道的自定义扩展信息", "string", []string{"joinAttach"}},
	{"offlineEnabled", "是否存离线通知", "boolean", []string{"store"}},
	{"autoJoin", "是否自动加入频道", "boolean", []string{"autoJoin"}},
	{"uid", "自己在频道中对应的uid", "string | number | null", []string{"uid"}},
	{"pushInfo", "推送信息", "object", []string{"push"}},
	{"needPush", "是否需要推送", "boolean", []string{"push.need"}},
	{"needBadge", "是否计入未读计数", "boolean", []string{"push.noBadge"}},
	{"pushTitle", "推送标题", "string", []string{"push.title"}},
	{"pushContent", "推送内容", "string", []string{"push.content"}},
	{"pushPayload", "推送自定义字段", "string | object", []string{"push.payload"}},
	{"nertcChannelName", "云信G2-RTC的房间名", "string", nil},
	{"nertcTokenTtl", "云信G2-RTC的token的有效期", "string | number", nil},
	{"nertcJoinRoomQueryParamMap", "云信G2-RTC加入房间的请求参数", "string | object", nil},
	{"callJoinsExisting", "", "boolean", []string{"reuse"}}, // ours: configure({nim: {callJoinsExisting}})
}

// paramOf names the parameter that a field of an order comes from. What has no
// such name keeps its own.
func paramOf(field string) string {
	field = strings.TrimPrefix(field, "fields.") // as a frame's decoder puts it
	for _, p := range Params {
		for _, f := range p.Fields {
			if f == field {
				return p.Name
			}
		}
	}
	return field
}

// paramAt names the parameter at fault from the path that the codec tells:
// pushPayload for "pushInfo.pushPayload.from".
func paramAt(path string) string {
	path = strings.TrimPrefix(path, "pushInfo.")
	if i := strings.IndexAny(path, ".["); i > 0 {
		path = path[:i]
	}
	return path
}
