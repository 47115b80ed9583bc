//go:build !js

package core_test

import (
	"flag"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"beckon/core"
)

// Each bug that is planted in the machine is found by the naive model. One that
// it does not find here it would not find elsewhere.
func TestModelFindsPlantedBugs(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes its time")
	}
	for name, plant := range map[string]func(*core.Config){
		"it rings a millisecond longer":           func(c *core.Config) { c.InvitationTime++ },
		"it lets one more in":                     func(c *core.Config) { c.Members++ },
		"it lets one more into rooms":             func(c *core.Config) { c.RoomMembers++ },
		"it forgets answers":                      func(c *core.Config) { c.AnswersTime = 1 },
		"it keeps one notice less":                func(c *core.Config) { c.InboxKept-- },
		"it waits longer for those without links": func(c *core.Config) { c.Grace += 1000 },
		"it forgets what ended too early":         func(c *core.Config) { c.EndedKept-- },
		"its channels live longer":                func(c *core.Config) { c.ChannelTime++ },
	} {
		t.Run(name, func(t *testing.T) {
			config := small
			plant(&config)
			require.True(t, fails(t, func(t *rapid.T) {
				c := newContest(t, config)
				c.model.config = newContest(t, small).model.config
				c.begin()
				t.Repeat(map[string]func(*rapid.T){"step": c.step, "": func(*rapid.T) { c.agree() }})
			}))
		})
	}
}

// fails says whether a property does not hold, which need not be shown briefly.
func fails(t *testing.T, property func(*rapid.T)) bool {
	for name, value := range map[string]string{"rapid.checks": "1000", "rapid.shrinktime": "0s"} {
		was := flag.Lookup(name).Value.String()
		flag.Set(name, value)
		defer flag.Set(name, was)
	}
	r := &refuted{T: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		rapid.Check(r, property)
	}()
	<-done
	return r.failed
}

// refuted is a test whose failure is what is hoped for.
type refuted struct {
	*testing.T
	failed bool
}

func (r *refuted) Errorf(format string, args ...any) { r.failed = true }
func (r *refuted) Error(args ...any)                 { r.failed = true }
func (r *refuted) Fail()                             { r.failed = true }
func (r *refuted) Failed() bool                      { return r.failed }
func (r *refuted) Logf(string, ...any)               {}
func (r *refuted) Log(...any)                        {}
func (r *refuted) FailNow() {
	r.failed = true
	runtime.Goexit()
}
func (r *refuted) Fatal(args ...any)                 { r.Fatalf("%v", args) }
func (r *refuted) Fatalf(format string, args ...any) { r.Errorf(format, args...); r.FailNow() }
