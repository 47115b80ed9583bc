package machine

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"syscall"
	"time"
)

// tick is the unit of /proc's processor times: USER_HZ, which is 100 on every
// architecture that Go runs on.
const tick = 10 * time.Millisecond

// CPU is the processor time that a process has used.
func CPU(pid int) (time.Duration, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	// The second field is the program's name in parentheses, which may hold anything.
	fields := bytes.Fields(text[bytes.LastIndexByte(text, ')')+1:])
	if len(fields) < 13 {
		return 0, errors.New("machine: /proc/pid/stat is cut off")
	}
	return sum(fields[11:13])
}

// Busy is the processor time that everything on this machine has used.
func Busy() (time.Duration, error) {
	text, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0, err
	}
	line, _, _ := bytes.Cut(text, []byte("\n"))
	fields := bytes.Fields(line)
	if len(fields) < 8 {
		return 0, errors.New("machine: /proc/stat is cut off")
	}
	used := slices.Concat(fields[1:4], fields[6:8]) // between them: idle, and waiting for a disk
	return sum(used)
}

// Own is the processor time that this process has used, and all that it started
// and waited for.
func Own() (total time.Duration, err error) {
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var u syscall.Rusage
		if err := syscall.Getrusage(who, &u); err != nil {
			return 0, err
		}
		total += time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	return total, nil
}

// Resident is how much memory of the machine's a process has, in bytes.
func Resident(pid int) (int64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		return 0, err
	}
	fields := bytes.Fields(text)
	if len(fields) < 2 {
		return 0, errors.New("machine: /proc/pid/statm is cut off")
	}
	pages, err := strconv.ParseInt(string(fields[1]), 10, 64)
	return pages * int64(os.Getpagesize()), err
}

func sum(fields [][]byte) (total time.Duration, err error) {
	for _, f := range fields {
		n, err := strconv.ParseInt(string(f), 10, 64)
		if err != nil {
			return 0, fmt.Errorf("machine: /proc: %w", err)
		}
		total += time.Duration(n) * tick
	}
	return total, nil
}

// Sync puts a file's data on the disk for good.
func Sync(f *os.File) error { return syscall.Fdatasync(int(f.Fd())) }

// Child is for processes that must not outlive this one, and that only this one
// stops: the terminal's Ctrl-C does not reach them.
func Child() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
