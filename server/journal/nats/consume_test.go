//go:build !js

package nats

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSequenceIsFoundInEveryFormOfReplySubject(t *testing.T) {
	for _, reply := range []string{
		"$JS.ACK.stream.consumer.1.42.7.1700000000000000000.9",
		"$JS.ACK.domain.hash.stream.consumer.1.42.7.1700000000000000000.9",
		"$JS.ACK._.hash.stream.consumer.1.42.7.1700000000000000000.9.random",
	} {
		seq, ok := sequence(reply)
		require.True(t, ok, reply)
		require.EqualValues(t, 42, seq, reply)
	}
	for _, reply := range []string{"", "_INBOX.abc", "$JS.ACK.stream.consumer.1.x.7.1.9", "$JS.ACK.stream.consumer.1.42.7.1.9.9"} {
		_, ok := sequence(reply)
		require.False(t, ok, reply)
	}
}
