package load_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/server/bench/load"
)

func onLinux(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("processor time and memory are read on Linux only")
	}
}

func TestCallRingsAllDevicesOfAnAccount(t *testing.T) {
	onLinux(t)
	c, err := load.Devices(t.Context(), serveRelay(t), os.Getpid(), 100, 3)
	require.NoError(t, err)
	require.Equal(t, 100, c.Devices)
	require.LessOrEqual(t, c.First, c.Last)
	require.LessOrEqual(t, c.Last, c.P99)
}

func TestControlReachesAllMembers(t *testing.T) {
	onLinux(t)
	c, err := load.Members(t.Context(), serveRelay(t), os.Getpid(), 100, 3)
	require.NoError(t, err)
	require.Equal(t, 99, c.Devices, "all but who speaks")
	require.Positive(t, c.Last)
}

func TestEverybodyGetsInAtOnce(t *testing.T) {
	onLinux(t)
	s, err := load.Flood(t.Context(), serveRelay(t), os.Getpid(), 500)
	require.NoError(t, err)
	for _, w := range []load.Wave{s.First, s.Again} {
		require.Zero(t, w.Refused)
		require.Positive(t, w.Median)
		require.LessOrEqual(t, w.Median, w.Took)
	}
}

// TestRefusalsAreTold plants a server that turns every second visitor away: half
// of those with a hint, and half without.
func TestRefusalsAreTold(t *testing.T) {
	onLinux(t)
	relay := serveRelay(t)
	var visits atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch visits.Add(1) % 4 {
		case 0:
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(http.StatusServiceUnavailable)
		case 2:
			w.WriteHeader(http.StatusTeapot)
		default:
			pass(w, relay, r)
		}
	}))
	defer server.Close()
	s, err := load.Flood(t.Context(), server.Listener.Addr().String(), os.Getpid(), 8)
	require.NoError(t, err)
	require.Positive(t, s.First.Hinted+s.Again.Hinted)
	require.Positive(t, s.First.Refused+s.Again.Refused)
	_, err = load.Flood(context.Background(), "127.0.0.1:1", -1, 1)
	require.Error(t, err, "there is no such process")
}

// pass takes a visitor's connection to the relay.
func pass(w http.ResponseWriter, relay string, r *http.Request) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	server, err := net.Dial("tcp", relay)
	if err = errors.Join(err, r.Write(server)); err != nil {
		conn.Close()
		return
	}
	splice(conn, server)
}

// splice passes bytes between two connections until one of them ends.
func splice(a, b net.Conn) {
	defer a.Close()
	defer b.Close()
	ended := make(chan struct{}, 2)
	for _, c := range [][2]net.Conn{{a, b}, {b, a}} {
		go func() {
			io.Copy(c[0], c[1])
			ended <- struct{}{}
		}()
	}
	<-ended
}
