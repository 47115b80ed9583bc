//go:build !js

package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"

	"beckon/core/wire"
	"beckon/server/ice"
	"beckon/server/servertest"
)

// Whatever happens, and however much is logged: neither what the settings hide nor what pages show is in the log.
func TestSecretsAndTokensAreNeverLogged(t *testing.T) {
	secrets := map[string]string{}
	for _, name := range []string{"jwt", "file", "usersig", "nim", "static", "turn", "password"} {
		secrets[name] = "the-hidden-secret-of-" + name + "-which-is-long-enough"
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "beckon.toml")
	require.NoError(t, os.WriteFile(dir+"/secret", []byte(secrets["file"]), 0o600))
	require.NoError(t, os.WriteFile(dir+"/tokens", []byte("carl "+secrets["static"]+"\n"), 0o600))
	require.NoError(t, os.WriteFile(file, fmt.Appendf(nil, `
[[ice]]
urls = ["turn:a.example.org"]
secret = %q
[[ice]]
urls = ["turn:b.example.org"]
username = "u"
secret = %q
[[app]]
name = "acme"
app_key = "k"
sdk_app_id = 7
[[app.jwt]]
alg = "HS256"
secret = %q
[[app.jwt]]
alg = "HS256"
secret_file = %q
[[app.usersig]]
secret = %q
[[app.nim]]
secret = %q
[[app.static]]
file = %q
`, secrets["turn"], secrets["password"], secrets["jwt"], dir+"/secret", secrets["usersig"], secrets["nim"], dir+"/tokens"), 0o600))
	p := start(t, "127.0.0.1:0", t.TempDir(), "-config", file, "-log", "json", "-log-level", "debug")

	hidden := []string{secrets["static"]}
	for _, kind := range []string{"jwt", "usersig", "nim"} {
		hidden = append(hidden, says(t, "token", "-config", file, "-kind", kind, "carl"))
	}
	for _, token := range hidden {
		require.IsType(t, &wire.Welcome{}, p.login("k", "carl", token))
		require.IsType(t, &wire.Refused{}, p.login("k", "dora", token), "another's")
		require.IsType(t, &wire.Refused{}, p.login("k", "carl", token+"x"), "tampered")
		require.IsType(t, &wire.Refused{}, p.login(token, "carl", token[:10]), "in the wrong place")
		res, err := http.Post("http://"+p.addr+icePath, "", strings.NewReader(`{"app": "k", "account": "carl", "token": "`+token+`"}`))
		require.NoError(t, err)
		var got struct{ ICEServers []ice.Shown }
		require.NoError(t, json.NewDecoder(res.Body).Decode(&got))
		res.Body.Close()
		require.Len(t, got.ICEServers, 2)
		secrets[token] = got.ICEServers[0].Credential
	}
	page := servertest.Dial(t, "ws://"+p.addr+"/ws", nil)
	page.Send(&wire.Hello{Version: wire.Version, App: "k", Account: "carl", Device: "d", Life: "2", Token: hidden[1]})
	page.Next()
	page.Write(websocket.MessageText, []byte(`{"type": "hello", "token": "`+hidden[1]+`", "v": "`+hidden[2]+`"}`))
	page.Closed()
	change(t, file, "secret = ", "secret_txt = ")
	p.logs("settings not taken")
	p.logs("token refused")
	p.logs("not a frame")
	for name, secret := range secrets {
		require.NotContains(t, p.log.String(), secret, name)
	}
	for _, token := range hidden {
		require.NotContains(t, p.log.String(), token)
	}
}

// Every answer, also one that says no, keeps browsers from doing more with it than it is for.
func TestEveryAnswerHasHeadersThatKeepItSafe(t *testing.T) {
	p := start(t, "127.0.0.1:0", t.TempDir())
	for _, path := range []string{"/", "/main.js", "/sdk/index.mjs", "/sdk/beckon.wasm", "/docs/", "/docs/none.html", "/none", "/healthz", "/readyz", "/beckon.json", "/ice", "/ws"} {
		res, err := http.Get("http://" + p.addr + path)
		require.NoError(t, err)
		res.Body.Close()
		h := res.Header
		require.Equal(t, "nosniff", h.Get("X-Content-Type-Options"), path)
		require.Equal(t, "DENY", h.Get("X-Frame-Options"), path)
		require.Equal(t, "no-referrer", h.Get("Referrer-Policy"), path)
		require.NotEmpty(t, h.Get("Permissions-Policy"), path)
		require.NotEmpty(t, h.Get("Cross-Origin-Opener-Policy"), path)
		policy := h.Get("Content-Security-Policy")
		require.Regexp(t, `^default-src '(none|self)'; `, policy, path)
		require.Contains(t, policy, "frame-ancestors 'none'", path)
		require.Contains(t, policy, "base-uri 'none'", path)
		require.NotContains(t, policy, "unsafe-inline", path)
		require.NotContains(t, policy, "'unsafe-eval'", path)
		require.NotContains(t, policy, "*", path)
	}
}
