package codec_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core/codec"
)

func decode(t *testing.T, text string) doc {
	t.Helper()
	var d doc
	require.NoError(t, codec.Decode([]byte(text), &d), text)
	return d
}

func TestDecodeReadsEveryKindOfField(t *testing.T) {
	require.Equal(t, doc{
		Text: "hi", Int: -5, Uint: 7, Bool: true, Raw: []byte(`[1, {"a":null}]`),
		Texts: []string{"a", ""}, Uints: []uint64{1, 2}, Object: &doc{Int: 1}, List: []doc{{Int: 2}, {}},
		Kind: "point", Body: &point{X: 3},
	}, decode(t, ` { "text" : "hi", "int":-5,"uint":7, "bool":true, "raw": [1, {"a":null}] , "texts":["a",""],
		"uints":[1 , 2],	"object":{"int":1}, "list":[{"int":2},{}], "kind":"point", "body":{"x":3} } `))
}

func TestFieldsLeftOutAreZero(t *testing.T) {
	require.Equal(t, doc{}, decode(t, `{}`))
	require.Equal(t, doc{Object: &doc{}}, decode(t, `{"object":{}}`), "an empty object is there")
	require.Equal(t, doc{}, decode(t, `{"texts":[],"uints":[],"list":[]}`), "an empty list is none")
}

func TestNullReadsAsZero(t *testing.T) {
	require.Equal(t, doc{}, decode(t, `null`))
	require.Equal(t, doc{Kind: "point"}, decode(t, `{"text":null,"int":null,"uint":null,"bool":null,"texts":null,
		"uints":null,"object":null,"list":null,"kind":"point","body":null}`))
	require.Equal(t, doc{Texts: []string{""}, Uints: []uint64{0}, List: []doc{{}}},
		decode(t, `{"texts":[null],"uints":[null],"list":[null]}`))
	require.Equal(t, doc{Raw: []byte("null")}, decode(t, `{"raw":null}`), "but Raw keeps its text")
}

func TestUnknownFieldsAreSkipped(t *testing.T) {
	require.Equal(t, doc{Int: 1, Object: &doc{Int: 2}}, decode(t, `{"new":{"int":5,"x":[[],{},[-0.5e+7,"\n",true,null]]},
		"int":1,"older":"","object":{"later":false,"int":2}}`))
}

func TestLastOfRepeatedKeysCounts(t *testing.T) {
	require.Equal(t, doc{}, decode(t, `{"int":1,"int":null,"text":"a","text":"","texts":["a"],"texts":[]}`))
	require.Equal(t, doc{Object: &doc{Uint: 2}}, decode(t, `{"object":{"int":1},"object":{"uint":2}}`), "and is not merged")
	require.Equal(t, doc{List: []doc{{Uint: 2}}}, decode(t, `{"list":[{"int":1},{"int":1}],"list":[{"uint":2}]}`))
	require.Equal(t, doc{Kind: "point", Body: &point{Y: 2}}, decode(t, `{"kind":"point","body":{"x":1},"body":{"y":2}}`))
	require.Equal(t, doc{Kind: "point"}, decode(t, `{"kind":"point","body":{"x":1},"body":null}`))
	require.Equal(t, doc{Kind: "news"}, decode(t, `{"kind":"point","body":{"x":1},"kind":"news","body":{"x":2}}`))
}

func TestKeysAreMatchedExactly(t *testing.T) {
	require.Equal(t, doc{}, decode(t, `{"Int":1,"INT":1,"int ":1,"in":1,"":1,"ınt":1}`))
	require.Equal(t, doc{Int: 1}, decode(t, `{"\u0069nt":1}`), "as what they spell")
}

func TestDecodeListReadsObjects(t *testing.T) {
	var list []*doc
	add := func() codec.Message {
		list = append(list, new(doc))
		return list[len(list)-1]
	}
	require.NoError(t, codec.DecodeList([]byte(` [{"int":1}, {} ,{"object":{"text":"x"}}] `), add))
	require.Equal(t, []*doc{{Int: 1}, {}, {Object: &doc{Text: "x"}}}, list)

	for text, want := range map[string]string{
		`{}`:                        "codec: the text is not a list",
		`[{},{"int":""}]`:           "codec: field [1].int is not a whole number",
		`[{},{"object":{"int":""}}`: "codec: field [1].object.int is not a whole number",
		`[{}`:                       "codec: the text is not JSON",
		`[]]`:                       "codec: the text goes on behind its end",
	} {
		require.EqualError(t, codec.DecodeList([]byte(text), add), want, text)
	}
	require.NoError(t, codec.DecodeList([]byte(`[]`), nil))
}

// Whatever was read before, a text reads as with a fresh decoder.
func TestDecoderStartsAnewWithEachText(t *testing.T) {
	var decoder codec.Decoder
	for _, text := range []string{
		`{"text":"a\n` + strings.Repeat("b", 9000) + `","list":[{"int":1}]}`,
		`{"text":"\"short\""}`,
		`{"object":{"object":{"int":"no"}}}`,
		`{"text":"\ud800"}`,
		`{}`,
		`{"text":"ends in`,
		`{"object":{"text":"\t"},"texts":["\\",""]} `,
	} {
		var fresh, again doc
		want := codec.Decode([]byte(text), &fresh)
		require.Equal(t, want, decoder.Decode([]byte(text), &again), text)
		require.Equal(t, fresh, again, text)
	}
}

// sums adds up the numbers in a list of objects, of which it keeps none.
type sums struct {
	point point
	sums  []int64 // after each object
}

func (s *sums) Fields(v *codec.Visitor) { codec.Each(v, "list", s) }
func (s *sums) Begin()                  { s.point, s.sums = point{}, nil }
func (s *sums) Next() codec.Message {
	s.sums = append(s.sums, s.point.X)
	return &s.point
}

func TestEachHandsOverObjectsOneByOne(t *testing.T) {
	for text, want := range map[string][]int64{
		`{"list":[{"x":1},{"x":2},{}]}`:             {0, 1, 2},
		`{"list":[{"x":1}],"list":[{"x":2},{}]}`:    {0, 2},
		`{"list":[{"x":1}],"other":[{}],"list":[]}`: nil,
		`{"list":[{"x":1}],"list":null}`:            nil,
		`{}`:                                        nil,
	} {
		var s sums
		require.NoError(t, codec.Decode([]byte(text), &s), text)
		require.Equal(t, want, s.sums, text)
	}
	require.EqualError(t, codec.Decode([]byte(`{"list":[{},{"x":""}]}`), new(sums)), "codec: field list[1].x is not a whole number")
	require.Equal(t, `{}`, string(codec.Append(nil, &sums{sums: []int64{1}})), "it is for reading alone")
}
