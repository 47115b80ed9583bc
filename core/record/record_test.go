package record_test

import (
	"errors"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/codec"
	"beckon/core/record"
)

var update = flag.Bool("update", false, "write the sample records that are missing; those that are there are never rewritten")

// now is the time of the sample records.
const now core.Time = 1_700_000_000_123

// TestFormat1IsReadForever holds the records that format 1 has written: they say
// what they said, and as long as it is the format that is written, it is written
// the same way.
func TestFormat1IsReadForever(t *testing.T) {
	require.Equal(t, 1, record.Format, "the format changed: hold what Append writes now in testdata/v2, and compare there")
	for name, event := range samples {
		t.Run(name, func(t *testing.T) {
			want := record.Record{Now: now, Events: []core.Event{event}}
			stored := sample(t, name, record.Append(nil, want))
			got, err := record.Decode(stored)
			require.NoError(t, err)
			require.Equal(t, want, got)
			require.Equal(t, string(stored), string(record.Append(nil, got)))
		})
	}
}

// sample reads the record stored under a name.
func sample(t *testing.T, name string, fresh []byte) []byte {
	path := filepath.Join("testdata", "v1", name+".json")
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) && *update {
		require.NoError(t, os.WriteFile(path, append(fresh, '\n'), 0o644))
		return fresh
	}
	require.NoError(t, err)
	return []byte(strings.TrimSuffix(string(data), "\n"))
}

// TestEveryEventHasASample finds the kinds of event by their sealing methods.
func TestEveryEventHasASample(t *testing.T) {
	paths, err := filepath.Glob("../event*.go")
	require.NoError(t, err)
	var kinds []string
	for _, path := range paths {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		require.NoError(t, err)
		for _, d := range file.Decls {
			if f, is := d.(*ast.FuncDecl); is && f.Name.Name == "event" && f.Recv != nil {
				kinds = append(kinds, f.Recv.List[0].Type.(*ast.Ident).Name)
			}
		}
	}
	require.NotEmpty(t, kinds)
	missing := map[string]string{} // by kind: what the fullest sample does not say
	for _, event := range samples {
		kind := reflect.TypeOf(event).Name()
		require.Contains(t, kinds, kind)
		if lacks, is := missing[kind]; !is || lacks != "" {
			missing[kind] = notSet(kind, reflect.ValueOf(event))
		}
	}
	for _, kind := range kinds {
		lacks, is := missing[kind]
		require.True(t, is, "there is no sample of %s", kind)
		require.Empty(t, lacks, "no sample sets all of %s", kind)
	}
}

// notSet names a field of v that has its zero value, if there is one.
func notSet(path string, v reflect.Value) string {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return path
		}
		return notSet(path, v.Elem())
	case reflect.Slice:
		if v.Len() == 0 {
			return path
		}
		for i := range v.Len() {
			if lacks := notSet(path, v.Index(i)); lacks != "" {
				return lacks
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			name := v.Type().Field(i).Name
			if v.Type() == reflect.TypeFor[core.Member]() && name == "Lost" {
				continue // whoever joins has a link: an event never says otherwise
			}
			if lacks := notSet(path+"."+name, v.Field(i)); lacks != "" {
				return lacks
			}
		}
	default:
		if v.IsZero() {
			return path
		}
	}
	return ""
}

// TestRecordHoldsAGroup keeps the order of a group's events, and appends behind
// what is there.
func TestRecordHoldsAGroup(t *testing.T) {
	group := record.Record{Now: now}
	for _, name := range slices.Sorted(maps.Keys(samples)) {
		group.Events = append(group.Events, samples[name], samples[name])
	}
	b := record.Append([]byte("before "), group)
	require.Equal(t, "before ", string(b[:7]))
	got, err := record.Decode(b[7:])
	require.NoError(t, err)
	require.Equal(t, group, got)
}

