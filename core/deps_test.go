//go:build !js

package core_test

import (
	"encoding/json"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "beckon"

// impure is what core and the packages in it do without, and why. (A command,
// such as a generator, is linked into nothing, and may do what it likes.)
var impure = map[string]string{
	"bufio":           "brings io: nothing here reads or writes",
	"context":         "nothing here waits, so nothing needs to be told to stop",
	"crypto/rand":     "randomness comes in with Env",
	"encoding/base64": "brings fmt",
	"encoding/hex":    "brings fmt, and with it os and reflect",
	"encoding/json":   "200 KB of the browser module, and reflection on the hot path: package codec is for that",
	"fmt":             "brings os and reflect into the browser module; strconv does",
	"io":              "bytes come in and go out",
	"log":             "return an event or an error; the relay's edge logs",
	"log/slog":        "return an event or an error; the relay's edge logs",
	"math/big":        "numbers are texts here",
	"math/rand":       "randomness comes in with Env",
	"math/rand/v2":    "randomness comes in with Env",
	"net":             "the host owns the network",
	"net/http":        "the host owns the network, and it triples the module",
	"net/url":         "brings fmt",
	"os":              "the host owns files and the environment",
	"os/exec":         "the host owns files and the environment",
	"reflect":         "keeps every method in the browser module, used or not",
	"regexp":          "brings 100 KB; write the loop",
	"runtime":         "what is decided must not depend on where",
	"sync":            "one goroutine owns the state: there is nothing to lock",
	"sync/atomic":     "one goroutine owns the state: there is nothing to lock",
	"syscall":         "the host owns the system",
	"syscall/js":      "the page belongs to jsbridge",
	"text/template":   "brings reflect",
	"time":            "now comes in with Env, as core.Time; nobody here may look at the clock or wait",
	"unsafe":          "what a stranger sends is read here",
}

// below says what each package of core may import of ours. Imports point inward:
// so the machine can be tested without a world, and is not linked into the page,
// and neither dialect is known to the session.
var below = map[string][]string{
	"core":         {},
	"core/codec":   {},
	"core/wire":    {"core/codec"},
	"core/record":  {"core", "core/codec"},
	"core/session": {"core/codec", "core/wire"},
	"core/charts":  {"core", "core/session", "core/wire"}, // a command
	"core/nim":     {"core/codec", "core/wire"},
	"core/tui":     {"core/codec", "core/wire"},
}

// TestCoreStaysPure looks at what core and the packages beside it import
// themselves, on both platforms.
func TestCoreStaysPure(t *testing.T) {
	for _, env := range []string{"GOOS=linux GOARCH=amd64", "GOOS=js GOARCH=wasm"} {
		for _, p := range goList(t, env, "./...") {
			for _, imported := range p.Imports {
				if why, is := impure[imported]; is && p.Name != "main" {
					t.Errorf("%s imports %s: %s", p.name(), imported, why)
				}
				first, _, _ := strings.Cut(imported, "/")
				require.False(t, strings.Contains(first, "."), "%s imports %s: core is std only", p.name(), imported)
			}
		}
	}
}

// TestCoreBringsNothingHeavy looks at what comes along with what is imported: a
// harmless package may bring fmt.
func TestCoreBringsNothingHeavy(t *testing.T) {
	heavy := []string{"encoding/json", "fmt", "log", "math/big", "net", "os", "reflect", "regexp", "syscall", "time"}
	for _, ours := range goList(t, "GOOS=js GOARCH=wasm", "./...") {
		if ours.Name == "main" {
			continue
		}
		for _, p := range goList(t, "GOOS=js GOARCH=wasm", "-deps", ours.ImportPath) {
			if slices.Contains(heavy, p.ImportPath) {
				t.Errorf("%s brings %s: %s", ours.name(), p.ImportPath, impure[p.ImportPath])
			}
		}
	}
}

// TestImportsPointInward guards the layers: a dialect is not known to the
// session, a package here knows none of the server's, and the machine none of
// ours at all.
func TestImportsPointInward(t *testing.T) {
	for _, p := range goList(t, "GOOS=linux GOARCH=amd64", "./...") {
		allowed, known := below[p.name()]
		if !known && path.Dir(p.name()) != "core" { // part of one of them
			allowed, known = append(slices.Clone(below[path.Dir(p.name())]), path.Dir(p.name())), true
		}
		require.True(t, known, "%s is new in core: say in below what it may import", p.name())
		for _, imported := range p.Imports {
			if ours, is := strings.CutPrefix(imported, module+"/"); is && !slices.Contains(allowed, ours) {
				t.Errorf("%s imports %s; it may import %v of ours", p.name(), ours, allowed)
			}
		}
	}
}

type goPackage struct {
	ImportPath string
	Name       string
	Imports    []string
}

func (p goPackage) name() string { return strings.TrimPrefix(p.ImportPath, module+"/") }

// goList asks go list, which reads imports without compiling anything.
func goList(t *testing.T, env string, args ...string) []goPackage {
	cmd := exec.Command("go", append([]string{"list", "-e", "-json=ImportPath,Name,Imports"}, args...)...)
	cmd.Env = append(cmd.Environ(), strings.Fields(env)...)
	out, err := cmd.Output()
	require.NoError(t, err)
	var all []goPackage
	for d := json.NewDecoder(strings.NewReader(string(out))); d.More(); {
		var p goPackage
		require.NoError(t, d.Decode(&p))
		all = append(all, p)
	}
	require.NotEmpty(t, all)
	return all
}
