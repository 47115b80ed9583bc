package engine

import (
	"slices"
	"strconv"

	"beckon/core"
	"beckon/core/wire"
)

var kindNames = map[core.Policy]string{core.CallPolicy: "call", core.RoomPolicy: "room"}

var roleNames = map[core.Role]string{core.RoleMember: "", core.RoleAdministrator: "administrator", core.RoleOwner: "owner"}

// channelOf is a channel on the wire; of one that is gone, c is nil and only the
// id known.
func channelOf(c *core.Channel, id string) wire.Channel {
	if c == nil {
		return wire.Channel{ID: id}
	}
	return wireChannel(c.ChannelInfo, c.Count())
}

// wireChannel is a channel on the wire. How many members it has is told of rooms.
func wireChannel(c core.ChannelInfo, members int) wire.Channel {
	w := wire.Channel{ID: c.ID, Name: c.Name, Kind: kindNames[c.Policy], Type: int64(c.Type),
		Creator: c.Creator, Ext: c.Ext, Created: int64(c.Created), Expires: int64(c.Expires),
		Title: c.Title, Owner: c.Owner, Password: c.Password}
	if c.Policy == core.RoomPolicy {
		w.Count = int64(members)
	}
	return w
}

// memberOf is a member on the wire, with the profile of its account.
func memberOf(app *core.App, m core.Member) wire.Member {
	profile := app.Profile(m.Account)
	return wire.Member{Account: m.Account, Device: m.Device, UID: strconv.FormatUint(m.UID, 10), Joined: int64(m.Joined),
		Role: roleNames[m.Role], Card: m.Card, Name: profile.Name, Avatar: profile.Avatar}
}

func appendMembers(members []wire.Member, app *core.App, list []core.Member) []wire.Member {
	members = slices.Grow(members, len(list))
	for _, m := range list {
		members = append(members, memberOf(app, m))
	}
	return members
}

// listOf is a channel's list of invitations on the wire.
func listOf(app *core.App, entries []core.Listed) []wire.Listed {
	var list []wire.Listed
	for _, i := range entries {
		w := wire.Listed{Position: uint64(i.Made), Inviter: i.Inviter, RequestID: i.RequestID, Invitee: i.Invitee,
			Made: int64(i.At), Deadline: int64(i.Deadline), Users: addUsers(nil, app, i.Inviter, i.Invitee)}
		if i.State != core.Pending {
			w.State = i.State.String()
		}
		list = append(list, w)
	}
	return list
}

func wireUser(account string, p core.Profile) *wire.User {
	return &wire.User{Account: account, Name: p.Name, Avatar: p.Avatar, Custom: p.Custom}
}

// addUsers adds the profiles of some accounts to a list that names each account
// once: what others see of them, so without the custom text, and only of those
// who have one.
func addUsers(list []wire.User, app *core.App, accounts ...string) []wire.User {
	for _, account := range accounts {
		p := app.Profile(account)
		if p.Name == "" && p.Avatar == "" || slices.ContainsFunc(list, func(u wire.User) bool { return u.Account == account }) {
			continue
		}
		list = append(list, wire.User{Account: account, Name: p.Name, Avatar: p.Avatar})
	}
	return list
}

func accountsOf(invitees []core.Invitee) []string {
	accounts := make([]string, len(invitees))
	for i, who := range invitees {
		accounts[i] = who.Account
	}
	return accounts
}

func keysOf(keys []core.Key) []wire.Key {
	list := make([]wire.Key, len(keys))
	for i, k := range keys {
		list[i] = wire.Key{Inviter: k.Inviter, RequestID: k.RequestID, Invitee: k.Invitee}
	}
	return list
}

func wirePush(p core.Push) *wire.Push {
	if p == (core.Push{}) {
		return nil
	}
	return &wire.Push{Need: p.Need, NoBadge: p.NoBadge, Title: p.Title, Content: p.Content, Payload: p.Payload}
}
