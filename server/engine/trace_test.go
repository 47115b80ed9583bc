package engine

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
)

func TestNameThatAStrangerMadeUpIsNotLogged(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		w.crash()
		var said bytes.Buffer
		w.config.Log = slog.New(slog.NewTextHandler(&said, nil))
		w.start()
		alice := w.link("alice/tab")
		name := strings.Repeat("dance", 1000)
		require.NoError(t, w.eng.Submit(alice.Device, alice, &wire.Command{N: 1, Name: name}, 10))
		synctest.Wait()
		require.Equal(t, name, alice.take()[0].(*wire.Reply).Error.Detail, "who made it up is told")
		require.Contains(t, said.String(), "command=unknown code=unknown-command")
		require.NotContains(t, said.String(), "dance")
	})
}
