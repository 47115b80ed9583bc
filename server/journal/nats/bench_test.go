//go:build !js

package nats_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/server/journal"
	"beckon/server/journal/nats"
)

func openBench(b *testing.B, sync nats.Sync) journal.Journal {
	server, err := nats.Start(nats.Options{Dir: b.TempDir(), Sync: sync})
	require.NoError(b, err)
	b.Cleanup(func() { server.Close() })
	j, err := server.Open(b.Context(), "bench")
	require.NoError(b, err)
	return j
}

// BenchmarkAppend appends records of 200 bytes one after the other, as the engine does.
func BenchmarkAppend(b *testing.B) {
	for _, sync := range []nats.Sync{nats.SyncAlways, nats.SyncInterval} {
		b.Run(string(sync), func(b *testing.B) {
			j := openBench(b, sync)
			data := make([]byte, 200)
			took := make([]time.Duration, 0, 1<<16)
			b.ReportAllocs()
			after := uint64(0)
			for b.Loop() {
				begin := time.Now()
				seq, err := j.Append(b.Context(), data, after)
				if err != nil {
					b.Fatal(err)
				}
				after = seq
				took = append(took, time.Since(begin))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Nanoseconds())/1e3, "p50-µs")
			b.ReportMetric(float64(took[len(took)*99/100].Nanoseconds())/1e3, "p99-µs")
		})
	}
}

// BenchmarkRead replays a journal of 200,000 records of 150 bytes.
func BenchmarkRead(b *testing.B) {
	const records = 200_000
	j := openBench(b, nats.SyncInterval)
	data := make([]byte, 150)
	for after := range uint64(records) {
		if _, err := j.Append(b.Context(), data, after); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for _, err := range j.Read(b.Context(), 0) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		require.Equal(b, records, n)
	}
	b.ReportMetric(records*float64(b.N)/b.Elapsed().Seconds(), "records/s")
}

// BenchmarkOpen starts the server over an empty folder, opens a journal and closes all.
func BenchmarkOpen(b *testing.B) {
	dir := b.TempDir()
	for b.Loop() {
		server, err := nats.Start(nats.Options{Dir: dir})
		require.NoError(b, err)
		_, err = server.Open(b.Context(), "bench")
		require.NoError(b, err)
		require.NoError(b, server.Close())
	}
}
