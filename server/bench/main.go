// Command bench measures the relay: it starts the relay and the floors that it is
// compared with, each as a process of its own, lets a load generator make calls
// through one after the other, several rounds of it, and prints a table.
//
//	go run ./server/bench                   # everything, about eight minutes
//	go run ./server/bench -rounds 1         # a quick look
//	go run ./server/bench -growth           # how costs grow with what a relay holds
//	go run ./server/bench -profile folder   # where the relay's time goes
//	go run ./server/bench -docs             # put the figures into web/docs again
//
// Figures differ between machines, and between hours on a shared one. Go by the
// ratios to the floors, which are measured in the same rounds.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := loadOrRun(ctx, os.Args[1:], os.Stdout, os.Stderr)
	if err != nil && ctx.Err() != nil {
		err = errors.New("stopped")
	}
	switch {
	case errors.Is(err, errUsage):
		os.Exit(2)
	case err != nil:
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// loadOrRun is a load generator or another process of the benchmark, if it is
// asked for that, and the benchmark otherwise.
func loadOrRun(ctx context.Context, args []string, out, errs io.Writer) error {
	if isChild(args) {
		return beChild(ctx, args[0], args[1], out)
	}
	s, err := parse(args, errs)
	if err != nil {
		return err
	}
	return run(ctx, s, out, errs)
}

// settings is what a user can set.
type settings struct {
	rounds  int
	measure time.Duration
	data    string
	json    string
	profile string
	growth  bool
	docs    bool
}

// errUsage says that the flags package has told the user already.
var errUsage = errors.New("usage")

func parse(args []string, errs io.Writer) (settings, error) {
	var s settings
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(errs)
	seconds := flags.Float64("seconds", 2, "how long each load counts, after a quarter of that to warm up")
	flags.IntVar(&s.rounds, "rounds", 5, "how many times everything is measured; the table has the medians")
	flags.StringVar(&s.data, "data", "data", "`folder` whose disk the journals are on; what the bench makes in it, it removes")
	flags.StringVar(&s.json, "json", "", "`file` for the table and all rounds; a chart goes beside it, as .svg (default server/bench/bench.json, or growth.json)")
	flags.BoolVar(&s.growth, "growth", false, "measure how costs grow with what a relay holds, instead; about eight minutes")
	flags.StringVar(&s.profile, "profile", "", "profile the relay under the load of 128 pairs into this `folder`, instead of the table")
	flags.BoolVar(&s.docs, "docs", false, "bring the figures in web/docs up to date with the reports, and measure nothing")
	if flags.Parse(args) != nil {
		return s, errUsage
	}
	s.measure = time.Duration(*seconds * float64(time.Second))
	if s.json == "" {
		s.json = benchFile
		if s.growth {
			s.json = growthFile
		}
	}
	switch {
	case flags.NArg() > 0:
		return s, fmt.Errorf("%q is no flag", flags.Arg(0))
	case s.rounds < 1 || s.rounds > 1000:
		return s, fmt.Errorf("-rounds is %d, but takes 1 to 1000", s.rounds)
	case s.measure < 10*time.Millisecond || s.measure > time.Minute:
		return s, fmt.Errorf("-seconds is %g, but takes 0.01 to 60", *seconds)
	}
	return s, nil
}

func run(ctx context.Context, s settings, out, errs io.Writer) error {
	if s.docs {
		return publish(docsFile, benchFile, growthFile)
	}
	b, err := open(ctx, s)
	if err != nil {
		return err
	}
	defer b.close()
	if err := b.measure(ctx, out, errs); err != nil {
		return err
	}
	if s.json == benchFile || s.json == growthFile {
		return publish(docsFile, benchFile, growthFile)
	}
	return nil
}

// measure does what the settings say, and prints and saves what it found.
func (b *bench) measure(ctx context.Context, out, errs io.Writer) error {
	s := b.settings
	if s.profile != "" {
		return b.profile(ctx, s.profile, out)
	}
	if s.growth {
		return b.grow(ctx, full, out, errs)
	}
	report, err := b.everything(ctx, experiments(), func(round int) {
		fmt.Fprintf(errs, "round %d of %d\n", round, s.rounds)
	})
	if err != nil {
		return err
	}
	if err := report.print(out); err != nil {
		return err
	}
	return report.save(s.json)
}
