//go:build linux

package deploy

import (
	"bufio"
	"context"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core/session"
	"beckon/core/wire"
	"beckon/server/client"
)

// TestFromAnArchiveToARestoredInbox does what somebody does who has nothing but a release: unpack, doctor, serve, call;
// backup, wipe, restore.
func TestFromAnArchiveToARestoredInbox(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a release")
	}
	bare := t.TempDir()
	run(t, "/", nil, "tar", "-xzf", release(t), "-C", bare)
	home := filepath.Join(bare, "beckon-1.2.3-linux-"+runtime.GOARCH)
	beckon := filepath.Join(home, "beckon")
	for _, name := range []string{"LICENSE", "LICENSES.txt", "operate.md", "deploy/beckon.service", "deploy/grafana.json"} {
		require.FileExists(t, filepath.Join(home, name))
	}
	require.Contains(t, run(t, home, nil, beckon, "version"), "beckon 1.2.3, commit 0123abcd, go1.")
	require.NotContains(t, run(t, home, nil, beckon, "doctor", "-addr", "127.0.0.1:0"), "FAIL")

	relay := serve(t, home, beckon)
	require.Equal(t, http.StatusOK, get(t, relay.url+"/readyz"))
	require.Equal(t, http.StatusOK, get(t, relay.url+"/sdk/beckon.js"), "the package is in it")
	ada, bob := relay.page("ada"), relay.page("bob")
	call, err := ada.Do(within(t), &wire.CallEx{Type: 1, RequestID: "r", Invitee: "bob"})
	require.NoError(t, err)
	_, err = bob.Do(within(t), &wire.JoinAndAccept{Channel: call.Channel.ID, RequestID: "r", Inviter: "ada"})
	require.NoError(t, err)
	_, err = ada.Do(within(t), &wire.CallEx{Type: 1, RequestID: "r", Invitee: "carl", Store: true, Attach: "call me"})
	require.NoError(t, err)

	file := filepath.Join(bare, "copy")
	run(t, home, nil, beckon, "backup", file)
	relay.stop()
	require.NoError(t, os.RemoveAll(filepath.Join(home, "data")))
	run(t, home, nil, beckon, "restore", file)
	relay = serve(t, home, beckon)
	inbox, err := relay.page("carl").Do(within(t), &wire.Inbox{})
	require.NoError(t, err)
	require.Len(t, inbox.Inbox, 1)
	require.Equal(t, "call me", inbox.Inbox[0].Invited.Attach)
	relay.stop()
}

// The same commit, built in another folder, gives the same bytes.
func TestAReleaseIsReproducible(t *testing.T) {
	if testing.Short() {
		t.Skip("builds two releases")
	}
	there := t.TempDir()
	run(t, "../..", nil, "sh", "-c", `tar -cf - go.mod go.sum LICENSE CHANGELOG.md SECURITY.md core server web/embed.go web/dist web/docs | tar -xf - -C "$0"`, there)
	first, err := os.ReadFile(release(t))
	require.NoError(t, err)
	second, err := os.ReadFile(build(t, there, t.TempDir(), "TMPDIR="+t.TempDir(), "TZ=Asia/Tokyo", "LANG=C.UTF-8"))
	require.NoError(t, err)
	require.True(t, string(first) == string(second))
}

// release is the archive for this machine, built once for all tests.
func release(t *testing.T) string {
	t.Helper()
	if archive == "" {
		dir, err := os.MkdirTemp("", "beckon-release-")
		require.NoError(t, err)
		archive = build(t, "../..", dir)
	}
	return archive
}

var archive string

func TestMain(m *testing.M) {
	code := m.Run()
	if archive != "" {
		os.RemoveAll(filepath.Dir(archive))
	}
	os.Exit(code)
}

// build builds the archive from the sources in a folder into another one, and returns its path.
func build(t *testing.T, sources, out string, env ...string) string {
	t.Helper()
	if _, err := os.Stat(filepath.Join(sources, "web/dist/build-info.json")); err != nil {
		t.Skip("web/dist is not built: make dist")
	}
	env = append(env, "PLATFORMS=linux/"+runtime.GOARCH, "COMMIT=0123abcd", "SOURCE_DATE_EPOCH=1700000000")
	run(t, sources, env, "server/deploy/release.sh", "1.2.3", out)
	path := filepath.Join(out, "beckon-1.2.3-linux-"+runtime.GOARCH+".tar.gz")
	sums, err := os.ReadFile(filepath.Join(out, "SHA256SUMS"))
	require.NoError(t, err)
	require.Regexp(t, `^[0-9a-f]{64}  `+regexp.QuoteMeta(filepath.Base(path))+"\n$", string(sums))
	return path
}

func run(t *testing.T, dir string, env []string, name string, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	return string(out)
}

type relay struct {
	t   *testing.T
	cmd *exec.Cmd
	url string
}

func serve(t *testing.T, home, beckon string) *relay {
	t.Helper()
	r := &relay{t: t, cmd: exec.Command(beckon, "serve", "-addr", "127.0.0.1:0")}
	r.cmd.Dir = home
	out, err := r.cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, r.cmd.Start())
	t.Cleanup(func() { r.cmd.Process.Kill(); r.cmd.Wait() })
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if _, url, found := strings.Cut(lines.Text(), " is at "); found {
			r.url = url
			return r
		}
	}
	t.Fatal("the relay did not start")
	return nil
}

func (r *relay) stop() {
	require.NoError(r.t, r.cmd.Process.Signal(syscall.SIGTERM))
	require.NoError(r.t, r.cmd.Wait())
}

func (r *relay) page(account string) *client.Client {
	c := client.New(client.Config{URL: strings.Replace(r.url, "http", "ws", 1) + "/ws",
		Session: session.Config{App: "k", Account: account, Token: "any", Device: "d", Life: account}})
	r.t.Cleanup(c.Close)
	c.Connect()
	require.NoError(r.t, c.Online(within(r.t)))
	return c
}

func get(t *testing.T, url string) int {
	t.Helper()
	res, err := http.Get(url)
	require.NoError(t, err)
	res.Body.Close()
	return res.StatusCode
}

// within bounds what must not hang.
func within(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}
