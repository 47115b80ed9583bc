//go:build !js

package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
	"github.com/stretchr/testify/require"

	"beckon/core/session"
	"beckon/core/wire"
	"beckon/server/client"
)

// The relay as those who operate it see it.

// scrape asks for metrics through the socket in the data folder.
func scrape(t *testing.T, data string) string {
	t.Helper()
	res, err := ask(within(t), data, http.MethodGet, "/metrics")
	require.NoError(t, err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return string(text)
}

// logs waits until a relay has logged something: its lines come through a pipe.
func (p *process) logs(text string) {
	p.t.Helper()
	limit := within(p.t)
	for !strings.Contains(p.log.String(), text) {
		require.NoError(p.t, limit.Err(), "the log lacks %s:\n%s", text, p.log)
		runtime.Gosched()
	}
}

// stored rings bob, who is not there, for his inbox.
func stored(t *testing.T, from *client.Client, id string) {
	t.Helper()
	_, err := from.Do(within(t), &wire.CallEx{Type: 1, RequestID: id, Invitee: "bob", Attach: "for bob", Store: true})
	require.NoError(t, err)
}

func inboxOf(t *testing.T, p *process, account string) []wire.Stored {
	t.Helper()
	reader := p.page(account, "reader")
	defer reader.Close()
	out, err := reader.Do(within(t), &wire.Inbox{})
	require.NoError(t, err)
	return out.Inbox
}

var (
	documented = regexp.MustCompile("`(beckon_[a-z_]+)`")
	exposed    = regexp.MustCompile(`(?m)^# TYPE (beckon_\S+) `)
)

// What operate.md lists is what there is, in names and with units as Prometheus wants them.
func TestMetricsAreAsDocumented(t *testing.T) {
	data := t.TempDir()
	p := start(t, "127.0.0.1:0", data, "-config", everyKind(t))
	ada := p.page("ada", "web")
	stored(t, ada, "r1")
	_, err := ada.Do(within(t), &wire.Join{Channel: "none"})
	require.Error(t, err)
	require.IsType(t, &wire.Refused{}, p.login("k", "ada", "ends.with.this"))
	says(t, "ban", "-data", data, "eve")
	says(t, "forget", "-data", data, "nobody") // makes a snapshot
	text := scrape(t, data)

	problems, err := promlint.New(strings.NewReader(text)).Lint()
	require.NoError(t, err)
	for _, problem := range problems {
		require.NotContains(t, problem.Metric, "beckon_", problem.Text)
	}
	docs, err := os.ReadFile("../web/docs/operate.md")
	require.NoError(t, err)
	_, table, _ := strings.Cut(string(docs), "| metric | labels | |")
	table, _, _ = strings.Cut(table, "\n\n")
	require.Equal(t, metricNames(documented, table), metricNames(exposed, text))

	for _, line := range []string{
		`beckon_connections 1`, `beckon_ready 1`, `beckon_channels{app="dev"} 1`, `beckon_inbox_notices{app="dev"} 1`,
		`beckon_invitations_pending{app="dev"} 1`, `beckon_commands_total{app="dev",command="callEx",outcome="done"} 1`,
		`beckon_commands_total{app="dev",command="join",outcome="refused"} 1`,
		`beckon_refusals_total{app="dev",reason="no-such-channel"} 1`, `beckon_notice_lag_seconds_count{app="dev"} 1`,
		`beckon_snapshots_total{app="dev",outcome="saved"} 2`, `beckon_queue_bytes{app="dev"} 0`,
		`beckon_bans{app="dev"} 1`, `beckon_limits_reached_total{limit="invitations_per_minute"} 0`,
		`beckon_logins_refused_total{reason="unauthorized"} 1`,
	} {
		require.Contains(t, text, line+"\n")
	}
	require.NotContains(t, text, `beckon_journal_append_seconds_count{app="dev"} 0`)
}

// everyKind writes settings for an app that takes static tokens, and those of a provider who has a set of keys.
func everyKind(t *testing.T) string {
	public, _, err := ed25519.GenerateKey(rand.Reader)
	require.NoError(t, err)
	provider := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `{"keys":[{"kty":"OKP","crv":"Ed25519","x":"%s"}]}`, base64.RawURLEncoding.EncodeToString(public))
	}))
	t.Cleanup(provider.Close)
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(dir+"/tokens", []byte("ada any\nbob any\n"), 0o600))
	text := fmt.Sprintf("[[app]]\nname = \"dev\"\napp_key = \"k\"\n[[app.static]]\nfile = %q\n[[app.jwt]]\njwks_url = %q\n", dir+"/tokens", provider.URL+"/keys")
	require.NoError(t, os.WriteFile(dir+"/beckon.toml", []byte(text), 0o600))
	return dir + "/beckon.toml"
}

