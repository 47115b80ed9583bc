package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// restart is how long a relay takes to rebuild its state from a journal of many
// calls, and no snapshot, before it serves.
type restart struct {
	calls int
	kinds []restartKind
}

type restartKind struct {
	name  string
	group int // commands in a record
	limit target
	took  []float64
}

func restarting() experiment {
	return &restart{calls: 200_000, kinds: []restartKind{
		{name: "16 commands a record", group: 16, limit: atMost(1.5, 1)},
		{name: "1 command a record", group: 1, limit: atMost(4, 3)},
	}}
}

func (e *restart) dir(b *bench, k *restartKind) string {
	return filepath.Join(b.dir, fmt.Sprintf("restart%d", k.group))
}

func (e *restart) round(ctx context.Context, b *bench) error {
	for i := range e.kinds {
		k := &e.kinds[i]
		dir := e.dir(b, k)
		if len(k.took) == 0 {
			if err := os.MkdirAll(dir, 0o755); err != nil {
				return err
			}
			if err := b.do(ctx, task{Task: "write", Dir: dir, N: e.calls, M: k.group}, nil); err != nil {
				return err
			}
		}
		var took float64
		if err := b.do(ctx, task{Task: "reopen", Dir: dir}, &took); err != nil {
			return err
		}
		k.took = append(k.took, took)
	}
	return nil
}

func (e *restart) rows() []Row {
	var rows []Row
	for _, k := range e.kinds {
		rows = append(rows, alone(fmt.Sprintf("restart with %d calls in the journal, %s", e.calls, k.name), "s", k.took, k.limit))
	}
	return rows
}
