package client_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/wire"
	"beckon/server/servertest"
)

// inbox: what was stored for the account and not marked as read.
func (v *verdict) inbox(account string) {
	var unread []servertest.Event
	for _, e := range v.Events {
		if read, ok := e.Event.(core.MarkedRead); ok && read.By.Account == account {
			unread = slices.DeleteFunc(unread, func(x servertest.Event) bool { return slices.Contains(read.Positions, x.Position) })
		}
		if by, to, stored := storedFor(e.Event); stored && by != account && slices.Contains(to, account) {
			unread = append(unread, e)
		}
	}
	want, got := []string{}, []string{}
	for _, e := range unread {
		want = append(want, fmt.Sprintf("%d %s, over %v", e.Position, nameOf(e.Event), v.over(account, e)))
	}
	l := v.devices[slices.IndexFunc(v.devices, func(d *device) bool { return d.account == account })].life
	for more, after := true, uint64(0); more; {
		page, err := l.client.Do(v.t.Context(), &wire.Inbox{After: after})
		require.NoError(v.t, err)
		for _, row := range page.Inbox {
			after = row.Position
			got = append(got, fmt.Sprintf("%d %s, over %v", row.Position, row.Notice().Name, row.Over))
		}
		more = page.More
	}
	require.Equal(v.t, want, got, "the inbox of %s", account)
	v.tally.counts["inbox row"] += len(got)
}

// over says whether nothing is left to do about a stored notice.
func (v *verdict) over(account string, e servertest.Event) bool {
	c := v.App.Channel(channelOf(e.Event))
	if c == nil {
		return true
	}
	_, rings := e.Event.(core.Invited)
	return rings && !slices.ContainsFunc(v.App.Asked(account), func(i *core.Invitation) bool { return i.Made == e.Position })
}

func channelOf(e core.Event) string {
	switch e := e.(type) {
	case core.Joined:
		return e.Channel
	case core.Left:
		return e.Channel
	case core.Closed:
		return e.Channel
	case core.Invited:
		return e.Channel
	case core.Ended:
		return e.Channel
	}
	return ""
}

// storedFor says whose doing a stored event is, and into whose inboxes it goes.
func storedFor(e core.Event) (by string, to []string, stored bool) {
	switch e := e.(type) {
	case core.Joined:
		return e.By.Account, e.To, e.Store
	case core.Left:
		return e.By.Account, e.To, e.Store
	case core.Closed:
		return e.By.Account, e.To, e.Store
	case core.Invited:
		return e.By.Account, e.To, e.Store
	case core.Ended:
		return e.By.Account, e.To, e.Store
	}
	return "", nil, false
}

// nameOf is the name of the notice that tells an event.
func nameOf(e core.Event) string {
	name := strings.TrimPrefix(fmt.Sprintf("%T", e), "core.")
	return strings.ToLower(name[:1]) + name[1:]
}
