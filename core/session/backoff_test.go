package session

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"beckon/core/wire"
)

func TestBackoffGrowsAndHasAnEnd(t *testing.T) {
	b := backoff{min: 500, max: 8_000}
	var got []Millis
	for range 7 {
		got = append(got, b.next())
	}
	require.Equal(t, []Millis{500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000}, got)
	b.reset()
	require.Equal(t, Millis(500), b.next())
}

func TestJitterTakesUpToHalf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lowest := Millis(rapid.IntRange(1, 5_000).Draw(t, "min"))
		highest := lowest + Millis(rapid.IntRange(0, 20_000).Draw(t, "max"))
		plain := backoff{min: lowest, max: highest}
		random := func() uint64 { return rapid.Uint64().Draw(t, "random") }
		jittered := backoff{min: lowest, max: highest, random: random}
		for range 10 {
			whole, some := plain.next(), jittered.next()
			require.LessOrEqual(t, some, whole)
			require.GreaterOrEqual(t, some, whole-whole/2)
		}
	})
}

func TestRetriesWaitLongerAndLonger(t *testing.T) {
	p := newPage(t)
	p.Connect(p.now)
	var delays []Millis
	for range 7 {
		p.closes(1006)
		p.drain()
		delays = append(delays, p.out[len(p.out)-1].(Reconnecting).Delay)
		p.after(8_000)
	}
	require.Equal(t, []Millis{500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000}, delays)
}

func TestLinkThatLastedMakesTheNextRetryTheFirst(t *testing.T) {
	for lasted, attempt := range map[Millis]int{lasting - 1: 3, lasting: 1} {
		p := newPage(t)
		p.Connect(p.now)
		p.closes(1006)
		p.after(500)
		p.closes(1006)
		p.after(1_000)
		p.opens()
		p.hears(&wire.Welcome{Journal: "j"})
		p.after(lasted)
		p.skip()
		p.closes(1006)
		p.drain()
		require.Equal(t, attempt, p.out[0].(Reconnecting).Attempt, "after %d ms", lasted)
	}
}

func TestRetriesComeToAnEndIfWanted(t *testing.T) {
	p := newPage(t, func(c *Config) { c.MaxRetries = 2 })
	p.Connect(p.now)
	p.closes(1006)
	p.after(500)
	p.closes(1006)
	p.after(1_000)
	p.wants("two retries are made", Dial{1},
		Reconnecting{Attempt: 1, Delay: 500, Code: 1006}, Dial{2},
		Reconnecting{Attempt: 2, Delay: 1_000, Code: 1006}, Dial{3})
	p.closes(1006)
	p.wants("and no more", Disconnected{Why: GaveUp, Code: 1006})
	p.after(60_000)
	p.wants("it is off")
	p.Connect(p.now)
	p.wants("until asked", Dial{4})
}

func TestRetriesNeverEndOtherwise(t *testing.T) {
	p := newPage(t)
	p.Connect(p.now)
	for range 1_000 {
		p.closes(1006)
		p.after(8_000)
		p.drain()
		require.IsType(t, Dial{}, p.out[len(p.out)-1])
		p.skip()
	}
}
