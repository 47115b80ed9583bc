package jsbridge

import (
	"context"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
)

func TestCallsOutliveNoBridge(t *testing.T) {
	var ctx context.Context = make(life)
	assert.NoError(t, ctx.Err())
	_, limited := ctx.Deadline()
	assert.False(t, limited, "no deadline")

	close(ctx.(life))
	<-ctx.Done()
	assert.ErrorIs(t, ctx.Err(), context.Canceled)
}

func TestWhatACallDerivesEndsWithTheBridge(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := make(life)
		derived, cancel := context.WithCancel(l)
		defer cancel()
		close(l)
		synctest.Wait()
		assert.ErrorIs(t, derived.Err(), context.Canceled)
	})
}
