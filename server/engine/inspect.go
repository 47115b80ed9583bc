package engine

import (
	"cmp"
	"context"
	"slices"

	"beckon/core"
)

// An Inspection is an app as it is between two commands, for an operator to look
// at. Lists are cut off after as many entries as were asked for; Size and Links
// count them all.
type Inspection struct {
	Now         core.Time             `json:"now"` // of the machine, in milliseconds since 1970
	Size        InspectedSize         `json:"size"`
	Links       int                   `json:"links"`
	Dropped     uint64                `json:"dropped"` // notices that inboxes had no room for, ever
	Aged        uint64                `json:"aged"`    // notices that nobody read in time, ever
	Devices     []InspectedDevice     `json:"devices"` // that have a link
	Channels    []InspectedChannel    `json:"channels"`
	Invitations []InspectedInvitation `json:"invitations"` // that are pending
}

// InspectedSize is a [core.Size].
type InspectedSize struct {
	Channels int `json:"channels"`
	Accounts int `json:"accounts"`
	Pending  int `json:"pending"`
	Inbox    int `json:"inbox"`
}

// An InspectedDevice is a [Device].
type InspectedDevice struct {
	Account string `json:"account"`
	Device  string `json:"device"`
	Life    string `json:"life"`
}

// An InspectedChannel is a live channel. Passwords, titles and what applications
// attach are not an operator's to read.
type InspectedChannel struct {
	ID      string          `json:"id"`
	Name    string          `json:"name"`
	Room    bool            `json:"room"`
	Creator string          `json:"creator"`
	Created core.Time       `json:"created"`
	Members []InspectedSeat `json:"members"`
	Pending int             `json:"pending"`
}

// An InspectedSeat is a member.
type InspectedSeat struct {
	Account string    `json:"account"`
	Device  string    `json:"device"`
	Lost    core.Time `json:"lost,omitempty"` // since when it is without a link; 0: it has one
}

// An InspectedInvitation is one that rings.
type InspectedInvitation struct {
	Channel   string    `json:"channel"`
	RequestID string    `json:"requestId"`
	Inviter   string    `json:"inviter"`
	Invitee   string    `json:"invitee"`
	Made      core.Time `json:"made"`
	Deadline  core.Time `json:"deadline,omitempty"` // 0: it rings for ever
}

// Inspect shows at most so many entries of each list, of one account or, if that
// is empty, of all.
func (e *Engine) Inspect(ctx context.Context, account string, most int) (*Inspection, error) {
	v := &Inspection{}
	err := e.Look(ctx, func(app *core.App) {
		v.Now, v.Size = e.now, InspectedSize(app.Size())
		v.Dropped, v.Aged = app.Dropped(), app.Aged()
		v.devices(e.links, account, most)
		for _, c := range app.Channels() {
			v.channel(c, account, most)
		}
	})
	return v, err
}

func (v *Inspection) devices(all links, account string, most int) {
	for name, list := range all {
		v.Links += len(list)
		if account != "" && name != account {
			continue
		}
		for _, l := range list {
			v.Devices = append(v.Devices, InspectedDevice(l.Device))
		}
	}
	slices.SortFunc(v.Devices, func(x, y InspectedDevice) int {
		return cmp.Or(cmp.Compare(x.Account, y.Account), cmp.Compare(x.Device, y.Device))
	})
	v.Devices = v.Devices[:min(most, len(v.Devices))]
}

func (v *Inspection) channel(c *core.Channel, account string, most int) {
	concerned := account == "" || c.Creator == account
	shown := InspectedChannel{ID: c.ID, Name: c.Name, Room: c.Policy == core.RoomPolicy, Creator: c.Creator, Created: c.Created}
	for _, m := range c.Members() {
		concerned = concerned || m.Account == account
		shown.Members = append(shown.Members, InspectedSeat{m.Account, m.Device, m.Lost})
	}
	for _, i := range c.Invitations() {
		if i.State != core.Pending {
			continue
		}
		shown.Pending++
		if account != "" && i.Inviter != account && i.Invitee != account {
			continue
		}
		concerned = true
		if len(v.Invitations) < most {
			v.Invitations = append(v.Invitations, InspectedInvitation{c.ID, i.RequestID, i.Inviter, i.Invitee, i.At, i.Deadline})
		}
	}
	if concerned && len(v.Channels) < most {
		v.Channels = append(v.Channels, shown)
	}
}
