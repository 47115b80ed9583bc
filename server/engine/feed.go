package engine

import (
	"slices"

	"beckon/core"
)

// How far back the feed reaches.
const (
	feedTime  core.Time = 2 * 60 * 1000
	feedBytes           = 64 << 20

	maxReplay = 2 << 20 // bytes that a resume brings; with more to tell, a fresh start is better
)

// feed holds the last notices, so that a link which dropped can be resumed. They
// may be a hundred thousand, of which hardly one is asked for again; so they lie
// as bytes in blocks, where the garbage collector has nothing to follow, and what
// an account was told is a chain through them that begins with the latest.
type feed struct {
	blocks []*block          // oldest first; their numbers have no gaps
	made   uint32            // how many there have ever been
	latest map[string]place  // by account
	apart  map[place]*notice // by the place of its first mention: of which some are told their part
	count  int               // of notices
	bytes  int
	floor  core.Position // what is at or before it may be gone
}

func newFeed(floor core.Position) *feed {
	return &feed{latest: map[string]place{}, apart: map[place]*notice{}, floor: floor}
}

// add keeps a notice. Its frame is the copy in the feed from then on.
func (f *feed) add(n *notice) {
	b := f.room(n)
	first := place{b.number, uint32(len(b.mentions))}
	b.add(n, f.latest)
	for i, account := range n.to {
		f.latest[account] = place{first.block, first.index + uint32(i)}
	}
	if n.apart > 0 {
		whole := *n
		f.apart[first] = &whole
	}
	f.count++
	f.bytes += n.size()
	f.drop(n.at)
}

// room returns the block that the next notice goes to.
func (f *feed) room(n *notice) *block {
	if k := len(f.blocks); k > 0 && f.blocks[k-1].hasRoom(n) {
		return f.blocks[k-1]
	}
	f.made++
	b := newBlock(f.made, n)
	f.blocks = append(f.blocks, b)
	return b
}

// drop forgets what is too old at now, or too much.
func (f *feed) drop(now core.Time) {
	for len(f.blocks) > 0 {
		b := f.blocks[0]
		e := &b.entries[b.gone]
		if e.at+feedTime > now && f.bytes <= feedBytes {
			return
		}
		here := place{b.number, e.mention}
		f.floor = e.position
		f.bytes -= int(e.size)
		f.count--
		delete(f.apart, here)
		for account := range b.told(e) {
			if f.latest[string(account)] == here {
				delete(f.latest, string(account))
			}
			here.index++
		}
		if b.gone++; b.gone == len(b.entries) {
			f.blocks[0] = nil
			f.blocks = f.blocks[1:]
		}
	}
	f.blocks = nil
}

// since lists what a device has not been told after the given position; false
// if some of it may be gone, or if it is too much.
func (f *feed) since(after core.Position, d Device) ([]*notice, bool) {
	if after < f.floor {
		return nil, false
	}
	var missed []*notice
	bytes := 0
	for at := f.latest[d.Account]; ; {
		b := f.block(at)
		if b == nil {
			break
		}
		m := b.mentions[at.index]
		e := &b.entries[m.entry]
		if int(m.entry) < b.gone || e.position <= after {
			break
		}
		if n := b.notice(e); n.tells(d) {
			if whole := f.apart[place{b.number, e.mention}]; whole != nil {
				n = whole
			}
			missed = append(missed, n)
			if bytes += len(n.frame); bytes > maxReplay {
				return nil, false
			}
		}
		at = m.before
	}
	slices.Reverse(missed)
	return missed, true
}

// block returns the block of a place, or nil if it is gone.
func (f *feed) block(at place) *block {
	if len(f.blocks) == 0 || at.block < f.blocks[0].number {
		return nil
	}
	return f.blocks[at.block-f.blocks[0].number]
}
