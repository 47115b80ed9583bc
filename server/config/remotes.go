package config

import (
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"beckon/server/auth"
)

// Remotes are key sets at URLs. They may be used by many at once; the zero value
// has none yet.
type Remotes struct {
	mu    sync.Mutex
	byURL map[string]*auth.Remote
}

func (r *Remotes) at(url string) *auth.Remote {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.byURL == nil {
		r.byURL = map[string]*auth.Remote{}
	}
	if r.byURL[url] == nil {
		r.byURL[url] = auth.NewRemote(url, slog.Default())
	}
	return r.byURL[url]
}

// All lists them, by name.
func (r *Remotes) All() []*auth.Remote {
	r.mu.Lock()
	defer r.mu.Unlock()
	list := slices.Collect(maps.Values(r.byURL))
	slices.SortFunc(list, func(a, b *auth.Remote) int { return strings.Compare(a.Name(), b.Name()) })
	return list
}

// Warm fetches those that have not been fetched yet, beside the caller, so that the
// first login need not wait, and trouble shows at once.
func (r *Remotes) Warm() {
	for _, one := range r.All() {
		go one.Keys(time.Now(), false)
	}
}
