package engine

import (
	"beckon/core"
)

// How far back the feed reaches.
const (
	feedTime  core.Time = 2 * 60 * 1000
	feedBytes           = 64 << 20
	feedEntry           = 200 // bytes an entry costs besides its frame, about

	maxReplay = 2 << 20 // bytes that a resume brings; with more to tell, a fresh start is better
)

// feed holds the last notices, so that a link which dropped can be resumed.
type feed struct {
	all   []*notice            // oldest first
	of    map[string][]*notice // by account, oldest first
	bytes int
	floor core.Position // what is at or before it may be gone
}

func newFeed(floor core.Position) *feed {
	return &feed{of: map[string][]*notice{}, floor: floor}
}

func (f *feed) add(n *notice) {
	f.all = append(f.all, n)
	f.bytes += n.size()
	for _, account := range n.to {
		f.of[account] = append(f.of[account], n)
	}
	f.drop(n.at)
}

// drop forgets what is too old at now, or too much.
func (f *feed) drop(now core.Time) {
	k := 0
	for k < len(f.all) && (f.all[k].at+feedTime <= now || f.bytes > feedBytes) {
		n := f.all[k]
		f.floor = n.position
		f.bytes -= n.size()
		for _, account := range n.to {
			if list := f.of[account]; len(list) > 1 {
				list[0] = nil
				f.of[account] = list[1:]
			} else {
				delete(f.of, account)
			}
		}
		f.all[k] = nil
		k++
	}
	if f.all = f.all[k:]; len(f.all) == 0 {
		f.all = nil
	}
}

// since lists what a device has not been told after the given position; false
// if some of it may be gone, or if it is too much.
func (f *feed) since(after core.Position, d Device) ([]*notice, bool) {
	if after < f.floor {
		return nil, false
	}
	var missed []*notice
	bytes := 0
	for _, n := range f.of[d.Account] {
		if n.position > after && n.tells(d) {
			missed = append(missed, n)
			if bytes += len(n.frame); bytes > maxReplay {
				return nil, false
			}
		}
	}
	return missed, true
}
