package engine

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/record"
	"beckon/core/wire"
)

// Another writer's clock may be ahead of ours: time goes on from its record.
func TestTimeDoesNotRunBackBehindAnotherWritersRecord(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		alice := w.link("alice/tab")
		alice.ask(&wire.Create{Type: 1})
		time.Sleep(time.Second) // which must not count twice
		j := w.store.Open()
		last, err := j.Last(t.Context())
		require.NoError(t, err)
		ahead := core.Time(time.Now().Add(10 * time.Second).UnixMilli())
		_, err = j.Append(t.Context(), record.Append(nil, record.Record{Now: ahead, Events: strangerRings("nobody", last+1)}), last)
		require.NoError(t, err)

		alice.ask(&wire.Create{Type: 1})
		a := w.audit()
		require.Equal(t, ahead, a.Times[len(a.Times)-1])
	})
}
