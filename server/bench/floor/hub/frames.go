package main

import (
	"bytes"
	"strings"
)

// The frames of a call, as the relay writes them, of the same sizes. Marks in
// them stand for what differs: the accounts, the command's number, the request id.
const (
	welcomeText = `{"type":"welcome","v":1,"journal":"b753cfe0d2d1c30f26a26f263dc18d2d","position":65535,"now":1795303483803,"connection":"1","silence":30000}`

	channelText  = `"channel":{"id":"40e018358f0b4104d52a6e480009ad47","name":"40e018358f0b4104d52a6e480009ad47","kind":"call","type":2,"creator":"$caller","created":1795303483803,"expires":1795310683803`
	deviceText   = `"device":"0123456789abcdef"`
	attachText   = `"attach":"{\"mode\":\"video\",\"from\":\"Ada Lovelace\",\"avatar\":\"https://example.org/a/ada.png\",\"conversation\":\"p2p-ada-bob\",\"v\":1}"`
	callerMember = `{"account":"$caller",` + deviceText + `,"uid":"2936005284441415","joined":1795303483803}`
	calleeMember = `{"account":"$callee",` + deviceText + `,"uid":"1743788179001534","joined":1795303484804}`

	replyHead  = `{"type":"reply","n":$,"position":308805633,"ok":{` + channelText
	calledText = replyHead + `,"members":[` + callerMember + `]}}}`
	joinText   = replyHead + `,"members":[` + callerMember + `,` + calleeMember + `]}}}`
	closeText  = replyHead + `}}}`

	noticeHead  = `{"type":"notice","position":308805633,"time":1795303483803,"name":`
	invitedText = noticeHead + `"invited","fields":{` + channelText + `},"inviter":"$caller",` + deviceText +
		`,"requestId":"$","invitees":["$callee"],"deadline":1795303573803,` + attachText + `}}`
	joinedText = noticeHead + `"joined","fields":{` + channelText + `},` + deviceText + `,"member":` + calleeMember + `}}`
	endedText  = noticeHead + `"ended","fields":{` + channelText + `},"by":"$callee",` + deviceText +
		`,"outcome":"accepted","invitations":[{"inviter":"$caller","requestId":"$","invitee":"$callee"}],` + attachText + `}}`
	closedText = noticeHead + `"closed","fields":{` + channelText + `},"by":"$caller",` + deviceText + `}}`
)

// frames are those of one pair.
type frames struct {
	called, join, close            template // replies; to be filled with the command's number
	invited, joined, ended, closed template // notices; to be filled with the request id
}

func framesOf(caller, callee string) frames {
	accounts := strings.NewReplacer("$caller", caller, "$callee", callee)
	make := func(text string) template {
		before, after, _ := strings.Cut(accounts.Replace(text), "$")
		return template{before, after}
	}
	return frames{
		called: make(calledText), join: make(joinText), close: make(closeText),
		invited: make(invitedText), joined: make(joinedText), ended: make(endedText), closed: make(closedText),
	}
}

// template is a frame with at most one place to be filled.
type template struct{ before, after string }

func (t template) with(what []byte) []byte {
	frame := make([]byte, 0, len(t.before)+len(what)+len(t.after))
	return append(append(append(frame, t.before...), what...), t.after...)
}

const commandHead = `{"type":"command","n":`

// parse finds the name of a command, its number and its request id.
func parse(text []byte) (name, n, requestID []byte) {
	if !bytes.HasPrefix(text, []byte(commandHead)) {
		return nil, nil, nil
	}
	n, rest, _ := bytes.Cut(text[len(commandHead):], []byte(`,"name":"`))
	name, rest, _ = bytes.Cut(rest, []byte(`"`))
	if _, id, ok := bytes.Cut(rest, []byte(`"requestId":"`)); ok {
		requestID, _, _ = bytes.Cut(id, []byte(`"`))
	}
	return name, n, requestID
}
