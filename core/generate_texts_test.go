package core_test

import (
	"strings"

	"pgregory.net/rapid"

	"beckon/core"
)

// anyText is a short text as a rule, or a strange one, or one that is (nearly) too long.
func anyText(t *rapid.T) string {
	if !seldom(t, "text", 8) {
		return ""
	}
	return one(t, "text", "x", "y", "\"\\\x00\x1f\u2028 é 😀", strings.Repeat("é", 4096), strings.Repeat("é", 4097))
}

func anyName(t *rapid.T) string {
	if seldom(t, "long name", 32) {
		return strings.Repeat("é", 129)
	}
	return one(t, "name", "", "", "room", "hall")
}

func anyKind(t *rapid.T) core.ChannelType {
	if seldom(t, "no type", 32) {
		return one[core.ChannelType](t, "type", 0, 4, 255)
	}
	return one(t, "type", core.Audio, core.Video, core.Other)
}

func anyRequest(t *rapid.T) string {
	if seldom(t, "bad requestId", 32) {
		return one(t, "requestId", "", strings.Repeat("é", 129))
	}
	return one(t, "requestId", "r1", "r2")
}

func anyInvitee(t *rapid.T) string {
	if seldom(t, "bad invitee", 32) {
		return one(t, "invitee", "", "line\nbreak", "del\x7f", strings.Repeat("é", 65))
	}
	return one(t, "invitee", everybody...)
}

func anyPush(t *rapid.T) core.Push {
	if !seldom(t, "push", 4) {
		return core.Push{}
	}
	p := core.Push{Need: !seldom(t, "need", 3), NoBadge: seldom(t, "no badge", 3), Title: "t", Content: "c", Payload: anyText(t)}
	if seldom(t, "long push", 16) {
		p.Title, p.Content = one(t, "title", "", strings.Repeat("é", 33)), strings.Repeat("é", 501)
	}
	return p
}
