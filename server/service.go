package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"beckon/server/engine"
	"beckon/server/relay"
)

// service is what runs: web server, relay and the apps' engines.
type service struct {
	log     *slog.Logger
	engines []*engine.Engine
	relay   *relay.Relay
	http    *http.Server // with a TLSConfig, it speaks HTTPS
}

// drainTime is how long devices may take to hear that the relay stops.
const drainTime = 5 * time.Second

// run serves until ctx ends or something fails, then stops in the order in which
// nothing gets lost: no new links, goodbye to the old ones, then the engines.
// Once it serves, it calls beside, which ends when the context that it gets does.
func (s *service) run(ctx context.Context, listener net.Listener, beside func(context.Context)) error {
	engineCtx, stopEngine := context.WithCancel(context.WithoutCancel(ctx))
	defer stopEngine()
	failed := make(chan error, len(s.engines)+1)
	var running sync.WaitGroup
	for _, e := range s.engines {
		running.Go(func() {
			if err := e.Run(engineCtx); err != nil {
				failed <- err
			}
		})
	}
	go func() {
		if err := s.serve(listener); !errors.Is(err, http.ErrServerClosed) {
			failed <- fmt.Errorf("web server: %w", err)
		}
	}()
	watchCtx, stopWatch := context.WithCancel(ctx)
	defer stopWatch()
	go s.relay.Watch(watchCtx)
	go beside(watchCtx)

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
	running.Wait()
	return err
}

func (s *service) serve(listener net.Listener) error {
	if s.http.TLSConfig != nil {
		return s.http.ServeTLS(listener, "", "")
	}
	return s.http.Serve(listener)
}
