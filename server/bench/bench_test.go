//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/server/bench/load"
)

// TestMain lets this program be a load generator and the like, as the bench itself can be.
func TestMain(m *testing.M) {
	if isChild(os.Args[1:]) {
		main()
		return
	}
	os.Exit(testAll(m))
}

// short is a bench whose loads count for a moment.
var short *bench

func testAll(m *testing.M) int {
	data, err := os.MkdirTemp("", "beckon-bench-test")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(data)
	short, err = open(context.Background(), settings{rounds: 1, measure: 100 * time.Millisecond, data: data})
	if err != nil {
		panic(err)
	}
	code := m.Run()
	short.close()
	if left, _ := os.ReadDir(data); len(left) > 0 {
		fmt.Fprintf(os.Stderr, "the bench did not remove %s\n", left)
		return 1
	}
	return code
}

func TestBenchMeasuresRelayAndFloors(t *testing.T) {
	list := []experiment{unloaded(), paced(), loaded(16), loaded(128)}
	busy := list[3].(*calls)
	busy.load.Pairs = 4 // the rows of 128 pairs, in less time
	report, err := short.everything(t.Context(), list, func(int) {})
	require.NoError(t, err)

	t.Run("the table has its rows", func(t *testing.T) {
		targets := map[string]string{}
		for _, r := range report.Rows {
			if !strings.HasPrefix(r.Name, "server CPU") { // which is counted in ticks, perhaps none in so short a time
				require.Positive(t, r.Value, r.Name)
				require.Positive(t, r.Floor, r.Name)
				require.Positive(t, r.Ratio, r.Name)
			}
			require.Len(t, r.Values, 1, r.Name)
			require.Len(t, r.Floors, 1, r.Name)
			require.Equal(t, r.Target == "", r.Met == "", r.Name)
			if r.Target != "" {
				targets[r.Name] = r.Target
			}
		}
		require.Len(t, report.Rows, 14)
		require.Equal(t, map[string]string{
			"INVITE at the peer, unloaded, p50, synced":          "≤ file + 150 µs",
			"INVITE at the peer, unloaded, p50, -sync=interval":  "≤ h + 200 µs",
			"INVITE at the peer, unloaded, p50, -journal=memory": "≤ h + 30 µs",
			"calls/s, 16 pairs, synced":                          "ratio ≥ 0.25",
			"calls/s, 128 pairs, synced":                         "ratio ≥ 0.62",
			"server CPU per call, 128 pairs, synced":             "ratio ≤ 1.65",
			"INVITE at the peer, p99, 128 pairs, synced":         "ratio ≤ 1.6",
		}, targets)
	})

	t.Run("it is printed, below what it was measured on", func(t *testing.T) {
		var out strings.Builder
		require.NoError(t, report.print(&out))
		about, table, found := strings.Cut(out.String(), "\n\n")
		require.True(t, found)
		require.Regexp(t, `^\d+ cores, .*, go1.*; a sync to the disk takes [\d.]+ µs; other programs kept [\d.]+ cores busy`, about)
		lines := strings.Split(strings.TrimSpace(table), "\n")
		require.Len(t, lines, 1+len(report.Rows))
		require.Regexp(t, `^what +unit +value +floor +ratio +target +met$`, lines[0])
		require.Regexp(t, `^calls/s, 16 pairs, synced +1/s +[\d.]+ +[\d.]+ +h +[\d.]+ +ratio ≥ 0.25 +(no|yes|stretch)$`, lines[10])
	})

	t.Run("it warns of a busy machine", func(t *testing.T) {
		for others, warns := range map[float64]bool{.19: false, .21: true} {
			var out strings.Builder
			require.NoError(t, (&Report{Cores: 2, Others: others}).print(&out))
			require.Equal(t, warns, strings.Contains(out.String(), "too busy"), "%v of 2 cores", others)
		}
	})

	t.Run("it is saved", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "bench.json")
		require.NoError(t, report.save(path))
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		var again Report
		require.NoError(t, json.Unmarshal(text, &again))
		require.Equal(t, *report, again)
		require.Len(t, again.Curves, 3)
		require.Len(t, again.Curves[0].Points, 3, "one of each load")
		svg, err := os.ReadFile(strings.Replace(path, ".json", ".svg", 1))
		require.NoError(t, err)
		require.Contains(t, string(svg), "synced")
	})

	t.Run("the floor passes as much as the relay", func(t *testing.T) {
		size := func(r *load.Result) float64 { return r.BytesPerCall }
		require.InEpsilon(t, busy.of(hub, size)[0], busy.of(synced, size)[0], .03,
			"the frames of a call have changed: bring server/bench/floor/hub/frames.go up to date")
	})
}

