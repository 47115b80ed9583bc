//go:build !js

package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/wire"
	"beckon/server/auth"
	"beckon/server/config"
)

// lan is a relay in LAN mode, and what its terminal shows.
type lan struct {
	t          *testing.T
	addr, pass string
	said       string
	client     *http.Client // that has seen the browser's warning, and went on
}

var lanLink = regexp.MustCompile(`https://(\S+)/#pass=(\S+)`)

func startLAN(t *testing.T) *lan {
	t.Helper()
	program, err := build()
	require.NoError(t, err)
	cmd := exec.Command(program, "-lan", "-addr", "127.0.0.1:0", "-data", t.TempDir())
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { cmd.Process.Signal(syscall.SIGINT); cmd.Wait() })
	l := &lan{t: t, client: &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}}
	t.Cleanup(l.client.CloseIdleConnections)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		l.said += lines.Text() + "\n"
		if found := lanLink.FindStringSubmatch(lines.Text()); found != nil {
			l.addr, l.pass = found[1], found[2]
			return l
		}
	}
	t.Fatalf("no link: %s", l.said)
	return nil
}

// ask asks for a token.
func (l *lan) ask(account, pass string) (int, lanGiven) {
	l.t.Helper()
	body, err := json.Marshal(lanAsk{Account: account, Pass: pass})
	require.NoError(l.t, err)
	res, err := l.client.Post("https://"+l.addr+"/lan/token", "application/json", bytes.NewReader(body))
	require.NoError(l.t, err)
	defer res.Body.Close()
	var given lanGiven
	require.NoError(l.t, json.NewDecoder(res.Body).Decode(&given))
	return res.StatusCode, given
}

// login says hello over TLS, and returns the answer.
func (l *lan) login(app, account, token string) wire.Frame {
	l.t.Helper()
	ws, _, err := websocket.Dial(within(l.t), "wss://"+l.addr+"/ws", &websocket.DialOptions{HTTPClient: l.client})
	require.NoError(l.t, err)
	defer ws.CloseNow()
	hello := wire.Append(nil, &wire.Hello{Version: wire.Version, App: app, Account: account, Device: "d", Life: "1", Token: token})
	require.NoError(l.t, ws.Write(within(l.t), websocket.MessageText, hello))
	_, text, err := ws.Read(within(l.t))
	require.NoError(l.t, err)
	frame, err := wire.Decode(wire.ToPage, text)
	require.NoError(l.t, err)
	return frame
}

func (l *lan) wantRefused(app, account, token string) {
	l.t.Helper()
	frame := l.login(app, account, token)
	refused, ok := frame.(*wire.Refused)
	require.True(l.t, ok, "%T", frame)
	require.EqualValues(l.t, core.Unauthorized, refused.Refusal.Code)
}

func TestLANLetsInWhoHasTheLink(t *testing.T) {
	l := startLAN(t)
	status, given := l.ask("ada", l.pass)
	require.Equal(t, http.StatusOK, status)
	for _, app := range []string{lanAppKey, lanSDKAppID} {
		require.IsType(t, &wire.Welcome{}, l.login(app, "ada", given.Token), "in either dialect")
		l.wantRefused(app, "bob", given.Token)
		l.wantRefused(app, "ada", "")
		l.wantRefused(app, "ada", "any")
		l.wantRefused(app, "ada", l.pass)
	}
	status, given = l.ask("ada", "made up")
	require.Equal(t, http.StatusUnauthorized, status)
	require.Empty(t, given.Token)
}

func TestLANMakesACertificateForItsAddress(t *testing.T) {
	l := startLAN(t)
	res, err := l.client.Get("https://" + l.addr + "/")
	require.NoError(t, err)
	res.Body.Close()
	require.Empty(t, res.Header.Get("Strict-Transport-Security"), "browsers would never let a visitor past the warning again")
	cert := res.TLS.PeerCertificates[0]
	host, _, _ := net.SplitHostPort(l.addr)
	require.NoError(t, cert.VerifyHostname(host))
	require.Equal(t, []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, cert.ExtKeyUsage)
	require.False(t, cert.IsCA, "who trusts it trusts nothing else")
	sum := sha256.Sum256(cert.Raw)
	require.Contains(t, l.said, strings.ReplaceAll(fmt.Sprintf("% X", sum[:]), " ", ":"))
	require.Contains(t, l.said, "RISK")
}

