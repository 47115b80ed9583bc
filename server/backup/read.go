package backup

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"

	"beckon/server/ban"
	"beckon/server/journal"
)

// ErrDamaged says that a file is no backup, or not all of one.
var ErrDamaged = errors.New("this is no backup, or not all of it is there")

// Found is what was in a backup.
type Found struct {
	Head
	Bans []ban.Ban
	Apps []Count
}

// Read takes a backup apart, and copies it into journals. begin makes a journal for
// an app, empty, whose first record will have the App's number First. Trust what is
// in the journals, and what is returned, only if there is no error.
func Read(ctx context.Context, r io.Reader, begin func(App) (journal.Journal, error)) (*Found, error) {
	packed, err := gzip.NewReader(r)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	in := &reader{from: bufio.NewReaderSize(packed, 64<<10), sum: sha256.New()}
	found := &Found{}
	if err := in.head(&found.Head); err != nil {
		return nil, err
	}
	if found.Bans, err = in.bans(); err != nil {
		return nil, err
	}
	for in.kind == frameApp {
		n, err := in.app(ctx, begin)
		if err != nil {
			return nil, err
		}
		found.Apps = append(found.Apps, n)
	}
	return found, in.end()
}

// head reads the first frame, and goes on to the one behind it.
func (r *reader) head(h *Head) error {
	if err := r.next(); err != nil {
		return err
	}
	if err := r.json(frameHead, h); err != nil {
		return err
	}
	if h.Format < 1 || h.Format > Format {
		return fmt.Errorf("the backup is of format %d, which beckon %s writes; this one knows up to %d", h.Format, h.Release, Format)
	}
	return r.next()
}

func (r *reader) bans() (list []ban.Ban, err error) {
	for r.kind == frameBan {
		if len(list) == ban.Most {
			return nil, fmt.Errorf("%w: more than %d bans", ErrDamaged, ban.Most)
		}
		var b ban.Ban
		if err := r.json(frameBan, &b); err != nil {
			return nil, err
		}
		list = append(list, b)
		if err := r.next(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// reader stands at a frame.
type reader struct {
	from   *bufio.Reader
	sum    hash.Hash
	before []byte // the sum of all frames before this one
	kind   byte
	data   []byte
}

// next goes on to the next frame.
func (r *reader) next() error {
	r.before = r.sum.Sum(r.before[:0])
	kind, err := r.from.ReadByte()
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	n, err := binary.ReadUvarint(r.from)
	if err != nil || n > journal.MaxRecord {
		return fmt.Errorf("%w: %w", ErrDamaged, errors.Join(err, errors.New("a frame is too long")))
	}
	if r.kind, r.data = kind, make([]byte, n); n > 0 {
		if _, err := io.ReadFull(r.from, r.data); err != nil {
			return fmt.Errorf("%w: %w", ErrDamaged, err)
		}
	}
	r.sum.Write(binary.AppendUvarint([]byte{kind}, n))
	r.sum.Write(r.data)
	return nil
}

func (r *reader) json(kind byte, v any) error {
	if r.kind != kind {
		return fmt.Errorf("%w: %q where %q should be", ErrDamaged, r.kind, kind)
	}
	if err := json.Unmarshal(r.data, v); err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return nil
}

// app copies an app's part. The snapshot comes last, since a journal takes one only
// of records that it has.
func (r *reader) app(ctx context.Context, begin func(App) (journal.Journal, error)) (Count, error) {
	var app App
	if err := r.json(frameApp, &app); err != nil {
		return Count{}, err
	}
	if app.First == 0 {
		return Count{}, fmt.Errorf("%w: records of %s begin with 0", ErrDamaged, app.Name)
	}
	n := Count{App: app.Name, Snapshot: app.Snapshot, Last: app.First - 1}
	j, err := begin(app)
	if err != nil {
		return n, err
	}
	for err = r.next(); err == nil && r.kind == frameRecord; err = r.next() {
		if n.Last, err = j.Append(ctx, r.data, n.Last); err != nil {
			break
		}
		n.Records, n.Bytes = n.Records+1, n.Bytes+int64(len(r.data))
	}
	if err == nil && app.Snapshot > 0 {
		err = j.SaveSnapshot(ctx, app.Snapshot, &pieces{in: r, count: &n.Bytes})
	}
	return n, err
}

// pieces reads a snapshot, and leaves the reader at the frame behind it.
type pieces struct {
	in    *reader
	left  []byte
	count *int64
}

func (p *pieces) Read(b []byte) (int, error) {
	for len(p.left) == 0 {
		if p.in.kind != frameSnapshot {
			return 0, io.EOF
		}
		p.left = p.in.data
		*p.count += int64(len(p.left))
		if err := p.in.next(); err != nil {
			return 0, err
		}
	}
	n := copy(b, p.left)
	p.left = p.left[n:]
	return n, nil
}

func (r *reader) end() error {
	if r.kind != frameEnd || !bytes.Equal(r.data, r.before) {
		return fmt.Errorf("%w: its sum is wrong", ErrDamaged)
	}
	if _, err := r.from.ReadByte(); err != io.EOF { // also reads gzip's own sum
		return fmt.Errorf("%w: it goes on behind its end", ErrDamaged)
	}
	return nil
}