func TestProfileShowsWhereTheTimeGoes(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the relay once more")
	}
	dir := t.TempDir()
	var out strings.Builder
	b := *short
	b.settings.measure = 500 * time.Millisecond // long enough for a few dozen samples
	require.NoError(t, b.profile(t.Context(), dir, &out))
	require.Regexp(t, `^\d+ calls/s, \d+ µs of the relay's time each, [\d.]+ allocations and \d+ bytes each`, out.String())
	require.Contains(t, out.String(), "beckon/core", "among what allocates")
	require.FileExists(t, filepath.Join(dir, "cpu.pprof"))
}

func TestMemoryOfLinksIsMeasured(t *testing.T) {
	if testing.Short() {
		t.Skip("builds relay and hub once more")
	}
	if runtime.GOOS != "linux" {
		t.Skip("memory is read on Linux only")
	}
	e := memory().(*resting)
	e.pairs, e.rest = 100, 0
	require.NoError(t, e.round(t.Context(), short))
	rows := e.rows()
	require.Len(t, rows, 2)
	for _, r := range rows {
		require.Greater(t, r.Value, 2.0, r.Name) // a stack alone is as much
		require.Greater(t, r.Floor, 2.0, r.Name)
		require.Equal(t, "kB", r.Unit)
		require.NotEmpty(t, r.Met)
	}
}

func TestWrongFrameFailsTheBench(t *testing.T) {
	server, err := start(t.Context(), short.program("hub"), nil, nil)
	require.NoError(t, err)
	addr := distort(t, server.addr, `"outcome":"accepted"`, `"outcome":"rejected"`)
	_, err = short.load(t.Context(), loading{Config: load.Config{Addr: addr, Pairs: 2, Measure: 200 * time.Millisecond}})
	require.ErrorContains(t, err, "waits for the notice ended in call r-u")
	require.ErrorContains(t, err, "not accepted")
	require.NoError(t, server.stop())
}

// distort stands between a load and a server, and changes what it finds in the
// server's frames to a text of the same length.
func distort(t *testing.T, addr, old, new string) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			device, err := listener.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("tcp", addr)
			if err != nil {
				device.Close()
				return
			}
			go func() {
				defer server.Close()
				io.Copy(server, device)
			}()
			go func() {
				defer device.Close()
				buffer := make([]byte, 64<<10)
				for {
					n, err := server.Read(buffer)
					if err != nil {
						return
					}
					device.Write(bytes.ReplaceAll(buffer[:n], []byte(old), []byte(new)))
				}
			}()
		}
	}()
	return listener.Addr().String()
}

func TestBenchStopsItsProcessesWhenItIsStopped(t *testing.T) {
	server, err := start(t.Context(), short.program("relay"), synced.args(t.TempDir()), nil)
	require.NoError(t, err)
	pid := server.cmd.Process.Pid
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(200*time.Millisecond, cancel)
	_, err = short.load(ctx, loading{Config: load.Config{Addr: server.addr, PID: pid, Pairs: 2, Measure: time.Hour}})
	require.Error(t, err)
	require.NoError(t, server.stop())
	require.ErrorIs(t, syscall.Kill(pid, 0), syscall.ESRCH)
}

func TestServerThatDoesNotServeIsAnError(t *testing.T) {
	_, err := start(t.Context(), "/bin/echo", []string{"hello"}, nil)
	require.ErrorContains(t, err, "/bin/echo does not say where it listens")
}

func TestServerThatEndsIsAnError(t *testing.T) {
	p, err := start(t.Context(), "/bin/sh", []string{"-c", "echo why >&2; echo http://127.0.0.1:1; exit 3"}, nil)
	require.NoError(t, err)
	require.ErrorContains(t, p.stop(), "why")
}

func TestFlags(t *testing.T) {
	for args, want := range map[string]string{
		"-rounds 0":   "-rounds is 0, but takes 1 to 1000",
		"-seconds 61": "-seconds is 61, but takes 0.01 to 60",
		"fast":        `"fast" is no flag`,
	} {
		_, err := parse(strings.Fields(args), io.Discard)
		require.EqualError(t, err, want)
	}
}
