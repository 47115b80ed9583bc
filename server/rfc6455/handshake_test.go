//go:build !js

package rfc6455_test

import (
	"bufio"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/server/rfc6455/peer"
	"beckon/server/servertest"
)

// requests that open no socket, and what is answered.
var declined = []struct {
	name, from, to string // what of a good request is replaced by what
	status         int
	header, value  string
}{
	{"version of a draft", "Version: 13", "Version: 8", 426, "Sec-WebSocket-Version", "13"},
	{"version of the future", "Version: 13", "Version: 14", 426, "Sec-WebSocket-Version", "13"},
	{"version that is no number", "Version: 13", "Version: thirteen", 426, "Sec-WebSocket-Version", "13"},
	{"no version", "Sec-Websocket-Version: 13\r\n", "", 426, "Sec-WebSocket-Version", "13"},
	{"no key", "Sec-Websocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", "", 400, "", ""},
	{"empty key", "dGhlIHNhbXBsZSBub25jZQ==", "", 400, "", ""},
	{"key that is not base64", "dGhlIHNhbXBsZSBub25jZQ==", "the sample nonce", 400, "", ""},
	{"key of 15 bytes", "dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25j", 400, "", ""},
	{"two keys", "Sec-Websocket-Key", "Sec-Websocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-Websocket-Key", 400, "", ""},
	{"another method", "GET", "POST", 405, "Allow", "GET"},
	{"no Upgrade", "Upgrade: websocket\r\n", "", 426, "Upgrade", "websocket"},
	{"Upgrade to something else", "Upgrade: websocket", "Upgrade: h2c", 426, "Upgrade", "websocket"},
	{"no Connection", "Connection: Upgrade\r\n", "", 426, "Upgrade", "websocket"},
	{"Connection without Upgrade", "Connection: Upgrade", "Connection: keep-alive", 426, "Upgrade", "websocket"},
	{"HTTP/1.0", "HTTP/1.1", "HTTP/1.0", 426, "", ""},
	{"HTTP of the future", "HTTP/1.1", "HTTP/3.7", 505, "", ""},
	{"no host", "Host: x\r\n", "", 400, "", ""},
	{"a page of another host", "Host: x", "Host: x\r\nOrigin: https://other.example", 403, "", ""},
	{"Origin that is none", "Host: x", "Host: x\r\nOrigin: null", 403, "", ""},
}

func TestHandshakeDeclined(t *testing.T) {
	servertest.NoLeaks(t)
	for _, s := range []*server{echo(t), theRelay(t)} {
		for _, c := range declined {
			t.Run(s.name+"/"+c.name, func(t *testing.T) {
				res := ask(t, s, c.from, c.to)
				require.Equal(t, c.status, res.StatusCode)
				if c.header != "" {
					require.Equal(t, c.value, res.Header.Get(c.header))
				}
				if c.status == http.StatusUpgradeRequired { // RFC 9110, section 15.5.22
					require.Equal(t, "websocket", orNone(res, "Upgrade"))
				}
			})
		}
	}
}

// orNone is a header of an answer; what HTTP/1.0 gets has no use for it.
func orNone(res *http.Response, name string) string {
	if !res.ProtoAtLeast(1, 1) || res.Request != nil && !res.Request.ProtoAtLeast(1, 1) {
		return "websocket"
	}
	return res.Header.Get(name)
}

func TestHandshakeAccepted(t *testing.T) {
	servertest.NoLeaks(t)
	for _, s := range []*server{echo(t), theRelay(t)} {
		for name, h := range map[string]http.Header{
			"plain":                     nil,
			"Upgrade in capitals":       {"Upgrade": {"WEBSOCKET"}},
			"Connection with more":      {"Connection": {"keep-alive, Upgrade"}},
			"Connection in small":       {"Connection": {"upgrade"}},
			"compression is not taken":  {"Sec-Websocket-Extensions": {"permessage-deflate; client_max_window_bits"}},
			"nor in several wishes":     {"Sec-Websocket-Extensions": {"permessage-deflate; server_no_context_takeover, permessage-deflate", "x-webkit-deflate-frame"}},
			"nor with parameters amiss": {"Sec-Websocket-Extensions": {"permessage-deflate; client_max_window_bits=99"}},
			"no protocol is chosen":     {"Sec-Websocket-Protocol": {"chat, superchat"}},
			"page of the same host":     {"Origin": {"http://" + s.addr}},
			"unknown headers":           {"X-Unknown": {strings.Repeat("x", 1000)}},
		} {
			t.Run(s.name+"/"+name, func(t *testing.T) {
				p, err := peer.Dial(t.Context(), s.addr, peer.Options{Header: h, Patience: servertest.Patience})
				require.NoError(t, err) // it has looked at the answer's headers
				defer p.Conn.Close()
				d := &talk{server: s, t: t, peer: p}
				if s.greeting != nil {
					s.greeting(d)
				}
				d.lives()
				// Whoever compresses all the same has reserved bits (RFC 7692, section 6).
				d.sends(peer.Frame(peer.Fin|peer.RSV1|peer.Text, []byte("\xf2\x48\xcd\xc9\xc9\x07\x00")))
				d.closes(1002)
			})
		}
	}
}

// What is on the heels of the request is read.
func TestFramesMayComeWithTheRequest(t *testing.T) {
	s := echo(t)
	p, err := peer.Dial(t.Context(), s.addr, peer.Options{Follow: append(text("early"), ping("bird")...), Patience: servertest.Patience})
	require.NoError(t, err)
	defer p.Conn.Close()
	d := &talk{server: s, t: t, peer: p}
	d.hears("early")
	d.pongs("bird")
	d.lives()
}

// The request may come byte by byte.
func TestHandshakeInPieces(t *testing.T) {
	for _, s := range []*server{echo(t), theRelay(t)} {
		conn, err := peer.Connect(t.Context(), s.addr, peer.Options{Patience: servertest.Patience})
		require.NoError(t, err)
		defer conn.Close()
		for _, b := range peer.Request("x", peer.Options{}) {
			_, err := conn.Write([]byte{b})
			require.NoError(t, err)
		}
		res, err := http.ReadResponse(bufio.NewReader(conn), nil)
		require.NoError(t, err)
		require.Equal(t, http.StatusSwitchingProtocols, res.StatusCode)
	}
}

func ask(t *testing.T, s *server, from, to string) *http.Response {
	conn, err := peer.Connect(t.Context(), s.addr, peer.Options{Patience: servertest.Patience})
	require.NoError(t, err)
	defer conn.Close()
	good := string(peer.Request("x", peer.Options{}))
	require.Contains(t, good, from)
	_, err = conn.Write([]byte(strings.Replace(good, from, to, 1)))
	require.NoError(t, err)
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	require.NoError(t, err)
	res.Body.Close()
	return res
}
