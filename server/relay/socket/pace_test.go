package socket_test

import (
	"bytes"
	"io"
	"net"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/server/relay/socket"
)

const (
	ping = "\x89\x80\x00\x00\x00\x00"
	pong = "\x8a\x80\x00\x00\x00\x00"
)

// What comes too soon is read later, and then answered, too. The times are those of
// a clock that no machine's pace moves.
func TestPeerThatPingsAllTheTimeIsHeldBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, peer := piped(t)
		go c.Reader(t.Context()) // answers pings
		answered := func(pings int) time.Duration {
			began := time.Now()
			go peer.Write(bytes.Repeat([]byte(ping), pings))
			_, err := io.ReadFull(peer, make([]byte, 2*pings))
			require.NoError(t, err)
			return time.Since(began)
		}
		require.Zero(t, answered(socket.Beats), "so many at once")
		require.Equal(t, 3*time.Second, answered(3*socket.Beats), "so many a second")
		time.Sleep(time.Second)
		require.Zero(t, answered(socket.Beats), "who has rested is where it began")
	})
}

func TestPongsAndMessagesThatArePacedCountLikePings(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, peer := piped(t)
		for range socket.Beats {
			c.Pace()
		}
		began := time.Now()
		go func() {
			peer.Write(bytes.Repeat([]byte(pong), socket.Beats))
			peer.Close()
		}()
		_, _, err := c.Reader(t.Context())
		require.ErrorIs(t, err, io.EOF)
		require.Equal(t, time.Second, time.Since(began))
	})
}

func TestPeerThatPingsNowAndThenIsNotHeldBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, peer := piped(t)
		go c.Reader(t.Context())
		for range 10 * socket.Beats {
			time.Sleep(time.Second / socket.Beats)
			began := time.Now()
			exchange(t, peer)
			require.Zero(t, time.Since(began))
		}
	})
}

func exchange(t *testing.T, peer net.Conn) {
	t.Helper()
	_, err := peer.Write([]byte(ping))
	require.NoError(t, err)
	_, err = io.ReadFull(peer, make([]byte, 2))
	require.NoError(t, err)
}
