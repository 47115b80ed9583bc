//go:build !js

package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core"
)

func TestGeneratedChartsAreCurrent(t *testing.T) {
	files, err := generate()
	require.NoError(t, err)
	for name, want := range files {
		have, err := os.ReadFile(filepath.Join(root, name))
		require.NoError(t, err, "run: make generate")
		require.Equal(t, want, string(have), "%s is not what the machine does any more; run: make generate", name)
	}
}

func TestChartsAreTheSameEveryTime(t *testing.T) {
	first, err := generate()
	require.NoError(t, err)
	again, err := generate()
	require.NoError(t, err)
	require.Equal(t, first, again)
}

// aside are the orders that change no state that a chart shows.
var aside = []string{"Control", "Message", "MarkRead", "SetCard", "SetTitle", "SetPassword", "SetProfile"}

// TestEveryOrderIsTried finds the orders in the machine's source, so that a new
// one is not forgotten here.
func TestEveryOrderIsTried(t *testing.T) {
	tried := map[string]bool{}
	for _, moves := range fields() {
		for _, m := range moves {
			if m.do != nil {
				tried[reflect.TypeOf(m.do).Name()] = true
			}
		}
	}
	for _, name := range aside {
		require.False(t, tried[name], "%s is tried", name)
		tried[name] = true
	}
	orders := sealedBy(t, "order")
	require.Greater(t, len(orders), 20)
	for _, name := range orders {
		require.True(t, tried[name], "no chart comes of core.%s: add it to fields, or to aside", name)
	}
}

// TestEveryOutcomeIsReached is about the walk: it must not stop too early.
func TestEveryOutcomeIsReached(t *testing.T) {
	seen := exploreMachine()
	c := invitationChart(seen)
	for _, s := range []core.State{core.Accepted, core.Rejected, core.Cancelled, core.Revoked, core.Expired} {
		require.True(t, c.leads("pending", s.String()), s.String())
	}
	for _, a := range c.arrows {
		require.True(t, a.from == nowhere || a.from == "pending", "%s is final, and led to %s", a.from, a.to)
	}
	require.True(t, seatChart(seen).leads("lost", nowhere))
	require.True(t, channelChart(seen).leads("empty", nowhere))
	require.True(t, sessionChart(exploreSession()).leads("online", "waiting"))
}

func TestUnknownStateIsAnError(t *testing.T) {
	c := &chart{name: "x", states: []state{{name: "known"}}}
	c.add("known", "new", "", "time")
	_, err := draw(c)
	require.ErrorContains(t, err, `"new", which has no place`)
}

func (c *chart) leads(from, to string) bool {
	for _, a := range c.arrows {
		if a.from == from && a.to == to {
			return true
		}
	}
	return false
}

// sealedBy lists the types of core that have an unexported method.
func sealedBy(t *testing.T, method string) (names []string) {
	paths, err := filepath.Glob("../*.go")
	require.NoError(t, err)
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		for _, d := range file.Decls {
			if f, is := d.(*ast.FuncDecl); is && f.Recv != nil && f.Name.Name == method {
				names = append(names, f.Recv.List[0].Type.(*ast.Ident).Name)
			}
		}
	}
	return names
}
