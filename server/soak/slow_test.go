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
	slowBug  = "BECKON_SOAK_BUG" // "cached": what is acknowledged need not be on the disk

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

// slowDisk is a journal that takes its time while it is slow.
type slowDisk struct {
	journal.Journal
	slow atomic.Bool
}

func (d *slowDisk) Append(ctx context.Context, data []byte, after uint64) (uint64, error) {
	if d.slow.Load() {
		time.Sleep(rand.N(time.Second))
	}
	return d.Journal.Append(ctx, data, after)
}

// turns makes the disk slow for a while, again and again.
func (d *slowDisk) turns() {
	for {
		time.Sleep(time.Second/2 + rand.N(4*time.Second))
		fmt.Println("slow")
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
	if os.Getenv(slowBug) != "" {
		disk.Journal = &servertest.Cached{Journal: j}
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	config := engine.Config{Journal: disk, Log: log, SnapshotEvery: 256 << 10, KeepRecords: true}
	if bytes, err := strconv.ParseInt(os.Getenv(purgeEvery), 10, 64); err == nil {
		config.Journal, config.SnapshotEvery, config.KeepRecords = telling{j}, bytes, false
	} else {
		go disk.turns()
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
