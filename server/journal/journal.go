// Package journal is the engine's view of the log that an app's state is rebuilt from: an append-only sequence of
// opaque records, numbered from 1 without gaps, and the snapshots that make replaying it shorter.
//
// A journal knows bytes, not the domain. Package memory keeps one in memory, package nats keeps one in JetStream,
// embedded or on a cluster, and package journaltest holds the suite that both pass.
//
// # What a writer may rely on
//
// Every append is a compare-and-set on the end of the journal, so two writers can never both succeed and no lease is
// needed for safety. Of the errors of Append only [ErrAmbiguous] leaves open whether the record was stored; after any
// other one it was not.
//
// # What a crash leaves
//
// Records whose Append returned are there after a restart, in the measure of the store's durability: see the
// implementation's options. A record that was being written may be there whole or not at all: a torn tail is dropped
// when the journal is opened. Records missing anywhere else are damage, which Open or Read reports as [ErrCorrupt].
package journal

import (
	"context"
	"errors"
	"io"
	"iter"
)

// MaxRecord is the size of the largest record, in bytes: 900 KiB, since NATS refuses messages above 1 MiB by default.
const MaxRecord = 900 << 10

// Record is one entry of a journal.
type Record struct {
	Seq uint64 // 1 for the first record, then one more for each
	// Data is what was appended. It stays valid and must not be changed.
	Data []byte
}

// Journal is one app's log. All methods may be called from several goroutines at once.
type Journal interface {
	// ID names the history that sequences refer to: 32 hex digits, random, made with the journal. It survives
	// restarts. It is another one after a wipe or a restore, since the same sequence then means another record.
	ID() string

	// Last returns the sequence of the last record, 0 if there is none.
	Last(ctx context.Context) (uint64, error)

	// Append stores record behind the record numbered after (0: as the first one) and returns the sequence it got,
	// which on success is always after+1. It returns when the record is as durable as the journal makes records.
	// The caller may reuse record's memory then. A record may be empty.
	//
	// ErrConflict: record after is not the last one, somebody else wrote; nothing was stored.
	// ErrTooLarge: the record is larger than MaxRecord; nothing was stored.
	// ErrFailed: the store takes no more records; nothing was stored.
	// ErrClosed: the journal was closed before; nothing was stored.
	// The context's error: it was over before the record was sent; nothing was stored.
	// ErrAmbiguous: no answer came, in time or at all, or ctx ended meanwhile. The record may have been stored, or
	// may still be, until another append takes its place: read again from after+1 before retrying.
	Append(ctx context.Context, record []byte, after uint64) (uint64, error)

	// Read yields the records with sequences from from (0 and 1: all) to the last one at the moment the iteration
	// begins, in order and without gaps, and then ends: it does not follow. Each range over it begins anew. An error
	// is yielded once, with a zero Record, as the last pair.
	//
	// ErrCorrupt: a record that should be there is not, be it damaged or purged from outside, also when it is the
	// one numbered from; what was yielded before is good.
	// ErrClosed: the journal was closed, also meanwhile.
	// The context's error: it ended, also meanwhile.
	Read(ctx context.Context, from uint64) iter.Seq2[Record, error]

	// SaveSnapshot stores what r yields up to io.EOF, of any length, as the state after record at (0: before the
	// first). Until it returns nil, and when it fails or the process dies, the snapshot before stays the newest.
	// An error of r is returned wrapped. Record at must exist. Of two saves at the same time one or both fail with
	// ErrConflict. After ErrAmbiguous the snapshot, whole, may or may not be the newest.
	SaveSnapshot(ctx context.Context, at uint64, r io.Reader) error

	// LoadSnapshot opens the snapshot saved last, provided that the record it was taken at is still the one it was
	// taken at; otherwise the one saved before it. The reader fails instead of ending early: do not trust what was
	// read before io.EOF was reached. It reads while ctx lasts, and stays good while one newer snapshot is saved.
	// Close it.
	//
	// ErrNoSnapshot: there is none that fits.
	LoadSnapshot(ctx context.Context) (at uint64, r io.ReadCloser, err error)

	// Purge lets go of the records before those that the snapshots kept were taken at, so that the journal does not
	// grow for ever. It is a hint: some may stay, and some may be back after a crash. Nothing else changes: sequences
	// go on, and the snapshots and what follows the oldest of them stay. Without a snapshot it does nothing.
	Purge(ctx context.Context) error

	// Close waits for an append in flight and releases what the journal holds. Every other method then returns
	// ErrClosed, except ID. Closing again does nothing.
	Close() error
}

// Errors to compare with errors.Is; most come wrapped in a sentence that names the record or the limit.
var (
	ErrConflict   = errors.New("journal: the record appended to is not the last one")
	ErrAmbiguous  = errors.New("journal: unknown whether the record was stored")
	ErrTooLarge   = errors.New("journal: record larger than 900 KiB")
	ErrFailed     = errors.New("journal: store takes no more records until it is reopened")
	ErrCorrupt    = errors.New("journal: records are missing or damaged")
	ErrClosed     = errors.New("journal: closed")
	ErrNoSnapshot = errors.New("journal: no snapshot")
)
