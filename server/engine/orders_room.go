package engine

import (
	"math"

	"beckon/core"
	"beckon/core/wire"
)

// roomOrder is order for those that came with the rooms.
func roomOrder(o wire.Order) (core.Order, *core.Refusal) {
	switch o := o.(type) {
	case *wire.CreateRoom:
		return core.CreateRoom{Channel: o.Channel, Title: o.Title, Password: o.Password, Ext: o.Ext}, nil
	case *wire.Enter:
		return core.Enter{Channel: o.Channel, Password: o.Password}, nil
	case *wire.InviteAll:
		return core.InviteAll{Channel: o.Channel, Invitees: o.Invitees, Timeout: core.Time(o.Timeout), Attach: o.Attach}, nil
	case *wire.Withdraw:
		return core.Withdraw{Channel: o.Channel, Invitees: o.Invitees}, nil
	case *wire.Settle:
		return core.Settle{Channel: o.Channel, Accept: o.Accept, Reason: rejectReason(o.Reason)}, nil
	case *wire.Kick:
		return core.Kick{Channel: o.Channel, Account: o.Account}, nil
	case *wire.SetRole:
		role, ok := rolesByName[o.Role]
		if !ok {
			return nil, &core.Refusal{Code: core.BadField, Field: "role", Detail: `is neither "owner" nor "administrator"`}
		}
		return core.SetRole{Channel: o.Channel, Account: o.Account, Role: role}, nil
	case *wire.SetCard:
		return core.SetCard{Channel: o.Channel, Account: o.Account, Card: o.Card}, nil
	case *wire.SetTitle:
		return core.SetTitle{Channel: o.Channel, Title: o.Title}, nil
	case *wire.SetPassword:
		return core.SetPassword{Channel: o.Channel, Password: o.Password}, nil
	case *wire.SetProfile:
		return core.SetProfile{Profile: core.Profile{Name: o.Name, Avatar: o.Avatar, Custom: o.Custom}}, nil
	}
	return nil, &core.Refusal{Code: core.UnknownCommand}
}

var rolesByName = map[string]core.Role{"": core.RoleMember, "administrator": core.RoleAdministrator, "owner": core.RoleOwner}

// rejectReason keeps what does not fit from being taken for another reason.
func rejectReason(r int64) core.RejectReason {
	if r < 0 || r > math.MaxUint8 {
		return math.MaxUint8
	}
	return core.RejectReason(r)
}
