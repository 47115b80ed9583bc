package socket_test

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"

	"beckon/server/relay/socket"
)

// pair is a connection and the library's own client at its other end.
func pair(t *testing.T, o socket.Options) (*socket.Conn, *websocket.Conn) {
	t.Helper()
	return pairOver(t, false, o)
}

func pairOver(t *testing.T, secure bool, o socket.Options) (*socket.Conn, *websocket.Conn) {
	t.Helper()
	accepted := make(chan *socket.Conn, 1)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := socket.Accept(w, r, o)
		require.NoError(t, err)
		accepted <- c
	}))
	if secure {
		server.StartTLS()
	} else {
		server.Start()
	}
	t.Cleanup(server.Close)
	client, _, err := websocket.Dial(t.Context(), server.URL, &websocket.DialOptions{HTTPClient: server.Client()})
	require.NoError(t, err)
	client.SetReadLimit(1 << 20)
	c := <-accepted
	t.Cleanup(func() { c.CloseNow(); client.CloseNow() })
	return c, client
}

func read(t *testing.T, c *websocket.Conn) string {
	t.Helper()
	kind, text, err := c.Read(t.Context())
	require.NoError(t, err)
	require.Equal(t, websocket.MessageText, kind)
	return string(text)
}

func TestFramesOfAnyLengthArrive(t *testing.T) {
	c, client := pair(t, socket.Options{Limit: 100})
	var batch []byte
	lengths := []int{0, 1, 125, 126, 1<<16 - 1, 1 << 16, 1 << 18}
	for _, n := range lengths {
		batch = socket.AppendText(batch, []byte(strings.Repeat("x", n)))
	}
	sent := make(chan error, 1)
	go func() { sent <- c.WriteFrames(batch) }()
	for _, n := range lengths {
		require.Len(t, read(t, client), n)
	}
	require.NoError(t, <-sent)
}

// A page's ping is answered between two batches, never within one.
func TestControlFramesStandBetweenMessages(t *testing.T) {
	c, client := pair(t, socket.Options{Limit: 100})
	go c.Reader(context.Background()) // answers pings
	const batches, each = 50, 20
	sent := make(chan error, 1)
	go func() {
		var batch []byte
		for range each {
			batch = socket.AppendText(batch, []byte(strings.Repeat("x", 1000)))
		}
		for range batches {
			if err := c.WriteFrames(batch); err != nil {
				sent <- err
				return
			}
		}
		sent <- nil
	}()
	pinged := make(chan error, 1)
	go func() {
		for range batches {
			if err := client.Ping(t.Context()); err != nil {
				pinged <- err
				return
			}
		}
		pinged <- nil
	}()
	for range batches * each {
		require.Len(t, read(t, client), 1000)
	}
	require.NoError(t, <-sent)
	go client.Reader(t.Context()) // hears the last pongs
	require.NoError(t, <-pinged)
}

func TestNothingFollowsAClose(t *testing.T) {
	c, client := pair(t, socket.Options{Limit: 100})
	require.NoError(t, c.WriteFrames(socket.AppendText(nil, []byte("before"))))
	closed := make(chan error, 1)
	go func() { closed <- c.Close(4000, "enough") }()
	require.Equal(t, "before", read(t, client))
	_, _, err := client.Read(t.Context())
	require.Equal(t, websocket.StatusCode(4000), websocket.CloseStatus(err))
	require.NoError(t, <-closed)
	require.ErrorIs(t, c.WriteFrames(socket.AppendText(nil, []byte("behind"))), net.ErrClosed)
}

func TestPeerThatDoesNotReadCannotHoldAWriteForEver(t *testing.T) {
	c, _ := pair(t, socket.Options{Limit: 100, Write: 50 * time.Millisecond})
	batch := socket.AppendText(nil, make([]byte, 1<<20))
	require.Eventually(t, func() bool { return c.WriteFrames(batch) != nil }, 10*time.Second, time.Millisecond)
}

// What the system takes for a peer that does not read is not much, with TLS or without.
func TestSystemKeepsLittleForAPeerThatDoesNotRead(t *testing.T) {
	for _, secure := range []bool{false, true} {
		c, _ := pairOver(t, secure, socket.Options{Limit: 100, Write: 100 * time.Millisecond})
		taken := 0
		for frame := socket.AppendText(nil, make([]byte, 4<<10)); c.WriteFrames(frame) == nil; {
			taken += len(frame)
			require.Less(t, taken, 1<<20, "TLS: %t", secure)
		}
	}
}

// The deadline of earlier writes is none for later ones.
func TestConnectionMayRest(t *testing.T) {
	c, client := pair(t, socket.Options{Limit: 100, Write: 5 * time.Millisecond})
	for range 3 {
		require.NoError(t, c.WriteFrames(socket.AppendText(nil, []byte("x"))))
		require.Equal(t, "x", read(t, client))
		time.Sleep(20 * time.Millisecond) // until the deadline has passed
	}
}

func TestLimitIsTheReaders(t *testing.T) {
	c, client := pair(t, socket.Options{Limit: 10})
	client.Write(t.Context(), websocket.MessageText, []byte("0123456789"))
	_, text, err := c.Read(t.Context())
	require.NoError(t, err)
	require.Equal(t, "0123456789", string(text))
	client.Write(t.Context(), websocket.MessageText, []byte("0123456789x"))
	_, _, err = c.Read(t.Context())
	require.ErrorIs(t, err, websocket.ErrMessageTooBig)
}

func TestRefusedUpgradeIsAnswered(t *testing.T) {
	recorder := httptest.NewRecorder()
	_, err := socket.Accept(recorder, httptest.NewRequest("GET", "/", nil), socket.Options{})
	require.Error(t, err)
	require.Equal(t, http.StatusUpgradeRequired, recorder.Code)
}

// What a page sends on the heels of its request, before it has an answer, counts.
func TestFrameBehindTheRequestIsRead(t *testing.T) {
	accepted := make(chan *socket.Conn, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := socket.Accept(w, r, socket.Options{Limit: 100})
		require.NoError(t, err)
		accepted <- c
	}))
	defer server.Close()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	require.NoError(t, err)
	defer conn.Close()
	_, err = conn.Write([]byte("GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n\x81\x85\x00\x00\x00\x00hello"))
	require.NoError(t, err)
	c := <-accepted
	defer c.CloseNow()
	_, text, err := c.Read(t.Context())
	require.NoError(t, err)
	require.Equal(t, "hello", string(text))
}
