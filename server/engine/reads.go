package engine

import (
	"beckon/core"
	"beckon/core/wire"
)

// inboxPage is how many stored notices one answer shows.
const inboxPage = 100

// read answers an order that changes nothing; false if it is not one.
func (e *Engine) read(account string, o wire.Order) (*wire.Outcome, *core.Refusal, bool) {
	switch o := o.(type) {
	case *wire.Find:
		c := e.app.Named(o.Name, e.now)
		if c == nil {
			return nil, &core.Refusal{Code: core.NoChannel}, true
		}
		found := wireChannel(c.ChannelInfo)
		found.Members = membersOf(c.Members())
		return &wire.Outcome{Channel: found}, nil, true
	case *wire.Channels:
		return &wire.Outcome{Channels: welcomeChannels(e.app, account)}, nil, true
	case *wire.Inbox:
		rows, more := e.app.Inbox(account, core.Position(o.After), e.now, inboxPage)
		return &wire.Outcome{Inbox: storedNotices(rows), More: more}, nil, true
	}
	return nil, nil, false
}

func storedNotices(rows []core.Stored) []wire.Stored {
	var list []wire.Stored
	for _, r := range rows {
		fact := factOf(r.Event, wireChannel(r.Channel))
		list = append(list, wire.NewStored(uint64(r.Position), int64(r.Now), fact, r.Over))
	}
	return list
}
