package machine_test

import (
	"bytes"
	"os"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/server/bench/machine"
)

func TestSyncTimeLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	took, err := machine.SyncTime(dir, 5)
	require.NoError(t, err)
	require.Positive(t, took)
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, left)
}

func TestCPUGrowsWithWorkAndIsPartOfAll(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("processor times are read on Linux only")
	}
	before, err := machine.CPU(os.Getpid())
	require.NoError(t, err)
	for now := before; now < before+30*time.Millisecond; {
		now, err = machine.CPU(os.Getpid())
		require.NoError(t, err)
	}
	all, err := machine.Busy()
	require.NoError(t, err)
	require.Greater(t, all, before)
}

func TestResidentGrowsWithWhatIsUsed(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("memory is read on Linux only")
	}
	before, err := machine.Resident(os.Getpid())
	require.NoError(t, err)
	used := bytes.Repeat([]byte{1}, 32<<20)
	after, err := machine.Resident(os.Getpid())
	require.NoError(t, err)
	require.GreaterOrEqual(t, after-before, int64(16<<20), "of %d bytes", len(used))
	runtime.KeepAlive(used)
}

func TestCPUOfNobodyIsAnError(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("processor times are read on Linux only")
	}
	_, err := machine.CPU(1 << 30)
	require.ErrorIs(t, err, os.ErrNotExist)
	_, err = machine.Resident(1 << 30)
	require.ErrorIs(t, err, os.ErrNotExist)
}
