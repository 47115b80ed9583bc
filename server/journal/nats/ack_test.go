package nats

import (
	"encoding/json"
	"testing"

	natsgo "github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"

	"beckon/server/journal"
)

func TestAcknowledgementIsReadInAnyShape(t *testing.T) {
	plain, err := json.Marshal(jetstream.PubAck{Stream: "s", Sequence: 8})
	require.NoError(t, err)
	seq, ok := plainAck(plain)
	require.True(t, ok, "what the server says most often takes the short way: %s", plain)
	require.Equal(t, uint64(8), seq)

	for text, want := range map[string]error{
		string(plain):                         nil,
		`{"stream":"s","seq":8,"domain":"d"}`: nil,
		`{"seq":8,"stream":"s"}`:              nil,
		` {"stream":"s", "seq":8}`:            nil,
		`{"stream":"a\",\"seq\":9}","seq":8}`: nil,
		`{"stream":"s","seq":9}`:              journal.ErrAmbiguous,
		`{"stream":"s","seq":}`:               journal.ErrAmbiguous,
		`{"stream":"s","seq":8`:               journal.ErrAmbiguous,
		`{"stream":"s"}`:                      journal.ErrAmbiguous,
		``:                                    journal.ErrAmbiguous,
		`{"error":{"err_code":10071},"stream":"s","seq":8}`:               journal.ErrConflict,
		`{"stream":"s","error":{"err_code":10071},"seq":8}`:               journal.ErrConflict,
		`{"stream":"s","x":"","error":{"err_code":10164},"y":"","seq":8}`: journal.ErrConflict,
	} {
		seq, err := acknowledged(&natsgo.Msg{Data: []byte(text)}, 7)
		require.ErrorIs(t, err, want, text)
		if want == nil {
			require.Equal(t, uint64(8), seq, text)
		}
	}
}
