//go:build !js

package main

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/server/auth"
	"beckon/server/guard"
	"beckon/server/ice"
)

var turnServers = []ice.Server{
	{URLs: []string{"stun:stun.example.org"}},
	{URLs: []string{"turn:turn.example.org"}, Secret: []byte("shared with the server"), TTL: time.Hour},
}

// desk is what answers pages, with one account that has a token.
func desk(list []ice.Server, dev bool, l guard.Limits) http.Handler {
	known := func(name string) (guard.App, bool) {
		return guard.App{Name: "acme", Keys: auth.Keys{auth.NewStatic(map[string]string{"ada": "good"})}}, name == "k"
	}
	if dev {
		known = nil
	}
	h := newHelpers(list, dev, []string{"*.example.net"}, guard.New(guard.Config{Apps: known, Limits: l, Log: slog.New(slog.DiscardHandler)}))
	h.now = func() time.Time { return time.Unix(1_795_303_483, 0) }
	return handler(nil, &readiness{}, h)
}

func request(h http.Handler, method, path, body string, header ...string) (*http.Response, map[string]any) {
	req := httptest.NewRequest(method, "http://relay.example.org"+path, strings.NewReader(body))
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, req)
	res := w.Result()
	text, _ := io.ReadAll(res.Body)
	var v map[string]any
	json.Unmarshal(text, &v)
	return res, v
}

func TestEveryPageLearnsWhatIsNoSecret(t *testing.T) {
	stun := map[string]any{"urls": []any{"stun:stun.example.org"}}
	for name, c := range map[string]struct {
		list []ice.Server
		dev  bool
		want map[string]any
	}{
		"nothing set":     {nil, true, map[string]any{"dev": true, "iceServers": []any{}}},
		"STUN alone":      {turnServers[:1], false, map[string]any{"dev": false, "iceServers": []any{stun}}},
		"with TURN, too":  {turnServers, false, map[string]any{"dev": false, "iceServers": []any{stun}, "ice": "/ice"}},
		"dev mode, TURN ": {turnServers, true, map[string]any{"dev": true, "iceServers": []any{stun}, "ice": "/ice"}},
	} {
		res, got := request(desk(c.list, c.dev, guard.Limits{}), "GET", "/beckon.json", "")
		require.Equal(t, c.want, got, name)
		require.Equal(t, "application/json", res.Header.Get("Content-Type"))
		require.Equal(t, "*", res.Header.Get("Access-Control-Allow-Origin"))
	}
}

func TestCredentialsAreForThoseWithAToken(t *testing.T) {
	h := desk(turnServers, false, guard.Limits{})
	res, got := request(h, "POST", "/ice", `{"app": "k", "account": "ada", "token": "good"}`)
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.Equal(t, "no-store", res.Header.Get("Cache-Control"))
	require.EqualValues(t, 1_795_307_083_000, got["until"])
	want, _ := ice.For(turnServers, "acme", "ada", time.Unix(1_795_303_483, 0))
	turn := got["iceServers"].([]any)[1].(map[string]any)
	require.Equal(t, want[1].Username, turn["username"])
	require.Equal(t, want[1].Credential, turn["credential"])

	for body, status := range map[string]int{
		`{"app": "k", "account": "ada", "token": "bad"}`:      http.StatusUnauthorized,
		`{"app": "k", "account": "bob", "token": "good"}`:     http.StatusUnauthorized,
		`{"app": "x", "account": "ada", "token": "good"}`:     http.StatusUnauthorized,
		`{"app": "k", "token": "good"}`:                       http.StatusBadRequest,
		`{`:                                                   http.StatusBadRequest,
		`{"token": "` + strings.Repeat("x", maxAsking) + `"}`: http.StatusBadRequest,
	} {
		res, got := request(h, "POST", "/ice", body)
		require.Equal(t, status, res.StatusCode, body[:min(len(body), 60)])
		require.NotEmpty(t, got["code"])
		require.NotContains(t, got, "iceServers")
	}
	res, _ = request(h, "GET", "/ice", "")
	require.Equal(t, http.StatusNotFound, res.StatusCode)
}

func TestCredentialsGoToPagesThatMayConnect(t *testing.T) {
	h := desk(turnServers, true, guard.Limits{})
	for origin, status := range map[string]int{
		"http://relay.example.org": http.StatusOK, "https://app.example.net": http.StatusOK, "": http.StatusOK,
		"https://example.net": http.StatusForbidden, "https://evil.example": http.StatusForbidden, "null": http.StatusForbidden,
	} {
		res, _ := request(h, "POST", "/ice", `{"app": "any", "account": "ada"}`, "Origin", origin)
		require.Equal(t, status, res.StatusCode, origin)
		if status == http.StatusOK {
			require.Equal(t, origin, res.Header.Get("Access-Control-Allow-Origin"))
		}
		res, _ = request(h, "OPTIONS", "/ice", "", "Origin", origin, "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "content-type")
		require.Equal(t, status == http.StatusOK, res.StatusCode == http.StatusNoContent, "preflight")
	}
}

func TestAskingForCredentialsCountsAsALogin(t *testing.T) {
	h := desk(turnServers, false, guard.Limits{Logins: guard.Rate{PerSecond: 1, Burst: 2}})
	for range 2 {
		res, _ := request(h, "POST", "/ice", `{"app": "k", "account": "ada", "token": "guess"}`)
		require.Equal(t, http.StatusUnauthorized, res.StatusCode)
	}
	res, got := request(h, "POST", "/ice", `{"app": "k", "account": "ada", "token": "good"}`)
	require.Equal(t, http.StatusTooManyRequests, res.StatusCode)
	require.Equal(t, "1", res.Header.Get("Retry-After"))
	require.Equal(t, "busy", got["code"])
}

// As it is shipped: from the file to the page, and changed while the relay runs.
func TestTurnServersOfTheSettingsReachPages(t *testing.T) {
	file := settingsFile(t, t.TempDir(), oldSecret)
	change(t, file, "[[app]]", "[[ice]]\nurls = [\"turn:turn.example.org\"]\nsecret = \"the turn server's secret\"\n[[app]]")
	p := start(t, "127.0.0.1:0", t.TempDir(), "-config", file)
	ask := func() string {
		token := says(t, "token", "-config", file, "ada")
		res, err := http.Post("http://"+p.addr+"/ice", "text/plain", strings.NewReader(`{"app": "k", "account": "ada", "token": "`+token+`"}`))
		require.NoError(t, err)
		defer res.Body.Close()
		require.Equal(t, http.StatusOK, res.StatusCode)
		var got struct{ ICEServers []ice.Shown }
		require.NoError(t, json.NewDecoder(res.Body).Decode(&got))
		return got.ICEServers[0].Username
	}
	before := ask()
	change(t, file, "the turn server's secret", "another one of the server's")
	p.logs("settings taken")
	require.NotEqual(t, before[len("1795303483:"):], ask()[len("1795303483:"):])
	require.NotContains(t, p.log.String(), "the turn server's secret")
}
