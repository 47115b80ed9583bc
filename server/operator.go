package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"beckon/core"
	"beckon/server/config"
	"beckon/server/engine"
)

func trimmed(text []byte) string { return string(bytes.TrimSpace(text)) }

// inspect shows an app of a relay that runs, as tables.
func inspect(ctx context.Context, p *program, set *flag.FlagSet, args []string) error {
	given := config.Flags(set, p.env)
	app := set.String("app", "", "`name` of the app; may be left out if there is only one")
	account := set.String("account", "", "show only what concerns this `account`")
	most := set.Int("most", 100, "show at most so `many` of each")
	raw := set.Bool("json", false, "print JSON, for programs")
	if err := p.parse(set, args, 0); err != nil {
		return err
	}
	c, err := config.Load(given())
	if err != nil {
		return err
	}
	res, err := ask(ctx, c.Data, http.MethodGet, "/inspect?"+url.Values{"app": {*app}, "account": {*account}, "most": {strconv.Itoa(*most)}}.Encode())
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if *raw {
		_, err := io.Copy(p.out, res.Body)
		return err
	}
	var v shown
	if err := json.NewDecoder(res.Body).Decode(&v); err != nil {
		return err
	}
	return v.print(p.out)
}

func (v *shown) print(to io.Writer) error {
	out := tabwriter.NewWriter(to, 2, 0, 2, ' ', 0)
	s, size := v.State, v.State.Size
	now := moment(s.Now)
	fmt.Fprintf(out, "app %s at %s\n\n", safe(v.App), now.Format(time.RFC3339))
	fmt.Fprintf(out, "links\t%d\nchannels\t%d\naccounts\t%d\ninvitations that ring\t%d\n", s.Links, size.Channels, size.Accounts, size.Pending)
	fmt.Fprintf(out, "notices in inboxes\t%d (ever lost: %d for want of room, %d too old)\n", size.Inbox, s.Dropped, s.Aged)
	behind := "no snapshot yet"
	if !v.Stats.Snapshot.IsZero() {
		behind = fmt.Sprintf("%d bytes behind the snapshot of %s", v.Stats.Behind, v.Stats.Snapshot.UTC().Format(time.RFC3339))
	}
	fmt.Fprintf(out, "records\t%d (%s)\nbytes in the queue\t%d\n", v.Stats.Records, behind, v.Stats.Queued)
	since := func(t core.Time) string { return now.Sub(moment(t)).Truncate(time.Second).String() }

	heading(out, "DEVICES", len(s.Devices), s.Links, "ACCOUNT\tDEVICE\tLIFE")
	for _, d := range s.Devices {
		fmt.Fprintf(out, "%s\t%s\t%s\n", safe(d.Account), safe(d.Device), safe(d.Life))
	}
	heading(out, "CHANNELS", len(s.Channels), size.Channels, "ID\tKIND\tCREATOR\tAGE\tRING\tMEMBERS")
	for _, c := range s.Channels {
		kind := "channel"
		if c.Room {
			kind = "room"
		}
		fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%d\t%s\n", safe(c.ID), kind, safe(c.Creator), since(c.Created), c.Pending, seats(c.Members, since))
	}
	heading(out, "INVITATIONS", len(s.Invitations), size.Pending, "CHANNEL\tFROM\tTO\tREQUEST\tAGE\tEND")
	for _, i := range s.Invitations {
		left := "never"
		if i.Deadline != 0 {
			left = "in " + moment(i.Deadline).Sub(now).Truncate(time.Second).String()
		}
		fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\t%s\n", safe(i.Channel), safe(i.Inviter), safe(i.Invitee), safe(i.RequestID), since(i.Made), left)
	}
	if len(v.Bans) > 0 {
		printBans(out, v.Bans)
	}
	return out.Flush()
}

func heading(out io.Writer, what string, shown, all int, columns string) {
	fmt.Fprintf(out, "\n%s: %d of %d\n", what, shown, all)
	if shown > 0 {
		fmt.Fprintln(out, columns)
	}
}

func seats(list []engine.InspectedSeat, since func(core.Time) string) string {
	var names []string
	for _, m := range list[:min(len(list), 5)] {
		name := safe(m.Account)
		if m.Lost != 0 {
			name += " (gone for " + since(m.Lost) + ")"
		}
		names = append(names, name)
	}
	if more := len(list) - len(names); more > 0 {
		names = append(names, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(names, ", ")
}

func moment(t core.Time) time.Time { return time.UnixMilli(int64(t)).UTC() }

// safe keeps a terminal and a table from what strangers chose to be called.
func safe(name string) string {
	if quoted := strconv.Quote(name); quoted != `"`+name+`"` || name == "" {
		return quoted
	}
	return name
}

// isReady is for those who watch a container, where there is no curl.
func isReady(ctx context.Context, p *program, set *flag.FlagSet, args []string) error {
	given := config.Flags(set, p.env)
	if err := p.parse(set, args, 0); err != nil {
		return err
	}
	c, err := config.Load(given())
	if err != nil {
		return err
	}
	res, err := ask(ctx, c.Data, http.MethodGet, "/readyz")
	if err != nil {
		return err
	}
	return res.Body.Close()
}

// forget erases an account from an app of a relay that runs.
func forget(ctx context.Context, p *program, set *flag.FlagSet, args []string) error {
	given := config.Flags(set, p.env)
	app := set.String("app", "", "`name` of the app; may be left out if there is only one")
	if err := p.parse(set, args, 1); err != nil {
		return err
	}
	account := set.Arg(0)
	if account == "" {
		return errors.New("whom? give an account: beckon forget ACCOUNT")
	}
	c, err := config.Load(given())
	if err != nil {
		return err
	}
	res, err := ask(ctx, c.Data, http.MethodPost, "/forget?"+url.Values{"app": {*app}, "account": {account}}.Encode())
	if err != nil {
		return err
	}
	defer res.Body.Close()
	var f engine.Forgotten
	if err := json.NewDecoder(res.Body).Decode(&f); err != nil {
		return err
	}
	fmt.Fprintf(p.out, "%s is forgotten: %d channels closed, %d left, %d invitations ended, %d notices and %d profiles erased, %d links ended.\n",
		safe(account), f.Channels, f.Memberships, f.Invitations, f.Notices, oneIf(f.Profile), f.Links)
	fmt.Fprintf(p.out, "A new snapshot stands in for what was stored before. See \"Forgetting\" in operate.md for what stays, and how long.\n")
	return nil
}

func oneIf(b bool) int {
	if b {
		return 1
	}
	return 0
}

// create makes a file that only its owner can read, under another name until
// done is called.
func create(path string) (f *os.File, done func() error, err error) {
	f, err = os.OpenFile(path+".part", os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, nil, err
	}
	return f, func() error {
		return errors.Join(f.Sync(), f.Close(), os.Rename(f.Name(), path))
	}, nil
}
