package nats

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/nats-io/nats-server/v2/server"

	"beckon/server/journal"
)

// nats-server recovers what it can and carries on: it skips a stream whose description is damaged, and cuts a file
// off at the first record it cannot read. The functions here notice, since to us each of that is a loss.

// tail is the last file of a journal's records as it was before the server touched it.
type tail struct {
	path string
	data []byte
}

// inspect looks at the store before the server starts. It removes streams whose making a crash cut short.
func inspect(dir string) ([]tail, error) {
	streams, err := os.ReadDir(streamsDir(dir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var tails []tail
	for _, stream := range streams {
		path := filepath.Join(streamsDir(dir), stream.Name())
		block, err := lastBlock(filepath.Join(path, "msgs"))
		if err != nil {
			return nil, err
		}
		switch {
		case block == "" && unfinished(path):
			if err := os.RemoveAll(path); err != nil {
				return nil, err
			}
		case block != "" && strings.HasPrefix(stream.Name(), "beckon-journal-"):
			data, err := os.ReadFile(block)
			if err != nil {
				return nil, err
			}
			tails = append(tails, tail{path: block, data: data})
		}
	}
	return tails, err
}

// unfinished tells whether a stream lacks the files that are written first when it is made.
func unfinished(path string) bool {
	for _, name := range []string{server.JetStreamMetaFile, server.JetStreamMetaFileSum} {
		if _, err := os.Stat(filepath.Join(path, name)); errors.Is(err, fs.ErrNotExist) {
			return true
		}
	}
	return false
}

// lastBlock returns the path of the last of 1.blk, 2.blk … 10.blk, or "".
func lastBlock(dir string) (string, error) {
	files, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	last := 0
	for _, f := range files {
		number, isBlock := strings.CutSuffix(f.Name(), ".blk")
		if n, err := strconv.Atoi(number); isBlock && err == nil {
			last = max(last, n)
		}
	}
	if last == 0 {
		return "", nil
	}
	return filepath.Join(dir, fmt.Sprintf("%d.blk", last)), nil
}

// recovered compares what the server made of the store with what was there. Unsynced stores may lose much of their
// tail honestly.
func (s *Server) recovered(before []tail, unsynced bool) error {
	if what := s.sick(); what != "" {
		return fmt.Errorf("%w: %s", journal.ErrCorrupt, what)
	}
	if unsynced {
		return nil
	}
	for _, t := range before {
		after, err := os.Stat(t.path)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("journal/nats: %w", err)
		}
		kept := 0
		if err == nil {
			kept = int(after.Size())
		}
		if kept < len(t.data) && !torn(t.data[kept:]) {
			return s.uncut(t, kept)
		}
	}
	return nil
}

// torn tells whether bytes cut off the end of a block can be one record that was never acknowledged, since each is
// synced before the next is written. A record begins with its length; the top bit says that it has headers.
func torn(cut []byte) bool {
	if len(cut) < 4 || len(bytes.Trim(cut, "\x00")) == 0 {
		return true
	}
	length := int(binary.LittleEndian.Uint32(cut) &^ (1 << 31))
	return length >= len(cut) && length <= journal.MaxRecord+4096
}

// uncut puts a block back as it was, for whoever repairs it.
func (s *Server) uncut(t tail, kept int) error {
	s.nats.Shutdown()
	s.nats.WaitForShutdown()
	if err := os.WriteFile(t.path, t.data, 0o644); err != nil {
		return fmt.Errorf("journal/nats: put back what recovery cut off: %w", err)
	}
	return fmt.Errorf("%w: %s is damaged at byte %d of %d: restore a backup", journal.ErrCorrupt, t.path, kept, len(t.data))
}
