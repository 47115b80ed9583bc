//go:build !js

package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"

	"beckon/core/session"
	"beckon/core/wire"
	"beckon/server/client"
	"beckon/server/servertest"
)

// The relay with settings, keys and certificates, as it is shipped.

const (
	oldSecret = "the old secret, of at least thirty-two bytes"
	newSecret = "the new secret, of at least thirty-two bytes"
)

// settingsFile writes one for the app "acme", whose users have tokens made with a secret.
func settingsFile(t *testing.T, dir, secret string) string {
	t.Helper()
	path := filepath.Join(dir, "beckon.toml")
	next := path + ".next"
	text := fmt.Sprintf("[[app]]\nname = \"acme\"\napp_key = \"k\"\nsdk_app_id = 1400000000\n[[app.jwt]]\nalg = \"HS256\"\nsecret = %q\n", secret)
	require.NoError(t, os.WriteFile(next, []byte(text), 0o600))
	require.NoError(t, os.Rename(next, path))
	return path
}

// says runs beckon to its end, which has to be a good one, and returns what it writes to its output.
func says(t *testing.T, args ...string) string {
	t.Helper()
	program, err := build()
	require.NoError(t, err)
	cmd := exec.CommandContext(within(t), program, args...)
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.Output()
	require.NoError(t, err, errs.String())
	return strings.TrimSpace(string(out))
}

// login says hello with a token, and returns the answer.
func (p *process) login(app, account, token string) wire.Frame {
	p.t.Helper()
	page := servertest.Dial(p.t, "ws://"+p.addr+"/ws", nil)
	defer page.Cut()
	page.Send(&wire.Hello{Version: wire.Version, App: app, Account: account, Device: "d", Life: "1", Token: token})
	answer := page.Next()
	if refused, ok := answer.(*wire.Refused); ok {
		p.logs(refused.Connection) // by which it is found
		refused.Connection = ""
	}
	return answer
}

func TestHelpIsNoFailure(t *testing.T) {
	require.Contains(t, says(t, "-h"), "beckon doctor")
	require.Contains(t, says(t, "help"), "beckon token [flags] ACCOUNT")
	require.Contains(t, says(t, "serve", "-h"), "-trusted-proxies")
	require.Contains(t, says(t, "token", "-h"), "-kind")
	require.Regexp(t, `^beckon \S+, commit \S+, go1\S*, `, says(t, "version"))
}

func TestTokensAreMadeAndTaken(t *testing.T) {
	file := settingsFile(t, t.TempDir(), oldSecret)
	p := start(t, "127.0.0.1:0", t.TempDir(), "-config", file)
	token := says(t, "token", "-config", file, "ada")
	for _, name := range []string{"k", "1400000000"} {
		require.IsType(t, &wire.Welcome{}, p.login(name, "ada", token), name)
	}
	wrong := &wire.Refused{Refusal: wire.Refusal{Code: "unauthorized", Field: "token", Detail: "wrong"}}
	require.Equal(t, wrong, p.login("k", "bob", token))
	require.Equal(t, wrong, p.login("k", "ada", "any"))
	require.Equal(t, &wire.Refused{Refusal: wire.Refusal{Code: "no-such-app", Detail: "acme"}}, p.login("acme", "ada", token))
	p.logs("token refused")
	require.NotContains(t, p.log.String(), token)
	require.NotContains(t, p.log.String(), oldSecret)
}

// Two names, one app: whoever logs in by one is reached by the other.
func TestAppKeyAndSDKAppIDNameOneApp(t *testing.T) {
	file := settingsFile(t, t.TempDir(), oldSecret)
	p := start(t, "127.0.0.1:0", t.TempDir(), "-config", file)
	page := func(app, account string) *client.Client {
		c := client.New(client.Config{URL: "ws://" + p.addr + "/ws", Session: session.Config{App: app, Account: account,
			Token: says(t, "token", "-config", file, account), Device: "d", Life: account}})
		t.Cleanup(c.Close)
		c.Connect()
		require.NoError(t, c.Online(within(t)))
		return c
	}
	ada, bob := page("k", "ada"), page("1400000000", "bob")
	_, err := ada.Do(within(t), &wire.CallEx{Type: 1, RequestID: "r", Invitee: "bob"})
	require.NoError(t, err)
	require.Equal(t, "ada", next[*wire.Invited](t, bob).Inviter)
}

