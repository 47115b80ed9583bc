package codec_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"beckon/core/codec"
)

// FuzzDecode holds Decode against [readModel]: they accept the same texts, and
// read the same from them. What was read survives another round, through codec
// and through encoding/json.
func FuzzDecode(f *testing.F) {
	f.Fuzz(func(t *testing.T, text []byte) {
		var got doc
		err := codec.Decode(text, &got)
		want, ok := readModel(text)
		if !ok {
			require.Error(t, err)
			require.LessOrEqual(t, err.(*codec.Error).Offset, len(text))
			return
		}
		require.NoError(t, err)
		if utf8.Valid(text) { // else encoding/json has replaced something
			require.Equal(t, want, got)
		}

		var again, theirs doc
		out := codec.Append(nil, &got)
		if !hasStaleBody(got) {
			require.NoError(t, codec.Decode(out, &again))
			require.Equal(t, got, again)
		}
		require.True(t, json.Valid(out))
		if utf8.Valid(out) {
			require.NoError(t, json.Unmarshal(out, &theirs))
			require.Equal(t, withoutBodies(got), theirs)
		}
	})
}

// FuzzAppend lets codec and encoding/json read what the other has written.
func FuzzAppend(f *testing.F) {
	f.Fuzz(func(t *testing.T, seed []byte) {
		d := (&grower{seed}).doc(4)
		var got doc

		ours := codec.Append(nil, &d)
		require.True(t, utf8.Valid(ours))
		require.NoError(t, json.Unmarshal(ours, &got))
		require.Equal(t, d, got, "encoding/json reads codec's")

		escaped, err := json.Marshal(&d)
		require.NoError(t, err)
		got = doc{}
		require.NoError(t, codec.Decode(escaped, &got))
		require.Equal(t, d, got, "codec reads encoding/json's")

		indented, err := json.MarshalIndent(&d, " ", "\t")
		require.NoError(t, err)
		got = doc{}
		require.NoError(t, codec.Decode(indented, &got))
		require.Equal(t, d, got, "codec reads encoding/json's, indented")

		var compact bytes.Buffer
		require.NoError(t, json.Compact(&compact, ours))
		require.Equal(t, compact.String(), string(ours), "codec writes no white space")
	})
}

// A grower makes values out of bytes; when they run out, of zeroes.
type grower struct{ seed []byte }

func (g *grower) byte() (b byte) {
	if len(g.seed) > 0 {
		b, g.seed = g.seed[0], g.seed[1:]
	}
	return b
}

func (g *grower) uint() (n uint64) {
	for range g.byte() % 9 {
		n = n<<8 | uint64(g.byte())
	}
	return n
}

func (g *grower) text() string {
	n := min(int(g.byte()), len(g.seed))
	s := string(g.seed[:n])
	g.seed = g.seed[n:]
	return strings.ToValidUTF8(s, "\ufffd")
}

func (g *grower) raw() json.RawMessage {
	values := []any{g.text(), int64(g.uint()), true, nil}
	raw, err := json.Marshal(values[g.byte()%4])
	if err != nil {
		panic(err)
	}
	return raw
}

func (g *grower) doc(depth int) (d doc) {
	if depth == 0 {
		return d
	}
	has := g.uint() // a bit per field, so that the zero values come too
	field := func(bit int) bool { return has&(1<<bit) != 0 }
	if field(0) {
		d.Text = g.text()
	}
	if field(1) {
		d.Int = int64(g.uint())
	}
	if field(2) {
		d.Uint = g.uint()
	}
	d.Bool = field(3)
	if field(4) {
		d.Raw = g.raw()
	}
	if field(5) {
		d.Texts = []string{g.text(), g.text()}
	}
	if field(6) {
		d.Uints = []uint64{g.uint(), g.uint(), 0}
	}
	if field(7) {
		object := g.doc(depth - 1)
		d.Object = &object
	}
	if field(8) {
		d.List = []doc{g.doc(depth - 1), {}, g.doc(depth - 1)}
	}
	if field(9) {
		d.Kind = g.text()
	}
	return d
}
