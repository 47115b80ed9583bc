package wire_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core/codec"
	"beckon/core/wire"
)

// oneCall lists the frames of one call as samples: callEx, joinAndAccept, close,
// a reply to each, and what the other one is told.
var oneCall = struct{ in, out []string }{
	in:  []string{"command-callEx", "command-joinAndAccept", "command-close"},
	out: []string{"reply", "reply", "reply", "notice-invited", "notice-joined", "notice-ended", "notice-closed"},
}

// BenchmarkCall is the relay's share of JSON in one call, 3 frames in and 7 out,
// and encoding/json's time for the same.
func BenchmarkCall(b *testing.B) {
	all := samples(b)
	var in [][]byte
	var out []wire.Frame
	var twins []any // of in's types, then of out's, for encoding/json
	for _, name := range oneCall.in {
		in = append(in, compact(b, all[name]))
		twins = append(twins, twin(b, read(b, name, all[name]), all[name]))
	}
	for _, name := range oneCall.out {
		out = append(out, read(b, name, all[name]))
		twins = append(twins, twin(b, read(b, name, all[name]), all[name]))
	}
	buffer := make([]byte, 0, 4096)

	b.Run("decode", func(b *testing.B) {
		b.ReportAllocs()
		var decoder wire.Decoder
		for b.Loop() {
			for _, text := range in {
				if _, err := decoder.Decode(wire.ToRelay, text); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("encode", func(b *testing.B) {
		b.ReportAllocs()
		var encoder wire.Encoder
		for b.Loop() {
			for _, f := range out {
				encoder.Append(buffer, f)
			}
		}
	})
	b.Run("decode/encoding-json", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for i, text := range in {
				if err := json.Unmarshal(text, reflect.New(reflect.TypeOf(twins[i]).Elem()).Interface()); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("encode/encoding-json", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for _, twin := range twins[len(in):] {
				if _, err := json.Marshal(twin); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}

// TestEncodingJSONReadsSamplesAlike reads each sample with encoding/json into a
// struct with f's fields; what it then writes, reads as f.
func TestEncodingJSONReadsSamplesAlike(t *testing.T) {
	for name, text := range samples(t) {
		f := read(t, name, text)
		theirs, err := json.Marshal(twin(t, f, text))
		require.NoError(t, err, name)
		require.Equal(t, f, read(t, name, theirs), name)
	}
}

// twin returns a pointer to a struct for encoding/json that has f's fields, read
// from text.
func twin(t testing.TB, f wire.Frame, text []byte) any {
	fields := append([]codec.Field{{Key: "type", Kind: codec.KindString}}, codec.Describe(f)...)
	switch f := f.(type) {
	case *wire.Command:
		fields = withFields(fields, f.Order)
	case *wire.Notice:
		fields = withFields(fields, f.Event)
	}
	twin := reflect.New(structOf(fields)).Interface()
	require.NoError(t, json.Unmarshal(text, twin))
	return twin
}

func withFields(fields []codec.Field, of codec.Message) []codec.Field {
	for i := range fields {
		if fields[i].Key == "fields" {
			fields[i].Kind, fields[i].Of = codec.KindObject, of
		}
	}
	return fields
}

func structOf(fields []codec.Field) reflect.Type {
	var in []reflect.StructField
	for i, f := range fields {
		in = append(in, reflect.StructField{
			Name: fmt.Sprintf("F%d", i),
			Type: typeOf(f),
			Tag:  reflect.StructTag(fmt.Sprintf(`json:"%s,omitempty"`, f.Key)),
		})
	}
	return reflect.StructOf(in)
}

func typeOf(f codec.Field) reflect.Type {
	switch f.Kind {
	case codec.KindString:
		return reflect.TypeFor[string]()
	case codec.KindNumber:
		return reflect.TypeFor[int64]()
	case codec.KindBool:
		return reflect.TypeFor[bool]()
	case codec.KindStrings:
		return reflect.TypeFor[[]string]()
	case codec.KindNumbers:
		return reflect.TypeFor[[]int64]()
	case codec.KindObject:
		return reflect.PointerTo(structOf(codec.Describe(f.Of)))
	case codec.KindObjects:
		return reflect.SliceOf(structOf(codec.Describe(f.Of)))
	}
	panic("no type for " + f.Key)
}
