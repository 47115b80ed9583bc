package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"beckon/server/auth"
	"beckon/server/config"
)

// doctor looks at everything that serving depends on, without serving, and says
// what it finds. It fails if anything would keep the relay from serving well.
func doctor(ctx context.Context, p *program, set *flag.FlagSet, args []string) error {
	given := config.Flags(set, p.env)
	if err := p.parse(set, args, 0); err != nil {
		return err
	}
	d := &diagnosis{out: p.out, now: time.Now()}
	d.note("version", fine, versionLine())
	c, err := config.Load(given())
	if err != nil {
		for line := range strings.Lines(err.Error()) {
			d.note("settings", bad, strings.TrimSuffix(line, "\n"))
		}
		return d.verdict()
	}
	d.settings(c)
	d.helpers(c)
	d.folder(c)
	d.clock()
	d.port(ctx, c.Addr)
	if c.Metrics != "" {
		d.port(ctx, c.Metrics)
	}
	d.tls(c)
	d.limits()
	return d.verdict()
}

// A grade is how well something is.
type grade string

const (
	fine    grade = "ok"
	worse   grade = "warn"
	bad     grade = "FAIL"
	unknown grade = "?"
)

type diagnosis struct {
	out    io.Writer
	now    time.Time
	failed int
}

func (d *diagnosis) note(what string, g grade, format string, args ...any) {
	if g == bad {
		d.failed++
	}
	if len(args) > 0 {
		format = fmt.Sprintf(format, args...)
	}
	fmt.Fprintf(d.out, "%-5s %-10s %s\n", g, what, format)
}

func (d *diagnosis) verdict() error {
	if d.failed > 0 {
		return fmt.Errorf("%d of these have to be put right first", d.failed)
	}
	return nil
}

func (d *diagnosis) settings(c *config.Config) {
	switch {
	case c.File != "":
		d.note("settings", fine, "read from %s", c.File)
	default:
		d.note("settings", fine, "no file: what flags and the environment say, and defaults")
	}
	if c.Dev() {
		d.note("tokens", worse, "dev mode: no app is configured, so any token is good; only this machine can connect")
		return
	}
	keys, err := c.Keys()
	if err != nil {
		for line := range strings.Lines(err.Error()) {
			d.note("tokens", bad, strings.TrimSuffix(line, "\n"))
		}
		return
	}
	for _, a := range c.Apps {
		for _, k := range keys[a.Name] {
			if k, ok := k.(*auth.RemoteJWT); ok {
				d.keySet(k.Set)
			}
		}
		d.note("tokens", fine, "app %s, for pages %s; keys: %d", a.Name, strings.Join(a.Names(), ", "), len(keys[a.Name]))
	}
}

// keySet fetches keys from where the relay would.
func (d *diagnosis) keySet(r *auth.Remote) {
	n := len(r.Keys(d.now, false))
	if err := r.Stats().Failed; err != nil {
		d.note("tokens", bad, "the key set %s cannot be fetched: %v", r.Name(), err)
		return
	}
	d.note("tokens", fine, "the key set %s has %d keys", r.Name(), n)
}

// helpers reads the secrets of TURN servers.
func (d *diagnosis) helpers(c *config.Config) {
	list, err := c.Helpers()
	if err != nil {
		for line := range strings.Lines(err.Error()) {
			d.note("ice", bad, strings.TrimSuffix(line, "\n"))
		}
		return
	}
	if len(list) > 0 {
		d.note("ice", fine, "pages are told of %d STUN and TURN servers", len(list))
	}
}

const (
	syncs    = 50
	slowSync = 20 * time.Millisecond
)

// folder writes where the journal would be, as the journal does.
func (d *diagnosis) folder(c *config.Config) {
	if c.Journal == "memory" {
		d.note("data", worse, "in memory: gone when the relay stops")
		return
	}
	dir, made := c.Data, false
	if _, err := os.Stat(dir); errors.Is(err, os.ErrNotExist) {
		made = os.MkdirAll(dir, 0o700) == nil
	}
	took, err := syncTimes(dir)
	if made {
		os.Remove(dir) // it was not there before
	}
	if err != nil {
		d.note("data", bad, "%s cannot be written: %v", dir, err)
		return
	}
	if list, err := openBans(c); err != nil {
		d.note("bans", bad, "%v", err)
	} else if n := list.Len(); n > 0 {
		d.note("bans", fine, "%d accounts and devices are kept out", n)
	}
	path, _ := filepath.Abs(dir)
	d.note("data", fine, "%s can be written%s", path, free(filepath.Dir(path)))
	g, advice := fine, ""
	if took[syncs/2] > slowSync {
		g, advice = worse, ": every answer waits for one; a local disk is faster"
	}
	if c.Sync == "interval" {
		advice = ", which answers do not wait for (sync is interval)"
	}
	d.note("disk", g, "a sync takes %.2f ms (median), %.2f ms (worst of %d)%s",
		millis(took[syncs/2]), millis(took[syncs-1]), syncs, advice)
}

func millis(t time.Duration) float64 { return float64(t.Microseconds()) / 1000 }

// syncTimes writes 4 KiB and syncs, often, and returns how long each took, sorted.
func syncTimes(dir string) ([]time.Duration, error) {
	f, err := os.CreateTemp(dir, ".doctor-")
	if err != nil {
		return nil, err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	block, took := make([]byte, 4096), make([]time.Duration, syncs)
	for i := range took {
		began := time.Now()
		if _, err := f.Write(block); err != nil {
			return nil, err
		}
		if err := f.Sync(); err != nil {
			return nil, err
		}
		took[i] = time.Since(began)
	}
	slices.Sort(took)
	return took, nil
}

// clock matters since tokens expire by it.
func (d *diagnosis) clock() {
	at := d.now.UTC().Format(time.RFC3339)
	if d.now.Year() < 2025 {
		d.note("clock", bad, "it says %s: tokens would be taken that have expired", at)
		return
	}
	synchronised, known := clockSynchronised()
	switch {
	case !known:
		d.note("clock", unknown, "it says %s; whether it is kept right cannot be seen", at)
	case !synchronised:
		d.note("clock", worse, "it says %s, and nothing keeps it right: run chrony or systemd-timesyncd", at)
	default:
		d.note("clock", fine, "it says %s, and is kept right", at)
	}
}

// fewFiles is how many open files are few: each connection takes one.
const fewFiles = 4096

func (d *diagnosis) limits() {
	n, known := openFiles()
	switch {
	case !known:
		d.note("files", unknown, "how many can be open cannot be seen")
	case n < fewFiles:
		d.note("files", worse, "%d can be open, and each connection takes one: raise the limit (ulimit -n, LimitNOFILE)", n)
	default:
		d.note("files", fine, "%d can be open: about as many connections", n)
	}
}
