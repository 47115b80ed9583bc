package nim

import "beckon/core/wire"

func (o *options) create() wire.Order {
	return &wire.Create{Type: o.kind, Name: o.channelName, Ext: o.ext}
}

func (o *options) join() wire.Order {
	return &wire.Join{Channel: o.channelID, UID: o.uid, Attach: o.attachExt, Store: o.offlineEnabled}
}

func (o *options) leave() wire.Order {
	return &wire.Leave{Channel: o.channelID, Attach: o.attachExt, Store: o.offlineEnabled}
}

func (o *options) close() wire.Order {
	return &wire.Close{Channel: o.channelID, Attach: o.attachExt, Store: o.offlineEnabled}
}

func (o *options) invite() wire.Order {
	return &wire.Invite{Channel: o.channelID, RequestID: o.requestID, Invitee: o.account,
		Attach: o.attachExt, Store: o.offlineEnabled, Push: o.pushed()}
}

func (o *options) cancel() wire.Order {
	return &wire.Cancel{Channel: o.channelID, RequestID: o.requestID, Invitee: o.account,
		Attach: o.attachExt, Store: o.offlineEnabled}
}

func (o *options) reject() wire.Order {
	return &wire.Reject{Channel: o.channelID, RequestID: o.requestID, Inviter: o.account,
		Attach: o.attachExt, Store: o.offlineEnabled}
}

// accept leaves out what counts only with autoJoin.
func (o *options) accept() wire.Order {
	a := &wire.Accept{Channel: o.channelID, RequestID: o.requestID, Inviter: o.account,
		Attach: o.attachExt, Store: o.offlineEnabled}
	if o.autoJoin {
		a.AutoJoin, a.UID, a.JoinAttach = true, o.uid, o.joinAttachExt
	}
	return a
}

// joinAndAccept says the same in ROOM_JOIN and ACCEPT, as the vendor does,
// unless a joinAttachExt that is not empty says otherwise (NIM contract, section 10).
func (o *options) joinAndAccept() wire.Order {
	a := &wire.JoinAndAccept{Channel: o.channelID, RequestID: o.requestID, Inviter: o.account, UID: o.uid,
		Attach: o.attachExt, JoinAttach: o.joinAttachExt, Store: o.offlineEnabled}
	if a.JoinAttach == "" {
		a.JoinAttach = a.Attach
	}
	return a
}

// call joins a channel that exists only where the vendor's is surely meant, or
// where the page is configured to (N3).
func (o *options) call() wire.Order {
	c := &wire.Call{CallEx: o.ring(), Reuse: "own"}
	if o.joinsExisting {
		c.Reuse = "any"
	}
	return c
}

func (o *options) callEx() wire.Order {
	c := o.ring()
	return &c
}

func (o *options) ring() wire.CallEx {
	return wire.CallEx{Type: o.kind, Name: o.channelName, Ext: o.ext, UID: o.uid,
		RequestID: o.requestID, Invitee: o.account, Attach: o.attachExt, Store: o.offlineEnabled, Push: o.pushed()}
}

func (o *options) pushed() *wire.Push {
	p := o.countingPush()
	if p == (push{}) {
		return nil
	}
	return &wire.Push{Need: p.need, NoBadge: p.noBadge, Title: p.title, Content: p.content, Payload: p.payload}
}

// countingPush is pushInfo where it is given, else what stands beside it.
func (o *options) countingPush() push {
	if o.pushInfo != nil {
		return *o.pushInfo
	}
	return o.push
}

// longest names the longest of the parameters that travel.
func (o *options) longest() string {
	p := o.countingPush()
	name, most := "", 0
	for _, t := range [...][2]string{
		{"channelId", o.channelID}, {"requestId", o.requestID}, {"account", o.account},
		{"channelName", o.channelName}, {"ext", o.ext},
		{"attachExt", o.attachExt}, {"joinAttachExt", o.joinAttachExt},
		{"pushTitle", p.title}, {"pushContent", p.content}, {"pushPayload", p.payload},
	} {
		if len(t[1]) > most {
			name, most = t[0], len(t[1])
		}
	}
	return name
}
