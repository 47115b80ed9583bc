package main

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// free says how much room a folder's disk has.
func free(dir string) string {
	var s unix.Statfs_t
	if unix.Statfs(dir, &s) != nil {
		return ""
	}
	return fmt.Sprintf(", %.1f GB free", float64(s.Bavail)*float64(s.Bsize)/1e9)
}

// clockSynchronised asks the kernel whether something keeps its clock right.
func clockSynchronised() (yes, known bool) {
	var t unix.Timex
	state, err := unix.Adjtimex(&t)
	return err == nil && state != unix.TIME_ERROR, err == nil
}

// openFiles is how many this process may have, after Go has raised it.
func openFiles() (n uint64, known bool) {
	var r unix.Rlimit
	err := unix.Getrlimit(unix.RLIMIT_NOFILE, &r)
	return r.Cur, err == nil
}
