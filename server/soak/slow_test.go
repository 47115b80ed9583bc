//go:build linux

package soak

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"sync/atomic"
	"time"

	"beckon/core"
	"beckon/server/engine"
	"beckon/server/journal"
	"beckon/server/journal/nats"
	"beckon/server/relay"
	"beckon/server/servertest"
)

// This test binary is also a relay, whose disk turns slow now and then, and which
// makes snapshots often. Its folder is in the environment.
const (
	slowDir  = "BECKON_SOAK_DIR"
	slowAddr = "BECKON_SOAK_ADDR"
	slowBug  = "BECKON_SOAK_BUG" // "cached": what is acknowledged need not be on the disk; "leak": see leak

	// The disk is not slow, but purges: bytes of records between two snapshots.
	purgeEvery = "BECKON_SOAK_PURGE_EVERY"
)

func (s *station) slowRelay(addr string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), slowDir+"="+s.data, slowAddr+"="+addr)
	return cmd
}

// buggyRelay is the same with a bug that has to be found.
func (s *station) buggyRelay(addr string) *exec.Cmd {
	cmd := s.slowRelay(addr)
	cmd.Env = append(cmd.Env, slowBug+"=cached")
	return cmd
}

// leakyRelay is one, on a good disk, that never forgets.
func (s *station) leakyRelay(addr string) *exec.Cmd {
	cmd := s.slowRelay(addr)
	cmd.Env = append(cmd.Env, slowBug+"=leak", purgeEvery+"="+strconv.Itoa(1<<40))
	return cmd
}

// leak is a journal that keeps 256 bytes of memory for each record.
type leak struct {
	journal.Journal
	kept [][]byte
}

func (l *leak) Append(ctx context.Context, data []byte, after uint64) (uint64, error) {
	l.kept = append(l.kept, make([]byte, 256))
	return l.Journal.Append(ctx, data, after)
}

// slowDisk is a journal that takes its time while it is slow, and then does not
// always know whether it has stored something.
type slowDisk struct {
	journal.Journal
	slow atomic.Bool
}

func (d *slowDisk) Append(ctx context.Context, data []byte, after uint64) (uint64, error) {
	if !d.slow.Load() {
		return d.Journal.Append(ctx, data, after)
	}
	time.Sleep(rand.N(time.Second))
	switch rand.IntN(6) {
	case 0: // it was not
		fmt.Println(saysUnknown)
		return 0, fmt.Errorf("%w: no answer came", journal.ErrAmbiguous)
	case 1: // it was
		fmt.Println(saysUnknown)
		if _, err := d.Journal.Append(ctx, data, after); err != nil {
			return 0, err
		}
		return 0, fmt.Errorf("%w: no answer came", journal.ErrAmbiguous)
	}
	return d.Journal.Append(ctx, data, after)
}

// What such a relay says.
const (
	saysSlow    = "slow"
	saysUnknown = "unknown"
)

// turns makes the disk slow for a while, again and again.
func (d *slowDisk) turns() {
	for {
		time.Sleep(time.Second/2 + rand.N(4*time.Second))
		fmt.Println(saysSlow)
		d.slow.Store(true)
		time.Sleep(time.Second + rand.N(3*time.Second))
		d.slow.Store(false)
	}
}

// beSlow is that relay's main.
func beSlow() error {
	ctx := context.Background()
	server, err := nats.Start(nats.Options{Dir: os.Getenv(slowDir)})
	if err != nil {
		return err
	}
	defer server.Close()
	j, err := server.Open(ctx, "dev")
	if err != nil {
		return err
	}
	disk := &slowDisk{Journal: j}
	if os.Getenv(slowBug) == "cached" {
		disk.Journal = &servertest.Cached{Journal: j}
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	config := engine.Config{Journal: disk, Log: log, SnapshotEvery: 256 << 10, KeepRecords: true}
	if bytes, err := strconv.ParseInt(os.Getenv(purgeEvery), 10, 64); err == nil {
		config.Journal, config.SnapshotEvery, config.KeepRecords = telling{j}, bytes, false
	} else {
		go disk.turns()
	}
	if os.Getenv(slowBug) == "leak" {
		config.Journal = &leak{Journal: j}
	}
	eng, err := engine.Open(ctx, config)
	if err != nil {
		return err
	}
	r := relay.New(relay.Config{Apps: func(string) *engine.Engine { return eng }, Log: log,
		Auth: func(context.Context, string, string, string) *core.Refusal { return nil }})
	listener, err := net.Listen("tcp", os.Getenv(slowAddr))
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.Handle("/ws", r)
	go http.Serve(listener, mux)
	go r.Watch(ctx)
	io.WriteString(os.Stdout, "http://"+listener.Addr().String()+"\n")
	return eng.Run(ctx)
}
