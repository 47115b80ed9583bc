package tui_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"beckon/core/codec"
	"beckon/core/tui"
	"beckon/core/wire"
)

var update = flag.Bool("update", false, "rewrite the files in testdata; read the difference")

// The files in testdata are stories about one instance. A block is what comes in,
// a line ----, and what comes out; # begins a comment.
//
//	new ada/phone       it is another one, and logged in
//	ask METHOD {…}      the page calls
//	answers {…}         the relay carried the latest call out
//	refuses {…}         the relay did not
//	told NAME {…}       a notice; positions count from 1
//	fresh {…}           a fresh start, with what a welcome says
//	ring                the page asks what rings
func TestStories(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) { play(t, file) })
	}
}

// stage is where a story plays.
type stage struct {
	x        *tui.Instance
	request  *tui.Request
	position uint64
}

func (s *stage) does(t *testing.T, line string) string {
	what, rest, _ := strings.Cut(line, " ")
	switch what {
	case "new":
		account, device, _ := strings.Cut(rest, "/")
		s.x = tui.New(account, device)
		s.x.LoggedIn = true
		return ""
	case "ask":
		method, text, _ := strings.Cut(rest, " ")
		request, err := s.x.Ask(method, []byte(text))
		if err != nil {
			return failure(t, err)
		}
		s.request = request
		if s.request.Order == nil {
			return s.resolves(t, nil)
		}
		return s.request.Order.CommandName() + " " + string(codec.Append(nil, s.request.Order))
	case "answers":
		var out wire.Outcome
		require.NoError(t, codec.Decode([]byte(rest), &out), rest)
		return s.resolves(t, &out)
	case "refuses":
		var refusal wire.Refusal
		require.NoError(t, codec.Decode([]byte(rest), &refusal), rest)
		if err := s.request.Refused(&refusal); err != nil {
			return failure(t, err)
		}
		return "resolves"
	case "told":
		name, fields, _ := strings.Cut(rest, " ")
		s.position++
		n := &wire.Notice{}
		text := `{"position":` + number(s.position) + `,"time":1700000000500,"name":"` + name + `","fields":` + fields + `}`
		require.NoError(t, codec.Decode([]byte(text), n), line)
		return heard(t, s.x.Told(n))
	case "fresh":
		var w wire.Welcome
		require.NoError(t, codec.Decode([]byte(rest), &w), rest)
		truth := tui.Truth{Now: w.Now, Channels: w.Channels, Invitations: w.Invitations}
		if w.User != nil {
			truth.Self = *w.User
		}
		return heard(t, s.x.Fresh(truth))
	case "ring":
		return heard(t, s.x.Ring())
	}
	t.Fatal("no such line: " + line)
	return ""
}

func (s *stage) resolves(t *testing.T, out *wire.Outcome) string {
	result, err := s.request.Result(out)
	switch {
	case err != nil:
		return failure(t, err)
	case result == "":
		return "resolves"
	}
	require.True(t, json.Valid([]byte(result)), result)
	return "resolves " + shortened(result)
}

func heard(t *testing.T, events []tui.Event) string {
	if len(events) == 0 {
		return "silent"
	}
	var lines []string
	for _, e := range events {
		require.True(t, json.Valid([]byte(e.JSON)), e.JSON)
		lines = append(lines, e.Name+" "+shortened(e.JSON))
	}
	return strings.Join(lines, "\n")
}

func failure(t *testing.T, err error) string {
	var f *tui.Failure
	require.ErrorAs(t, err, &f)
	return "rejects " + f.Failure()
}

func number(n uint64) string {
	text, _ := json.Marshal(n)
	return string(text)
}

// shortened leaves out what says nothing, so that a reader sees what matters:
// TestPayloadsAreWhole says that it is there.
func shortened(text string) string {
	for _, s := range []string{
		`"hasAudioStream":false,"hasVideoStream":false,"hasScreenStream":false,"isMessageDisabled":false,"level":0,"roomCustomInfo":{}`,
		`"isCameraDisableForAllUser":false,"isMicrophoneDisableForAllUser":false,"isMessageDisableForAllUser":false,"isScreenShareDisableForAllUser":false,`,
		`"isSeatEnabled":false,"keepOwnerOnSeat":false,"maxSeatCount":0,"seatMode":1,`,
		`"version":0,`, `"ownerName":"",`, `"ownerAvatarUrl":"",`, `"userName":"",`, `"nameCard":"",`, `"avatarUrl":"",`, `,"password":""`,
	} {
		text = strings.ReplaceAll(text, s, "")
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, ",}", "}"), `,"`, `, "`)
}

// play runs each block of a file. $name in a block stands for what a line
// `$name = text` says.
func play(t *testing.T, path string) {
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	var out strings.Builder
	values := map[string]string{}
	s := &stage{}
	for i, block := range strings.Split(strings.TrimSpace(string(text)), "\n\n") {
		if i > 0 {
			out.WriteString("\n\n")
		}
		given, want, asks := strings.Cut(block, "\n----\n")
		out.WriteString(given)
		var got []string
		for line := range strings.Lines(given) {
			line = strings.TrimSuffix(line, "\n")
			switch key, value, ok := strings.Cut(line, " = "); {
			case strings.HasPrefix(line, "#"):
			case ok && strings.HasPrefix(key, "$"):
				values[key] = expand(values, value)
			default:
				if said := s.does(t, expand(values, line)); said != "" {
					got = append(got, said)
				}
			}
		}
		if len(got) == 0 {
			continue
		}
		all := strings.Join(got, "\n")
		out.WriteString("\n----\n" + all)
		if !*update {
			require.True(t, asks, "the block says nothing of what comes out: %s", given)
			assert.Equal(t, want, all, given)
		}
	}
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(out.String()+"\n"), 0o644))
	}
}

func expand(values map[string]string, s string) string {
	for key, value := range values {
		s = strings.ReplaceAll(s, key, value)
	}
	return s
}
