package session

import (
	"fmt"
	"testing"
)

// When asked for a single world, say what happens in it.
func (w *world) tracef(format string, args ...any) {
	if *seed != 0 && testing.Verbose() {
		w.t.Logf("%6d "+format, append([]any{w.now}, args...)...)
	}
}

func (p *simPage) name() string { return fmt.Sprint(p.device, " ", p.life) }
