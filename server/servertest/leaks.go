package servertest

import (
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// NoLeaks fails the test if, at its end, more goroutines run than now. Call it
// before anything that cleans up after itself.
func NoLeaks(t testing.TB) {
	before := runtime.NumGoroutine()
	t.Cleanup(func() {
		if !Eventually(func() bool { return runtime.NumGoroutine() <= before }) {
			stacks := make([]byte, 1<<20)
			stacks = stacks[:runtime.Stack(stacks, true)]
			require.Fail(t, "goroutines leak", "%d ran before, and now\n%s", before, stacks)
		}
	})
}

// Eventually waits until it is so, and says whether it came to that.
func Eventually(so func() bool) bool {
	for deadline := time.Now().Add(Patience); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		if so() {
			return true
		}
	}
	return so()
}
