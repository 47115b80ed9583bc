package socket_test

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"

	"beckon/server/relay/socket"
	"beckon/server/rfc6455/peer"
)

// piped is a connection in memory, so that a test can run on fake time, and the
// other end of it.
func piped(t *testing.T) (*socket.Conn, net.Conn) {
	t.Helper()
	server, peer := net.Pipe()
	t.Cleanup(func() { server.Close(); peer.Close() })
	return accept(t, server, 100), peer
}

// accept upgrades a connection that is there already.
func accept(t testing.TB, conn net.Conn, limit int64) *socket.Conn {
	t.Helper()
	r := httptest.NewRequest("GET", "/", nil)
	for name, value := range map[string]string{"Connection": "Upgrade", "Upgrade": "websocket",
		"Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "MDEyMzQ1Njc4OWFiY2RlZg=="} {
		r.Header.Set(name, value)
	}
	c, err := socket.Accept(&pipeWriter{httptest.NewRecorder(), conn}, r, socket.Options{Limit: limit, Write: time.Second})
	require.NoError(t, err)
	return c
}

type pipeWriter struct {
	*httptest.ResponseRecorder
	conn net.Conn
}

func (w *pipeWriter) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return w.conn, bufio.NewReadWriter(bufio.NewReader(w.conn), bufio.NewWriter(w.conn)), nil
}

// A peer that begins a frame, and neither goes on with it nor hangs up, holds
// nobody for ever.
func TestCloseDoesNotWaitForAFrameThatNeverEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, peer := piped(t)
		over := make(chan struct{})
		go func() {
			_, from, err := c.Reader(t.Context())
			require.NoError(t, err)
			_, err = c.ReadText(from, &[]byte{})
			require.ErrorIs(t, err, websocket.ErrMessageTooBig)
			c.Close(websocket.StatusMessageTooBig, "too big")
			close(over)
		}()
		go io.Copy(io.Discard, peer)
		_, err := peer.Write(append([]byte{0x81, 0xff, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0}, bytes.Repeat([]byte("x"), 200)...))
		require.NoError(t, err)
		<-over // or synctest says that all are asleep
	})
}

// Who closes reads what is left of a message, and so does the reader: the race
// detector says whether they keep out of each other's way.
func TestCloseAmidAMessageAndItsReader(t *testing.T) {
	for range 50 {
		c, p := piped(t)
		go io.Copy(io.Discard, p)
		go func() {
			for _, b := range peer.Frame(peer.Fin|peer.Text, bytes.Repeat([]byte("x"), 50)) {
				p.Write([]byte{b})
			}
			p.Write(peer.Frame(peer.Fin|peer.Close, peer.CloseWith(1000, "")))
			p.Close()
		}()
		_, from, err := c.Reader(t.Context())
		require.NoError(t, err)
		closed := make(chan struct{})
		go func() {
			c.Close(websocket.StatusNormalClosure, "")
			close(closed)
		}()
		c.ReadText(from, &[]byte{}) // all of it, or it is closed before
		<-closed
	}
}

// Who reads while the library waits for the peer's close waits as it does: for the
// network, not for a lock, behind which fake time stands still and the test hangs.
func TestAReaderBesideAClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, p := piped(t)
		go io.Copy(io.Discard, p)
		go p.Write(peer.Frame(peer.Fin|peer.Text, bytes.Repeat([]byte("x"), 50))[:20])
		_, from, err := c.Reader(t.Context())
		require.NoError(t, err)
		closed := make(chan struct{})
		go func() {
			c.Close(websocket.StatusGoingAway, "")
			close(closed)
		}()
		synctest.Wait()
		_, err = c.ReadText(from, &[]byte{})
		require.Error(t, err)
		<-closed
	})
}

func TestBrokenIsWhoDoesNotKeepToTheProtocol(t *testing.T) {
	for name, c := range map[string]struct {
		sent   string
		broken bool
	}{
		"no mask":         {"\x81\x02{}", true},
		"reserved bits":   {"\xf1\x80\x00\x00\x00\x00", true},
		"negative length": {"\x81\xff\xff\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", true},
		"normal close":    {"\x88\x82\x00\x00\x00\x00\x03\xe8", false},
		"hung up":         {"", false},
		"cut off":         {"\x81", false},
		"cut off amid":    {"\x81\x85\x00\x00\x00\x00hel", false},
	} {
		t.Run(name, func(t *testing.T) {
			c2, peer := piped(t)
			go io.Copy(io.Discard, peer)
			go func() {
				peer.Write([]byte(c.sent))
				peer.Close()
			}()
			_, _, err := c2.Read(t.Context())
			require.Error(t, err)
			require.Equal(t, c.broken, socket.Broken(err), "%v", err)
			require.True(t, !c.broken || !errors.Is(err, net.ErrClosed))
			c2.CloseNow()
		})
	}
}

var _ http.Hijacker = &pipeWriter{}
