package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"beckon/core"
	"beckon/server/backup"
	"beckon/server/ban"
	"beckon/server/config"
	"beckon/server/engine"
	"beckon/server/journal"
	"beckon/server/journal/nats"
)

// backUp copies what a relay keeps into a file, while it runs or not.
func backUp(ctx context.Context, p *program, set *flag.FlagSet, args []string) error {
	given := config.Flags(set, p.env)
	if err := p.parse(set, args, 1); err != nil {
		return err
	}
	path := set.Arg(0)
	if path == "" {
		return errors.New("where to? give a file that is not there yet: beckon backup FILE (-: the output)")
	}
	c, err := config.Load(given())
	if err != nil {
		return err
	}
	if path == "-" {
		return copyJournals(ctx, c, p.out)
	}
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%s is there already", path)
	}
	f, done, err := create(path)
	if err != nil {
		return err
	}
	if err := copyJournals(ctx, c, f); err != nil {
		f.Close()
		os.Remove(f.Name())
		return err
	}
	if err := done(); err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "%s has %d bytes. Keep it as safe as the data folder: it holds the same.\n", path, info.Size())
	return nil
}

// copyJournals asks the relay that runs on the data folder; if none does, it
// takes the folder itself.
func copyJournals(ctx context.Context, c *config.Config, to io.Writer) error {
	res, err := ask(ctx, c.Data, http.MethodPost, "/backup")
	if err != nil {
		return copyFolder(ctx, c, to, err)
	}
	defer res.Body.Close()
	if _, err := io.Copy(to, res.Body); err != nil {
		return fmt.Errorf("the backup broke off: %w", err)
	}
	if why := res.Trailer.Get(failed); why != "" {
		return errors.New("the backup broke off: " + why)
	}
	return nil
}

func copyFolder(ctx context.Context, c *config.Config, to io.Writer, running error) error {
	if _, err := os.Stat(filepath.Join(c.Data, "jetstream")); err != nil {
		return fmt.Errorf("there is no journal in %s: %w", c.Data, running)
	}
	s, err := openStore(c, slog.New(slog.DiscardHandler))
	if errors.Is(err, nats.ErrInUse) {
		return running
	}
	if err != nil {
		return err
	}
	defer s.close()
	bans, err := openBans(c)
	if err != nil {
		return err
	}
	var from []backup.Source
	for _, name := range appList(c) {
		j, err := s.open(ctx, name)
		if err != nil {
			return err
		}
		from = append(from, backup.Source{Name: name, Journal: j})
	}
	_, err = writeBackup(ctx, to, bans, from)
	return err
}

func writeBackup(ctx context.Context, to io.Writer, bans *ban.List, from []backup.Source) ([]backup.Count, error) {
	now := time.Now().UTC().Truncate(time.Second)
	return backup.Write(ctx, to, backup.Head{Release: releaseName(), Made: now}, backup.Contents{Bans: bans.All(now), Journals: from})
}

// restore makes a data folder out of a backup. It appears whole, or not at all.
func restore(ctx context.Context, p *program, set *flag.FlagSet, args []string) error {
	given := config.Flags(set, p.env)
	if err := p.parse(set, args, 1); err != nil {
		return err
	}
	path := set.Arg(0)
	if path == "" {
		return errors.New("what? give a file that beckon backup made: beckon restore FILE (-: the input)")
	}
	c, err := config.Load(given())
	if err != nil {
		return err
	}
	from := io.NopCloser(p.in)
	if path != "-" {
		if from, err = os.Open(path); err != nil {
			return err
		}
	}
	defer from.Close()
	if err := vacant(c.Data); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(filepath.Clean(c.Data)), 0o755); err != nil {
		return err
	}
	dir, err := os.MkdirTemp(filepath.Dir(filepath.Clean(c.Data)), ".restoring-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	r, err := fill(ctx, c, dir, from)
	if err != nil {
		return err
	}
	if err := os.Remove(c.Data); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err // somebody has put something in
	}
	if err := os.Rename(dir, c.Data); err != nil {
		return err
	}
	for i, n := range r.Apps {
		fmt.Fprintf(p.out, "%s: %s\n", n.App, r.hold[i])
	}
	fmt.Fprintf(p.out, "%d bans\n%s is as it was on %s. Pages start afresh when they connect.\n", len(r.Bans), c.Data, r.Made.Format(time.RFC3339))
	return nil
}

// vacant refuses a folder that has something in it.
func vacant(dir string) error {
	list, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case len(list) > 0:
		return fmt.Errorf("%s is not empty: move it away first, or restore into another folder (-data)", dir)
	}
	return nil
}

type restored struct {
	*backup.Found
	hold []string // what each app holds, in words
}

// fill makes the journals and the list of bans in a folder, puts all of it on the
// disk, and has each journal prove that an app can be rebuilt from it.
func fill(ctx context.Context, c *config.Config, dir string, from io.Reader) (*restored, error) {
	s, err := nats.Start(nats.Options{Dir: dir, Sync: nats.SyncInterval}) // synced as a whole below
	if err != nil {
		return nil, err
	}
	defer s.Close()
	journals := map[string]journal.Journal{}
	found, err := backup.Read(ctx, from, func(a backup.App) (journal.Journal, error) {
		j, err := s.Begin(ctx, a.Name, a.First)
		journals[a.Name] = j
		return j, err
	})
	if err != nil {
		return nil, err
	}
	if err := ban.Restore(bansFile(dir), found.Bans); err != nil {
		return nil, err
	}
	r := &restored{Found: found}
	for _, n := range found.Apps {
		e, err := engine.Open(ctx, engine.Config{Journal: journals[n.App], App: c.Machine(), Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			return nil, fmt.Errorf("app %s cannot be rebuilt from the backup: %w", n.App, err)
		}
		r.hold = append(r.hold, holdings(e.Size()))
	}
	if err := s.Close(); err != nil {
		return nil, err
	}
	return r, syncAll(dir)
}

func holdings(s core.Size) string {
	return fmt.Sprintf("%d channels, %d invitations that rang, %d notices in inboxes, of %d accounts", s.Channels, s.Pending, s.Inbox, s.Accounts)
}

// syncAll puts files and folders on the disk for good.
func syncAll(dir string) error {
	return filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := f.Sync(); err != nil && runtime.GOOS != "windows" { // which cannot sync what is open for reading
			return err
		}
		return nil
	})
}
