package record_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/record"
)

// TestStoredConversationReplays makes a machine of a journal that format 1 wrote:
// three hours of calls, with a restart. It must always come out like this.
func TestStoredConversationReplays(t *testing.T) {
	data, err := os.ReadFile("testdata/v1/conversation.jsonl")
	require.NoError(t, err)
	app := core.New(core.Config{})
	seq := uint64(0)
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		r, err := record.Decode([]byte(line))
		require.NoError(t, err, line)
		require.Equal(t, line, string(record.Append(nil, r)))
		seq++
		for k, e := range r.Events {
			app.Apply(core.Stamp{Position: core.At(seq, k), Now: r.Now}, e)
		}
	}
	require.Equal(t, strings.TrimSpace(`
now 1700010907000, next deadline 1700010987000
channel room (call 2 of ada, "{\"theme\":1}"), 1700000000000 to 1700018097000
  ada/web uid 7 since 1700000000000, lost 0
  bob/web uid 1002 since 1700000032000, lost 0
  cy/tv uid 1037 since 1700010907000, lost 1700010907000
  ada from web asks eve (r6) pending, made 38.0 at 1700010897000, until 1700010987000, rang false, stored false, "", over 0, push <nil>
  ada from web asks cy (r5) pending, made 41.0 at 1700010907000, until 1700010997000, rang true, stored true, "please", over 0, push &{true false t  }
channel other (call 1 of bob, ""), 1700010897000 to 1700018097000
  bob/web uid 1034 since 1700010897000, lost 0
  bob from web asks ada (r7) pending, made 39.2 at 1700010897000, until 1700010987000, rang true, stored true, "", over 0, push <nil>
ada is in [room] and asked by [bob]
bob is in [room other] and asked by []
cy is in [room] and asked by [ada]
dan is in [] and asked by []
eve is in [] and asked by [ada]
cy's join: room with 3 members, answered 42.1
bob's call: other with 1 members, answered 39.3
ada's last invitation of eve reached her: false
what was answered long ago is forgotten: true
ada's inbox: 5.0 Ended, 11.0 Joined, 23.0 Invited over, 25.0 Ended over, 36.0 Left, 39.2 Invited
bob's inbox: 1.2 Invited over, 11.0 Joined, 36.0 Left
cy's inbox: 37.0 Invited over, 41.0 Invited
dan's inbox: 9.0 Invited over
eve's inbox: 4.0 Invited over`), strings.TrimSpace(describe(app)))
}

func describe(app *core.App) string {
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	say("now %d, next deadline %d", app.Now(), app.Deadline())
	for _, c := range app.Channels() {
		say("channel %s (call %d of %s, %q), %d to %d", c.Name, c.Type, c.Creator, c.Ext, c.Created, c.Expires)
		for _, m := range c.Members() {
			say("  %s/%s uid %d since %d, lost %d", m.Account, m.Device, m.UID, m.Joined, m.Lost)
		}
		for _, i := range c.Invitations() {
			say("  %s from %s asks %s (%s) %s, made %s at %d, until %d, rang %t, stored %t, %q, over %d, push %v", i.Inviter, i.Device,
				i.Invitee, i.RequestID, i.State, place(i.Made), i.At, i.Deadline, i.Rang, i.Stored, i.Attach, i.Over, i.Push)
		}
	}
	for _, account := range []string{"ada", "bob", "cy", "dan", "eve"} {
		in, by := []string{}, []string{}
		for _, c := range app.Joined(account) {
			in = append(in, c.Name)
		}
		for _, i := range app.Asked(account) {
			by = append(by, i.Inviter)
		}
		say("%s is in %v and asked by %v", account, in, by)
	}
	join, _ := app.Answer(core.Actor{Account: "cy", Device: "tv", Life: "1"}, 10)
	say("cy's join: %s with %d members, answered %s", join.Channel.Name, len(join.Members), place(join.Position))
	call, _ := app.Answer(core.Actor{Account: "bob", Device: "web", Life: "1"}, 2)
	say("bob's call: %s with %d members, answered %s", call.Channel.Name, len(call.Members), place(call.Position))
	invite, _ := app.Answer(core.Actor{Account: "ada", Device: "web", Life: "1"}, 6)
	say("ada's last invitation of eve reached her: %t", invite.Reach == core.Reached)
	_, is := app.Answer(core.Actor{Account: "ada", Device: "web", Life: "1"}, 1)
	say("what was answered long ago is forgotten: %t", !is)
	for _, account := range []string{"ada", "bob", "cy", "dan", "eve"} {
		var rows []string
		stored, _ := app.Inbox(account, 0, app.Now(), 100)
		for _, x := range stored {
			row := place(x.Position) + " " + strings.TrimPrefix(fmt.Sprintf("%T", x.Event), "core.")
			if x.Over {
				row += " over"
			}
			rows = append(rows, row)
		}
		say("%s's inbox: %s", account, strings.Join(rows, ", "))
	}
	return b.String()
}

// place is the record, and the index in it.
func place(p core.Position) string { return fmt.Sprintf("%d.%d", p.Record(), p&0xffff) }