func metricNames(pattern *regexp.Regexp, text string) []string {
	var list []string
	for _, m := range pattern.FindAllStringSubmatch(text, -1) {
		list = append(list, m[1])
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func TestMetricsAreServedWhereTheSettingsSayAndNotToPages(t *testing.T) {
	p := start(t, "127.0.0.1:0", t.TempDir(), "-metrics", "127.0.0.1:0")
	p.logs("metrics are served")
	at := regexp.MustCompile(`at=(http\S+)`).FindStringSubmatch(p.log.String())
	require.Equal(t, http.StatusOK, status(t, at[1]))
	require.Equal(t, http.StatusNotFound, status(t, "http://"+p.addr+"/metrics"))
}

func status(t *testing.T, url string) int {
	t.Helper()
	res, err := http.Get(url)
	require.NoError(t, err)
	res.Body.Close()
	return res.StatusCode
}

// Load balancers look away before devices are told.
func TestDrainFailsReadyzFirst(t *testing.T) {
	p := start(t, "127.0.0.1:0", t.TempDir(), "-drain", "1m")
	require.Equal(t, http.StatusOK, status(t, "http://"+p.addr+"/readyz"))
	ada := p.page("ada", "web")
	require.NoError(t, p.cmd.Process.Signal(syscall.SIGTERM))
	limit := within(t)
	for status(t, "http://"+p.addr+"/readyz") != http.StatusServiceUnavailable {
		require.NoError(t, limit.Err())
	}
	require.Equal(t, http.StatusOK, status(t, "http://"+p.addr+"/healthz"))
	_, err := ada.Do(within(t), &wire.Channels{})
	require.NoError(t, err, "who is in is served as before")
	require.NoError(t, p.cmd.Process.Signal(syscall.SIGTERM), "a second signal does not wait")
	p.cmd.Wait()
	require.Equal(t, -1, p.cmd.ProcessState.ExitCode())
}

func TestReadyzFailsWhenTheDataFolderCannotBeWritten(t *testing.T) {
	data := t.TempDir()
	p := start(t, "127.0.0.1:0", data)
	require.NoError(t, os.Rename(data, data+".gone"))
	t.Cleanup(func() { os.RemoveAll(data + ".gone") })
	require.Equal(t, http.StatusServiceUnavailable, status(t, "http://"+p.addr+"/readyz"))
	p.logs("the journal cannot be written")
}

func TestInspectShowsALiveApp(t *testing.T) {
	data := t.TempDir()
	p := start(t, "127.0.0.1:0", data)
	ada := p.page("ada", "web")
	p.page(`e"v e`, "phone")
	stored(t, ada, "r1")
	said := says(t, "inspect", "-data", data)
	require.Regexp(t, `(?m)^links +2$`, said)
	require.Regexp(t, `(?m)^DEVICES: 2 of 2\nACCOUNT +DEVICE +LIFE\nada +web +life-of-web$`, said)
	require.Contains(t, said, `"e\"v e"`, "a name cannot look like something else")
	require.Regexp(t, `(?m)^CHANNELS: 1 of 1\nID .*\n\w{32} +channel +ada +\d+s +1 +ada$`, said)
	require.Regexp(t, `(?m)^\w{32} +ada +bob +r1 +\d+s +in 1m\d+s$`, said)
	require.NotContains(t, said, "for bob", "what people attach is theirs")
	require.Contains(t, says(t, "inspect", "-data", data, "-account", "carl"), "DEVICES: 0 of 2")
	require.Contains(t, says(t, "inspect", "-data", data, "-json"), `"invitee":"bob"`)
}

func TestOnlyTheRelaysUserCanReachItsSocket(t *testing.T) {
	data := t.TempDir()
	p := start(t, "127.0.0.1:0", data)
	info, err := os.Stat(filepath.Dir(adminSocket(data)))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o700), info.Mode().Perm())
	p.end(syscall.SIGKILL)
	said, code := fails(t, "inspect", "-data", data)
	require.Contains(t, said, "no relay runs on the data folder")
	fails(t, "ready", "-data", data)
	require.Equal(t, 1, code)
	start(t, "127.0.0.1:0", data) // what was killed is in nobody's way
	require.Contains(t, says(t, "inspect", "-data", data), "app dev")
	says(t, "ready", "-data", data)
}

