package wire_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core/codec"
	"beckon/core/wire"
)

// FuzzDecode lets strangers send anything. What is taken for a frame is written
// as one that reads the same.
func FuzzDecode(f *testing.F) {
	for _, text := range samples(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, side := range []wire.Direction{wire.ToRelay, wire.ToPage} {
			frame, err := wire.Decode(side, text)
			if err != nil {
				if err != wire.ErrType {
					require.LessOrEqual(t, err.(*codec.Error).Offset, len(text))
				}
				continue
			}
			require.NotZero(t, senders(frame)&side)
			switch frame := frame.(type) {
			case *wire.Command:
				require.True(t, frame.Order == nil || frame.Order.CommandName() == frame.Name)
			case *wire.Notice:
				require.True(t, frame.Event == nil || frame.Event.NoticeName() == frame.Name)
			}
			written := wire.Append(nil, frame)
			again, err := wire.Decode(side, written)
			require.NoError(t, err)
			require.Equal(t, frame, again)
			require.Equal(t, written, wire.Append(nil, again))
		}
	})
}
