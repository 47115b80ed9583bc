package growth

import (
	"os"
	"time"

	"beckon/server/bench/machine"
)

var pid = os.Getpid()

// cpu is the processor time that this process has used.
func cpu() (time.Duration, error) { return machine.CPU(pid) }
