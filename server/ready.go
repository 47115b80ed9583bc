package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"beckon/server/engine"
)

// readiness says whether the relay does what it is for: its apps answer, and
// their journals can be written.
type readiness struct {
	engines  map[string]*engine.Engine
	store    *store
	log      *slog.Logger
	draining atomic.Bool

	mu    sync.Mutex
	asked time.Time // when what is known was found out
	known error
	wrote time.Time // when the disk was tried last
}

const (
	// readyFor is how long an answer is good, so that whoever asks all the time
	// costs nothing.
	readyFor = time.Second
	// readyWrite is how often the disk is tried. Commands try it more often.
	readyWrite = 5 * time.Second
	// readyTime is how long an app may take to answer.
	readyTime = 3 * time.Second
)

var errDraining = errors.New("draining")

// check returns why the relay is not ready, nil if it is.
func (r *readiness) check(ctx context.Context) error {
	if r.draining.Load() {
		return errDraining
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.asked.IsZero() && time.Since(r.asked) < readyFor {
		return r.known
	}
	before := r.known
	r.known = r.look(context.WithoutCancel(ctx))
	r.asked = time.Now()
	switch {
	case r.known != nil && before == nil:
		r.log.Error("not ready", "error", r.known)
	case r.known == nil && before != nil:
		r.log.Info("ready again")
	}
	return r.known
}

func (r *readiness) look(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, readyTime)
	defer cancel()
	for name, e := range r.engines {
		if err := e.Alive(ctx); err != nil {
			return fmt.Errorf("app %s does not answer: %w", name, err)
		}
	}
	if time.Since(r.wrote) < readyWrite {
		return nil
	}
	if err := r.store.try(); err != nil {
		return fmt.Errorf("the journal cannot be written: %w", err)
	}
	r.wrote = time.Now()
	return nil
}

// try says whether the store takes records.
func (s *store) try() error {
	if s.nats == nil {
		return nil
	}
	if err := s.nats.Err(); err != nil {
		return err
	}
	f, err := os.CreateTemp(s.dir, ".ready-")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(make([]byte, 4096))
	return errors.Join(err, f.Sync(), f.Close())
}

// ServeHTTP tells a load balancer. The reason is for the log, not for strangers.
func (r *readiness) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	switch err := r.check(req.Context()); {
	case errors.Is(err, errDraining):
		w.WriteHeader(http.StatusServiceUnavailable)
		io.WriteString(w, "draining\n")
	case err != nil:
		w.WriteHeader(http.StatusServiceUnavailable)
		io.WriteString(w, "not ready\n")
	default:
		io.WriteString(w, "ok\n")
	}
}
