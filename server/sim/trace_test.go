package sim

import (
	"flag"
	"fmt"
	"hash"
)

var showTrace = flag.Bool("sim.trace", false, "show all that happens")

// trace sums up all that happens, to tell whether two runs are the same.
type trace struct{ hash hash.Hash64 }

func (x *trace) note(w *world, what string, args ...any) {
	line := fmt.Sprintf("%v ", w.now()) + fmt.Sprintf(what, args...)
	if *showTrace && what != "event" {
		fmt.Println(line)
	}
	x.hash.Write([]byte(line))
}
