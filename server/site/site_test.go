package site

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

var built = fstest.MapFS{
	"index.mjs":       {Data: []byte("export {}")},
	"beckon.wasm":     {Data: []byte("\x00asm plain")},
	"beckon.wasm.br":  {Data: []byte("br")},
	"beckon.wasm.gz":  {Data: []byte("gz")},
	"demo/index.html": {Data: []byte("<!doctype html>")},
	"demo/demo.js":    {Data: []byte("1")},

	"docs/index.html":        {Data: []byte("<!doctype html>docs")},
	"docs/nim.html":          {Data: []byte("<!doctype html>nim")},
	"docs/nim.html.br":       {Data: []byte("br")},
	"docs/404.html":          {Data: []byte("<!doctype html>lost")},
	"docs/picture.svg":       {Data: []byte("<svg/>")},
	"docs/api/index.html":    {Data: []byte("<!doctype html>api")},
	"docs/assets/page.css":   {Data: []byte("a{}")},
	"docs/assets/menu.js":    {Data: []byte("1")},
	"docs/assets/font.woff2": {Data: []byte("wOF2")},
}

func get(t *testing.T, path string, header ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	Handler(built).ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, res *http.Response) string {
	t.Helper()
	var b [64]byte
	n, _ := res.Body.Read(b[:])
	return string(b[:n])
}

func TestTheDemoPageStandsAtTheRoot(t *testing.T) {
	res := get(t, "/")
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.Equal(t, "text/html; charset=utf-8", res.Header.Get("Content-Type"))
	require.Equal(t, "<!doctype html>", body(t, res))
	require.Equal(t, http.StatusOK, get(t, "/demo.js").StatusCode)
}

func TestTheModuleIsServedAsWebAssemblyAndCompressedAsTheBrowserAsks(t *testing.T) {
	for accept, want := range map[string][2]string{
		"":                  {"", "\x00asm plain"},
		"gzip, deflate, br": {"br", "br"},
		"gzip;q=1.0":        {"gzip", "gz"},
		"br;q=0, gzip":      {"gzip", "gz"},
		"zstd":              {"", "\x00asm plain"},
	} {
		res := get(t, "/sdk/beckon.wasm", "Accept-Encoding", accept)
		require.Equal(t, "application/wasm", res.Header.Get("Content-Type"), accept)
		require.Equal(t, want[0], res.Header.Get("Content-Encoding"), accept)
		require.Equal(t, want[1], body(t, res), accept)
		require.Equal(t, "Accept-Encoding", res.Header.Get("Vary"))
	}
}

func TestAnUnchangedFileIsNotFetchedAgain(t *testing.T) {
	tag := get(t, "/sdk/index.mjs").Header.Get("Etag")
	require.NotEmpty(t, tag)
	require.Equal(t, http.StatusNotModified, get(t, "/sdk/index.mjs", "If-None-Match", tag).StatusCode)
}

func TestPagesOfOtherOriginsLoadTheSDK(t *testing.T) {
	for _, file := range []string{"/sdk/index.mjs", "/sdk/beckon.wasm"} {
		require.Equal(t, "*", get(t, file).Header.Get("Access-Control-Allow-Origin"), file)
	}
	require.Empty(t, get(t, "/").Header.Get("Access-Control-Allow-Origin"))
}

func TestNothingElseIsServed(t *testing.T) {
	for _, path := range []string{"/sdk", "/sdk/", "/sdk/demo/index.html", "/none", "/../go.mod", "/sdk/../../x", "/demo/"} {
		require.Equal(t, http.StatusNotFound, get(t, path).StatusCode, path)
	}
	w := httptest.NewRecorder()
	Handler(built).ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/", nil))
	require.Equal(t, http.StatusMethodNotAllowed, w.Code)
}

func TestPagesAreKeptFromForeignScripts(t *testing.T) {
	require.Contains(t, get(t, "/").Header.Get("Content-Security-Policy"), "script-src 'self' 'wasm-unsafe-eval'")
	require.NotContains(t, get(t, "/").Header.Get("Content-Security-Policy"), "'unsafe-eval'")
}

func TestPagesConnectToTheirRelayAlone(t *testing.T) {
	for host, want := range map[string]string{
		"relay.example.org":       "connect-src 'self' ws://relay.example.org wss://relay.example.org;",
		"127.0.0.1:8080":          "connect-src 'self' ws://127.0.0.1:8080 wss://127.0.0.1:8080;",
		"[::1]:8080":              "connect-src 'self' ws://[::1]:8080 wss://[::1]:8080;",
		"a; script-src evil.test": "connect-src 'self';",
		"*":                       "connect-src 'self';",
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Host = host
		w := httptest.NewRecorder()
		Handler(built).ServeHTTP(w, r)
		require.Contains(t, w.Result().Header.Get("Content-Security-Policy"), want)
	}
}

func TestDocumentationIsServed(t *testing.T) {
	for path, want := range map[string][2]string{
		"/docs/":                  {"text/html; charset=utf-8", "<!doctype html>docs"},
		"/docs/nim.html":          {"text/html; charset=utf-8", "<!doctype html>nim"},
		"/docs/api/":              {"text/html; charset=utf-8", "<!doctype html>api"},
		"/docs/picture.svg":       {"image/svg+xml", "<svg/>"},
		"/docs/assets/page.css":   {"text/css; charset=utf-8", "a{}"},
		"/docs/assets/menu.js":    {"text/javascript; charset=utf-8", "1"},
		"/docs/assets/font.woff2": {"font/woff2", "wOF2"},
	} {
		res := get(t, path)
		require.Equal(t, http.StatusOK, res.StatusCode, path)
		require.Equal(t, want[0], res.Header.Get("Content-Type"), path)
		require.Equal(t, want[1], body(t, res), path)
		require.NotContains(t, res.Header.Get("Content-Security-Policy"), "unsafe")
		require.Contains(t, res.Header.Get("Content-Security-Policy"), "script-src 'self';")
		require.Empty(t, res.Header.Get("Access-Control-Allow-Origin"))
		again := get(t, path, "If-None-Match", res.Header.Get("Etag"))
		require.Equal(t, http.StatusNotModified, again.StatusCode, path)
	}
	require.Equal(t, "br", get(t, "/docs/nim.html", "Accept-Encoding", "br").Header.Get("Content-Encoding"))
	for _, path := range []string{"/docs", "/docs/api"} {
		res := get(t, path)
		require.Equal(t, http.StatusMovedPermanently, res.StatusCode)
		require.Equal(t, path+"/", res.Header.Get("Location"), "so that links on it lead on")
	}
}

func TestPageThatTheDocumentationLacksIsOneOfIt(t *testing.T) {
	for _, path := range []string{"/docs/lost.html", "/docs/api/lost", "/docs/assets/"} {
		res := get(t, path)
		require.Equal(t, http.StatusNotFound, res.StatusCode, path)
		require.Equal(t, "text/html; charset=utf-8", res.Header.Get("Content-Type"))
		require.Equal(t, "<!doctype html>lost", body(t, res))
		require.Contains(t, res.Header.Get("Content-Security-Policy"), "script-src 'self';")
	}
	require.Equal(t, http.StatusNotFound, get(t, "/sdk/docs/nim.html").StatusCode)
	require.Equal(t, http.StatusNotFound, get(t, "/docs/../demo.jsx").StatusCode)
}
