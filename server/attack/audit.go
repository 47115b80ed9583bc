package main

import (
	"context"
	"fmt"

	"beckon/core"
	"beckon/server/journal/nats"
	"beckon/server/servertest"
)

// audit reads the journal of the honest users' app, and says how many of their
// commands were acknowledged, and how many of those it does not have.
func audit(ctx context.Context, data string, h *honest) (acknowledged, lost int, err error) {
	server, err := nats.Start(nats.Options{Dir: data})
	if err != nil {
		return 0, 0, err
	}
	defer server.Close()
	j, err := server.Open(ctx, honestApp)
	if err != nil {
		return 0, 0, err
	}
	a, found := servertest.Examine(core.Config{}, j.Read(ctx, 1))
	if len(found) > 0 {
		return 0, 0, fmt.Errorf("the journal is not as it should be: %v", found[0])
	}
	for _, p := range h.pairs {
		for _, d := range p.sides {
			by := core.Actor{Account: d.account, Device: deviceID, Life: deviceLife}
			for n := range d.acked {
				acknowledged++
				if _, there := a.Answers[servertest.Asked{Actor: by, N: n}]; !there {
					lost++
				}
			}
		}
	}
	return acknowledged, lost, nil
}