func TestSecretIsChangedWithoutARestart(t *testing.T) {
	dir := t.TempDir()
	file := settingsFile(t, dir, oldSecret)
	p := start(t, "127.0.0.1:0", t.TempDir(), "-config", file)
	first := says(t, "token", "-config", file, "ada")
	in := servertest.Dial(t, "ws://"+p.addr+"/ws", nil)
	in.Send(&wire.Hello{Version: wire.Version, App: "k", Account: "ada", Device: "stays", Life: "1", Token: first})
	require.IsType(t, &wire.Welcome{}, in.Next())

	settingsFile(t, dir, newSecret)
	require.NoError(t, p.cmd.Process.Signal(syscall.SIGHUP))
	second := says(t, "token", "-config", file, "ada")
	welcome := func(token string) bool {
		_, ok := p.login("k", "ada", token).(*wire.Welcome)
		return ok
	}
	require.True(t, servertest.Eventually(func() bool { return welcome(second) }))
	require.False(t, welcome(first))
	in.Do(&wire.Create{Type: 1}) // who is in stays in

	require.NoError(t, os.WriteFile(file, []byte("[[app]]\nnonsense = 1\n"), 0o600)) // seen without a signal
	require.True(t, servertest.Eventually(func() bool {
		return strings.Contains(p.log.String(), "beckon.toml:2: app.nonsense: there is no such key")
	}))
	require.True(t, welcome(second), "a mistake changes nothing")
}

func TestLimitsOfTheFileHold(t *testing.T) {
	file := filepath.Join(t.TempDir(), "beckon.toml")
	require.NoError(t, os.WriteFile(file, []byte("[limits]\nconnections_per_account = 2\ncommands_per_second = 1\ncommand_burst = 3\n"+
		"invitations_per_minute = 1\npending_invitations_per_account = 2\n"), 0o600))
	p := start(t, "127.0.0.1:0", t.TempDir(), "-config", file)
	url := "ws://" + p.addr + "/ws"
	rings := func(account, invitee string) *wire.Refusal {
		page := servertest.Login(t, url, account, invitee, "1")
		defer page.Cut()
		return page.Reply(page.Ask(&wire.CallEx{Type: 1, RequestID: invitee, Invitee: invitee})).Error
	}
	require.Nil(t, rings("eve", "bob"))
	busy := rings("eve", "bob")
	require.Equal(t, "too many invitations to this account", busy.Detail)
	require.InDelta(t, 60_000, busy.After, 10_000, "it is told when to ask again")
	p.logs("command=callEx code=busy reason=\"too many invitations to this account\"")
	require.Nil(t, rings("eva", "bob"))
	require.Nil(t, rings("eva", "carl"))
	require.Equal(t, &wire.Refusal{Code: "busy", Field: "pending", Limit: 2, Detail: "pending invitations of one inviter", After: 5000}, rings("eva", "dora"))
	page := servertest.Login(t, url, "ada", "phone", "1")
	for range 3 {
		page.Do(&wire.Create{Type: 1})
	}
	busy = page.Reply(page.Ask(&wire.Create{Type: 1})).Error
	require.Equal(t, "busy", busy.Code)
	require.Positive(t, busy.After)
	servertest.Login(t, url, "ada", "web", "1")
	refused := p.login("k", "ada", "any").(*wire.Refused)
	require.Equal(t, wire.Refusal{Code: "busy", Detail: "too many connections of this account", After: 5000}, refused.Refusal)
}

func TestEnvironmentIsEnoughForAContainer(t *testing.T) {
	t.Setenv("BECKON_APP_KEY", "k")
	t.Setenv("BECKON_NIM_SECRET", "0c1c1ef9bb2a")
	p := start(t, "127.0.0.1:0", t.TempDir())
	require.IsType(t, &wire.Welcome{}, p.login("k", "ada", says(t, "token", "ada")))
	require.IsType(t, &wire.Refused{}, p.login("k", "bob", "any"))
}

