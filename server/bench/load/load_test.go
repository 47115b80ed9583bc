package load_test

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/server/auth"
	"beckon/server/bench/load"
	"beckon/server/engine"
	"beckon/server/journal/memory"
	"beckon/server/relay"
)

// serveRelay runs a relay with its journal in memory, and returns its address.
func serveRelay(t *testing.T) string {
	store := memory.New().Open()
	log := slog.New(slog.DiscardHandler)
	eng, err := engine.Open(t.Context(), engine.Config{Journal: store, Log: log})
	require.NoError(t, err)
	rel := relay.New(relay.Config{Apps: func(string) *engine.Engine { return eng }, Auth: auth.Dev, Log: log})
	server := httptest.NewServer(rel)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- eng.Run(ctx) }()
	t.Cleanup(func() {
		drained, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		require.NoError(t, rel.Drain(drained))
		server.Close()
		stop()
		require.NoError(t, <-ended)
		store.Close()
	})
	return server.Listener.Addr().String()
}

func run(t *testing.T, addr string) (*load.Result, error) {
	return load.Run(t.Context(), load.Config{Addr: addr, Pairs: 3, Warm: 10 * time.Millisecond,
		Measure: 200 * time.Millisecond, Patience: 300 * time.Millisecond})
}

func TestRunMeasuresCallsThroughARelay(t *testing.T) {
	r, err := load.Run(t.Context(), load.Config{Addr: serveRelay(t), Pairs: 3, Measure: 200 * time.Millisecond})
	require.NoError(t, err)
	require.Positive(t, r.Calls)
	require.Positive(t, r.CallsPerSecond)
	require.Positive(t, r.InviteP50)
	require.GreaterOrEqual(t, r.InviteP99, r.InviteP50)
	require.Greater(t, r.BytesPerCall, 1000.0, "seven frames")
}

func TestRunKeepsItsPace(t *testing.T) {
	r, err := load.Run(t.Context(), load.Config{Addr: serveRelay(t), Pairs: 1, Pace: 20 * time.Millisecond, Measure: 300 * time.Millisecond})
	require.NoError(t, err)
	require.LessOrEqual(t, r.Calls, 300/20+1)
}

func TestRunFailsOnAnyFrameThatIsWrong(t *testing.T) {
	instead := func(old, new string) func(string) []string {
		pattern := regexp.MustCompile(old)
		return func(text string) []string { return []string{pattern.ReplaceAllString(text, new)} }
	}
	drop := func(string) []string { return nil }
	twice := func(text string) []string { return []string{text, text} }

	for name, c := range map[string]struct {
		frame  string
		change func(string) []string
		want   string
	}{
		"a refusal":                {`"type":"reply"`, instead(`"ok":.*`, `"error":{"code":"busy"}}`), `waits for a reply in call r-u.*\(not carried out`},
		"nobody reached":           {`"type":"reply"`, instead(`}}$`, `},"reach":"offline"}}`), "not carried out, or the other one was not reached"},
		"another command's reply":  {`"type":"reply"`, instead(`"n":`, `"n":9`), "to another command"},
		"another channel's notice": {`"name":"closed"`, instead(`"id":"`, `"id":"f`), `waits for the notice closed .*\(of another channel`},
		"another call's notice":    {`"name":"invited"`, instead(`"requestId":"`, `"requestId":"x`), `waits for the notice invited .*\(of another call`},
		"a rejection":              {`"name":"ended"`, instead(`accepted`, `rejected`), "not accepted"},
		"an old position":          {`"name":"joined"`, instead(`"position":\d+`, `"position":1`), "out of order"},
		"a repeated reply":         {`"type":"reply"`, twice, "another frame is due|to another command"},
		"a repeated notice":        {`"name":"joined"`, twice, `waits for the notice ended .*\(another frame is due`},
		"a notice lost":            {`"name":"joined"`, drop, `waits for the notice joined .*\(another frame is due`},
		"a call's last frame lost": {`"name":"closed"`, drop, "frames are missing after 300ms: .*u.b for the notice closed"},
		"a call's first lost":      {`"name":"invited"`, drop, "frames are missing after 300ms: .*u.b for the notice invited"},
		"no frame of the protocol": {`"name":"ended"`, instead(`.*`, `{}`), "not a frame that this call has"},
		"a channel that is none":   {`"name":"invited"`, instead(`"id":"`, `"id":"f`), "u.b waits for a reply .*not carried out"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := run(t, proxy(t, serveRelay(t), third(c.frame, c.change)))
			require.Error(t, err)
			require.Regexp(t, c.want, err.Error())
		})
	}
}

func TestRunFailsWhenItIsNotLetIn(t *testing.T) {
	refuse := func(text string) []string {
		if strings.Contains(text, `"welcome"`) {
			text = `{"type":"refused","code":"wrong-app"}`
		}
		return []string{text}
	}
	_, err := run(t, proxy(t, serveRelay(t), refuse))
	require.ErrorContains(t, err, "no welcome for u0a")
}

func TestRunFailsOnAFrameThatIsTooLong(t *testing.T) {
	_, err := run(t, proxy(t, serveRelay(t), third(`"name":"joined"`, func(string) []string {
		return []string{strings.Repeat("x", 5000)} // more than the load reads
	})))
	require.ErrorContains(t, err, "a frame of more than")
}

func TestRunEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	addr := proxy(t, serveRelay(t), third(`"name":"closed"`, func(text string) []string {
		cancel()
		return []string{text}
	}))
	_, err := load.Run(ctx, load.Config{Addr: addr, Pairs: 2, Measure: time.Hour})
	require.ErrorIs(t, err, context.Canceled)
}
