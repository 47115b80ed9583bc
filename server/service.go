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
	ready   *readiness
	drain   time.Duration // how long /readyz says so before devices are told
	inner   []inner
	http    *http.Server // with a TLSConfig, it speaks HTTPS
}

// inner is what is served for operators alone.
type inner struct {
	listener net.Listener
	server   *http.Server
}

// drainTime is how long devices may take to hear that the relay stops.
const drainTime = 5 * time.Second

// run serves until ctx ends or something fails, then stops in the order in which
// nothing gets lost: load balancers look away, no new links, goodbye to the old ones, then the engines.
// Once it serves, it calls beside, which ends when the context that it gets does.
func (s *service) run(ctx context.Context, listeners []net.Listener, beside func(context.Context)) error {
	engineCtx, stopEngine := context.WithCancel(context.WithoutCancel(ctx))
	defer stopEngine()
	failed := make(chan error, len(s.engines)+len(listeners))
	var running sync.WaitGroup
	for _, e := range s.engines {
		running.Go(func() {
			if err := e.Run(engineCtx); err != nil {
				failed <- err
			}
		})
	}
	for _, l := range listeners {
		go func() {
			if err := s.serve(l); !errors.Is(err, http.ErrServerClosed) {
				failed <- fmt.Errorf("web server: %w", err)
			}
		}()
	}
	for _, i := range s.inner {
		go i.server.Serve(i.listener)
		defer i.server.Close()
	}
	watchCtx, stopWatch := context.WithCancel(ctx)
	defer stopWatch()
	go s.relay.Watch(watchCtx)
	go beside(watchCtx)

	var err error
	select {
	case <-ctx.Done():
		s.ready.draining.Store(true)
		s.log.Info("stopping", "links", s.relay.Links(), "in", s.drain)
		select {
		case <-time.After(s.drain):
		case err = <-failed:
		}
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
