package nats

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	natsgo "github.com/nats-io/nats.go"

	"beckon/server/journal"
)

// Sync says when the embedded server puts records on the disk for good.
type Sync string

const (
	SyncAlways   Sync = "always"   // before Append returns; an fsync each
	SyncInterval Sync = "interval" // every Options.Interval; power loss takes what came since
)

// Options are those of the embedded server. Dir is required.
type Options struct {
	// Dir is the folder of the store. It is made if missing and belongs to one process at a time.
	Dir string
	// Sync is SyncAlways unless set.
	Sync Sync
	// Interval is for SyncInterval. 0: one second.
	Interval time.Duration
	// Logf gets nats-server's warnings and errors, from any goroutine; it must not call back into this package.
	// nil drops them.
	Logf func(format string, args ...any)
}

// ErrInUse says that another process, or another Server of this one, has the folder.
var ErrInUse = errors.New("in use by another relay: two cannot share one store")

// Server is a NATS server in this process, without a listener, and the folder that it keeps journals in.
type Server struct {
	dir     string
	born    string // tells this store from a restored copy of it
	lock    *os.File
	nats    *server.Server
	health  *health
	watcher sync.WaitGroup
	quit    chan struct{}

	mu       sync.Mutex
	closed   bool
	journals []*Journal
}

// Start starts the embedded server and recovers what the folder holds. ErrInUse: somebody else has the folder.
// journal.ErrCorrupt: a stream cannot be recovered, or recovery cut off more than a torn tail.
func Start(o Options) (_ *Server, err error) {
	options, err := o.forServer()
	if err != nil {
		return nil, err
	}
	s := &Server{dir: o.Dir, health: newHealth(o.Logf), quit: make(chan struct{})}
	if s.lock, s.born, err = lockFolder(o.Dir); err != nil {
		return nil, fmt.Errorf("journal/nats: folder %s: %w", o.Dir, err)
	}
	defer func() {
		if err != nil {
			s.Close()
		}
	}()
	before, err := inspect(o.Dir)
	if err != nil {
		return nil, fmt.Errorf("journal/nats: folder %s: %w", o.Dir, err)
	}
	if s.nats, err = run(options, s.health); err != nil {
		return nil, fmt.Errorf("journal/nats: folder %s: %w", o.Dir, err)
	}
	if err := s.recovered(before, o.Sync == SyncInterval); err != nil {
		return nil, fmt.Errorf("%w: folder %s", err, o.Dir)
	}
	s.watcher.Go(s.watch)
	return s, nil
}

func (o Options) forServer() (*server.Options, error) {
	if o.Dir == "" {
		return nil, errors.New("journal/nats: Options.Dir is empty")
	}
	if o.Sync != "" && o.Sync != SyncAlways && o.Sync != SyncInterval {
		return nil, fmt.Errorf("journal/nats: sync %q, must be %q or %q", o.Sync, SyncAlways, SyncInterval)
	}
	if o.Interval <= 0 {
		o.Interval = time.Second
	}
	return &server.Options{
		ServerName:             "beckon",
		DontListen:             true,
		NoSigs:                 true,
		NoLog:                  true, // to files or the terminal; health listens
		DisableJetStreamBanner: true,
		JetStream:              true,
		StoreDir:               o.Dir,
		JetStreamMaxStore:      math.MaxInt64 / 2, // the disk is the limit
		SyncAlways:             o.Sync != SyncInterval,
		SyncInterval:           o.Interval,
	}, nil
}

// run starts nats-server and waits until it has recovered its streams.
func run(o *server.Options, h *health) (*server.Server, error) {
	s, err := server.NewServer(o)
	if err != nil {
		return nil, err
	}
	s.SetLoggerV2(h, false, false, false)
	s.Start()
	if s.JetStreamEnabled() && s.ReadyForConnections(10*time.Second) {
		return s, nil
	}
	s.Shutdown()
	s.WaitForShutdown()
	if err := h.logged(); err != nil {
		return nil, fmt.Errorf("start nats-server: %w", err)
	}
	return nil, errors.New("start nats-server: it is not ready after 10 s")
}

// Open opens an app's journal, making it if there is none. See Config.App for the name. Closing the server closes it.
func (s *Server) Open(ctx context.Context, app string) (*Journal, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, journal.ErrClosed
	}
	j, err := Open(ctx, Config{App: app, Dial: s.dial, Incarnation: s.born, health: s.health})
	if err != nil {
		return nil, err
	}
	s.journals = append(s.journals, j)
	return j, nil
}

func (s *Server) dial(options ...natsgo.Option) (*natsgo.Conn, error) {
	return natsgo.Connect("", append(options, natsgo.InProcessServer(s.nats))...)
}

// watch looks into what the server logs, and wakes whoever waits for a reply that will not come.
func (s *Server) watch() {
	for {
		select {
		case <-s.quit:
			return
		case <-s.health.poke:
		}
		for range 3 { // some of it is logged before it is so
			if what := s.sick(); what != "" {
				s.health.fail(what)
				return
			}
			select {
			case <-s.quit:
				return
			case <-time.After(100 * time.Millisecond):
			}
		}
	}
}

// sick says which stream does not work, if any: not recovered, or unable to write.
func (s *Server) sick() string {
	for _, e := range s.nats.Healthz(&server.HealthzOptions{Details: true}).Errors {
		if e.Type == server.HealthzErrorStream || e.Type == server.HealthzErrorJetStream {
			return e.Error
		}
	}
	return ""
}

// Close closes the journals, stops the server and gives the folder free. It waits for all of that. Closing again
// does nothing.
func (s *Server) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	for _, j := range s.journals {
		j.Close()
	}
	close(s.quit)
	s.watcher.Wait()
	if s.nats != nil {
		s.nats.Shutdown()
		s.nats.WaitForShutdown()
	}
	return s.lock.Close() // unlocks
}

// streamsDir is where nats-server keeps the streams of its global account.
func streamsDir(dir string) string {
	return filepath.Join(dir, server.JetStreamStoreDir, server.DEFAULT_GLOBAL_ACCOUNT, "streams")
}