func TestMistakeInTheFileIsNamed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "beckon.toml")
	require.NoError(t, os.WriteFile(file, []byte("addr = \"127.0.0.1:0\"\nsink = \"always\"\n"), 0o600))
	said, code := fails(t, "serve", "-config", file)
	require.Equal(t, "beckon: "+file+":2: sink: there is no such key", said)
	require.Equal(t, 1, code)
	said, code = fails(t, "doctor", "-config", file)
	require.Contains(t, said, "FAIL  settings   "+file+":2: sink: there is no such key")
	require.Equal(t, 1, code)
}

func TestDevModeIsLoud(t *testing.T) {
	p := start(t, "127.0.0.1:0", t.TempDir())
	p.logs(`level=WARN msg="DEV MODE: any token is good`)
}

func TestHTTPSWithACertificateThatIsRenewed(t *testing.T) {
	dir := t.TempDir()
	first := writeCertificate(t, dir)
	cert, key := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	p := start(t, "127.0.0.1:0", t.TempDir(), "-tls-cert", cert, "-tls-key", key)
	require.NoError(t, reach(p.addr, first))
	require.Contains(t, says(t, "doctor", "-addr", p.addr, "-data", t.TempDir(), "-tls-cert", cert, "-tls-key", key),
		p.addr+" is taken by a relay that is well")

	second := writeCertificate(t, dir)
	require.NoError(t, p.cmd.Process.Signal(syscall.SIGHUP))
	require.True(t, servertest.Eventually(func() bool { return reach(p.addr, second) == nil }))
	require.Error(t, reach(p.addr, first))
}

// reach asks for the relay's health over HTTPS, opens a socket, and trusts one certificate.
func reach(addr string, trusted *x509.Certificate) error {
	roots := x509.NewCertPool()
	roots.AddCert(trusted)
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{RootCAs: roots}}}
	res, err := client.Get("https://" + addr + "/healthz")
	if err != nil {
		return err
	}
	res.Body.Close()
	if res.Header.Get("Strict-Transport-Security") == "" {
		return errors.New("no Strict-Transport-Security")
	}
	ws, _, err := websocket.Dial(context.Background(), "wss://"+addr+"/ws", &websocket.DialOptions{HTTPClient: &client})
	if err != nil {
		return err
	}
	return ws.CloseNow()
}

func TestDoctorFindsAMachineFit(t *testing.T) {
	file := settingsFile(t, t.TempDir(), oldSecret)
	said := says(t, "doctor", "-config", file, "-addr", "127.0.0.1:0", "-data", filepath.Join(t.TempDir(), "new"))
	for _, want := range []string{"ok    settings", "ok    tokens     app acme, for pages k, 1400000000; keys: 1", "ok    data",
		"a sync takes", "127.0.0.1:0 is free", "ok    tls"} {
		require.Contains(t, said, want)
	}
}

func TestDoctorFindsWhatWouldFail(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0") // by something that is no relay
	require.NoError(t, err)
	defer taken.Close()
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	said, code := fails(t, "doctor", "-addr", taken.Addr().String(), "-data", filepath.Join(file, "below"), "-tls-cert", file, "-tls-key", file)
	require.Contains(t, said, "FAIL  data")
	require.Contains(t, said, "FAIL  port")
	require.Contains(t, said, "FAIL  tls")
	require.Contains(t, said, "3 of these have to be put right first")
	require.Equal(t, 1, code)
}

func TestEveryAnswerIsKeptFromDoingHarm(t *testing.T) {
	p := start(t, "127.0.0.1:0", t.TempDir())
	for _, path := range []string{"/", "/healthz", "/nothing", "/ws", "/sdk/beckon.js"} {
		req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, "http://"+p.addr+path, nil)
		require.NoError(t, err)
		res, err := http.DefaultClient.Do(req)
		require.NoError(t, err)
		res.Body.Close()
		for header, want := range map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer"} {
			require.Equal(t, want, res.Header.Get(header), path)
		}
		policy := res.Header.Get("Content-Security-Policy")
		require.Contains(t, policy, "default-src '")
		require.Contains(t, policy, "frame-ancestors 'none'")
		require.NotContains(t, policy, "unsafe-inline")
		require.NotContains(t, policy, "ws: ", path)
	}
}

// change writes a file anew, with another text in it, at once.
func change(t *testing.T, path, old, new string) {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Contains(t, string(text), old)
	require.NoError(t, os.WriteFile(path+".next", []byte(strings.Replace(string(text), old, new, 1)), 0o600))
	require.NoError(t, os.Rename(path+".next", path))
}
