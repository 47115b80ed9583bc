// Package machine asks the operating system what a benchmark needs to know of it.
package machine

import (
	"os"
	"slices"
	"time"
)

// SyncTime is how long the disk under dir takes to make 200 bytes safe, the size
// of a small record: the median of n appends to one file.
func SyncTime(dir string, n int) (time.Duration, error) {
	f, err := os.CreateTemp(dir, "sync")
	if err != nil {
		return 0, err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	record := make([]byte, 200)
	took := make([]time.Duration, n)
	for i := range took {
		begin := time.Now()
		if _, err := f.Write(record); err != nil {
			return 0, err
		}
		if err := Sync(f); err != nil {
			return 0, err
		}
		took[i] = time.Since(begin)
	}
	slices.Sort(took)
	return took[n/2], nil
}
