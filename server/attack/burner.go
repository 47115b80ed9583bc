package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// beBurner uses so many processors, on average, until its input ends.
func beBurner(ctx context.Context, in io.Reader, processors string) error {
	n, err := strconv.ParseFloat(processors, 64)
	if err != nil || n < 0 {
		return fmt.Errorf("%q is no number of processors", processors)
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() { io.Copy(io.Discard, in); stop() }()
	return burn(ctx, n)
}

// slice is how long a burner works or rests at once: as programs that wait for a
// network do.
const slice = 200 * time.Microsecond

func burn(ctx context.Context, processors float64) error {
	began, before := time.Now(), used()
	var running sync.WaitGroup
	for range max(1, int(math.Ceil(processors))) {
		running.Go(func() {
			for ctx.Err() == nil {
				if float64(used()-before) >= processors*float64(time.Since(began)) {
					time.Sleep(slice)
					continue
				}
				for from := time.Now(); time.Since(from) < slice; {
				}
			}
		})
	}
	running.Wait()
	return nil
}

// used is the processor time of this process.
func used() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
