//go:build !js

package tui_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every page downloads what this package links.
var forbidden = map[string]string{
	"fmt":           "+120 KB, and reflection",
	"reflect":       "keeps methods alive that nobody calls",
	"encoding/json": "+250 KB; core/codec reads and writes JSON",
	"math/big":      "numbers are texts here",
	"regexp":        "the checks are a few loops",
	"time":          "the relay owns the clock",
	"beckon/core":   "the machine is the relay's; only its words reach the page",
}

func TestTheDialectImportsLittle(t *testing.T) {
	cmd := exec.Command("go", "list", "-deps", ".")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	require.NoError(t, err)
	linked := strings.Fields(string(out))
	assert.Contains(t, linked, "beckon/core/wire")
	for path, why := range forbidden {
		assert.NotContains(t, linked, path, why)
	}
}
