package nim

import "strings"

// A Param is a parameter of the vendor's calls.
type Param struct {
	Name   string
	Fields []string // the fields of wire's orders that carry it

	as    reading
	in    slot    // where options has it
	parts []param // of an object: its fields, which are parameters too
}

// param is an index of Params.
type param uint8

const (
	pChannelID param = iota
	pRequestID
	pAccount
	pType
	pChannelName
	pExt
	pAttachExt
	pJoinAttachExt
	pOfflineEnabled
	pAutoJoin
	pUID
	pPushInfo
	pNeedPush
	pNeedBadge
	pPushTitle
	pPushContent
	pPushPayload
	pNertcChannelName
	pNertcTokenTTL
	pNertcQueryParamMap
	pMsgid
	pTo
	pScene
	pAttach
	pCallJoinsExisting

	pCallee // from here on: of V2 only
	pInvitee
	pCaller
	pInviter
	pReceiver
	pChannelType
	pChannelExtension
	pServerExtension
	pStored
	pSignallingConfig
	pUnreadEnabled
	pSelfUID
	pPushConfig
	pPushEnabled
	pPushData
	pRTCConfig
	pRTCChannelName
	pRTCTokenTTL
	pRTCParams
)

// Params lists the parameters of all [Methods] and [V2Methods], those inside an
// object, such as pushInfo, among them.
var Params = []Param{
	pChannelID:          {"channelId", []string{"channel"}, asWord, atChannelID, nil},
	pRequestID:          {"requestId", []string{"requestId"}, asWord, atRequestID, nil},
	pAccount:            {"account", []string{"invitee", "inviter", "to"}, asWord, atAccount, nil},
	pType:               {"type", []string{"type"}, asType, 0, nil},
	pChannelName:        {"channelName", []string{"name"}, asWord, atChannelName, nil},
	pExt:                {"ext", []string{"ext"}, asWord, atExt, nil},
	pAttachExt:          {"attachExt", []string{"attach"}, asWord, atAttachExt, nil},
	pJoinAttachExt:      {"joinAttachExt", []string{"joinAttach"}, asWord, atJoinAttachExt, nil},
	pOfflineEnabled:     {"offlineEnabled", []string{"store"}, asTrue, atStored, nil},
	pAutoJoin:           {"autoJoin", []string{"autoJoin"}, asTruthy, atAutoJoin, nil},
	pUID:                {"uid", []string{"uid"}, asUID, atOwnUID, nil},
	pPushInfo:           {"pushInfo", []string{"push"}, asPushInfo, 0, pushParams},
	pNeedPush:           {"needPush", []string{"push.need"}, asTrue, atNeedPush, nil},
	pNeedBadge:          {"needBadge", []string{"push.noBadge"}, asFalse, atNoBadge, nil},
	pPushTitle:          {"pushTitle", []string{"push.title"}, asText, atPushTitle, nil},
	pPushContent:        {"pushContent", []string{"push.content"}, asText, atPushContent, nil},
	pPushPayload:        {"pushPayload", []string{"push.payload"}, asJSON, atPushPayload, nil},
	pNertcChannelName:   {"nertcChannelName", nil, asWord, atRtcChannel, nil},
	pNertcTokenTTL:      {"nertcTokenTtl", nil, asTextOrNumber, atRtcTTL, nil},
	pNertcQueryParamMap: {"nertcJoinRoomQueryParamMap", nil, asJSON, atRtcParams, nil},
	pMsgid:              {"msgid", []string{"positions"}, asMsgid, 0, nil},
	pTo:                 {"to", []string{"to"}, asWord, atAccount, nil},
	pScene:              {"scene", nil, asScene, 0, nil},
	pAttach:             {"attach", []string{"attach"}, asIs, atAttachExt, nil},
	pCallJoinsExisting:  {"callJoinsExisting", []string{"reuse"}, asTrue, atJoinsExisting, nil}, // ours: configure({nim: {callJoinsExisting}})

	pCallee:           {"calleeAccountId", []string{"invitee"}, asText, atAccount, nil},
	pInvitee:          {"inviteeAccountId", []string{"invitee"}, asText, atAccount, nil},
	pCaller:           {"callerAccountId", []string{"inviter"}, asText, atAccount, nil},
	pInviter:          {"inviterAccountId", []string{"inviter"}, asText, atAccount, nil},
	pReceiver:         {"receiverAccountId", []string{"to"}, asText, atAccount, nil},
	pChannelType:      {"channelType", []string{"type"}, asType, 0, nil},
	pChannelExtension: {"channelExtension", []string{"ext"}, asText, atExt, nil},
	pServerExtension:  {"serverExtension", []string{"attach", "joinAttach"}, asText, atAttachExt, nil},
	pStored:           {"offlineEnabled", []string{"store"}, asFlag, atStored, nil},
	pSignallingConfig: {"signallingConfig", nil, asObject, 0, []param{pStored, pUnreadEnabled, pSelfUID}},
	pUnreadEnabled:    {"unreadEnabled", []string{"push.noBadge"}, asNoFlag, atNoBadge, nil},
	pSelfUID:          {"selfUid", []string{"uid"}, asUID, atOwnUID, nil},
	pPushConfig:       {"pushConfig", []string{"push"}, asObject, 0, []param{pPushEnabled, pPushTitle, pPushContent, pPushData}},
	pPushEnabled:      {"pushEnabled", []string{"push.need"}, asFlag, atNeedPush, nil},
	pPushData:         {"pushPayload", []string{"push.payload"}, asText, atPushPayload, nil},
	pRTCConfig:        {"rtcConfig", nil, asObject, 0, []param{pRTCChannelName, pRTCTokenTTL, pRTCParams}},
	pRTCChannelName:   {"rtcChannelName", nil, asText, atRtcChannel, nil},
	pRTCTokenTTL:      {"rtcTokenTtl", nil, asNumber, atRtcTTL, nil},
	pRTCParams:        {"rtcParams", nil, asText, atRtcParams, nil},
}

var pushParams = []param{pNeedPush, pNeedBadge, pPushTitle, pPushContent, pPushPayload}

// paramAt names the parameter at fault from the path that the codec tells:
// pushPayload for "pushInfo.pushPayload.from".
func paramAt(path string) string {
	for i := range Params {
		if p := &Params[i]; p.parts != nil {
			path = strings.TrimPrefix(path, p.Name+".")
		}
	}
	if i := strings.IndexAny(path, ".["); i > 0 {
		path = path[:i]
	}
	return path
}
