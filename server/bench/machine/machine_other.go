//go:build !linux

package machine

import (
	"os"
	"syscall"
	"time"
)

// CPU is known on Linux only; elsewhere it is 0.
func CPU(int) (time.Duration, error) { return 0, nil }

// Busy is known on Linux only; elsewhere it is 0.
func Busy() (time.Duration, error) { return 0, nil }

// Resident is known on Linux only; elsewhere it is 0.
func Resident(int) (int64, error) { return 0, nil }

// Sync puts a file on the disk for good.
func Sync(f *os.File) error { return f.Sync() }

// Child is for processes that only this one stops.
func Child() *syscall.SysProcAttr { return nil }

// Own is not known on this system.
func Own() (time.Duration, error) { return 0, nil }
