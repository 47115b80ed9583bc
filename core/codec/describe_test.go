package codec_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core/codec"
)

func TestDescribeListsTheFieldsInOrder(t *testing.T) {
	require.Equal(t, []codec.Field{
		{Key: "text", Kind: codec.KindString},
		{Key: "int", Kind: codec.KindNumber},
		{Key: "uint", Kind: codec.KindNumber},
		{Key: "bool", Kind: codec.KindBool},
		{Key: "raw", Kind: codec.KindAny},
		{Key: "texts", Kind: codec.KindStrings},
		{Key: "uints", Kind: codec.KindNumbers},
		{Key: "object", Kind: codec.KindObject, Of: &doc{}},
		{Key: "list", Kind: codec.KindObjects, Of: &doc{}},
		{Key: "kind", Kind: codec.KindString},
		{Key: "body", Kind: codec.KindAny},
	}, codec.Describe(new(doc)))
}

func TestDescribeDoesNotDependOnTheValues(t *testing.T) {
	full := doc{Text: "x", Raw: []byte("1"), Object: &doc{Int: 1}, List: []doc{{}}, Kind: "point", Body: &point{X: 1}}
	require.Equal(t, codec.Describe(new(doc)), codec.Describe(&full))
	require.Equal(t, doc{Int: 1}, *full.Object, "and leaves them alone")
}
