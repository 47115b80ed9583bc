package config

import (
	"context"
	"maps"
	"os"
	"time"
)

// Files are all that the settings were read from: the file itself, and those with
// keys in them. They are complete after [Config.Keys].
func (c *Config) Files() []string { return c.files }

// Watch calls changed when a file has become another one, and for each signal;
// until ctx ends. It looks every so often. The files are those that the last call
// of changed returned; its result is what to look at from then on.
func Watch(ctx context.Context, files []string, every time.Duration, signals <-chan os.Signal, changed func() []string) {
	Seen(files).Watch(ctx, every, signals, changed)
}

// Snapshot is files as they were at some moment.
type Snapshot struct {
	files []string
	seen  map[string]os.FileInfo
}

// Seen looks at files, so that what changes before [Snapshot.Watch] is called is
// noticed, too.
func Seen(files []string) *Snapshot { return &Snapshot{files, stamps(files)} }

// Watch is as the function of that name.
func (s *Snapshot) Watch(ctx context.Context, every time.Duration, signals <-chan os.Signal, changed func() []string) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	files, seen := s.files, s.seen
	for {
		select {
		case <-ctx.Done():
			return
		case <-signals:
		case <-tick.C:
			if same(seen, stamps(files)) {
				continue
			}
		}
		seen = stamps(files) // before they are read, so that what changes meanwhile is read again
		if next := changed(); next != nil {
			for path, s := range stamps(next) {
				if _, known := seen[path]; !known {
					seen[path] = s
				}
			}
			files = next
			seen = only(seen, files)
		}
	}
}

// stamps are the files as they are; nil for one that is not there.
func stamps(files []string) map[string]os.FileInfo {
	all := map[string]os.FileInfo{}
	for _, path := range files {
		all[path], _ = os.Stat(path)
	}
	return all
}

func only(all map[string]os.FileInfo, files []string) map[string]os.FileInfo {
	some := map[string]os.FileInfo{}
	for _, path := range files {
		some[path] = all[path]
	}
	return some
}

func same(a, b map[string]os.FileInfo) bool {
	return maps.EqualFunc(a, b, func(x, y os.FileInfo) bool {
		if x == nil || y == nil {
			return x == y
		}
		return os.SameFile(x, y) && x.ModTime().Equal(y.ModTime()) && x.Size() == y.Size()
	})
}
