package engine

import (
	"math"
	"strconv"

	"beckon/core"
	"beckon/core/wire"
)

// order turns what a page asks into what the machine does. The fields' limits
// are the machine's to check; here only what the machine has another type for.
func order(o wire.Order) (core.Order, *core.Refusal) {
	var uid uint64
	switch o := o.(type) {
	case *wire.Join:
		uid = parseUID(o.UID)
	case *wire.Accept:
		uid = parseUID(o.UID)
	case *wire.JoinAndAccept:
		uid = parseUID(o.UID)
	case *wire.CallEx:
		uid = parseUID(o.UID)
	case *wire.Call:
		uid = parseUID(o.UID)
	case *wire.CreateAndJoin:
		uid = parseUID(o.UID)
	}
	switch o := o.(type) {
	case *wire.Create:
		return core.Create{Type: channelType(o.Type), Name: o.Name, Ext: o.Ext}, nil
	case *wire.Join:
		return core.Join{Channel: o.Channel, UID: uid, Attach: o.Attach, Store: o.Store}, nil
	case *wire.Leave:
		return core.Leave{Channel: o.Channel, Attach: o.Attach, Store: o.Store}, nil
	case *wire.Close:
		return core.Close{Channel: o.Channel, Attach: o.Attach, Store: o.Store}, nil
	case *wire.Invite:
		return core.Invite{Channel: o.Channel, RequestID: o.RequestID, Invitee: o.Invitee, Attach: o.Attach,
			Store: o.Store, Push: pushOf(o.Push)}, nil
	case *wire.Cancel:
		return core.Cancel{Channel: o.Channel, RequestID: o.RequestID, Invitee: o.Invitee, Attach: o.Attach,
			Store: o.Store}, nil
	case *wire.Accept:
		return core.Accept{Channel: o.Channel, RequestID: o.RequestID, Inviter: o.Inviter, Attach: o.Attach,
			Store: o.Store, AutoJoin: o.AutoJoin, UID: uid, JoinAttach: o.JoinAttach}, nil
	case *wire.JoinAndAccept:
		return core.JoinAndAccept{Channel: o.Channel, RequestID: o.RequestID, Inviter: o.Inviter, UID: uid,
			Attach: o.Attach, JoinAttach: o.JoinAttach, Store: o.Store}, nil
	case *wire.Reject:
		return core.Reject{Channel: o.Channel, RequestID: o.RequestID, Inviter: o.Inviter, Attach: o.Attach,
			Store: o.Store}, nil
	case *wire.CreateAndJoin:
		return core.CreateAndJoin{Type: channelType(o.Type), Name: o.Name, Ext: o.Ext, UID: uid, Attach: o.Attach,
			Store: o.Store}, nil
	case *wire.Delay:
		return core.Delay{Channel: o.Channel}, nil
	case *wire.Control:
		return core.Control{Channel: o.Channel, To: o.To, Attach: o.Attach}, nil
	case *wire.Message:
		return core.Message{To: o.To, Attach: o.Attach}, nil
	case *wire.MarkRead:
		read := core.MarkRead{Positions: make([]core.Position, len(o.Positions))}
		for i, p := range o.Positions {
			read.Positions[i] = core.Position(p)
		}
		return read, nil
	case *wire.CallEx:
		return call(o, uid, core.ReuseNone), nil
	case *wire.Call:
		switch o.Reuse {
		case "":
			return call(&o.CallEx, uid, core.ReuseNone), nil
		case "own":
			return call(&o.CallEx, uid, core.ReuseOwn), nil
		case "any":
			return call(&o.CallEx, uid, core.ReuseAny), nil
		}
		return nil, &core.Refusal{Code: core.BadField, Field: "reuse", Detail: `is neither "own" nor "any"`}
	}
	return roomOrder(o)
}

func call(o *wire.CallEx, uid uint64, reuse core.Reuse) core.Call {
	return core.Call{Type: channelType(o.Type), Name: o.Name, Ext: o.Ext, UID: uid, RequestID: o.RequestID,
		Invitee: o.Invitee, Attach: o.Attach, Store: o.Store, Push: pushOf(o.Push), Reuse: reuse}
}

// channelType keeps what does not fit from being taken for another type.
func channelType(t int64) core.ChannelType {
	if t < 0 || t > math.MaxUint8 {
		return 0
	}
	return core.ChannelType(t)
}

// parseUID reads a uid from 1 to 2^63-1; anything else leaves the choice to the
// machine, and is no error (NIM contract N8).
func parseUID(s string) uint64 {
	if s == "" { // most often; and an error costs two allocations
		return 0
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n <= 0 {
		return 0
	}
	return uint64(n)
}

func pushOf(p *wire.Push) core.Push {
	if p == nil {
		return core.Push{}
	}
	return core.Push{Need: p.Need, NoBadge: p.NoBadge, Title: p.Title, Content: p.Content, Payload: p.Payload}
}
