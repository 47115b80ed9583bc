package servertest

import "sync"

// tries are what was tried at each of K, as several goroutines note it.
type tries[K comparable, T any] struct {
	mu  sync.Mutex
	all map[K][]T
}

// Add notes a try.
func (h *tries[K, T]) Add(at K, try T) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.all == nil {
		h.all = map[K][]T{}
	}
	h.all[at] = append(h.all[at], try)
}

// until is when a try returned, for people.
func (t Try) until() string {
	if t.Return == Forever {
		return "never"
	}
	return t.Return.String()
}
