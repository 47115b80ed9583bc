package core_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core"
)

var update = flag.Bool("update", false, "rewrite testdata/script; read the diff before committing it")

// TestScript plays each conversation in testdata/script: blocks, separated by
// empty lines, of a command line, "----", and what came out. Lines that begin
// with # are remarks. scene_test.go says which commands there are.
//
// Whatever a story is about, it is also checked that deciding changes nothing,
// that the machine's indexes agree with its state, and that its journal, at the
// end, makes the same machine again.
func TestScript(t *testing.T) {
	paths, err := filepath.Glob("testdata/script/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, paths, "there are no stories")
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txt"), func(t *testing.T) {
			want, err := os.ReadFile(path)
			require.NoError(t, err)
			got := play(t, string(want))
			if *update {
				require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
				return
			}
			require.Equal(t, string(want), got, "the story changed; rerun with -update and read the diff")
		})
	}
}

// play runs every command of a story and returns the story with fresh results.
func play(t *testing.T, story string) string {
	s := newScene(t)
	var out strings.Builder
	for i, block := range strings.Split(strings.TrimRight(story, "\n"), "\n\n") {
		if i > 0 {
			out.WriteString("\n")
		}
		for line := range strings.Lines(block) {
			line = strings.TrimSuffix(line, "\n")
			if line == "----" {
				break
			}
			fmt.Fprintln(&out, line)
			if line != "" && !strings.HasPrefix(line, "#") {
				fmt.Fprintf(&out, "----\n%s", s.run(line))
			}
		}
	}
	s.sound("at the end")
	require.NoError(t, s.world.restart())
	return out.String()
}

// sound fails the test if the machine contradicts itself.
func (s *scene) sound(when string) {
	require.Empty(s.t, core.Check(s.world.app), when)
}
