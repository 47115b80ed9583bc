package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"beckon/server/engine"
	"beckon/server/relay"
)

// service is what runs: web server, relay and engine.
type service struct {
	log    *slog.Logger
	engine *engine.Engine
	relay  *relay.Relay
	http   *http.Server
}

// drainTime is how long devices may take to hear that the relay stops.
const drainTime = 5 * time.Second

// run serves until ctx ends or something fails, then stops in the order in which
// nothing gets lost: no new links, goodbye to the old ones, then the engine.
func (s *service) run(ctx context.Context, listener net.Listener, ready func()) error {
	engineCtx, stopEngine := context.WithCancel(context.WithoutCancel(ctx))
	defer stopEngine()
	failed := make(chan error, 2)
	engineDone := make(chan struct{})
	go func() {
		defer close(engineDone)
		if err := s.engine.Run(engineCtx); err != nil {
			failed <- err
		}
	}()
	go func() {
		if err := s.http.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			failed <- fmt.Errorf("web server: %w", err)
		}
	}()
	watchCtx, stopWatch := context.WithCancel(ctx)
	defer stopWatch()
	go s.relay.Watch(watchCtx)
	ready()

	var err error
	select {
	case <-ctx.Done():
		s.log.Info("stopping", "links", s.relay.Links())
	case err = <-failed:
	}
	stopWatch()
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	if late := s.relay.Drain(drain); late != nil && err == nil {
		s.log.Warn("some devices did not say goodbye in time", "links", s.relay.Links())
	}
	s.http.Shutdown(drain)
	stopEngine()
	<-engineDone
	return err
}
