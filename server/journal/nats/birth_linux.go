package nats

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// birth names a file by its inode and the time it was made, which nobody can set: neither cp nor tar nor rsync brings
// them along, and neither chown nor chmod changes them. On a file system that keeps no such time the inode has to do.
func birth(f *os.File) (string, error) {
	var s unix.Statx_t
	if err := unix.Statx(int(f.Fd()), "", unix.AT_EMPTY_PATH, unix.STATX_INO|unix.STATX_BTIME, &s); err != nil {
		return "", fmt.Errorf("statx %s: %w", f.Name(), err)
	}
	if s.Mask&unix.STATX_BTIME == 0 {
		return fmt.Sprint(s.Ino), nil
	}
	return fmt.Sprintf("%d %d.%09d", s.Ino, s.Btime.Sec, s.Btime.Nsec), nil
}
