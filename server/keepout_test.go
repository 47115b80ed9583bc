//go:build !js

package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core/session"
	"beckon/core/wire"
	"beckon/server/client"
)

// gone waits until a page is off, and says why.
func gone(t *testing.T, c *client.Client) session.Disconnected {
	t.Helper()
	for {
		o, err := c.Next(within(t))
		require.NoError(t, err)
		if d, ok := o.(session.Disconnected); ok {
			return d
		}
	}
}

func TestKickEndsLinksAndNoMore(t *testing.T) {
	data := t.TempDir()
	p := start(t, "127.0.0.1:0", data)
	web, phone := p.page("ada", "web"), p.page("ada", "phone")
	require.Equal(t, "the device web of ada is out: 1 links ended. It may log in again: see beckon ban.", says(t, "kick", "-data", data, "ada", "web"))
	d := gone(t, web)
	require.Equal(t, session.Kicked, d.Why)
	require.EqualValues(t, wire.CloseKicked, d.Code)
	_, err := phone.Do(within(t), &wire.SetProfile{Name: "Ada"})
	require.NoError(t, err, "the other device stays")
	web.Connect()
	require.NoError(t, web.Online(within(t)))
	require.Contains(t, says(t, "kick", "ada", "-data", data), "ada is out: 2 links ended")
	require.Equal(t, session.Kicked, gone(t, phone).Why)
	p.logs(`msg="audit: kicked" app=dev account=ada device=web by=`)
}

func TestBanKeepsAnAccountOutUntilItIsLifted(t *testing.T) {
	data := t.TempDir()
	p := start(t, "127.0.0.1:0", data)
	ada, bob := p.page("ada", "web"), p.page("bob", "phone")
	_, err := ada.Do(within(t), &wire.CallEx{Type: 1, RequestID: "r", Invitee: "bob"})
	require.NoError(t, err)
	next[*wire.Invited](t, bob)

	said := says(t, "ban", "-data", data, "ada", "-reason", "rings all night")
	require.Equal(t, "ada is kept out until it is lifted (beckon unban): 1 links ended, 1 channels left, 1 invitations cancelled.", said)
	d := gone(t, ada)
	require.Equal(t, session.Banned, d.Why, "at once")
	require.EqualValues(t, wire.CloseBanned, d.Code)
	require.Equal(t, "cancelled", next[*wire.Ended](t, bob).Outcome, "what it had ringing rings no more")
	p.logs(`msg="audit: banned" app=dev account=ada`)

	kept := wire.Refusal{Code: "banned", Detail: "for good"}
	require.Equal(t, kept, p.login("k", "ada", "any").(*wire.Refused).Refusal)
	require.IsType(t, &wire.Welcome{}, p.login("k", "carl", "any"))
	require.Regexp(t, `(?m)^ada +all +\S+Z +lifted +\S+ +rings all night$`, says(t, "bans", "-data", data))
	require.Regexp(t, `KEPT OUT: 1 of 1`, says(t, "inspect", "-data", data))
	require.NotContains(t, says(t, "inspect", "-data", data, "-account", "bob"), "KEPT OUT")

	p.end(syscall.SIGKILL)
	p = start(t, "127.0.0.1:0", data)
	require.Equal(t, kept, p.login("k", "ada", "any").(*wire.Refused).Refusal, "a restart changes nothing")
	require.Equal(t, "ada may log in again: 1 bans lifted.", says(t, "unban", "-data", data, "ada"))
	require.IsType(t, &wire.Welcome{}, p.login("k", "ada", "any"))
	said, _ = fails(t, "unban", "-data", data, "ada")
	require.Contains(t, said, "ada was not kept out")
}

func TestBanOfADeviceEndsByItself(t *testing.T) {
	data := t.TempDir()
	p := start(t, "127.0.0.1:0", data)
	phone := p.page("ada", "phone")
	require.Regexp(t, `^the device d of ada is kept out until 20\d\d-\S+Z: 0 links ended`, says(t, "ban", "-data", data, "-for", "1h", "ada", "d"))
	refusal := p.login("k", "ada", "any").(*wire.Refused).Refusal // as the device d
	require.Equal(t, "banned", refusal.Code)
	require.Positive(t, refusal.After, "it is told when to come back")
	require.LessOrEqual(t, refusal.After, int64(3_600_000))
	_, err := phone.Do(within(t), &wire.SetProfile{Name: "Ada"})
	require.NoError(t, err)
}

func TestBansAreInABackup(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	p := start(t, "127.0.0.1:0", data)
	says(t, "ban", "-data", data, "ada", "-reason", "rings all night")
	says(t, "ban", "-data", data, "bob", "phone", "-for", "24h")
	kept := says(t, "bans", "-data", data)
	says(t, "backup", "-data", data, data+".running")
	require.Zero(t, p.end(syscall.SIGTERM))
	says(t, "backup", "-data", data, data+".stopped")
	for _, file := range []string{data + ".running", data + ".stopped"} {
		require.NoError(t, os.RemoveAll(data))
		require.Contains(t, says(t, "restore", "-data", data, file), "2 bans\n")
		p = start(t, "127.0.0.1:0", data)
		require.Equal(t, "banned", p.login("k", "ada", "any").(*wire.Refused).Refusal.Code)
		require.Equal(t, kept, says(t, "bans", "-data", data))
		require.Equal(t, "ada may log in again: 1 bans lifted.", says(t, "unban", "-data", data, "ada"))
		require.IsType(t, &wire.Welcome{}, p.login("k", "ada", "any"))
		require.Zero(t, p.end(syscall.SIGTERM))
	}
	require.NoError(t, os.WriteFile(bansFile(data), []byte("{"), 0o600))
	said, _ := fails(t, "backup", "-data", data, data+".bad")
	require.Contains(t, said, "cannot read the list of bans", "a backup that lets everybody in would be none")
	require.NoFileExists(t, data+".bad")
}

func TestCommandsAboutAccountsSayWhatIsMissing(t *testing.T) {
	data := t.TempDir()
	start(t, "127.0.0.1:0", data)
	for want, args := range map[string][]string{
		"whom? give an account, and a device if only that is meant: beckon kick ACCOUNT [DEVICE]": {"kick"},
		"too long: a device takes":           {"ban", "ada", "-reason", strings.Repeat("x", maxReason+1)},
		"-for takes at least 1s":             {"ban", "ada", "-for", "1ms"},
		`"x" is no flag: see beckon ban -h`:  {"ban", "ada", "web", "x"},
		`there is no app "none", only [dev]`: {"kick", "-app", "none", "ada"},
		"whom? bad-field: account":           {"kick", "a\nb"},
		"no relay runs on the data folder":   {"bans", "-data", t.TempDir()},
	} {
		if args[0] != "bans" {
			args = append([]string{args[0], "-data", data}, args[1:]...)
		}
		said, _ := fails(t, args...)
		require.Contains(t, said, want)
	}
	_, err := ask(within(t), data, http.MethodPost, "/ban?account=ada&for=soon")
	require.EqualError(t, err, `the relay says: for how long? "soon" is no time span of 1s or more`)
	said, _ := fails(t, "unban", "-data", data, "--", "-ada")
	require.Contains(t, said, "-ada was not kept out", "an account may look like a flag")
}

func TestRelayDoesNotStartWithoutItsBans(t *testing.T) {
	data := t.TempDir()
	require.NoError(t, os.WriteFile(data+"/bans.json", []byte("{"), 0o600))
	said, _ := fails(t, "serve", "-addr", "127.0.0.1:0", "-data", data)
	require.Contains(t, said, "cannot read the list of bans, "+data+"/bans.json")
}
