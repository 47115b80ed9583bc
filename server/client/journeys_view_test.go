package client_test

import (
	"fmt"
	"slices"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/session"
	"beckon/core/wire"
)

// view: what a device's session shows is what the machine has.
func (v *verdict) view(l *life) {
	l.client.View(func(view *session.View) {
		v.channelsShown(l, view)
		v.invitationsShown(l, view)
		v.madeShown(l, view)
		v.profilesShown(l, view)
	})
}

// profilesShown: the account's own, and those of the members.
func (v *verdict) profilesShown(l *life, view *session.View) {
	own := v.App.Profile(l.actor.Account)
	require.Equal(v.t, wire.User{Account: l.actor.Account, Name: own.Name, Avatar: own.Avatar, Custom: own.Custom}, view.Self(),
		"the profile shown to %v as its own", l)
	for _, c := range view.Channels() {
		for _, m := range c.Members {
			require.Equal(v.t, v.App.Profile(m.Account).Name, m.Name, "the name of %s in %s shown to %v", m.Account, c.ID, l)
		}
	}
}

func (v *verdict) channelsShown(l *life, view *session.View) {
	want, got := map[string]string{}, map[string]string{}
	for _, c := range v.App.Joined(l.actor.Account) {
		want[c.ID] = shownChannel(c.ChannelInfo)
	}
	for _, c := range view.Channels() {
		require.NotContains(v.t, got, c.ID, "a channel is shown once")
		got[c.ID] = toldChannel(&c.Channel)
	}
	require.Equal(v.t, want, got, "channels shown to %v", l)
	for _, c := range view.Channels() {
		members, told := shownMembers(v.App.Channel(c.ID).Members()), toldMembers(c.Members)
		v.tally.counts["channel shown"]++
		if !c.Partial {
			require.Equal(v.t, members, told, "members of %s shown to %v", c.ID, l)
			continue
		}
		v.tally.counts["channel shown in part"]++
		require.Subset(v.t, members, told, "members of %s shown to %v, in part", c.ID, l)
		since := v.since(c.ID, l.actor.Account)
		for i, m := range v.App.Channel(c.ID).Members() {
			if v.since(c.ID, m.Account) >= since {
				require.Contains(v.t, told, members[i], "members of %s who joined after %v", c.ID, l)
			}
		}
	}
}

// linked: no member counts as lost whose device has a link, and by now all have.
func (v *verdict) linked() {
	for _, c := range v.App.Channels() {
		for _, m := range c.Members() {
			require.Zero(v.t, m.Lost, "%s/%s in %s has a link, and counts as lost", m.Account, m.Device, c.ID)
		}
	}
}

// since is where an account's present membership of a channel begins.
func (v *verdict) since(channel, account string) (at core.Position) {
	for _, e := range v.Events {
		if j, ok := e.Event.(core.Joined); ok && j.Channel == channel && j.Member.Account == account && !j.Moved {
			at = e.Position
		}
	}
	return at
}

func shownChannel(c core.ChannelInfo) string {
	return fmt.Sprintf("%s %q type %d by %s, %q, since %d, %q of %s with %q", c.ID, c.Name, c.Type, c.Creator, c.Ext, c.Created,
		c.Title, c.Owner, c.Password)
}

// toldChannel leaves out Expires: that a channel is renewed is told nobody.
func toldChannel(c *wire.Channel) string {
	return fmt.Sprintf("%s %q type %d by %s, %q, since %d, %q of %s with %q", c.ID, c.Name, c.Type, c.Creator, c.Ext, c.Created,
		c.Title, c.Owner, c.Password)
}

func shownMembers(list []core.Member) []string {
	shown := []string{}
	for _, m := range list {
		role := map[core.Role]string{core.RoleAdministrator: "administrator", core.RoleOwner: "owner"}[m.Role]
		shown = append(shown, fmt.Sprintf("%s/%s uid %d since %d, %s %q", m.Account, m.Device, m.UID, m.Joined, role, m.Card))
	}
	return shown
}

func toldMembers(list []wire.Member) []string {
	told := []string{}
	for _, m := range list {
		told = append(told, fmt.Sprintf("%s/%s uid %s since %d, %s %q", m.Account, m.Device, m.UID, m.Joined, m.Role, m.Card))
	}
	return told
}

// invitationsShown: all that are pending.
func (v *verdict) invitationsShown(l *life, view *session.View) {
	var want, got []string
	for _, i := range v.App.Asked(l.actor.Account) {
		want = append(want, fmt.Sprintf("%d %s %s/%s %s, %d to %d, %q, stored %v", i.Made, i.Channel().ID, i.Inviter, i.Device, i.RequestID,
			i.At, i.Deadline, i.Attach, i.Stored))
	}
	for _, i := range view.Invitations(time.Now().UnixMilli()) {
		got = append(got, fmt.Sprintf("%d %s %s/%s %s, %d to %d, %q, stored %v", i.Position, i.Channel.ID, i.Inviter, i.Device, i.RequestID,
			i.Made, i.Deadline, i.Attach, i.Stored))
	}
	require.Equal(v.t, want, got, "invitations shown to %v", l)
	v.tally.counts["invitation shown"] += len(got)
}

// madeShown: those that this life made and that are pending, as far back as its
// last fresh start; and none of which it heard that they are over.
func (v *verdict) madeShown(l *life, view *session.View) {
	made := map[string]bool{}
	key := func(channel string, k core.Key) string { return fmt.Sprint(channel, " ", k) }
	for _, i := range view.Made() {
		k := core.Key{Inviter: i.Inviter, RequestID: i.RequestID, Invitee: i.Invitee}
		made[key(i.Channel.ID, k)] = true
		if c := v.App.Channel(i.Channel.ID); c != nil {
			for _, x := range c.Invitations() {
				if x.Key == k {
					require.NotContains(v.t, []core.State{core.Accepted, core.Rejected}, x.State, "%v of %s made by %v", k, c.ID, l)
				}
			}
		}
	}
	chapters := v.stories[slices.Index(v.lives, l)].chapters
	fresh := core.Position(chapters[len(chapters)-1].welcome.Position)
	for _, e := range v.Events {
		i, ok := e.Event.(core.Invited)
		if !ok || i.By != l.actor || e.Position <= fresh || i.Echo { // what is echoed stands in the room's list
			continue
		}
		for _, c := range v.App.Channels() {
			for _, x := range c.Invitations() {
				if c.ID == i.Channel && x.Made == e.Position && x.State == core.Pending {
					require.Contains(v.t, made, key(c.ID, x.Key), "invitations made by %v", l)
					v.tally.counts["invitation made shown"]++
				}
			}
		}
	}
}
