package codec_test

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core/codec"
)

func encode(d doc) string { return string(codec.Append(nil, &d)) }

func TestAppendWritesEveryKindOfField(t *testing.T) {
	require.Equal(t, `{"text":"hi","int":-5,"uint":7,"bool":true,"raw":{"any": 1.5},"texts":["a",""],"uints":[0,2],`+
		`"object":{"int":1},"list":[{"int":2},{},{"bool":true}],"kind":"label","body":{"says":"x"}}`, encode(doc{
		Text: "hi", Int: -5, Uint: 7, Bool: true, Raw: []byte(`{"any": 1.5}`), Texts: []string{"a", ""}, Uints: []uint64{0, 2},
		Object: &doc{Int: 1}, List: []doc{{Int: 2}, {}, {Bool: true}}, Kind: "label", Body: &label{Says: "x"},
	}))
}

func TestAppendLeavesZeroValuesOut(t *testing.T) {
	require.Equal(t, `{}`, encode(doc{}))
	require.Equal(t, `{}`, encode(doc{Raw: []byte{}, Texts: []string{}, Uints: []uint64{}, List: []doc{}}))
	require.Equal(t, `{"object":{}}`, encode(doc{Object: &doc{}}), "an object that is there is written, though empty")
	require.Equal(t, `{"list":[{}]}`, encode(doc{List: []doc{{}}}))
	require.Equal(t, `{"body":{}}`, encode(doc{Body: &point{}}))
}

func TestAppendWritesBehindWhatIsThere(t *testing.T) {
	require.Equal(t, `[{"int":1}`, string(codec.Append([]byte("["), &doc{Int: 1})))
	require.Equal(t, `{{"int":1}`, string(codec.Append([]byte("{"), &doc{Int: 1})))
}

func TestAppendWritesTheBoundsOfNumbers(t *testing.T) {
	require.Equal(t, `{"int":-9223372036854775808,"uint":18446744073709551615}`, encode(doc{Int: math.MinInt64, Uint: math.MaxUint64}))
	require.Equal(t, `{"int":9223372036854775807}`, encode(doc{Int: math.MaxInt64}))
}

func TestAppendEscapesAsLittleAsJSONAllows(t *testing.T) {
	for s, want := range map[string]string{
		"\"\\/":        `"\"\\/"`,
		"\n\r\t":       `"\n\r\t"`,
		"\x00\b\f\x1f": `"\u0000\u0008\u000c\u001f"`,
		"\x7f<>&'":     "\"\x7f<>&'\"",
		"你好 😀\u2028":   "\"你好 😀\u2028\"",
		"\xff":         "\"\xff\"",
		"a\nb":         `"a\nb"`,
	} {
		require.Equal(t, want, string(codec.AppendString(nil, s)))
		require.Equal(t, `{"text":`+want+`,"texts":[`+want+`]}`, encode(doc{Text: s, Texts: []string{s}}))
	}
}

// Long strings are looked through eight bytes at a time.
func TestAppendEscapesWhereverItIs(t *testing.T) {
	for c := range 256 {
		short := string(codec.AppendString(nil, string([]byte{byte(c)})))
		for _, other := range []string{"x", " ", "\x7f", "\x80", "\xff"} {
			for at := range 20 {
				before, behind := strings.Repeat(other, at), strings.Repeat(other, 19-at)
				require.Equal(t, `"`+before+short[1:len(short)-1]+behind+`"`, string(codec.AppendString(nil, before+string([]byte{byte(c)})+behind)))
			}
		}
	}
}
