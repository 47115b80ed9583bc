package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"os/user"
	"text/tabwriter"
	"time"

	"beckon/server/ban"
	"beckon/server/config"
)

// target is what kick, ban and unban are given.
type target struct {
	config          *config.Config
	values          url.Values
	account, device string
}

// aim reads the flags and arguments of a command about an account or a device.
func (p *program) aim(set *flag.FlagSet, args []string) (*target, error) {
	given := config.Flags(set, p.env)
	app := set.String("app", "", "`name` of the app; may be left out if there is only one")
	if err := p.parse(set, args, 2); err != nil {
		return nil, err
	}
	t := &target{account: set.Arg(0), device: set.Arg(1)}
	if t.account == "" {
		return nil, fmt.Errorf("whom? give an account, and a device if only that is meant: %s ACCOUNT [DEVICE]", set.Name())
	}
	t.values = url.Values{"app": {*app}, "account": {t.account}, "device": {t.device}, "by": {operator()}}
	var err error
	t.config, err = config.Load(given())
	return t, err
}

// operator is who runs a command, for the log.
func operator() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return ""
}

func (t *target) String() string {
	if t.device != "" {
		return "the device " + safe(t.device) + " of " + safe(t.account)
	}
	return safe(t.account)
}

func (t *target) ask(ctx context.Context, what string) (done out, err error) {
	res, err := ask(ctx, t.config.Data, http.MethodPost, what+"?"+t.values.Encode())
	if err != nil {
		return done, err
	}
	defer res.Body.Close()
	return done, json.NewDecoder(res.Body).Decode(&done)
}

// kick ends an account's links in a relay that runs. It may come back.
func kick(ctx context.Context, p *program, set *flag.FlagSet, args []string) error {
	t, err := p.aim(set, args)
	if err != nil {
		return err
	}
	done, err := t.ask(ctx, "/kick")
	if err == nil {
		fmt.Fprintf(p.out, "%s is out: %d links ended. It may log in again: see beckon ban.\n", t, done.Links)
	}
	return err
}

// banOne keeps an account or a device out of a relay that runs.
func banOne(ctx context.Context, p *program, set *flag.FlagSet, args []string) error {
	long := set.Duration("for", 0, "for how `long`, such as 1h; without it, for good")
	reason := set.String("reason", "", "`text` for the log and the list; the page is not told")
	t, err := p.aim(set, args)
	if err != nil {
		return err
	}
	if *long < 0 || *long > 0 && *long < time.Second {
		return errors.New("-for takes at least 1s")
	}
	if *long > 0 {
		t.values.Set("for", long.String())
	}
	t.values.Set("reason", *reason)
	done, err := t.ask(ctx, "/ban")
	if err != nil {
		return err
	}
	end := "until it is lifted (beckon unban)"
	if !done.Until.IsZero() {
		end = "until " + done.Until.Format(time.RFC3339)
	}
	fmt.Fprintf(p.out, "%s is kept out %s: %d links ended, %d channels left, %d invitations cancelled.\n", t, end, done.Links, done.Channels, done.Invitations)
	return nil
}

// unban lets an account or a device in again.
func unban(ctx context.Context, p *program, set *flag.FlagSet, args []string) error {
	t, err := p.aim(set, args)
	if err != nil {
		return err
	}
	done, err := t.ask(ctx, "/unban")
	if err != nil {
		return err
	}
	if done.Lifted == 0 {
		return fmt.Errorf("%s was not kept out: see beckon bans", t)
	}
	fmt.Fprintf(p.out, "%s may log in again: %d bans lifted.\n", t, done.Lifted)
	return nil
}

// bans lists whom a relay that runs keeps out.
func bans(ctx context.Context, p *program, set *flag.FlagSet, args []string) error {
	given := config.Flags(set, p.env)
	app := set.String("app", "", "`name` of the app; may be left out if there is only one")
	if err := p.parse(set, args, 0); err != nil {
		return err
	}
	c, err := config.Load(given())
	if err != nil {
		return err
	}
	res, err := ask(ctx, c.Data, http.MethodGet, "/bans?"+url.Values{"app": {*app}}.Encode())
	if err != nil {
		return err
	}
	defer res.Body.Close()
	var list []ban.Ban
	if err := json.NewDecoder(res.Body).Decode(&list); err != nil {
		return err
	}
	table := tabwriter.NewWriter(p.out, 2, 0, 2, ' ', 0)
	printBans(table, list)
	return table.Flush()
}

func printBans(table *tabwriter.Writer, list []ban.Ban) {
	heading(table, "KEPT OUT", len(list), len(list), "ACCOUNT\tDEVICE\tSINCE\tUNTIL\tBY\tREASON")
	for _, b := range list {
		device, until := "all", "lifted"
		if b.Device != "" {
			device = safe(b.Device)
		}
		if !b.Until.IsZero() {
			until = b.Until.Format(time.RFC3339)
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n", safe(b.Account), device, b.Since.Format(time.RFC3339), until, safe(b.By), safe(b.Reason))
	}
}