// TestFieldsLeftOutReadAsZero stores events that say next to nothing.
func TestFieldsLeftOutReadAsZero(t *testing.T) {
	bare := record.Record{Events: []core.Event{
		core.Created{}, core.Joined{}, core.Left{}, core.Closed{}, core.Renewed{},
		core.Invited{Invitees: []core.Invitee{{}}}, core.Ended{Invitations: []core.Key{{}}},
		core.Controlled{}, core.Messaged{}, core.MarkedRead{}, core.LinkLost{}, core.LinkBack{}, core.LinksLost{}, core.Answered{},
		core.Unlisted{Invitations: []core.Key{{}}}, core.MemberChanged{}, core.RoomChanged{}, core.ProfileChanged{},
	}}
	data := record.Append(nil, bare)
	require.Equal(t, `{"format":1,"events":[{"event":"created"},{"event":"joined"},{"event":"left"},{"event":"closed"},`+
		`{"event":"renewed"},{"event":"invited","invitees":[{}]},{"event":"ended","invitations":[{}]},`+
		`{"event":"controlled"},{"event":"messaged"},{"event":"markedRead"},{"event":"linkLost"},{"event":"linkBack"},{"event":"linksLost"},{"event":"answered"},`+
		`{"event":"unlisted","invitations":[{}]},{"event":"memberChanged"},{"event":"roomChanged"},{"event":"profileChanged"}]}`, string(data))
	got, err := record.Decode(data)
	require.NoError(t, err)
	require.Equal(t, bare, got)
}

func TestUnknownRecordsAreNamed(t *testing.T) {
	for text, want := range map[string]string{
		`{"format":2,"now":1}`:                                     "record: format 2 is not known to this version",
		`{"format":2,"now":"noon","events":{}}`:                    "record: format 2 is not known to this version",
		`{"now":1,"events":[]}`:                                    "record: format 0 is not known to this version",
		`{"format":1,"events":[{"event":"sneezed","by":"ada"}]}`:   `record: an event "sneezed" is not known to this version`,
		`{"format":1,"events":[{"event":"linksLost"},{"n":1},{}]}`: `record: an event "" is not known to this version`,
	} {
		_, err := record.Decode([]byte(text))
		var e *record.Error
		require.ErrorAs(t, err, &e, text)
		require.EqualError(t, err, want, text)
	}
}

// TestBrokenRecordsSayWhere names the field; none is the record as a whole.
func TestBrokenRecordsSayWhere(t *testing.T) {
	for text, field := range map[string]string{
		`{"format":1,"now":"noon"}`:                         "now",
		`{"format":1,"events":[{"event":"joined","uid":-1}`: "events[0].uid",
		`{"format":1,"events":[{"event":"left"},[]]}`:       "events[1]",
		`{"format":"one"}`:                                  "format",
		`nonsense`:                                          "",
		``:                                                  "",
		`{"format":1} {}`:                                   "",
	} {
		_, err := record.Decode([]byte(text))
		var e *codec.Error
		require.ErrorAs(t, err, &e, text)
		require.Equal(t, field, e.Field, text)
	}
}

// TestUnknownFieldsAreSkipped lets a later version add fields to format 1 that
// this one may ignore.
func TestUnknownFieldsAreSkipped(t *testing.T) {
	r, err := record.Decode([]byte(`{"format":1,"host":{"a":[1]},"now":5,"events":[{"event":"renewed","why":[{}],"channel":"c1","expires":7}]}`))
	require.NoError(t, err)
	require.Equal(t, record.Record{Now: 5, Events: []core.Event{core.Renewed{Channel: "c1", Expires: 7}}}, r)
}

// FuzzDecode reads anything without a panic. What it can read it writes so that
// it reads the same.
func FuzzDecode(f *testing.F) {
	paths, err := filepath.Glob("testdata/v1/*.json*")
	require.NoError(f, err)
	for _, path := range paths {
		data, err := os.ReadFile(path)
		require.NoError(f, err)
		for line := range strings.Lines(string(data)) {
			f.Add([]byte(line))
		}
	}
	f.Add([]byte(`{"format":1,"events":[{"event":"joined","event":"left","uid":1}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := record.Decode(data)
		if err != nil {
			require.NotEmpty(t, err.Error())
			return
		}
		again := record.Append(nil, r)
		r2, err := record.Decode(again)
		require.NoError(t, err)
		require.Equal(t, r, r2)
		require.Equal(t, string(again), string(record.Append(nil, r2)))
	})
}
