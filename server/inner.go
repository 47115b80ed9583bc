package main

import (
	"errors"
	"net"
	"net/http"
	"time"

	"beckon/server/ban"
	"beckon/server/config"
	"beckon/server/guard"
	"beckon/server/metrics"
)

// addInner opens what is for operators: metrics, and the way in for commands.
// Without the latter the relay still serves.
func (s *service) addInner(c *config.Config, apps *tenants, bans *ban.List, door *guard.Guard, sets *config.Remotes) error {
	counted := metrics.Handler(metrics.Config{Release: releaseName(), Commit: commitName(),
		Relay: s.relay, Engines: apps.byApp, Ready: s.ready.check, Limits: door.Stats,
		Bans: func(app string) int { return bans.Count(app, time.Now()) }, KeySets: sets.All})
	if c.Metrics != "" {
		l, err := net.Listen("tcp", c.Metrics)
		if err != nil {
			return errors.Join(errors.New("cannot serve metrics"), err)
		}
		mux := http.NewServeMux()
		mux.Handle("GET /metrics", counted)
		mux.HandleFunc("GET /healthz", healthz)
		s.inner = append(s.inner, inner{l, innerServer(mux)})
		s.log.Info("metrics are served", "at", "http://"+l.Addr().String()+"/metrics")
	}
	if c.Journal == "memory" { // there is no folder, and nothing to back up
		return nil
	}
	l, err := listenAdmin(c.Data)
	if err != nil {
		s.log.Warn("commands such as beckon inspect cannot reach this relay", "error", err)
		return nil
	}
	a := &admin{tenants: apps, bans: bans, metrics: counted, ready: s.ready, log: s.log}
	server := innerServer(a.handler())
	server.WriteTimeout = 0 // a backup takes as long as it takes
	s.inner = append(s.inner, inner{l, server})
	return nil
}

func innerServer(h http.Handler) *http.Server {
	return &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second,
		WriteTimeout: time.Minute, IdleTimeout: time.Minute, MaxHeaderBytes: 32 << 10}
}
