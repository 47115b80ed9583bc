package load_test

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"net"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// proxy stands between a load and what it measures, and lets change put other
// frames in the place of each one that goes to a device.
func proxy(t *testing.T, addr string, change func(text string) []string) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	var running sync.WaitGroup
	t.Cleanup(func() {
		listener.Close()
		running.Wait()
	})
	var mu sync.Mutex
	running.Go(func() {
		for {
			device, err := listener.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("tcp", addr)
			if err != nil {
				device.Close()
				continue
			}
			running.Go(func() {
				defer server.Close()
				io.Copy(server, device)
			})
			running.Go(func() {
				defer device.Close()
				passFrames(device, bufio.NewReader(server), func(text string) []string {
					mu.Lock()
					defer mu.Unlock()
					return change(text)
				})
			})
		}
	})
	return listener.Addr().String()
}

// passFrames passes the answer to an upgrade, and then frames.
func passFrames(to io.Writer, from *bufio.Reader, change func(string) []string) {
	for line := ""; line != "\r\n"; io.WriteString(to, line) {
		var err error
		if line, err = from.ReadString('\n'); err != nil {
			return
		}
	}
	for {
		head := make([]byte, 2)
		if _, err := io.ReadFull(from, head); err != nil {
			return
		}
		size := uint16(head[1])
		if size == 126 && binary.Read(from, binary.BigEndian, &size) != nil {
			return
		}
		text := make([]byte, size)
		if _, err := io.ReadFull(from, text); err != nil {
			return
		}
		texts := []string{string(text)}
		if head[0] == 0x81 {
			texts = change(texts[0])
		}
		for _, text := range texts {
			if _, err := to.Write(message(head[0], text)); err != nil {
				return
			}
		}
	}
}

func message(kind byte, text string) []byte {
	var b bytes.Buffer
	b.WriteByte(kind)
	if len(text) < 126 {
		b.WriteByte(byte(len(text)))
	} else {
		b.WriteByte(126)
		binary.Write(&b, binary.BigEndian, uint16(len(text)))
	}
	b.WriteString(text)
	return b.Bytes()
}

// third changes the third frame that has the given text in it.
func third(has string, change func(text string) []string) func(string) []string {
	seen := 0
	return func(text string) []string {
		if strings.Contains(text, has) {
			if seen++; seen == 3 {
				return change(text)
			}
		}
		return []string{text}
	}
}
