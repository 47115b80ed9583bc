package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"runtime"
	"runtime/debug"
)

// A release sets these: go build -ldflags "-X main.release=1.2.3 -X main.commit=…".
// A build from a work tree knows its commit by itself.
var release, commit string

func version(_ context.Context, p *program, set *flag.FlagSet, args []string) error {
	if err := p.parse(set, args, 0); err != nil {
		return err
	}
	fmt.Fprintln(p.out, versionLine())
	return nil
}

func versionLine() string {
	return fmt.Sprintf("beckon %s, commit %s, %s, %s/%s", releaseName(), commitName(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

func releaseName() string { return cmp.Or(release, "development") }

func commitName() string {
	c := commit
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" && c == "" {
				c = s.Value
			}
		}
	}
	return cmp.Or(c, "unknown")
}
