package record

import (
	"strconv"

	"beckon/core"
	"beckon/core/codec"
)

// SnapshotFormat is the number of the format that [WriteSnapshot] writes. It
// changes as [Format] does.
//
//   - 1: the first.
const SnapshotFormat = 1

// WriteSnapshot writes a machine's state, line by line, each with its end: one
// JSON object a part, and a last one that counts them. The same state gives the
// same lines. It stops at the first error of write, and returns it. A line is
// good until write returns.
func WriteSnapshot(app *core.App, write func(line []byte) error) (err error) {
	var line []byte
	var lines int64
	put := func(l *snapshotLine) bool {
		line = append(codec.Append(line[:0], l), '\n')
		lines++
		err = write(line)
		return err == nil
	}
	app.Parts(func(p core.Part) bool { return put(storePart(p)) })
	if err == nil {
		put(&snapshotLine{end: &snapshotEnd{lines}})
	}
	return err
}

// A Snapshot reads what [WriteSnapshot] wrote.
type Snapshot struct {
	state *core.Restoring
	lines int64
	done  bool
}

// NewSnapshot begins to read a snapshot into a machine of that configuration.
func NewSnapshot(config core.Config) *Snapshot { return &Snapshot{state: core.Restore(config)} }

// Read takes the next line.
func (s *Snapshot) Read(line []byte) error {
	var l snapshotLine
	if err := codec.Decode(line, &l); err != nil {
		return err
	}
	switch {
	case s.done:
		return &Error{"a snapshot goes on behind its end"}
	case s.lines == 0 && (l.begin == nil || l.begin.format != SnapshotFormat):
		return &Error{"this is no snapshot of format " + strconv.Itoa(SnapshotFormat)}
	case l.end != nil && l.end.lines == s.lines:
		s.done = true
		return nil
	}
	s.lines++
	part, err := l.part()
	if err != nil {
		return err
	}
	return s.state.Add(part)
}

// App returns the machine when the last line is read.
func (s *Snapshot) App() (*core.App, error) {
	if !s.done {
		return nil, &Error{"a snapshot ends too early"}
	}
	return s.state.App(), nil
}

// snapshotLine is one part: exactly one of the fields is there.
type snapshotLine struct {
	begin   *snapshotBegin
	channel *channelPart
	row     *rowPart
	account *accountPart
	answer  *answerPart
	end     *snapshotEnd
}

func (l *snapshotLine) Fields(v *codec.Visitor) {
	codec.Object(v, "begin", &l.begin)
	codec.Object(v, "channel", &l.channel)
	codec.Object(v, "row", &l.row)
	codec.Object(v, "account", &l.account)
	codec.Object(v, "answer", &l.answer)
	codec.Object(v, "end", &l.end)
}

func storePart(p core.Part) *snapshotLine {
	switch p := p.(type) {
	case core.Beginning:
		return &snapshotLine{begin: &snapshotBegin{SnapshotFormat, int64(p.Now), p.Dropped, p.Aged}}
	case core.ChannelPart:
		return &snapshotLine{channel: storeChannelPart(p)}
	case core.RowPart:
		return &snapshotLine{row: storeRowPart(p)}
	case core.AccountPart:
		return &snapshotLine{account: storeAccountPart(p)}
	case core.AnswerPart:
		return &snapshotLine{answer: storeAnswerPart(p)}
	}
	panic("record: a part of an unknown kind")
}

func (l *snapshotLine) part() (core.Part, error) {
	switch {
	case l.begin != nil:
		return core.Beginning{Now: core.Time(l.begin.now), Dropped: l.begin.dropped, Aged: l.begin.aged}, nil
	case l.channel != nil:
		return l.channel.part(), nil
	case l.row != nil:
		return l.row.part()
	case l.account != nil:
		return l.account.part(), nil
	case l.answer != nil:
		return l.answer.part(), nil
	}
	return nil, &Error{"a line of a snapshot is not known to this version"}
}

type snapshotBegin struct {
	format  int64
	now     int64
	dropped uint64
	aged    uint64
}

func (s *snapshotBegin) Fields(v *codec.Visitor) {
	v.Int("format", &s.format)
	v.Int("now", &s.now)
	v.Uint("dropped", &s.dropped)
	v.Uint("aged", &s.aged)
}

type snapshotEnd struct{ lines int64 }

func (s *snapshotEnd) Fields(v *codec.Visitor) { v.Int("lines", &s.lines) }
