package codec_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core/codec"
)

// refused decodes what is to be refused, and returns "field: reason".
func refused(t *testing.T, text string) string {
	t.Helper()
	err := codec.Decode([]byte(text), new(doc))
	require.Error(t, err, text)
	e := err.(*codec.Error)
	require.LessOrEqual(t, e.Offset, len(text))
	return e.Field + ": " + e.Reason
}

func TestUnknownFieldsAreCheckedAllTheSame(t *testing.T) {
	for text, want := range map[string]string{
		`{"new":01}`:               "new: is not JSON",
		`{"new":1.}`:               "new: is not JSON",
		`{"new":.5}`:               "new: is not JSON",
		`{"new":-}`:                "new: is not JSON",
		`{"new":1e}`:               "new: is not JSON",
		`{"new":+1}`:               "new: is not JSON",
		`{"new":NaN}`:              "new: is not JSON",
		`{"new":nul}`:              "new: is not JSON",
		`{"new":tru}`:              "new: is not true or false",
		`{"new":'x'}`:              "new: is not JSON",
		`{"new":}`:                 "new: is not JSON",
		`{"new":[{"a":[1,"\x"]}]}`: "new[0].a[1]: holds an unknown escape",
		`{"new":"\ud800"}`:         "new: holds a lone surrogate",
	} {
		require.Equal(t, want, refused(t, text), text)
	}
}

func TestTextThatEndsEarlyIsRefused(t *testing.T) {
	whole := `{"text":"a\u00fcb\ud83d\ude00","int":-12,"bool":true,"raw":[1.5e7,{"a":null}],"object":{"texts":["x"]}}`
	decode(t, whole)
	for end := range len(whole) {
		refused(t, whole[:end])
	}
}

func TestWhatIsNoJSONIsRefused(t *testing.T) {
	for text, want := range map[string]string{
		``:                          ": is not an object",
		` `:                         ": is not an object",
		`[]`:                        ": is not an object",
		`"x"`:                       ": is not an object",
		`nul`:                       ": is not an object",
		"\ufeff{}":                  ": is not an object",
		`{`:                         ": is not JSON",
		`{int:1}`:                   ": is not JSON",
		`{1:1}`:                     ": is not JSON",
		`{"int"}`:                   ": is not JSON",
		`{"int" 1}`:                 ": is not JSON",
		`{"int":1,}`:                ": is not JSON",
		`{,"int":1}`:                ": is not JSON",
		`{"int":1;"uint":1}`:        ": is not JSON",
		`{"int":1 "uint":1}`:        ": is not JSON",
		`{"int":1]`:                 ": is not JSON",
		`{"int":1x}`:                ": is not JSON",
		`{"object":{int:1}}`:        "object: is not JSON",
		`{"texts":["a" "b"]}`:       "texts: is not JSON",
		`{"texts":["a",]}`:          "texts[1]: is not a string",
		`{"texts":{}}`:              "texts: is not a list",
		`{"list":{}}`:               "list: is not a list",
		`{"list":[5]}`:              "list[0]: is not an object",
		`{"object":[]}`:             "object: is not an object",
		`{"bool":1}`:                "bool: is not true or false",
		`{"bool":"true"}`:           "bool: is not true or false",
		`{"kind":"point","body":5}`: "body: is not an object",
		"{\"int\":\v1}":             "int: is not a whole number",
		"{\x00}":                    ": is not JSON",
	} {
		require.Equal(t, want, refused(t, text), text)
	}
}

func TestNothingMayFollowTheObject(t *testing.T) {
	for _, tail := range []string{"{}", "}", ",", "x", "null", "//", "\ufeff"} {
		require.Equal(t, ": goes on behind its end", refused(t, "{} "+tail))
	}
	require.Equal(t, ": is not JSON", refused(t, "{}\x00"))
	decode(t, "{} \t\r\n")
}

func TestNestingHasALimit(t *testing.T) {
	objects := func(n int) string { return strings.Repeat(`{"object":`, n-1) + "{}" + strings.Repeat("}", n-1) }
	skipped := func(n int) string { return `{"new":` + strings.Repeat("[", n-1) + strings.Repeat("]", n-1) + "}" }
	for _, nest := range []func(int) string{objects, skipped} {
		decode(t, nest(codec.MaxDepth))
		require.Contains(t, refused(t, nest(codec.MaxDepth+1)), "nests too deep")
		require.Contains(t, refused(t, nest(100_000)), "nests too deep")
	}
	decode(t, `{"list":[`+strings.Repeat("{},", 1000)+`{}]}`)
}

func TestErrorsNameTheField(t *testing.T) {
	for text, want := range map[string]string{
		`{"int":"x"}`: "codec: field int is not a whole number",
		`{"object":{"list":[{},{},{"uint":"x"}]}}`:                "codec: field object.list[2].uint is not a whole number from 0",
		`{"list":[{"texts":["a",1]}]}`:                            "codec: field list[0].texts[1] is not a string",
		`{"kind":"point","body":{"x":1,"y":[]}}`:                  "codec: field body.y is not a whole number",
		`{"new":[[[],[1,{"deep":x}]]]}`:                           "codec: field new[0][1][1].deep is not JSON",
		`{"obj\u0065ct":{"text":"a\nb","t\u0065xts":["c\td",1]}}`: "codec: field object.texts[1] is not a string",
		`[`: "codec: the text is not an object",
	} {
		require.EqualError(t, codec.Decode([]byte(text), new(doc)), want)
	}
}

func TestErrorsSayHowFarTheTextWasRead(t *testing.T) {
	text := `{"int":1,"text":5}`
	err := codec.Decode([]byte(text), new(doc))
	require.Equal(t, &codec.Error{Field: "text", Reason: "is not a string", Offset: strings.Index(text, "5")}, err)
}

func TestWhatWasReadBeforeAnErrorIsKept(t *testing.T) {
	var d doc
	require.Error(t, codec.Decode([]byte(`{"uint":7,"object":{"int":1,"text":5},"int":3}`), &d))
	require.Equal(t, doc{Uint: 7, Object: &doc{Int: 1}}, d)
}
