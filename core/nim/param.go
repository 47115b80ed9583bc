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
	pChannelID:          {"channelId", []string{"channel"}, asText, channelID, nil},
	pRequestID:          {"requestId", []string{"requestId"}, asText, requestID, nil},
	pAccount:            {"account", []string{"invitee", "inviter", "to"}, asText, account, nil},
	pType:               {"type", []string{"type"}, asType, 0, nil},
	pChannelName:        {"channelName", []string{"name"}, asText, channelName, nil},
	pExt:                {"ext", []string{"ext"}, asText, ext, nil},
	pAttachExt:          {"attachExt", []string{"attach"}, asText, attachExt, nil},
	pJoinAttachExt:      {"joinAttachExt", []string{"joinAttach"}, asText, joinAttachExt, nil},
	pOfflineEnabled:     {"offlineEnabled", []string{"store"}, asTrue, stored, nil},
	pAutoJoin:           {"autoJoin", []string{"autoJoin"}, asTruthy, autoJoin, nil},
	pUID:                {"uid", []string{"uid"}, asUID, ownUID, nil},
	pPushInfo:           {"pushInfo", []string{"push"}, asPushInfo, 0, pushParams},
	pNeedPush:           {"needPush", []string{"push.need"}, asTrue, needPush, nil},
	pNeedBadge:          {"needBadge", []string{"push.noBadge"}, asFalse, noBadge, nil},
	pPushTitle:          {"pushTitle", []string{"push.title"}, asText, pushTitle, nil},
	pPushContent:        {"pushContent", []string{"push.content"}, asText, pushContent, nil},
	pPushPayload:        {"pushPayload", []string{"push.payload"}, asJSON, pushPayload, nil},
	pNertcChannelName:   {"nertcChannelName", nil, asText, rtcChannel, nil},
	pNertcTokenTTL:      {"nertcTokenTtl", nil, asTextOrNumber, rtcTTL, nil},
	pNertcQueryParamMap: {"nertcJoinRoomQueryParamMap", nil, asJSON, rtcParams, nil},
	pMsgid:              {"msgid", []string{"positions"}, asMsgid, 0, nil},
	pTo:                 {"to", []string{"to"}, asText, account, nil},
	pScene:              {"scene", nil, asScene, 0, nil},
	pAttach:             {"attach", []string{"attach"}, asIs, attachExt, nil},
	pCallJoinsExisting:  {"callJoinsExisting", []string{"reuse"}, asTrue, joinsExisting, nil}, // ours: configure({nim: {callJoinsExisting}})

	pCallee:           {"calleeAccountId", []string{"invitee"}, asText, account, nil},
	pInvitee:          {"inviteeAccountId", []string{"invitee"}, asText, account, nil},
	pCaller:           {"callerAccountId", []string{"inviter"}, asText, account, nil},
	pInviter:          {"inviterAccountId", []string{"inviter"}, asText, account, nil},
	pReceiver:         {"receiverAccountId", []string{"to"}, asText, account, nil},
	pChannelType:      {"channelType", []string{"type"}, asType, 0, nil},
	pChannelExtension: {"channelExtension", []string{"ext"}, asText, ext, nil},
	pServerExtension:  {"serverExtension", []string{"attach", "joinAttach"}, asText, attachExt, nil},
	pStored:           {"offlineEnabled", []string{"store"}, asFlag, stored, nil},
	pSignallingConfig: {"signallingConfig", nil, asObject, 0, []param{pStored, pUnreadEnabled, pSelfUID}},
	pUnreadEnabled:    {"unreadEnabled", []string{"push.noBadge"}, asNoFlag, noBadge, nil},
	pSelfUID:          {"selfUid", []string{"uid"}, asUID, ownUID, nil},
	pPushConfig:       {"pushConfig", []string{"push"}, asObject, 0, []param{pPushEnabled, pPushTitle, pPushContent, pPushData}},
	pPushEnabled:      {"pushEnabled", []string{"push.need"}, asFlag, needPush, nil},
	pPushData:         {"pushPayload", []string{"push.payload"}, asText, pushPayload, nil},
	pRTCConfig:        {"rtcConfig", nil, asObject, 0, []param{pRTCChannelName, pRTCTokenTTL, pRTCParams}},
	pRTCChannelName:   {"rtcChannelName", nil, asText, rtcChannel, nil},
	pRTCTokenTTL:      {"rtcTokenTtl", nil, asNumber, rtcTTL, nil},
	pRTCParams:        {"rtcParams", nil, asText, rtcParams, nil},
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
