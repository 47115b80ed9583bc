//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package nats

import (
	"errors"
	"os"
	"runtime"
)

// lockFolder refuses: without flock two relays could open one store.
func lockFolder(string) (*os.File, string, error) {
	return nil, "", errors.New("the embedded journal needs file locks, which are not supported on " + runtime.GOOS)
}
