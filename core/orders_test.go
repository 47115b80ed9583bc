package core_test

import "beckon/core"

// order reads the orders of a story:
//
//	create ada/web type=1 name=x ext=x
//	join bob/phone c1 uid=7 attach=x store
//	leave bob/phone c1 attach=x store
//	close bob/phone c1 attach=x store
//	invite ada/web c1 r1 bob attach=x store push title=x content=x payload=x nobadge
//	cancel ada/web c1 r1 bob attach=x store
//	accept bob/phone c1 ada r1 attach=x store autojoin uid=7 joinAttach=x
//	joinAndAccept bob/phone c1 ada r1 attach=x store uid=7 joinAttach=x
//	reject bob/phone c1 ada r1 attach=x store
//	callEx ada/web r1 bob type=1 name=x ext=x uid=7 attach=x store push ...
//	call ada/web r1 bob ... reuse=any      (reuse=own if not said)
//	createAndJoin ada/web type=1 name=x ext=x uid=7 attach=x store
//	delay ada/web c1
//	control ada/web c1 bob attach=x        (- for all)
//	message ada/web bob attach=x
//	markRead bob/phone 5.2 6.1             (as the inbox shows them)
func (s *scene) order(l line) core.Order {
	channel := s.names.id(l.word(1))
	attach, store := l.options["attach"], l.has("store")
	var uid uint64
	if text, is := l.options["uid"]; is {
		uid = s.number(text)
	}
	switch l.words[0] {
	case "create":
		return core.Create{Type: s.kind(l), Name: l.options["name"], Ext: l.options["ext"]}
	case "join":
		return core.Join{Channel: channel, UID: uid, Attach: attach, Store: store}
	case "leave":
		return core.Leave{Channel: channel, Attach: attach, Store: store}
	case "close":
		return core.Close{Channel: channel, Attach: attach, Store: store}
	case "invite":
		return core.Invite{Channel: channel, RequestID: l.word(2), Invitee: l.word(3), Attach: attach, Store: store,
			Push: push(l)}
	case "cancel":
		return core.Cancel{Channel: channel, RequestID: l.word(2), Invitee: l.word(3), Attach: attach, Store: store}
	case "accept":
		return core.Accept{Channel: channel, Inviter: l.word(2), RequestID: l.word(3), Attach: attach, Store: store,
			AutoJoin: l.has("autojoin"), UID: uid, JoinAttach: l.options["joinAttach"]}
	case "joinAndAccept":
		return core.JoinAndAccept{Channel: channel, Inviter: l.word(2), RequestID: l.word(3), UID: uid,
			Attach: attach, JoinAttach: l.options["joinAttach"], Store: store}
	case "reject":
		return core.Reject{Channel: channel, Inviter: l.word(2), RequestID: l.word(3), Attach: attach, Store: store}
	case "callEx", "call":
		return core.Call{Type: s.kind(l), Name: l.options["name"], Ext: l.options["ext"], UID: uid,
			RequestID: l.word(1), Invitee: l.word(2), Attach: attach, Store: store, Push: push(l), Reuse: s.reuse(l)}
	}
	return s.otherOrder(l)
}

func (s *scene) otherOrder(l line) core.Order {
	channel := s.names.id(l.word(1))
	switch l.words[0] {
	case "createAndJoin":
		var uid uint64
		if text, is := l.options["uid"]; is {
			uid = s.number(text)
		}
		return core.CreateAndJoin{Type: s.kind(l), Name: l.options["name"], Ext: l.options["ext"], UID: uid,
			Attach: l.options["attach"], Store: l.has("store")}
	case "delay":
		return core.Delay{Channel: channel}
	case "control":
		return core.Control{Channel: channel, To: l.word(2), Attach: l.options["attach"]}
	case "message":
		return core.Message{To: l.word(1), Attach: l.options["attach"]}
	case "markRead":
		var o core.MarkRead
		for _, word := range l.words[2:] {
			o.Positions = append(o.Positions, s.place(word))
		}
		return o
	}
	return s.roomOrder(l)
}

func (s *scene) kind(l line) core.ChannelType {
	if text, is := l.options["type"]; is {
		return core.ChannelType(s.number(text))
	}
	return core.Audio
}

func (s *scene) reuse(l line) core.Reuse {
	switch {
	case l.words[0] == "callEx":
		return core.ReuseNone
	case l.options["reuse"] == "any":
		return core.ReuseAny
	}
	return core.ReuseOwn
}

func push(l line) core.Push {
	return core.Push{Need: l.has("push"), NoBadge: l.has("nobadge"), Title: l.options["title"],
		Content: l.options["content"], Payload: l.options["payload"]}
}
