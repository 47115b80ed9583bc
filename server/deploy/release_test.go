//go:build linux

package deploy

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The same commit, built in another folder, gives the same bytes.
func TestAReleaseIsReproducible(t *testing.T) {
	if testing.Short() {
		t.Skip("builds two releases")
	}
	there := t.TempDir()
	run(t, "../..", nil, "sh", "-c", `tar -cf - go.mod go.sum LICENSE CHANGELOG.md SECURITY.md core server web/embed.go web/dist web/docs | tar -xf - -C "$0"`, there)
	first, err := os.ReadFile(release(t))
	require.NoError(t, err)
	second, err := os.ReadFile(build(t, there, t.TempDir(), "TMPDIR="+t.TempDir(), "TZ=Asia/Tokyo", "LANG=C.UTF-8"))
	require.NoError(t, err)
	require.True(t, string(first) == string(second))
}

// release is the archive for this machine, built once for all tests.
func release(t *testing.T) string {
	t.Helper()
	if archive == "" {
		dir, err := os.MkdirTemp("", "beckon-release-")
		require.NoError(t, err)
		archive = build(t, "../..", dir)
	}
	return archive
}

var archive string

func TestMain(m *testing.M) {
	code := m.Run()
	if archive != "" {
		os.RemoveAll(filepath.Dir(archive))
	}
	os.Exit(code)
}

// build builds the archive from the sources in a folder into another one, and returns its path.
func build(t *testing.T, sources, out string, env ...string) string {
	t.Helper()
	if _, err := os.Stat(filepath.Join(sources, "web/dist/build-info.json")); err != nil {
		t.Skip("web/dist is not built: make dist")
	}
	env = append(env, "PLATFORMS=linux/"+runtime.GOARCH, "COMMIT=0123abcd", "SOURCE_DATE_EPOCH=1700000000")
	run(t, sources, env, "server/deploy/release.sh", "1.2.3", out)
	path := filepath.Join(out, "beckon-1.2.3-linux-"+runtime.GOARCH+".tar.gz")
	sums, err := os.ReadFile(filepath.Join(out, "SHA256SUMS"))
	require.NoError(t, err)
	require.Regexp(t, `^[0-9a-f]{64}  `+regexp.QuoteMeta(filepath.Base(path))+"\n$", string(sums))
	return path
}

func run(t *testing.T, dir string, env []string, name string, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	return string(out)
}
