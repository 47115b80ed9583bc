//go:build linux

package deploy

import (
	"bufio"
	"context"
	"crypto/rand"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
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

// machine is one that has nothing but a release: programs on it have an empty
// environment, and, if the test may see to it, no file but those in its folder.
type machine struct {
	t    *testing.T
	root string
	dir  string // where one works, in root
	path string // from there to the program
}

const unpacked = "beckon-1.2.3-linux-" + runtime.GOARCH

// bare unpacks the release on a new machine, and goes into its folder.
func bare(t *testing.T) *machine {
	t.Helper()
	m := &machine{t: t, root: t.TempDir(), dir: unpacked, path: "./beckon"}
	run(t, "/", nil, "tar", "-xzf", release(t), "-C", m.root)
	return m
}

// file is the path of a file on the machine, as the test reaches it.
func (m *machine) file(name string) string { return filepath.Join(m.root, m.dir, name) }

// command is the program, as one types it: a shell adds nothing.
func (m *machine) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, m.path, args...)
	cmd.Env = []string{}
	if os.Geteuid() != 0 { // only root may make a folder the whole world
		cmd.Dir = filepath.Join(m.root, m.dir)
		return cmd
	}
	cmd.Dir = "/" + m.dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: m.root}
	return cmd
}

func (m *machine) beckon(args ...string) string {
	m.t.Helper()
	out, err := m.command(within(m.t), args...).CombinedOutput()
	require.NoError(m.t, err, string(out))
	return string(out)
}

// relay is one that serves on a machine.
type relay struct {
	t     *testing.T
	cmd   *exec.Cmd
	url   string
	pages []*client.Client
}

func (m *machine) serve() *relay {
	m.t.Helper()
	r := &relay{t: m.t, cmd: m.command(context.Background(), "serve", "-addr", "127.0.0.1:0")}
	out, err := r.cmd.StdoutPipe()
	require.NoError(m.t, err)
	require.NoError(m.t, r.cmd.Start())
	m.t.Cleanup(func() { r.cmd.Process.Kill(); r.cmd.Wait() })
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if _, url, found := strings.Cut(lines.Text(), " is at "); found {
			r.url = url
			return r
		}
	}
	m.t.Fatal("the relay did not start")
	return nil
}

func (r *relay) stop() {
	r.t.Helper()
	for _, p := range r.pages {
		p.Close()
	}
	require.NoError(r.t, r.cmd.Process.Signal(syscall.SIGTERM))
	require.NoError(r.t, r.cmd.Wait())
}

// page is an account that is online.
func (r *relay) page(account string) *client.Client {
	r.t.Helper()
	c := client.New(client.Config{URL: strings.Replace(r.url, "http", "ws", 1) + "/ws",
		Session: session.Config{App: "k", Account: account, Token: "any", Device: "d", Life: rand.Text()}})
	r.t.Cleanup(c.Close)
	r.pages = append(r.pages, c)
	c.Connect()
	require.NoError(r.t, c.Online(within(r.t)))
	return c
}

func (r *relay) does(c *client.Client, o wire.Order) *wire.Outcome {
	r.t.Helper()
	outcome, err := c.Do(within(r.t), o)
	require.NoError(r.t, err)
	return outcome
}

// hears waits for an event of a kind, whatever comes before it.
func hears[E wire.Event](r *relay, c *client.Client) E {
	r.t.Helper()
	for {
		n, err := c.NextNotice(within(r.t))
		require.NoError(r.t, err)
		if e, ok := n.Event.(E); ok {
			return e
		}
	}
}

func (r *relay) get(path string) int {
	r.t.Helper()
	res, err := http.Get(r.url + path)
	require.NoError(r.t, err)
	res.Body.Close()
	return res.StatusCode
}

// within bounds what must not hang.
func within(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}
