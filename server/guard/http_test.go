package guard

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"
)

// serving runs a web server behind a guard, and returns a way to connect to it.
func serving(t *testing.T, d *door) func() net.Conn {
	s := httptest.NewUnstartedServer(d.Calm(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "ok") })))
	s.Config.ConnState = d.ConnState
	s.Start()
	t.Cleanup(s.Close)
	return func() net.Conn {
		c, err := net.Dial("tcp", s.Listener.Addr().String())
		require.NoError(t, err)
		t.Cleanup(func() { c.Close() })
		return c
	}
}

// status asks for something and returns the answer's first line; empty: there is none.
func status(c net.Conn) string {
	if _, err := io.WriteString(c, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
		return ""
	}
	line := make([]byte, len("HTTP/1.1 200"))
	if _, err := io.ReadFull(c, line); err != nil {
		return ""
	}
	return string(line)
}

func TestAddressHasSoManyHTTPConnections(t *testing.T) {
	d := open(t, Config{Limits: Limits{HTTPPerAddress: 2}})
	connect := serving(t, d)
	first, second := connect(), connect()
	require.Equal(t, "HTTP/1.1 200", status(first))
	require.Equal(t, "HTTP/1.1 200", status(second))
	require.Equal(t, "HTTP/1.1 429", status(connect()), "it is told when to come back")
	require.Eventually(t, func() bool { return d.Stats().HTTP == 2 }, patience, tick, "and its connection is closed")
	third, fourth := connect(), connect() // which only talk slowly
	require.Eventually(t, func() bool { return d.Stats().HTTP == 4 }, patience, tick)
	require.Empty(t, status(connect()), "with far too many, nothing is told")
	third.Close()
	fourth.Close()
	first.Close()
	require.Eventually(t, func() bool { return d.Stats().HTTP == 1 }, patience, tick)
	require.Equal(t, "HTTP/1.1 200", status(connect()))
	require.EqualValues(t, 2, d.Stats().Reached[httpPerAddress])
}

func TestProxyMayHaveAnyNumberOfHTTPConnections(t *testing.T) {
	d := open(t, Config{Limits: Limits{HTTPPerAddress: 1}, Trusted: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	connect := serving(t, d)
	for range 5 {
		require.Equal(t, "HTTP/1.1 200", status(connect()))
	}
}
