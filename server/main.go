// Command beckon is the relay: it serves the demo page and the SDK, and connects
// those who ring with those who are rung. See beckon -h.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C does not wait
	p := &program{env: os.Getenv, in: os.Stdin, out: os.Stdout, errs: os.Stderr}
	err := p.run(ctx, os.Args[1:])
	switch {
	case errors.Is(err, errHelped):
	case errors.Is(err, errUsage):
		os.Exit(2)
	case err != nil:
		for line := range strings.Lines(err.Error()) {
			fmt.Fprintln(os.Stderr, "beckon:", strings.TrimSuffix(line, "\n"))
		}
		os.Exit(1)
	}
}

// program is what commands have of the world.
type program struct {
	env       func(string) string
	in        io.Reader
	out, errs io.Writer
}

var (
	// errUsage says that the user has been told already what was wrong.
	errUsage = errors.New("usage")
	// errHelped says that the user has got what they asked for.
	errHelped = errors.New("help")
)

type command struct {
	name, arguments, does string
	run                   func(ctx context.Context, p *program, set *flag.FlagSet, args []string) error
}

// commands is a function since help, which is in it, lists them.
func commands() []command {
	return []command{
		{"serve", "[flags]", "run the relay; what beckon does without a command", serve},
		{"token", "[flags] ACCOUNT", "make a token that lets an account in", token},
		{"doctor", "[flags]", "look whether this machine and its settings are fit to serve", doctor},
		{"inspect", "[flags]", "show what is going on in a relay that runs", inspect},
		{"ready", "[flags]", "say whether a relay that runs is ready, as /readyz does", isReady},
		{"backup", "[flags] FILE", "copy what a relay keeps, while it runs or not", backUp},
		{"restore", "[flags] FILE", "make a data folder of what backup has copied", restore},
		{"forget", "[flags] ACCOUNT", "erase an account, in a relay that runs", forget},
		{"kick", "[flags] ACCOUNT [DEVICE]", "end an account's connections, in a relay that runs", kick},
		{"ban", "[flags] ACCOUNT [DEVICE]", "keep an account out, in a relay that runs", banOne},
		{"unban", "[flags] ACCOUNT [DEVICE]", "let an account in again", unban},
		{"bans", "[flags]", "list whom a relay that runs keeps out", bans},
		{"version", "", "say which version this is", version},
		{"help", "", "list the commands", help},
	}
}

// run carries out a command. Flags without one are those of serve.
func (p *program) run(ctx context.Context, args []string) error {
	name := "serve"
	switch {
	case len(args) == 0:
	case args[0] == "-h" || args[0] == "-help" || args[0] == "--help":
		name, args = "help", nil
	case !strings.HasPrefix(args[0], "-"):
		name, args = args[0], args[1:]
	}
	for _, c := range commands() {
		if c.name == name {
			set := flag.NewFlagSet("beckon "+c.name, flag.ContinueOnError)
			set.Usage = func() {
				fmt.Fprintf(set.Output(), "beckon %s: %s\n\n  beckon %s %s\n\n", c.name, c.does, c.name, c.arguments)
				set.PrintDefaults()
			}
			return c.run(ctx, p, set, args)
		}
	}
	return fmt.Errorf("%q is no flag or command: see beckon -h", name)
}

// parse reads a command's flags, and checks that so many arguments follow.
func (p *program) parse(set *flag.FlagSet, args []string, follow int) error {
	usage := set.Usage
	set.Usage = func() {}
	set.SetOutput(p.errs)
	err := parseAll(set, args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		set.SetOutput(p.out)
		usage()
		return errHelped
	case err != nil: // which has been told
		fmt.Fprintf(p.errs, "see %s -h\n", set.Name())
		return errUsage
	case set.NArg() > follow:
		return fmt.Errorf("%q is no flag: see %s -h", set.Arg(follow), set.Name())
	}
	return nil
}

// parseAll reads flags also behind arguments, up to a "--".
func parseAll(set *flag.FlagSet, args []string) error {
	var arguments []string
	for {
		if err := set.Parse(args); err != nil {
			return err
		}
		rest := set.Args()
		if done := len(args) - len(rest); len(rest) == 0 || done > 0 && args[done-1] == "--" {
			return set.Parse(append(append([]string{"--"}, arguments...), rest...))
		}
		arguments = append(arguments, rest[0])
		args = rest[1:]
	}
}

func help(_ context.Context, p *program, _ *flag.FlagSet, _ []string) error {
	fmt.Fprintf(p.out, "Beckon is a relay for call invitations. Without a command it serves, on this machine alone.\n\n")
	for _, c := range commands() {
		fmt.Fprintf(p.out, "  beckon %-30s %s\n", c.name+" "+c.arguments, c.does)
	}
	fmt.Fprintf(p.out, "\nbeckon COMMAND -h lists a command's flags. Each can be said in the environment, too, and in a file (-config).\n")
	return nil
}
