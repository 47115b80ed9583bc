package socket_test

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/server/rfc6455/peer"
)

// What it costs to read a message that comes as one piece, the network aside: most
// commands are as long as the first.
func BenchmarkReadText(b *testing.B) {
	for _, size := range []int{200, 2_000, 20_000, 200_000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			conn, _ := net.Pipe()
			defer conn.Close()
			c := accept(b, &pieces{Conn: conn, each: peer.Frame(peer.Fin|peer.Text, bytes.Repeat([]byte("x"), size))}, 1<<20)
			buffer := make([]byte, 0, 4096)
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				_, from, err := c.Reader(context.Background())
				require.NoError(b, err)
				_, err = c.ReadText(from, &buffer)
				require.NoError(b, err)
			}
		})
	}
}

// pieces is a connection over which the same piece comes again and again.
type pieces struct {
	net.Conn
	each, left []byte
}

func (p *pieces) Read(b []byte) (int, error) {
	if len(p.left) == 0 {
		p.left = p.each
	}
	n := copy(b, p.left)
	p.left = p.left[n:]
	return n, nil
}
