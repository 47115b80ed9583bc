package wire_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core/codec"
	"beckon/core/wire"
)

// samples returns the texts in testdata by file name. A sample is never changed
// or removed: it is what a peer of its time sends. What is new gets a new file,
// named after the frame, or the frame and its "name", and anything else after
// that: reply.json, reply-error.json, command-join.json, command-join-uid.json.
func samples(t testing.TB) map[string][]byte {
	files, err := filepath.Glob("testdata/*.json")
	require.NoError(t, err)
	texts := map[string][]byte{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		texts[strings.TrimSuffix(filepath.Base(file), ".json")] = text
	}
	return texts
}

// senders returns who sends frames of f's type.
func senders(f wire.Frame) wire.Direction {
	for _, entry := range wire.Frames {
		if entry.New().FrameType() == f.FrameType() {
			return entry.Direction
		}
	}
	return 0
}

// read decodes a sample, from whoever sends such a frame.
func read(t testing.TB, name string, text []byte) wire.Frame {
	t.Helper()
	kind, _, _ := strings.Cut(name, "-")
	for _, entry := range wire.Frames {
		if entry.New().FrameType() == kind {
			f, err := wire.Decode(entry.Direction, text)
			require.NoError(t, err, name)
			return f
		}
	}
	require.Fail(t, "no frame has the type that the sample is named after", name)
	return nil
}

func compact(t testing.TB, text []byte) []byte {
	var b bytes.Buffer
	require.NoError(t, json.Compact(&b, text))
	return b.Bytes()
}

func TestEveryFrameHasASample(t *testing.T) {
	have := map[string]bool{}
	for name, text := range samples(t) {
		switch f := read(t, name, text).(type) {
		case *wire.Command:
			require.NotNil(t, f.Order, name)
			have["command "+f.Order.CommandName()] = true
			require.Regexp(t, "^command-"+f.Name+"(-|$)", name)
		case *wire.Notice:
			require.NotNil(t, f.Event, name)
			have["notice "+f.Event.NoticeName()] = true
			require.Regexp(t, "^notice-"+f.Name+"(-|$)", name)
		default:
			have[f.FrameType()] = true
		}
	}
	for _, entry := range wire.Frames {
		if kind := entry.New().FrameType(); kind != "command" && kind != "notice" {
			require.True(t, have[kind], kind)
		}
	}
	for _, order := range wire.Commands {
		require.True(t, have["command "+order().CommandName()], order().CommandName())
	}
	for _, event := range wire.Notices {
		require.True(t, have["notice "+event().NoticeName()], event().NoticeName())
	}
}

func TestSamplesSetEveryField(t *testing.T) {
	seen := fieldsSeen{}
	for name, text := range samples(t) {
		var object map[string]any
		require.NoError(t, json.Unmarshal(text, &object))
		f := read(t, name, text)
		seen.in(f, object)
		switch f := f.(type) {
		case *wire.Command:
			seen.in(f.Order, object["fields"])
		case *wire.Notice:
			seen.in(f.Event, object["fields"])
		}
	}
	for _, name := range seen.missing() {
		t.Errorf("no sample sets %s: add one", name)
	}
}

// fieldsSeen says of each field, as "Type.key", whether some sample sets it.
type fieldsSeen map[string]bool

func (seen fieldsSeen) in(m codec.Message, value any) {
	object, _ := value.(map[string]any)
	for _, f := range codec.Describe(m) {
		name := typeName(m) + "." + f.Key
		_, set := object[f.Key]
		seen[name] = seen[name] || set
		switch f.Kind {
		case codec.KindObject:
			if set {
				seen.in(f.Of, object[f.Key])
			}
		case codec.KindObjects:
			list, _ := object[f.Key].([]any)
			for _, item := range list {
				seen.in(f.Of, item)
			}
		}
	}
}

func (seen fieldsSeen) missing() (names []string) {
	for name, set := range seen {
		if !set {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func TestSamplesAreWrittenAsTheyWereRead(t *testing.T) {
	for name, text := range samples(t) {
		f := read(t, name, text)
		require.Equal(t, string(compact(t, text)), string(wire.Append(nil, f)), name)
	}
}

func TestSamplesReadInAnyOrder(t *testing.T) {
	for name, text := range samples(t) {
		backwards := rewrite(text, func(members []string) []string {
			slices.Reverse(members)
			return members
		})
		require.Contains(t, string(backwards), `,"type":"`, "the type comes last")
		require.Equal(t, read(t, name, text), read(t, name, backwards), name)
	}
}

func TestSamplesReadWithFieldsOfTomorrow(t *testing.T) {
	for name, text := range samples(t) {
		tomorrow := rewrite(text, func(members []string) []string {
			return append(append([]string{`"new":{"list":[1.5,{"type":"x"}]}`}, members...), `"Name":"x"`)
		})
		require.Equal(t, read(t, name, text), read(t, name, tomorrow), name)
	}
}

func TestSamplesAreNotTakenFromTheOtherSide(t *testing.T) {
	for name, text := range samples(t) {
		f := read(t, name, text)
		for _, side := range []wire.Direction{wire.ToRelay, wire.ToPage} {
			got, err := wire.Decode(side, text)
			if senders(f)&side != 0 {
				require.NoError(t, err, name)
				require.Equal(t, f, got, name)
			} else {
				require.Equal(t, wire.ErrType, err, name)
				require.Nil(t, got, name)
			}
		}
	}
}
