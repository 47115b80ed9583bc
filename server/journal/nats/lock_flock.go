//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package nats

import (
	"errors"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// lockFolder makes the folder and takes its lock, which ends when the file is closed or the process dies. born names
// the lock file itself, which is never written: a restored copy of the folder has another one.
func lockFolder(dir string) (lock *os.File, born string, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, "", err
	}
	lock, err = os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, "", err
	}
	err = unix.Flock(int(lock.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		err = ErrInUse
	}
	if err == nil {
		born, err = birth(lock)
	}
	if err != nil {
		lock.Close()
		return nil, "", err
	}
	return lock, born, nil
}
