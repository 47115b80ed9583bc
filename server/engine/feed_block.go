package engine

import (
	"encoding/binary"
	"iter"

	"beckon/core"
)

// A block is a part of the feed: so many notices, or so many bytes of them.
type block struct {
	number   uint32 // from 1
	gone     int    // how many of its entries were dropped
	entries  []entry
	mentions []mention
	text     []byte // grows in place, since frames in it are handed out
}

const (
	blockBytes   = 64 << 10
	blockEntries = 128
)

// An entry is a notice in a block. Its text is the frame, behind it who acted,
// and behind that the accounts that are told, of which each has a mention.
type entry struct {
	position core.Position
	at       core.Time
	echo     bool
	text     uint32 // where it begins
	frame    uint32 // bytes of it
	size     uint32 // as the feed counts
	mention  uint32 // its first
	told     uint32 // how many
}

// A mention is an account's in an entry, chained to the one before.
type mention struct {
	entry  uint32
	before place
}

// A place is that of a mention. The zero place is none.
type place struct{ block, index uint32 }

func newBlock(number uint32, n *notice) *block {
	return &block{number: number, entries: make([]entry, 0, blockEntries), text: make([]byte, 0, max(blockBytes, textSize(n)))}
}

func (b *block) hasRoom(n *notice) bool {
	return len(b.entries) < cap(b.entries) && textSize(n) <= cap(b.text)-len(b.text)
}

// textSize is at least how many bytes the text of a notice takes.
func textSize(n *notice) int {
	size := len(n.frame)
	for _, s := range [...]string{n.by.Account, n.by.Device, n.by.Life} {
		size += binary.MaxVarintLen32 + len(s)
	}
	for _, account := range n.to {
		size += binary.MaxVarintLen32 + len(account)
	}
	return size
}

// add writes a notice, for which there is room, and makes its frame that in the
// block.
func (b *block) add(n *notice, latest map[string]place) {
	e := entry{position: n.position, at: n.at, echo: n.echo, text: uint32(len(b.text)), frame: uint32(len(n.frame)),
		size: uint32(n.size()), mention: uint32(len(b.mentions)), told: uint32(len(n.to))}
	b.text = append(b.text, n.frame...)
	n.frame = b.frame(&e)
	for _, s := range [...]string{n.by.Account, n.by.Device, n.by.Life} {
		b.text = appendShort(b.text, s)
	}
	for _, account := range n.to {
		b.text = appendShort(b.text, account)
		b.mentions = append(b.mentions, mention{uint32(len(b.entries)), latest[account]})
	}
	b.entries = append(b.entries, e)
}

func (b *block) frame(e *entry) []byte { return b.text[e.text : e.text+e.frame : e.text+e.frame] }

// notice reads an entry, but for whom it is told.
func (b *block) notice(e *entry) *notice {
	n := &notice{position: e.position, at: e.at, echo: e.echo, frame: b.frame(e)}
	rest := b.text[e.text+e.frame:]
	for _, p := range [...]*string{&n.by.Account, &n.by.Device, &n.by.Life} {
		var s []byte
		s, rest = cutShort(rest)
		*p = string(s)
	}
	return n
}

// told yields the accounts that an entry is told to.
func (b *block) told(e *entry) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		rest := b.text[e.text+e.frame:]
		for range 3 { // who acted
			_, rest = cutShort(rest)
		}
		for range e.told {
			var account []byte
			if account, rest = cutShort(rest); !yield(account) {
				return
			}
		}
	}
}

// appendShort writes s so that [cutShort] finds its end.
func appendShort(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func cutShort(b []byte) (s, rest []byte) {
	size, n := binary.Uvarint(b)
	b = b[n:]
	return b[:size], b[size:]
}
