package auth

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

// deflate packs an object as TLSSigAPIv2 does.
func deflate(t testing.TB, object any) string {
	t.Helper()
	text, err := json.Marshal(object)
	require.NoError(t, err)
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write(text)
	require.NoError(t, w.Close())
	return toTencent.Replace(base64.StdEncoding.EncodeToString(b.Bytes()))
}
