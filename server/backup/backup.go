// Package backup copies journals, and whom operators keep out, into one stream, while
// they are written to, and out of it again.
//
// A backup holds the bans, and of each app the newest snapshot and the records from the
// one that it was taken at up to the last one at the moment when its turn came. That
// is the state of one moment, since records are only ever appended. Records keep
// their numbers, on which positions in inboxes rest; the journal's ID is another
// one afterwards, so that pages start afresh.
//
// The stream is a gzip file of frames: a byte that says what it is, the length of
// what follows as a varint, and that many bytes. The last frame has the SHA-256 of
// all frames before it, so what was cut off or damaged is found out. Whoever only
// wants to look inside: everything but the sum is JSON.
package backup

import (
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"time"

	"beckon/server/ban"
	"beckon/server/journal"
)

// Format is the number of the latest format. [Read] knows all up to it. [Write]
// takes the first one that can hold what there is, so that earlier versions read it
// if they can without losing anything.
//
//   - 1: journals
//   - 2: bans before them. Who only knows 1 refuses it, rather than let everybody in.
const Format = 2

// The kinds of frames, in the order in which they come.
const (
	frameHead     = 'H' // a Head
	frameBan      = 'B' // a ban
	frameApp      = 'A' // an App; then its records and its snapshot
	frameRecord   = 'R' // a record; the first has the number First of the App
	frameSnapshot = 'S' // a piece of the snapshot
	frameEnd      = 'Z' // the sum
)

// Head is what a backup says about itself.
type Head struct {
	Format  int       `json:"backup"`
	Release string    `json:"release"`
	Made    time.Time `json:"made"`
}

// App begins what belongs to an app.
type App struct {
	Name     string `json:"app"`
	Journal  string `json:"journal"`  // ID of the journal it was
	Snapshot uint64 `json:"snapshot"` // the record that the snapshot was taken at; 0: there is none
	First    uint64 `json:"first"`    // number of the first record
}

// Contents are what a backup is made of.
type Contents struct {
	Bans     []ban.Ban
	Journals []Source
}

func (c *Contents) format() int {
	if len(c.Bans) > 0 {
		return 2
	}
	return 1
}

// A Source is an app's journal.
type Source struct {
	Name    string
	Journal journal.Journal
}

// Count is what was copied of an app.
type Count struct {
	App      string `json:"app"`
	Snapshot uint64 `json:"snapshot"`
	Records  int    `json:"records"`
	Last     uint64 `json:"last"` // number of the last record
	Bytes    int64  `json:"bytes"`
}

// Write makes a backup in w. With an error, what is in w is of no use.
func Write(ctx context.Context, w io.Writer, h Head, from Contents) ([]Count, error) {
	h.Format = from.format()
	packed, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
	if err != nil {
		return nil, err
	}
	out := &writer{to: packed, sum: sha256.New()}
	out.json(frameHead, h)
	for _, b := range from.Bans {
		out.json(frameBan, b)
	}
	var counts []Count
	for _, s := range from.Journals {
		n, err := out.journal(ctx, s)
		if err = errors.Join(err, out.err); err != nil {
			return nil, fmt.Errorf("backup of %s: %w", s.Name, err)
		}
		counts = append(counts, n)
	}
	out.frame(frameEnd, out.sum.Sum(nil))
	return counts, errors.Join(out.err, packed.Close())
}

// writer keeps the first error.
type writer struct {
	to  io.Writer
	sum hash.Hash
	err error
}

func (w *writer) frame(kind byte, data []byte) {
	if w.err != nil {
		return
	}
	head := binary.AppendUvarint([]byte{kind}, uint64(len(data)))
	w.sum.Write(head)
	w.sum.Write(data)
	if _, w.err = w.to.Write(head); w.err == nil {
		_, w.err = w.to.Write(data)
	}
}

func (w *writer) json(kind byte, v any) {
	data, err := json.Marshal(v)
	w.err = errors.Join(w.err, err)
	w.frame(kind, data)
}

func (w *writer) journal(ctx context.Context, s Source) (Count, error) {
	app := App{Name: s.Name, Journal: s.Journal.ID(), First: 1}
	at, snapshot, err := s.Journal.LoadSnapshot(ctx)
	switch {
	case errors.Is(err, journal.ErrNoSnapshot):
	case err != nil:
		return Count{}, err
	default:
		defer snapshot.Close()
		app.Snapshot, app.First = at, max(at, 1)
	}
	n := Count{App: s.Name, Snapshot: app.Snapshot, Last: app.First - 1}
	w.json(frameApp, app)
	for r, err := range s.Journal.Read(ctx, app.First) {
		if err == nil {
			err = w.err
		}
		if err != nil {
			return n, err
		}
		w.frame(frameRecord, r.Data)
		n.Records, n.Last, n.Bytes = n.Records+1, r.Seq, n.Bytes+int64(len(r.Data))
	}
	if snapshot == nil {
		return n, nil
	}
	return n, w.snapshot(snapshot, &n)
}

func (w *writer) snapshot(r io.Reader, n *Count) error {
	piece := make([]byte, 256<<10)
	for w.err == nil {
		k, err := r.Read(piece)
		if k > 0 {
			w.frame(frameSnapshot, piece[:k])
			n.Bytes += int64(k)
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}
