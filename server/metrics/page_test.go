package metrics

import (
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
	"github.com/stretchr/testify/require"

	"beckon/server/engine"
)

func written(t *testing.T, p *page) string {
	var b strings.Builder
	_, err := p.WriteTo(&b)
	require.NoError(t, err)
	problems, err := promlint.New(strings.NewReader(b.String())).Lint()
	require.NoError(t, err, "Prometheus' own parser reads it")
	require.Empty(t, problems)
	return b.String()
}

func TestAFamilyIsWrittenTogether(t *testing.T) {
	p := newPage()
	p.count(connectionsClosed, 3, "none")
	p.set(readyNow, 0.5)
	p.count(connectionsClosed, 1<<63, "4101")
	require.Equal(t, `# HELP beckon_ready Whether the relay would answer /readyz with 200.
# TYPE beckon_ready gauge
beckon_ready 0.5
# HELP beckon_connections_closed_total Sockets that are not open any more, by the close code that the relay gave; none: the other side ended it.
# TYPE beckon_connections_closed_total counter
beckon_connections_closed_total{code="none"} 3
beckon_connections_closed_total{code="4101"} 9223372036854775808
`, written(t, p))
}

func TestBucketsCountUpwards(t *testing.T) {
	p := newPage()
	p.histogram(noticeLag, engine.Histogram{Bounds: []float64{0.001, 0.5}, Counts: []uint64{4, 0, 2}, Sum: 3.25}, "acme")
	require.Equal(t, `# HELP beckon_notice_lag_seconds Time from a command's arrival to the moment when its answer and its notices were on their way.
# TYPE beckon_notice_lag_seconds histogram
beckon_notice_lag_seconds_bucket{app="acme",le="0.001"} 4
beckon_notice_lag_seconds_bucket{app="acme",le="0.5"} 4
beckon_notice_lag_seconds_bucket{app="acme",le="+Inf"} 6
beckon_notice_lag_seconds_sum{app="acme"} 3.25
beckon_notice_lag_seconds_count{app="acme"} 6
`, written(t, p))
}

func TestValuesOfLabelsAreEscaped(t *testing.T) {
	p := newPage()
	p.set(buildInfo, 1, "1.0 \"x\"\n", `C:\`, "go1")
	require.Contains(t, written(t, p), `{release="1.0 \"x\"\n",commit="C:\\",go_version="go1"} 1`)
}

func TestTheProcessTellsOfItself(t *testing.T) {
	p := newPage()
	p.runtime()
	text := written(t, p)
	for _, name := range []string{"go_goroutines", "go_memstats_heap_inuse_bytes", "process_start_time_seconds"} {
		require.Contains(t, text, "\n"+name+" ")
		require.NotContains(t, text, "\n"+name+" 0\n")
	}
}
