package metrics

import (
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

var (
	processCPU      = define("counter", "process_cpu_seconds_total", "Time that the processors have worked for it.")
	processResident = define("gauge", "process_resident_memory_bytes", "Memory that is not swapped out.")
	processFiles    = define("gauge", "process_open_fds", "Files and sockets that are open.")
	processMost     = define("gauge", "process_max_fds", "How many can be.")
)

// process leaves out what the system does not tell.
func (p *page) process() {
	var used unix.Rusage
	if unix.Getrusage(unix.RUSAGE_SELF, &used) == nil {
		p.set(processCPU, seconds(used.Utime)+seconds(used.Stime))
	}
	if text, err := os.ReadFile("/proc/self/statm"); err == nil {
		if fields := strings.Fields(string(text)); len(fields) > 1 {
			if pages, err := strconv.ParseUint(fields[1], 10, 64); err == nil {
				p.count(processResident, pages*uint64(os.Getpagesize()))
			}
		}
	}
	if files, err := os.ReadDir("/proc/self/fd"); err == nil {
		p.count(processFiles, uint64(len(files)))
	}
	var most unix.Rlimit
	if unix.Getrlimit(unix.RLIMIT_NOFILE, &most) == nil {
		p.count(processMost, most.Cur)
	}
}

func seconds(t unix.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)/1e6 }
