package web

import (
	"io/fs"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestDistIsServedFromItsRoot(t *testing.T) {
	_, err := fs.Stat(Dist(), ".gitkeep")
	assert.NoError(t, err)
}

func TestABuildIsWhole(t *testing.T) {
	if _, err := fs.Stat(Dist(), "build-info.json"); err != nil {
		t.Skip("not built: run node web/build/build.mjs")
	}
	for _, name := range []string{"index.mjs", "loader.mjs", "nim.mjs", "tui.mjs", "index.cjs", "beckon.js", "beckon.wasm", "beckon.wasm.br", "beckon.wasm.gz", "index.d.ts"} {
		info, err := fs.Stat(Dist(), name)
		if assert.NoError(t, err) {
			assert.NotZero(t, info.Size(), name)
		}
	}
}
