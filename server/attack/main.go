// Command attack judges what strangers can do to honest users of a relay:
//
//	make attack
//
// A relay with its limits at their defaults serves two apps. In one of them, 200
// pairs of honest users call each other, each every two seconds, from 127.0.0.1. A
// process of its own attacks, from 127.0.0.2 to 127.0.0.9, as a stranger and with
// accounts of both apps, one phase after the other, at the rates that the list of
// phases says. No address but the machine's own is ever contacted, and all is over
// within eight minutes, or five on a quiet machine.
//
// The attacker's own work is not the relay's fault. So windows of attack alternate
// with windows of a burner, a process that uses as much processor time as the
// attacker just did, and the honest users' waiting, from the moment when a call is
// due until the callee is rung, is compared: the 99th percentile with the attack must
// not be over three times that with the burner, each being that of the best of three
// windows; of up to nine, if it seems to be and there is time. An attack is the same in
// all of its windows, and what the disk and the machine's other programs do only ever
// adds. The table has the medians as well.
//
// Besides, in every phase: the relay does not crash, its memory stays under a bound, no
// honest link is lost and no honest command refused, its metrics show what was refused
// and why; and in the end everything that honest users were answered is in the journal.
//
// It prints a table, writes all figures as JSON, and exits with 1 if any of this is
// not so.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"time"
)

// longest is how long all of it may take.
const longest = 8 * time.Minute

func main() {
	out := flag.String("json", "", "`file` for all figures")
	only := flag.String("only", "", "`name` of the only phase")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	var err error
	switch flag.Arg(0) {
	case "force":
		err = beForce(ctx, os.Stdin, os.Stdout, flag.Arg(1))
	case "burn":
		err = beBurner(ctx, os.Stdin, flag.Arg(1))
	default:
		err = run(ctx, *out, *only)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "attack:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out, only string) error {
	dir, err := os.MkdirTemp("", "beckon-attack-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	program, err := buildRelay(ctx, dir)
	if err != nil {
		return err
	}
	j := judge{
		Pairs: 200, Every: 2 * time.Second, Windows: 3, Window: 3500 * time.Millisecond, Longer: 8 * time.Second, Scale: 1,
		MaxRatio: 3, MaxRSS: 512 << 20, launch: launchProcess, print: os.Stdout,
	}
	report, err := j.run(ctx, program, dir, phasesNamed(only))
	if report != nil {
		report.print(os.Stdout)
		if out != "" {
			text, _ := json.MarshalIndent(report, "", "  ")
			if err := os.WriteFile(out, append(text, '\n'), 0o644); err != nil {
				return err
			}
		}
	}
	if err != nil {
		return err
	}
	return report.verdict()
}
