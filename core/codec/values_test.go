package codec_test

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core/codec"
)

func TestNumbersThatAreNoIntegersAreRefused(t *testing.T) {
	for _, number := range []string{"1.0", "1.5", "1e3", "1E3", "0.0", "01", "00", "-01", "+1", ".5", "-", "--1", `"1"`, "true", "{}", "[]", ""} {
		require.Equal(t, "int: is not a whole number", refused(t, `{"int":`+number+`}`))
		require.Equal(t, "uint: is not a whole number from 0", refused(t, `{"uint":`+number+`}`))
	}
	require.Equal(t, "uint: is not a whole number from 0", refused(t, `{"uint":-1}`))
	require.Equal(t, "uint: is not a whole number from 0", refused(t, `{"uint":-0}`))
	require.Equal(t, doc{}, decode(t, `{"int":-0,"uint":0}`))
}

func TestNumbersThatDoNotFitAreRefused(t *testing.T) {
	require.Equal(t, doc{Int: math.MaxInt64, Uint: math.MaxUint64}, decode(t, `{"int":9223372036854775807,"uint":18446744073709551615}`))
	require.Equal(t, doc{Int: math.MinInt64}, decode(t, `{"int":-9223372036854775808}`))
	for _, number := range []string{"9223372036854775808", "-9223372036854775809", "18446744073709551616", "-99999999999999999999", "1" + strings.Repeat("0", 400)} {
		require.Equal(t, "int: is too large", refused(t, `{"int":`+number+`}`))
	}
	for _, number := range []string{"18446744073709551616", "18446744073709551620", "99999999999999999999"} {
		require.Equal(t, "uint: is too large", refused(t, `{"uint":`+number+`}`))
		require.Equal(t, "uints[1]: is too large", refused(t, `{"uints":[1,`+number+`]}`))
	}
}

func TestStringsComeOutAsTheyWentIn(t *testing.T) {
	for text, want := range map[string]string{
		`"\"\\\/\b\f\n\r\t"`:       "\"\\/\b\f\n\r\t",
		`"\u0000\u001f\u007f"`:     "\x00\x1f\x7f",
		`"plain, then \u00fc"`:     "plain, then ü",
		`"\u4F60\u597d"`:           "你好",
		`"\ud83d\ude00"`:           "😀",
		`"😀 \uD83D\uDE00 raw"`:     "😀 😀 raw",
		`"\udbff\udfff"`:           "\U0010ffff",
		`"\ufffd\u2028` + "\u2029": "\ufffd\u2028\u2029",
		`"\\u0041"`:                `\u0041`,
		"\"\x7f\"":                 "\x7f",
	} {
		if !strings.HasSuffix(text, `"`) {
			text += `"`
		}
		require.Equal(t, doc{Text: want, Texts: []string{want}}, decode(t, `{"text":`+text+`,"texts":[`+text+`]}`))
	}
}

func TestStringsThatAreNoTextAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		`"\ud83d"`:       "holds a lone surrogate",
		`"\ude00"`:       "holds a lone surrogate",
		`"\ude00\ud83d"`: "holds a lone surrogate",
		`"\ud83d\ud83d"`: "holds a lone surrogate",
		`"\ud83dx"`:      "holds a lone surrogate",
		`"\ud83d\n"`:     "holds a lone surrogate",
		`"\ud83d\u0041"`: "holds a lone surrogate",
		`"\ud83d\ufffd"`: "holds a lone surrogate",
		`"\ud83d\uzzzz"`: "holds an unknown escape",
		`"\x41"`:         "holds an unknown escape",
		`"\u12g4"`:       "holds an unknown escape",
		`"\U00000041"`:   "holds an unknown escape",
		"\"a\nb\"":       "holds a control character that is not escaped",
		"\"\\n\x00\"":    "holds a control character that is not escaped",
		`5`:              "is not a string",
		`["a"]`:          "is not a string",
	} {
		require.Equal(t, "text: "+want, refused(t, `{"text":`+text+`}`), text)
		require.Equal(t, "texts[1]: "+want, refused(t, `{"texts":["",`+text+`]}`), text)
	}
}

func TestRawSharesMemoryWithTheInput(t *testing.T) {
	text := []byte(`{"raw": "abc" ,"int":1}`)
	var d doc
	require.NoError(t, codec.Decode(text, &d))
	require.Equal(t, `"abc"`, string(d.Raw))
	text[9] = 'X'
	require.Equal(t, `"Xbc"`, string(d.Raw))
	_ = append(d.Raw, "!!!"...)
	require.Equal(t, `{"raw": "Xbc" ,"int":1}`, string(text), "appending to it leaves the input alone")
}

func TestStringsDoNotShareMemoryWithTheInput(t *testing.T) {
	text := []byte(`{"text":"abc"}`)
	var d doc
	require.NoError(t, codec.Decode(text, &d))
	copy(text, strings.Repeat("x", len(text)))
	require.Equal(t, "abc", d.Text)
}

func TestUnionIsReadByTheFieldBeforeIt(t *testing.T) {
	require.Equal(t, doc{Kind: "label", Body: &label{Says: "hi"}}, decode(t, `{"kind":"label","body":{"says":"hi","x":1}}`))
	require.Equal(t, doc{Kind: "label"}, decode(t, `{"kind":"label"}`))
	require.Equal(t, doc{Kind: "news", Int: 1}, decode(t, `{"kind":"news","body":{"x":"?"},"int":1}`), "an unknown type is skipped")
}

func TestUnionBeforeItsTypeIsSkipped(t *testing.T) {
	text := `{"body":{"says":"hi"},"kind":"label"}`
	d := decode(t, text)
	require.Equal(t, doc{Kind: "label"}, d)
	require.NoError(t, codec.Decode([]byte(text), &d), "whoever knows it by now may read again")
	require.Equal(t, doc{Kind: "label", Body: &label{Says: "hi"}}, d)
}
