package jsbridge

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestCallsOutliveNoBridge(t *testing.T) {
	l := make(life)
	assert.NoError(t, Life(l).Err())
	close(l)
	<-l.Done()
	assert.ErrorIs(t, Life(l).Err(), errDisposed)
}
