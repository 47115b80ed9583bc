//go:build !js

package main

import (
	"bufio"
	"bytes"
	"context"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core/session"
	"beckon/server/client"
)

// The relay as it is shipped, in a process of its own.

var build = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "beckon-relay-")
	if err != nil {
		return "", err
	}
	program := filepath.Join(dir, "beckon")
	out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput()
	if err != nil {
		err = &buildError{string(out)}
	}
	return program, err
})

type buildError struct{ out string }

func (e *buildError) Error() string { return "the relay does not build: " + e.out }

func TestMain(m *testing.M) {
	code := m.Run()
	if program, err := build(); err == nil {
		os.RemoveAll(filepath.Dir(program))
	}
	os.Exit(code)
}

// process is a running relay.
type process struct {
	t    *testing.T
	cmd  *exec.Cmd
	addr string // host:port
	log  *safeBuffer
}

type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

var addressLine = regexp.MustCompile(`https?://(\S+)`)

// start runs a relay and waits until it says that it serves.
func start(t *testing.T, addr, data string, args ...string) *process {
	t.Helper()
	program, err := build()
	require.NoError(t, err)
	return startProgram(t, program, addr, data, args...)
}

// startProgram does the same with a relay that was built otherwise.
func startProgram(t *testing.T, program, addr, data string, args ...string) *process {
	t.Helper()
	p := &process{t: t, log: &safeBuffer{},
		cmd: exec.Command(program, append([]string{"-addr", addr, "-data", data}, args...)...)}
	p.cmd.Stderr = p.log
	out, err := p.cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, p.cmd.Start())
	t.Cleanup(func() { p.cmd.Process.Kill(); p.cmd.Wait() })
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if found := addressLine.FindStringSubmatch(lines.Text()); found != nil {
			p.addr = found[1]
			return p
		}
	}
	t.Fatalf("the relay did not start: %s", p.log)
	return nil
}

// end sends a signal, waits, and returns the exit code; -1 if the signal killed it.
func (p *process) end(signal syscall.Signal) int {
	p.t.Helper()
	require.NoError(p.t, p.cmd.Process.Signal(signal))
	p.cmd.Wait()
	return p.cmd.ProcessState.ExitCode()
}

// page is a device of an account, connected.
func (p *process) page(account, device string) *client.Client {
	p.t.Helper()
	c := client.New(client.Config{URL: "ws://" + p.addr + "/ws", Session: session.Config{
		App: "k", Account: account, Token: "any", Device: device, Life: "life-of-" + device,
		MinDelay: 20, MaxDelay: 200, Timeout: 20_000,
	}})
	p.t.Cleanup(c.Close)
	c.Connect()
	require.NoError(p.t, c.Online(within(p.t)))
	return c
}

// within bounds what must not hang; no test depends on how long it takes.
func within(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// fails runs a relay that must not start, and returns what it says.
func fails(t *testing.T, args ...string) (said string, code int) {
	t.Helper()
	program, err := build()
	require.NoError(t, err)
	cmd := exec.CommandContext(within(t), program, args...)
	out, err := cmd.CombinedOutput()
	require.Error(t, err)
	return strings.TrimSpace(string(out)), cmd.ProcessState.ExitCode()
}

func TestTheRelayAnswersHealthAsSoonAsItSaysWhereItIs(t *testing.T) {
	p := start(t, "127.0.0.1:0", t.TempDir())
	res, err := http.Get("http://" + p.addr + "/healthz")
	require.NoError(t, err)
	defer res.Body.Close()
	require.Equal(t, http.StatusOK, res.StatusCode)
}

func TestABusyPortIsOneClearSentence(t *testing.T) {
	p := start(t, "127.0.0.1:0", t.TempDir())
	said, code := fails(t, "-addr", p.addr, "-data", t.TempDir())
	require.Equal(t, "beckon: the address "+p.addr+" is in use: stop the other program, or choose another address with ADDR=host:port (flag -addr)", said)
	require.Equal(t, 1, code)
}

func TestAFolderThatCannotBeWrittenIsOneClearSentence(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	said, code := fails(t, "-addr", "127.0.0.1:0", "-data", filepath.Join(file, "below"))
	require.Contains(t, said, "beckon: cannot keep the journal in "+file)
	require.NotContains(t, said, "\n")
	require.Equal(t, 1, code)
}

func TestAFolderInUseIsOneClearSentence(t *testing.T) {
	data := t.TempDir()
	start(t, "127.0.0.1:0", data)
	said, _ := fails(t, "-addr", "127.0.0.1:0", "-data", data)
	require.Contains(t, said, "in use by another relay")
	require.NotContains(t, said, "\n")
}

func TestAFlagThatIsWrongIsNamed(t *testing.T) {
	for want, args := range map[string][]string{
		`-sync is "often", but takes always or interval`: {"-sync", "often"},
		`-addr is "8080", but takes host:port`:           {"-addr", "8080"},
		`can be reached from other machines`:             {"-addr", "0.0.0.0:0"},
		`-invitation is 1ms, but takes at least 1s`:      {"-invitation", "1ms"},
		`"now" is no flag`:                               {"now"},
	} {
		said, code := fails(t, args...)
		require.Contains(t, said, want)
		require.NotZero(t, code)
	}
}

func TestCtrlCSaysGoodbyeAndEndsWell(t *testing.T) {
	p := start(t, "127.0.0.1:0", t.TempDir())
	ada := p.page("ada", "web")
	require.Zero(t, p.end(syscall.SIGINT))
	for {
		o, err := ada.Next(within(t))
		require.NoError(t, err)
		if lost, ok := o.(session.Reconnecting); ok {
			require.EqualValues(t, 4103, lost.Code, "the relay says that it restarts")
			return
		}
	}
}