// While others go on ringing, a copy is made; then everything is wiped, and restored: the inbox is back.
func TestBackupWipeRestore(t *testing.T) {
	data, file := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "copy")
	p := start(t, "127.0.0.1:0", data)
	ada := p.page("ada", "web")
	for _, id := range []string{"r1", "r2", "r3"} {
		stored(t, ada, id)
	}
	stop := ringing(t, p)
	says(t, "backup", "-data", data, file)
	stop()
	stored(t, ada, "too late")
	require.Len(t, inboxOf(t, p, "bob"), 4)

	said, _ := fails(t, "restore", "-data", data, file)
	require.Contains(t, said, "is not empty")
	require.Zero(t, p.end(syscall.SIGTERM))
	require.NoError(t, os.RemoveAll(data))
	require.Contains(t, says(t, "restore", "-data", data, file), "3 notices in inboxes")

	p = start(t, p.addr, data)
	inbox := inboxOf(t, p, "bob")
	require.Len(t, inbox, 3)
	require.Equal(t, "for bob", inbox[0].Notice().Event.(*wire.Invited).Attach)
	for {
		o, err := ada.Next(within(t))
		require.NoError(t, err)
		if c, ok := o.(session.Connected); ok {
			require.True(t, c.Fresh, "it is another journal")
			break
		}
	}
	stored(t, ada, "r4")
	positions := inboxOf(t, p, "bob")
	require.Greater(t, positions[3].Position, positions[2].Position, "numbers go on where they were")
	info, err := os.Stat(file)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm(), "it is as secret as the data folder")

	p.end(syscall.SIGTERM) // and without a relay
	require.Contains(t, says(t, "backup", "-data", data, file+"2"), "bytes")
	require.Contains(t, says(t, "restore", "-data", filepath.Join(t.TempDir(), "other"), file+"2"), "4 notices in inboxes")
}

// ringing keeps a relay at work until the function that it returns is called.
func ringing(t *testing.T, p *process) (stop func()) {
	eve := p.page("eve", "web")
	ctx, cancel := context.WithCancel(within(t))
	done := make(chan struct{})
	go func() {
		defer close(done)
		for ctx.Err() == nil {
			eve.Do(ctx, &wire.Message{To: "carl", Attach: "x"})
			eve.Do(ctx, &wire.SetProfile{Name: "eve"})
		}
	}()
	return func() { cancel(); <-done }
}

func TestAHalfBackupRestoresNothing(t *testing.T) {
	data, file := t.TempDir(), filepath.Join(t.TempDir(), "copy")
	p := start(t, "127.0.0.1:0", data)
	stored(t, p.page("ada", "web"), "r1")
	says(t, "backup", "-data", data, file)
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(file, text[:len(text)-9], 0o600))
	parent := t.TempDir()
	said, _ := fails(t, "restore", "-data", filepath.Join(parent, "data"), file)
	require.Contains(t, said, "not all of it is there")
	left, err := os.ReadDir(parent)
	require.NoError(t, err)
	require.Empty(t, left)
}

func TestForgetErasesAnAccount(t *testing.T) {
	data := t.TempDir()
	p := start(t, "127.0.0.1:0", data)
	const zoe = "zoe-the-forgotten"
	ada, z := p.page("ada", "web"), p.page(zoe, "web")
	const name = "Zoe Z"
	_, err := z.Do(within(t), &wire.SetProfile{Name: name})
	require.NoError(t, err)
	_, err = z.Do(within(t), &wire.CallEx{Type: 1, RequestID: "r", Invitee: "bob"})
	require.NoError(t, err)
	_, err = ada.Do(within(t), &wire.CallEx{Type: 1, RequestID: "r", Invitee: zoe, Store: true})
	require.NoError(t, err)
	said := says(t, "forget", "-data", data, zoe)
	require.Contains(t, said, "1 channels closed, 0 left, 2 invitations ended, 1 notices and 1 profiles erased, 1 links ended")
	for {
		o, err := z.Next(within(t))
		require.NoError(t, err)
		if e, ok := o.(session.Disconnected); ok {
			require.EqualValues(t, wire.CloseKicked, e.Code)
			break
		}
	}
	p.logs("an account was forgotten")
	require.Contains(t, says(t, "inspect", "-data", data, "-account", zoe), "DEVICES: 0 of 1")

	p.end(syscall.SIGKILL)
	p = start(t, "127.0.0.1:0", data)
	require.Empty(t, inboxOf(t, p, zoe))
	require.NotContains(t, says(t, "inspect", "-data", data, "-json"), name)
}

func TestARefusalIsInTheLogByTheNameThatThePageHas(t *testing.T) {
	p := start(t, "127.0.0.1:0", t.TempDir(), "-log", "json", "-log-level", "debug")
	c := client.New(client.Config{URL: "ws://" + p.addr + "/ws",
		Session: session.Config{App: "k", Account: "ada", Token: "any", Device: "d", Life: "1"}})
	t.Cleanup(c.Close)
	c.Connect()
	o, err := c.Next(within(t))
	require.NoError(t, err)
	connection := o.(session.Connected).Connection
	_, err = c.Do(within(t), &wire.Join{Channel: "none"})
	require.Error(t, err)
	p.logs(`"connection":"` + connection + `","app":"k","account":"ada"`)
	p.logs(`"trace":"` + connection + `-1","account":"ada","device":"d","command":"join","code":"no-such-channel"`)
}
