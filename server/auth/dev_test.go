package auth

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestOnlyThisMachineReachesALoopbackAddress(t *testing.T) {
	for _, addr := range []string{"127.0.0.1:8080", "127.9.9.9:1", "[::1]:8080", "localhost:0"} {
		require.True(t, Loopback(addr), addr)
	}
	for _, addr := range []string{":8080", "0.0.0.0:8080", "[::]:8080", "192.168.1.2:80", "example.org:80", "127.0.0.1", ""} {
		require.False(t, Loopback(addr), addr)
	}
}
