//go:build !js

package jsbridge

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every page downloads what the bridge links. Sizes are brotli, measured.
var forbidden = map[string]string{
	"fmt":                                   "+120 KB, and reflection",
	"reflect":                               "keeps methods alive that nobody calls",
	"encoding/json":                         "+250 KB; core/codec reads and writes JSON",
	"log":                                   "brings fmt and time zones",
	"net":                                   "the page owns the network",
	"net/http":                              "the page owns the network; +610 KB",
	"net/url":                               "the page parses addresses",
	"os":                                    "there are no files; print writes to stderr",
	"context":                               "brings time",
	"time":                                  "brings syscall, +45 KB with it; the page has clocks and timers",
	"github.com/teamortix/golang-wasm/wasm": "+290 KB, and its init panics in a page that did not prepare for it; only with the tag golangwasm",
}

func TestTheBridgeImportsLittle(t *testing.T) {
	linked := deps(t)
	for path, why := range forbidden {
		assert.NotContains(t, linked, path, why)
	}
	assert.Contains(t, linked, "syscall/js", "the list is that of the browser's build")
}

func TestOnlyTheTagLinksGolangWasm(t *testing.T) {
	assert.Contains(t, deps(t, "-tags=golangwasm"), "github.com/teamortix/golang-wasm/wasm")
}

func deps(t *testing.T, flags ...string) []string {
	cmd := exec.Command("go", append(append([]string{"list", "-deps"}, flags...), ".")...)
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	require.NoError(t, err)
	return strings.Fields(string(out))
}
