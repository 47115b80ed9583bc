package nim

import (
	"slices"

	"beckon/core/wire"
)

func (o *options) create() wire.Order {
	return &wire.Create{Type: o.kind, Name: o.text[atChannelName], Ext: o.text[atExt]}
}

func (o *options) join() wire.Order {
	return &wire.Join{Channel: o.text[atChannelID], UID: o.text[atOwnUID], Attach: o.text[atAttachExt], Store: o.flag[atStored]}
}

func (o *options) leave() wire.Order {
	return &wire.Leave{Channel: o.text[atChannelID], Attach: o.text[atAttachExt], Store: o.flag[atStored]}
}

func (o *options) close() wire.Order {
	return &wire.Close{Channel: o.text[atChannelID], Attach: o.text[atAttachExt], Store: o.flag[atStored]}
}

func (o *options) invite() wire.Order {
	return &wire.Invite{Channel: o.text[atChannelID], RequestID: o.text[atRequestID], Invitee: o.text[atAccount],
		Attach: o.text[atAttachExt], Store: o.flag[atStored], Push: o.pushed()}
}

func (o *options) cancel() wire.Order {
	return &wire.Cancel{Channel: o.text[atChannelID], RequestID: o.text[atRequestID], Invitee: o.text[atAccount],
		Attach: o.text[atAttachExt], Store: o.flag[atStored]}
}

func (o *options) reject() wire.Order {
	return &wire.Reject{Channel: o.text[atChannelID], RequestID: o.text[atRequestID], Inviter: o.text[atAccount],
		Attach: o.text[atAttachExt], Store: o.flag[atStored]}
}

// accept leaves out what counts only with autoJoin.
func (o *options) accept() wire.Order {
	a := &wire.Accept{Channel: o.text[atChannelID], RequestID: o.text[atRequestID], Inviter: o.text[atAccount],
		Attach: o.text[atAttachExt], Store: o.flag[atStored]}
	if o.flag[atAutoJoin] {
		a.AutoJoin, a.UID, a.JoinAttach = true, o.text[atOwnUID], o.text[atJoinAttachExt]
	}
	return a
}

// joinAndAccept says the same in ROOM_JOIN and ACCEPT, as the vendor does,
// unless a joinAttachExt that is not empty says otherwise (NIM contract, section 10).
func (o *options) joinAndAccept() wire.Order {
	a := &wire.JoinAndAccept{Channel: o.text[atChannelID], RequestID: o.text[atRequestID], Inviter: o.text[atAccount], UID: o.text[atOwnUID],
		Attach: o.text[atAttachExt], JoinAttach: o.text[atJoinAttachExt], Store: o.flag[atStored]}
	if a.JoinAttach == "" {
		a.JoinAttach = a.Attach
	}
	return a
}

// call joins a channel that exists only where the vendor's is surely meant, or
// where the page is configured to (N3).
func (o *options) call() wire.Order {
	c := &wire.Call{CallEx: o.ring(), Reuse: "own"}
	if o.flag[atJoinsExisting] {
		c.Reuse = "any"
	}
	return c
}

func (o *options) callEx() wire.Order {
	c := o.ring()
	return &c
}

func (o *options) createAndJoin() wire.Order {
	return &wire.CreateAndJoin{Type: o.kind, Name: o.text[atChannelName], Ext: o.text[atExt], UID: o.text[atOwnUID],
		Attach: o.text[atAttachExt], Store: o.flag[atStored]}
}

func (o *options) delay() wire.Order { return &wire.Delay{Channel: o.text[atChannelID]} }

func (o *options) find() wire.Order { return &wire.Find{Name: o.text[atChannelName]} }

func (o *options) control() wire.Order {
	return &wire.Control{Channel: o.text[atChannelID], To: o.text[atAccount], Attach: o.text[atAttachExt]}
}

func (o *options) markRead() wire.Order { return &wire.MarkRead{Positions: o.positions} }

func (o *options) sync() wire.Order { return &wire.Inbox{} }

func (o *options) message() wire.Order {
	return &wire.Message{To: o.text[atAccount], Attach: o.text[atAttachExt]}
}

func (o *options) ring() wire.CallEx {
	return wire.CallEx{Type: o.kind, Name: o.text[atChannelName], Ext: o.text[atExt], UID: o.text[atOwnUID],
		RequestID: o.text[atRequestID], Invitee: o.text[atAccount], Attach: o.text[atAttachExt], Store: o.flag[atStored], Push: o.pushed()}
}

// pushed is what a push message would say, nil for nothing.
func (o *options) pushed() *wire.Push {
	if o.pushInfo != nil {
		o = o.pushInfo
	}
	p := &wire.Push{Need: o.flag[atNeedPush], NoBadge: o.flag[atNoBadge],
		Title: o.text[atPushTitle], Content: o.text[atPushContent], Payload: o.text[atPushPayload]}
	if *p == (wire.Push{}) {
		return nil
	}
	return p
}

// longest names the longest text among the parameters that travel.
func (o *options) longest(takes []param) (name string, size int) {
	for _, n := range takes {
		p := &Params[n]
		longer, length := p.Name, 0
		switch {
		case p.as == asPushInfo:
			if o.pushInfo != nil {
				longer, length = o.pushInfo.longest(p.parts)
			}
		case p.as == asObject:
			longer, length = o.longest(p.parts)
		case p.as <= asIs && p.Fields != nil && (o.pushInfo == nil || !slices.Contains(pushParams, n)):
			length = len(o.text[p.in])
		}
		if length > size {
			name, size = longer, length
		}
	}
	return name, size
}
