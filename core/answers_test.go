package core_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core"
)

// A command that was answered "busy" is asked again behind later ones.
func TestAnswersAreRememberedInWhateverOrderTheyWereGiven(t *testing.T) {
	app := core.New(core.Config{})
	record := uint64(0)
	answer := func(life string, n uint64) {
		record++
		by := core.Actor{Account: "ada", Device: "web", Life: life}
		app.Apply(core.Stamp{Position: core.At(record, 0), Now: 1}, core.Answered{By: by, N: n})
	}
	for _, n := range []uint64{2, 5, 3} {
		answer("1", n)
	}
	answer("2", 9)
	answer("1", 4)
	for life, want := range map[string][]uint64{"1": {2, 3, 4, 5}, "2": {9}, "3": nil} {
		var remembered []uint64
		for n := range uint64(12) {
			o, ok := app.Answer(core.Actor{Account: "ada", Device: "web", Life: life}, n)
			require.Equal(t, ok, o.Position != 0)
			if ok {
				remembered = append(remembered, n)
			}
		}
		require.Equal(t, want, remembered, "life %s", life)
	}
}
