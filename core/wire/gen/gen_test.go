package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
)

// root is the repository's, from where go test runs this.
const root = "../../.."

func generated(t *testing.T) map[string][]byte {
	files, err := generate(root)
	require.NoError(t, err)
	return files
}

func TestGeneratedFilesAreCurrent(t *testing.T) {
	files := generated(t)
	for name, want := range files {
		have, err := os.ReadFile(filepath.Join(root, name))
		require.NoError(t, err, "run: make generate")
		if string(have) != string(want) {
			t.Errorf("%s does not follow from core/wire any more; run: make generate", name)
		}
	}
}

func TestSameSourceMakesTheSameFiles(t *testing.T) {
	files := generated(t)
	for range 3 {
		again := generated(t)
		require.Equal(t, files, again)
	}
}

func TestGeneratedFilesTellOfEverything(t *testing.T) {
	files := generated(t)
	ts, md := string(files["web/src/wire.gen.ts"]), string(files["web/docs/protocol.md"])
	for _, entry := range wire.Frames {
		require.Contains(t, ts, "type: '"+entry.New().FrameType()+"';")
		require.Contains(t, md, "\n### "+entry.New().FrameType()+"\n")
	}
	for _, order := range wire.Commands {
		require.Contains(t, ts, "  "+order().CommandName()+": ")
		require.Contains(t, md, "\n### "+order().CommandName()+"\n")
	}
	for _, event := range wire.Notices {
		require.Contains(t, ts, "  "+event().NoticeName()+": ")
		require.Contains(t, md, "\n### "+event().NoticeName()+"\n")
	}
	require.Contains(t, ts, "| 'bad-field'", "refusal codes are read from package core")
	require.Contains(t, md, "| `bad-field` |")
	require.Contains(t, ts, "if (code >= 4100 && code <= 4199) return 'now';")
	require.Contains(t, md, "| 4000 | another life of the same device has a link | never |")
	require.NotContains(t, ts, "unknown;", "every field has a type")
}

func TestLinksOfTheProtocolPageLeadSomewhere(t *testing.T) {
	files := generated(t)
	page := string(files["web/docs/protocol.md"])
	anchors := map[string]bool{}
	for _, heading := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(page, -1) {
		require.False(t, anchors[anchor(heading[1])], "two headings are called %s", heading[1])
		anchors[anchor(heading[1])] = true
	}
	links := regexp.MustCompile(`\]\(#([^)]*)\)`).FindAllStringSubmatch(page, -1)
	require.NotEmpty(t, links)
	for _, link := range links {
		require.True(t, anchors[link[1]], link[1])
	}
}

func TestSourceTellsFieldsFromComments(t *testing.T) {
	s := &source{types: map[string]*goType{}}
	require.NoError(t, s.add("x.go", []byte(`// Package wire is tried out.
package wire

// A Code is one.
type Code string

// The codes.
const (
	One Code = "one" // the first
	Two Code = "two"
)

// Version is alone.
const Version = 3

// Ring rings.
type Ring struct {
	Bell // which one
	// Times says how often.
	Times, Pause int64
	Who *Who // if known
}

func (r *Ring) Fields(v *codec.Visitor) {
	r.Bell.Fields(v)
	v.Int("times", &r.Times)
	codec.Object(v, "who", &r.Who)
	codec.Union(v, "fields", &r.Pause, func() Order { return newOrder(r.Name) })
}

func (x *generic[T]) Fields(v *codec.Visitor) { anything() }
func (x value) Fields(v *codec.Visitor) { anything() }
`), true))
	require.Equal(t, "Package wire is tried out.\n", s.doc)
	require.Equal(t, []constant{{"One", "Code", `"one"`, "the first"}, {"Two", "Code", `"two"`, ""}}, s.constsOf("Code"))
	require.Equal(t, "Version is alone.", s.comment("Version"))
	require.Equal(t, &goType{
		doc: "Ring rings.",
		fields: map[string]goField{
			"Bell":  {typ: "Bell", comment: "which one"},
			"Times": {typ: "int64", comment: "Times says how often."},
			"Pause": {typ: "int64", comment: "Times says how often."},
			"Who":   {comment: "if known"},
		},
		keys: []keyed{{field: "Bell"}, {"times", "Times"}, {"who", "Who"}, {"fields", "Pause"}},
	}, s.types["Ring"])
}

func TestFieldsMethodThatCannotBeReadIsAnError(t *testing.T) {
	for _, statement := range []string{`if x { v.Int("n", &m.N) }`, `v.Int(key, &m.N)`, `v.Int("n", n)`, `n := 1`, `helper(v)`} {
		s := &source{types: map[string]*goType{}}
		err := s.add("x.go", []byte("package wire\nfunc (m *Ring) Fields(v *codec.Visitor) {\n"+statement+"\n}"), true)
		require.ErrorContains(t, err, "Ring.Fields", statement)
	}
}

func TestSourceThatDiffersFromTheProgramIsAnError(t *testing.T) {
	src, err := readSource(filepath.Join(root, "core/wire"), filepath.Join(root, "core"))
	require.NoError(t, err)
	_, err = readProtocol(src)
	require.NoError(t, err)

	keys := src.types["Reply"].keys
	src.types["Reply"].keys = slices.Concat(keys[1:], keys[:1])
	_, err = readProtocol(src)
	require.ErrorContains(t, err, `Reply.Fields in the source differs from what it does, at "n"`)
	src.types["Reply"].keys = append(keys[:len(keys):len(keys)], keyed{"more", "More"})
	_, err = readProtocol(src)
	require.ErrorContains(t, err, "visits more")
}

func TestFieldsExplainedOnceAreNotExplainedAgain(t *testing.T) {
	first := field{doc: "whole"}
	first.Key = "uid"
	again, own := first, first
	again.doc, own.doc = "", "its own"
	messages := []message{{fields: []field{again}}, {fields: []field{first}}, {fields: []field{again}}, {fields: []field{own}}}
	borrowDocs(messages)
	var docs []string
	for _, m := range messages {
		docs = append(docs, m.fields[0].doc)
	}
	require.Equal(t, []string{"", "whole", "whole", "its own"}, docs)
}
