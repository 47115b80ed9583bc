package nim

import (
	"slices"

	"beckon/core/wire"
)

func (o *options) create() wire.Order {
	return &wire.Create{Type: o.kind, Name: o.text[channelName], Ext: o.text[ext]}
}

func (o *options) join() wire.Order {
	return &wire.Join{Channel: o.text[channelID], UID: o.text[ownUID], Attach: o.text[attachExt], Store: o.flag[stored]}
}

func (o *options) leave() wire.Order {
	return &wire.Leave{Channel: o.text[channelID], Attach: o.text[attachExt], Store: o.flag[stored]}
}

func (o *options) close() wire.Order {
	return &wire.Close{Channel: o.text[channelID], Attach: o.text[attachExt], Store: o.flag[stored]}
}

func (o *options) invite() wire.Order {
	return &wire.Invite{Channel: o.text[channelID], RequestID: o.text[requestID], Invitee: o.text[account],
		Attach: o.text[attachExt], Store: o.flag[stored], Push: o.pushed()}
}

func (o *options) cancel() wire.Order {
	return &wire.Cancel{Channel: o.text[channelID], RequestID: o.text[requestID], Invitee: o.text[account],
		Attach: o.text[attachExt], Store: o.flag[stored]}
}

func (o *options) reject() wire.Order {
	return &wire.Reject{Channel: o.text[channelID], RequestID: o.text[requestID], Inviter: o.text[account],
		Attach: o.text[attachExt], Store: o.flag[stored]}
}

// accept leaves out what counts only with autoJoin.
func (o *options) accept() wire.Order {
	a := &wire.Accept{Channel: o.text[channelID], RequestID: o.text[requestID], Inviter: o.text[account],
		Attach: o.text[attachExt], Store: o.flag[stored]}
	if o.flag[autoJoin] {
		a.AutoJoin, a.UID, a.JoinAttach = true, o.text[ownUID], o.text[joinAttachExt]
	}
	return a
}

// joinAndAccept says the same in ROOM_JOIN and ACCEPT, as the vendor does,
// unless a joinAttachExt that is not empty says otherwise (NIM contract, section 10).
func (o *options) joinAndAccept() wire.Order {
	a := &wire.JoinAndAccept{Channel: o.text[channelID], RequestID: o.text[requestID], Inviter: o.text[account], UID: o.text[ownUID],
		Attach: o.text[attachExt], JoinAttach: o.text[joinAttachExt], Store: o.flag[stored]}
	if a.JoinAttach == "" {
		a.JoinAttach = a.Attach
	}
	return a
}

// call joins a channel that exists only where the vendor's is surely meant, or
// where the page is configured to (N3).
func (o *options) call() wire.Order {
	c := &wire.Call{CallEx: o.ring(), Reuse: "own"}
	if o.flag[joinsExisting] {
		c.Reuse = "any"
	}
	return c
}

func (o *options) callEx() wire.Order {
	c := o.ring()
	return &c
}

func (o *options) createAndJoin() wire.Order {
	return &wire.CreateAndJoin{Type: o.kind, Name: o.text[channelName], Ext: o.text[ext], UID: o.text[ownUID],
		Attach: o.text[attachExt], Store: o.flag[stored]}
}

func (o *options) delay() wire.Order { return &wire.Delay{Channel: o.text[channelID]} }

func (o *options) find() wire.Order { return &wire.Find{Name: o.text[channelName]} }

func (o *options) control() wire.Order {
	return &wire.Control{Channel: o.text[channelID], To: o.text[account], Attach: o.text[attachExt]}
}

func (o *options) markRead() wire.Order { return &wire.MarkRead{Positions: o.positions} }

func (o *options) sync() wire.Order { return &wire.Inbox{} }

func (o *options) message() wire.Order {
	return &wire.Message{To: o.text[account], Attach: o.text[attachExt]}
}

func (o *options) ring() wire.CallEx {
	return wire.CallEx{Type: o.kind, Name: o.text[channelName], Ext: o.text[ext], UID: o.text[ownUID],
		RequestID: o.text[requestID], Invitee: o.text[account], Attach: o.text[attachExt], Store: o.flag[stored], Push: o.pushed()}
}

// pushed is what a push message would say, nil for nothing.
func (o *options) pushed() *wire.Push {
	if o.pushInfo != nil {
		o = o.pushInfo
	}
	p := &wire.Push{Need: o.flag[needPush], NoBadge: o.flag[noBadge],
		Title: o.text[pushTitle], Content: o.text[pushContent], Payload: o.text[pushPayload]}
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