// newLAN is the mode in this process, at a time of the test's choice.
func newLAN(t *testing.T) *lanMode {
	t.Helper()
	input := config.Input{Env: func(string) string { return "" }, Flags: map[string]string{"addr": "127.0.0.1:0"}}
	l, err := openLAN(time.Hour, &input, nil)
	require.NoError(t, err)
	c, err := config.Load(input)
	require.NoError(t, err)
	listeners, err := l.listen(c)
	require.NoError(t, err)
	require.NoError(t, listeners[0].Close())
	return l
}

func (l *lanMode) asked(body string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	l.handler(http.NotFoundHandler()).ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/lan/token", strings.NewReader(body)))
	return w
}

func TestLANLinkAndItsTokensEndTogether(t *testing.T) {
	l := newLAN(t)
	now := time.Now()
	l.passes.now = func() time.Time { return now }
	began := now
	key, until := l.passes.renew()
	require.Equal(t, now.Add(time.Hour), until)

	now = began.Add(59 * time.Minute)
	w := l.asked(fmt.Sprintf(`{"account": "ada", "pass": %q}`, key))
	require.Equal(t, http.StatusOK, w.Code)
	var given lanGiven
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &given))
	require.Equal(t, until.UnixMilli(), given.Until)
	_, err := l.jwt.Check(now, "ada", given.Token)
	require.NoError(t, err)

	now = until
	_, err = l.jwt.Check(now, "ada", given.Token)
	require.ErrorIs(t, err, auth.ErrExpired)
	w = l.asked(fmt.Sprintf(`{"account": "ada", "pass": %q}`, key))
	require.Equal(t, http.StatusUnauthorized, w.Code)
	require.Contains(t, w.Body.String(), `"expired"`)
}

func (p *passes) current() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.key
}

func TestLANMakesANewLinkWhenOneHasEnded(t *testing.T) {
	l := newLAN(t)
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		var out safeBuffer
		go l.renew(ctx, &out, nil)
		synctest.Wait()
		first := l.passes.current()
		time.Sleep(time.Hour)
		synctest.Wait()
		require.NotEqual(t, first, l.passes.current())
		_, err := l.passes.check(first)
		require.ErrorIs(t, err, auth.ErrExpired)
		left, err := l.passes.check(l.passes.current())
		require.NoError(t, err)
		require.Equal(t, time.Hour, left)
		require.Equal(t, 2, strings.Count(out.String(), "It is good until"))
		cancel()
	})
}

func TestLANRefusesWhatIsNoAsk(t *testing.T) {
	l := newLAN(t)
	key, _ := l.passes.renew()
	for body, want := range map[string]int{
		"":       http.StatusBadRequest,
		"[]":     http.StatusBadRequest,
		`{"a":1`: http.StatusBadRequest,
		`{"pass": "` + strings.Repeat("x", maxAsk) + `"}`:                                    http.StatusBadRequest,
		`{"account": "ada"}`:                                                                 http.StatusUnauthorized,
		fmt.Sprintf(`{"pass": %q}`, key):                                                     http.StatusBadRequest,
		fmt.Sprintf(`{"pass": %q, "account": %q}`, key, strings.Repeat("x", 129)):            http.StatusBadRequest,
		fmt.Sprintf(`{"pass": %q, "account": %q, "more": 1}`, key, strings.Repeat("x", 128)): http.StatusOK,
	} {
		require.Equal(t, want, l.asked(body).Code, body)
	}
}

func TestLANGoesWithoutAppsOfOnesOwn(t *testing.T) {
	file := settingsFile(t, t.TempDir(), oldSecret)
	said, _ := fails(t, "-lan", "-addr", "127.0.0.1:0", "-data", t.TempDir(), "-config", file)
	require.Contains(t, said, "-lan is for trying things out")
	said, _ = fails(t, "-lan", "-addr", "0.0.0.0:0", "-data", t.TempDir())
	require.Contains(t, said, "takes an address of this machine")
	said, _ = fails(t, "-lan", "-lan-for", "1ms", "-data", t.TempDir())
	require.Contains(t, said, "at least 1s")
}

func TestLANListensWhereTheNetworkIs(t *testing.T) {
	input := config.Input{Env: func(string) string { return "" }, Flags: map[string]string{}}
	l, err := openLAN(time.Hour, &input, func() ([]net.IP, error) { return []net.IP{{192, 168, 1, 5}, {10, 0, 0, 7}}, nil })
	require.NoError(t, err)
	require.Equal(t, "192.168.1.5:8443", input.Flags["addr"])
	require.Len(t, l.hosts, 2)
	c, err := config.Load(input)
	require.NoError(t, err)
	require.False(t, c.Dev(), "not everybody is let in")
	require.Positive(t, c.Limits.ConnectionsPerAddress, "and nobody may take everything")
}
