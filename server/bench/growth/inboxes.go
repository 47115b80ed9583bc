package growth

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"beckon/core"
	"beckon/core/wire"
)

// Logins is what it costs to come back to a full inbox.
type Logins struct {
	Notices int     // in all inboxes
	Welcome float64 // µs from a hello to its welcome, median
	Longest float64 // µs, likewise
	Page    float64 // µs for a page of 100 notices, median
	Inbox   float64 // ms for all of them, page by page, median
	Held    float64 // bytes on the heap for a notice
}

// Inboxes lets accounts log in, each of which has so many notices that it was
// not there to hear.
func Inboxes(ctx context.Context, accounts, notices int, dir string) (*Logins, error) {
	empty := held()
	r, err := open(ctx, missed(accounts, notices), core.Config{}, dir)
	if err != nil {
		return nil, err
	}
	defer r.close()
	kept := r.Size().Inbox
	if kept != accounts*notices {
		return nil, fmt.Errorf("growth: %d notices are in the inboxes, not %d", kept, accounts*notices)
	}
	l := &Logins{Notices: kept, Held: (held() - empty) / float64(kept)}
	r.run(ctx)
	var welcomes, pages, inboxes []float64
	for k := range accounts {
		began := time.Now()
		p, text, err := login(r.Engine, callee(k))
		if err != nil {
			return nil, err
		}
		welcomes = append(welcomes, micros(time.Since(began)))
		if !strings.HasPrefix(string(text), `{"type":"welcome"`) {
			return nil, fmt.Errorf("growth: no welcome, but %s", text)
		}
		began = time.Now()
		read, after := 0, uint64(0)
		for more := true; more; {
			asked := time.Now()
			text, err := p.ask(&wire.Inbox{After: after})
			if err != nil {
				return nil, err
			}
			pages = append(pages, micros(time.Since(asked)))
			f, err := wire.Decode(wire.ToPage, text)
			if err != nil {
				return nil, err
			}
			page := f.(*wire.Reply).OK
			read += len(page.Inbox)
			if more = page.More; more {
				after = page.Inbox[len(page.Inbox)-1].Position
			}
		}
		inboxes = append(inboxes, micros(time.Since(began))/1e3)
		if read != notices {
			return nil, fmt.Errorf("growth: %s read %d notices, of %d", p.device.Account, read, notices)
		}
	}
	l.Welcome, l.Longest, l.Page, l.Inbox = middle(welcomes), slices.Max(welcomes), middle(pages), middle(inboxes)
	return l, nil
}

func middle(list []float64) float64 {
	slices.Sort(list)
	return list[len(list)/2]
}

// missed is a past in which as many callers as there are notices have each rung
// all accounts, with nobody there, and have hung up.
func missed(accounts, notices int) past {
	now := core.Time(time.Now().Add(-10 * time.Minute).UnixMilli())
	return past{now: now, records: notices, events: func(k int) []core.Event {
		id := fmt.Sprintf("%032x", k)
		by := core.Actor{Account: caller(k), Device: "0123456789abcdef"}
		events := []core.Event{core.Created{By: by, Channel: core.ChannelInfo{ID: id, Name: id, Type: core.Video, Policy: core.CallPolicy,
			Creator: caller(k), Created: now, Expires: now + 2*hour}}}
		expired := core.Ended{Channel: id, Outcome: core.Expired}
		for i := range accounts {
			to, request := callee(i), fmt.Sprintf("r-%d", i)
			events = append(events, core.Invited{By: by, Channel: id, RequestID: request, Deadline: now + 1, Attach: Attach, Store: true,
				Invitees: []core.Invitee{{Account: to}}, To: []string{to}})
			expired.Invitations = append(expired.Invitations, core.Key{Inviter: by.Account, RequestID: request, Invitee: to})
			expired.To = append(expired.To, to)
		}
		return append(events, expired, core.Closed{By: by, Channel: id, Why: core.ClosedByMember})
	}}
}
