package relay

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
)

// Whoever says hello all the time, and is refused, does not fill the disk.
func TestLogHasSoManyLinesASecondAboutHellos(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		r := New(Config{Log: slog.New(slog.NewTextHandler(&log, nil))})
		refuse := func() {
			r.logTurnedAway(&link{name: "run.1"}, &wire.Hello{App: "k", Account: "ada"}, &wire.Refusal{Code: "unauthorized"})
		}
		for range 60 {
			refuse()
		}
		require.Equal(t, 50, strings.Count(log.String(), "hello refused"))
		time.Sleep(time.Second)
		refuse()
		require.Equal(t, 51, strings.Count(log.String(), "hello refused"))
		require.Contains(t, log.String(), "unlogged=10", "what was left out is counted")
	})
}
