package engine

import (
	"beckon/core"
	"beckon/core/wire"
)

// How much one answer shows at the most.
const (
	inboxPage = 100 // stored notices
	listPage  = 100 // entries of a list of invitations
)

// read answers an order that changes nothing; false if it is not one.
func (e *Engine) read(account string, o wire.Order) (*wire.Outcome, *core.Refusal, bool) {
	switch o := o.(type) {
	case *wire.Find:
		shown, refusal := e.find(account, o)
		return shown, refusal, true
	case *wire.Channels:
		return &wire.Outcome{Channels: welcomeChannels(e.app, account, e.now)}, nil, true
	case *wire.Inbox:
		rows, more := e.app.Inbox(account, core.Position(o.After), e.now, inboxPage)
		return &wire.Outcome{Inbox: storedNotices(e.app, account, rows), More: more}, nil, true
	case *wire.Invitations:
		shown, refusal := e.invitations(account, o)
		return shown, refusal, true
	}
	return nil, nil, false
}

// find shows anybody a channel and who is in it. The password is for those who
// may enter without.
func (e *Engine) find(account string, o *wire.Find) (*wire.Outcome, *core.Refusal) {
	c := e.app.Channel(o.Channel) // those whose time is up are gone by now
	if o.Channel == "" {
		c = e.app.Named(o.Name, e.now)
	}
	if c == nil {
		return nil, &core.Refusal{Code: core.NoChannel}
	}
	found := channelOf(c, c.ID)
	if !e.app.Knows(c, account, e.now) {
		found.Password = ""
	}
	found.Members = appendMembers(nil, e.app, c.Members())
	return &wire.Outcome{Channel: &found}, nil
}

// invitations shows a part of a channel's list. The list may have changed since
// the part before: what comes is what now stands behind where that ended.
func (e *Engine) invitations(account string, o *wire.Invitations) (*wire.Outcome, *core.Refusal) {
	if o.Count < 1 || o.Count > listPage {
		return nil, &core.Refusal{Code: core.BadField, Field: "count", Limit: listPage, Detail: "is not from 1 to 100"}
	}
	after, ok := parseCursor(o.After)
	if !ok {
		return nil, &core.Refusal{Code: core.BadField, Field: "after", Detail: "is no cursor of this list"}
	}
	c := e.app.Channel(o.Channel)
	if c == nil {
		return nil, &core.Refusal{Code: core.NoChannel}
	}
	if _, inside := c.Member(account); !inside && (c.Policy == core.RoomPolicy || c.Creator != account) {
		return nil, &core.Refusal{Code: core.NotMember}
	}
	var page []core.Listed
	shown := &wire.Outcome{}
	for _, i := range c.List(e.now) {
		if !after.before(i) {
			continue
		}
		if len(page) == int(o.Count) {
			shown.Next = cursorOf(page[len(page)-1]).String()
			break
		}
		page = append(page, i)
	}
	shown.Invitations = listOf(e.app, page)
	return shown, nil
}

// storedNotices are rows of an account's inbox: of each event its own part, and
// without the password that the channel had then.
func storedNotices(app *core.App, account string, rows []core.Stored) []wire.Stored {
	var list []wire.Stored
	for _, r := range rows {
		channel := wireChannel(r.Channel, 0)
		channel.Password = ""
		fact := only(factOf(app, r.Event, &channel), account)
		list = append(list, wire.NewStored(uint64(r.Position), int64(r.Now), fact, r.Over))
	}
	return list
}
