package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strings"
	"time"

	"beckon/core"
	"beckon/server/auth"
)

// config is what an operator can set.
type config struct {
	addr       string
	data       string
	journal    string
	sync       string
	origins    []string
	log        string
	invitation time.Duration
	grace      time.Duration
}

// errUsage says that the flags package has told the user already.
var errUsage = errors.New("usage")

func parseConfig(args []string, errors io.Writer) (config, error) {
	var c config
	var origins string
	flags := flag.NewFlagSet("beckon", flag.ContinueOnError)
	flags.SetOutput(errors)
	flags.StringVar(&c.addr, "addr", "127.0.0.1:8080", "`host:port` to listen on")
	flags.StringVar(&c.data, "data", "data", "`folder` of the journal; made if it is not there")
	flags.StringVar(&c.journal, "journal", "nats", "where state is kept: nats (embedded, in the data folder) or memory (gone with the process)")
	flags.StringVar(&c.sync, "sync", "always", "when the journal reaches the disk: always (before an answer) or interval (every second: survives a crash of the relay; the machine's may take the last second)")
	flags.StringVar(&origins, "origins", "", "`hosts` whose pages may connect besides this relay's own, separated by commas, such as *.example.org")
	flags.StringVar(&c.log, "log", "text", "format of the log: text or json")
	flags.DurationVar(&c.invitation, "invitation", 90*time.Second, "how long an invitation rings")
	flags.DurationVar(&c.grace, "grace", 2*time.Minute, "how long a member may be without a link; 0: for ever")
	if err := flags.Parse(args); err != nil {
		return c, errUsage
	}
	if origins != "" {
		c.origins = strings.Split(origins, ",")
	}
	return c, c.check(flags.Args())
}

func (c config) check(rest []string) error {
	oneOf := func(flag, value string, allowed ...string) error {
		for _, a := range allowed {
			if value == a {
				return nil
			}
		}
		return fmt.Errorf("-%s is %q, but takes %s", flag, value, strings.Join(allowed, " or "))
	}
	if _, _, err := net.SplitHostPort(c.addr); err != nil {
		return fmt.Errorf("-addr is %q, but takes host:port, such as 127.0.0.1:8080", c.addr)
	}
	switch {
	case len(rest) > 0:
		return fmt.Errorf("%q is no flag", rest[0])
	case !auth.Loopback(c.addr):
		return fmt.Errorf("-addr %s can be reached from other machines, but this relay takes any token (dev mode): listen on 127.0.0.1", c.addr)
	case c.invitation < time.Second:
		return fmt.Errorf("-invitation is %s, but takes at least 1s", c.invitation)
	case c.grace < 0:
		return fmt.Errorf("-grace is %s, but takes at least 0s", c.grace)
	}
	return errors.Join(
		oneOf("journal", c.journal, "nats", "memory"),
		oneOf("sync", c.sync, "always", "interval"),
		oneOf("log", c.log, "text", "json"),
	)
}

// machine is the part that the machine goes by.
func (c config) machine() core.Config {
	m := core.Config{
		InvitationTime: core.Time(c.invitation.Milliseconds()),
		Grace:          core.Time(c.grace.Milliseconds()),
	}
	if c.grace == 0 {
		m.Grace = -1
	}
	return m
}

func (c config) logger(w io.Writer) *slog.Logger {
	if c.log == "json" {
		return slog.New(slog.NewJSONHandler(w, nil))
	}
	return slog.New(slog.NewTextHandler(w, nil))
}
