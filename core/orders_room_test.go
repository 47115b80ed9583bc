package core_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/stretchr/testify/require"

	"beckon/core"
)

// roomOrder reads the orders of rooms:
//
//	createRoom ada/web lounge title=x password=x ext=x
//	enter bob/phone c1 password=x
//	inviteAll ada/web c1 bob cy p1..500 timeout=60s attach=x
//	withdraw ada/web c1 bob cy p1..500
//	settle bob/phone c1 accept              (reject, or busy)
//	kick ada/web c1 bob
//	setRole ada/web c1 bob administrator    (member, owner)
//	setCard ada/web c1 bob card=x
//	setTitle ada/web c1 title=x
//	setPassword ada/web c1 password=x
//	setProfile ada/web name=x avatar=x custom=x
func (s *scene) roomOrder(l line) core.Order {
	channel := s.names.id(l.word(1))
	switch l.words[0] {
	case "createRoom":
		return core.CreateRoom{Channel: channel, Title: l.options["title"], Password: l.options["password"], Ext: l.options["ext"]}
	case "enter":
		return core.Enter{Channel: channel, Password: l.options["password"]}
	case "inviteAll":
		return core.InviteAll{Channel: channel, Invitees: crowdOf(l.words[3:]), Timeout: s.duration(l.options["timeout"]),
			Attach: l.options["attach"]}
	case "withdraw":
		return core.Withdraw{Channel: channel, Invitees: crowdOf(l.words[3:])}
	case "settle":
		o := core.Settle{Channel: channel, Accept: l.word(2) == "accept"}
		if l.word(2) == "busy" {
			o.Reason = core.RejectBusy
		}
		return o
	case "kick":
		return core.Kick{Channel: channel, Account: l.word(2)}
	case "setRole":
		role := slices.Index([]string{"member", "administrator", "owner"}, l.word(3))
		return core.SetRole{Channel: channel, Account: l.word(2), Role: core.Role(role)}
	case "setCard":
		return core.SetCard{Channel: channel, Account: l.word(2), Card: l.options["card"]}
	case "setTitle":
		return core.SetTitle{Channel: channel, Title: l.options["title"]}
	case "setPassword":
		return core.SetPassword{Channel: channel, Password: l.options["password"]}
	case "setProfile":
		return core.SetProfile{Profile: core.Profile{Name: l.options["name"], Avatar: l.options["avatar"], Custom: l.options["custom"]}}
	}
	require.Fail(s.t, "there is no command "+l.words[0])
	return nil
}

// crowdOf writes p1..500 out, and - as an empty name.
func crowdOf(words []string) []string {
	var list []string
	for _, word := range words {
		var from, to int
		name := strings.TrimRight(word, "0123456789.")
		if n, _ := fmt.Sscanf(word[len(name):], "%d..%d", &from, &to); n == 2 {
			for ; from <= to; from++ {
				list = append(list, fmt.Sprint(name, from))
			}
			continue
		}
		list = append(list, strings.TrimPrefix(word, "-"))
	}
	return list
}
