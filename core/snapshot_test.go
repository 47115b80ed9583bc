package core_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"beckon/core"
	"beckon/core/record"
)

// snapshotOf returns a machine's state as lines.
func snapshotOf(t require.TestingT, app *core.App) []string {
	var lines []string
	require.NoError(t, record.WriteSnapshot(app, func(line []byte) error {
		lines = append(lines, string(line))
		return nil
	}))
	return lines
}

// restored makes a machine of a snapshot.
func restored(t require.TestingT, config core.Config, lines []string) *core.App {
	s := record.NewSnapshot(config)
	for _, line := range lines {
		require.NoError(t, s.Read([]byte(line)))
	}
	app, err := s.App()
	require.NoError(t, err)
	return app
}

// dump leaves out what is queued to be forgotten: a snapshot does not tell of
// answers that others have displaced.
func dump(app *core.App) string {
	text, _, _ := strings.Cut(core.Dump(app), "answers queued")
	return text
}

// viaSnapshot replays the journal with a stop after so many records: there the
// machine is exchanged for one made of its snapshot.
func (w *world) viaSnapshot(after int) *core.App {
	app := core.New(w.config)
	for k, data := range w.journal {
		if k == after {
			lines := snapshotOf(w.t, app)
			again := restored(w.t, w.config, lines)
			require.Equal(w.t, lines, snapshotOf(w.t, again), "what is restored gives the same snapshot")
			require.Equal(w.t, dump(app), dump(again), "what is restored is the same")
			app = again
		}
		r, err := record.Decode(data)
		require.NoError(w.t, err)
		r.Replay(app, uint64(k+1))
	}
	return app
}

// TestASnapshotIsTheMachine does what anybody may do, and says that a machine
// restored on the way ends up like one that never stopped.
func TestASnapshotIsTheMachine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := newContest(t, small)
		c.begin()
		t.Repeat(map[string]func(*rapid.T){"step": c.step})
		w := c.machine
		at := rapid.IntRange(0, max(0, len(w.journal)-1)).Draw(t, "records before the snapshot")
		require.Equal(t, dump(w.app), dump(w.viaSnapshot(at)))
	})
}

func TestASnapshotThatIsCutShortIsNoSnapshot(t *testing.T) {
	lines := snapshotOf(t, core.New(core.Config{}))
	for n := range lines {
		s := record.NewSnapshot(core.Config{})
		for _, line := range lines[:n] {
			require.NoError(t, s.Read([]byte(line)))
		}
		_, err := s.App()
		require.EqualError(t, err, "record: a snapshot ends too early")
	}
	s := record.NewSnapshot(core.Config{})
	require.EqualError(t, s.Read([]byte(lines[1])), "record: this is no snapshot of format 1")
}

func TestASnapshotThatContradictsItselfIsRefused(t *testing.T) {
	for name, line := range map[string]string{
		"a seat in no channel":     `{"account":{"account":"ada","seats":["gone"]}}`,
		"a call that nobody makes": `{"account":{"account":"ada","pending":[{"channel":"gone"}]}}`,
		"a notice that nobody got": `{"account":{"account":"ada","inbox":[1]}}`,
		"something newer":          `{"future":{}}`,
		"a row without its event":  `{"row":{"position":1}}`,
		"no object":                `[]`,
	} {
		t.Run(name, func(t *testing.T) {
			s := record.NewSnapshot(core.Config{})
			require.NoError(t, s.Read([]byte(`{"begin":{"format":1}}`)))
			require.Error(t, s.Read([]byte(line)))
		})
	}
}
