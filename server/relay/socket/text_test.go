package socket

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestReadTextOverAnyBorders(t *testing.T) {
	const text = "aµ€𝄞z"
	read := func(text string, ready, size int) (string, error) {
		buffer := make([]byte, 0, size)
		got, err := readText(strings.NewReader(text), &buffer, func() int { return ready })
		return string(got), err
	}
	for ready := 1; ready <= len(text)+1; ready++ { // what is read at once
		for size := 1; size <= len(text)+1; size++ {
			got, err := read(text, ready, size)
			require.NoError(t, err)
			require.Equal(t, text, got)
			_, err = read(text[:len(text)-2], ready, size)
			require.ErrorIs(t, err, ErrNotUTF8, "a rune is cut off by the end")
		}
	}
}
