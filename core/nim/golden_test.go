package nim_test

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
	"beckon/core/nim"
	"beckon/core/wire"
)

var update = flag.Bool("update", false, "rewrite the files in testdata; read the difference")

// The files in testdata are this package's specification. A block is what goes
// in, a line ----, and what comes out; # begins a comment.

func TestOptionsBecomeOrders(t *testing.T) {
	play(t, "orders.txt", func(t *testing.T, in []string) string {
		r, err := nim.Ask(cut(in[0]))
		if err != nil {
			return failure(t, err)
		}
		return r.Order.CommandName() + " " + string(codec.Append(nil, r.Order))
	})
}

func TestOutcomesBecomeResults(t *testing.T) {
	play(t, "results.txt", func(t *testing.T, in []string) string {
		r, err := nim.Ask(cut(in[0]))
		require.NoError(t, err)
		r.Time, r.ID = 1700000000500, "m1"
		var out wire.Outcome
		require.NoError(t, codec.Decode([]byte(in[1]), &out), in[1])
		result, err := r.Result(&out)
		if err != nil {
			return failure(t, err)
		}
		return "resolves " + result
	})
}

func TestRefusalsBecomeFailures(t *testing.T) {
	play(t, "refusals.txt", func(t *testing.T, in []string) string {
		method, text := cut(in[0])
		r, err := nim.Ask(method, []byte(`{}`))
		require.NoError(t, err)
		var refusal wire.Refusal
		require.NoError(t, codec.Decode(text, &refusal), in[0])
		return failure(t, r.Refused(&refusal))
	})
}

func TestNoticesBecomeEvents(t *testing.T) {
	play(t, "events.txt", func(t *testing.T, in []string) string {
		who, text := cut(in[0])
		account, device, _ := strings.Cut(who, "/")
		var lines []string
		for _, e := range nim.Events(account, device, notice(t, string(text))) {
			if e.Name != nim.Message {
				assertFlat(t, e.JSON)
			}
			require.True(t, json.Valid([]byte(e.JSON)), e.JSON)
			lines = append(lines, e.Name+" "+e.JSON)
		}
		if lines == nil {
			return "silent"
		}
		return strings.Join(lines, "\n")
	})
}

func TestV2ParamsBecomeOrders(t *testing.T) {
	play(t, "v2_orders.txt", func(t *testing.T, in []string) string {
		method, text := cut(in[0])
		r, err := nim.AskV2("ann", method, text)
		if err != nil {
			return failure(t, err)
		}
		return r.Order.CommandName() + " " + string(codec.Append(nil, r.Order))
	})
}

func TestOutcomesBecomeV2Results(t *testing.T) {
	play(t, "v2_results.txt", func(t *testing.T, in []string) string {
		method, text := cut(in[0])
		var out wire.Outcome
		require.NoError(t, codec.Decode([]byte(in[1]), &out), in[1])
		result, err := asked(t, v2(t, method), string(text)).Result(&out)
		switch {
		case err != nil:
			return failure(t, err)
		case result == "":
			return "resolves"
		}
		return "resolves " + result
	})
}

func TestRefusalsBecomeV2Failures(t *testing.T) {
	play(t, "v2_refusals.txt", func(t *testing.T, in []string) string {
		method, text := cut(in[0])
		var refusal wire.Refusal
		require.NoError(t, codec.Decode(text, &refusal), in[0])
		return failure(t, asked(t, v2(t, method), `{}`).Refused(&refusal))
	})
}

func TestNoticesBecomeV2Events(t *testing.T) {
	play(t, "v2_events.txt", func(t *testing.T, in []string) string {
		who, text := cut(in[0])
		account, device, _ := strings.Cut(who, "/")
		var lines []string
		for _, e := range nim.V2Events(account, device, notice(t, string(text))) {
			require.True(t, json.Valid([]byte(e.JSON)), e.JSON)
			lines = append(lines, e.Name+" "+e.JSON)
		}
		if lines == nil {
			return "silent"
		}
		return strings.Join(lines, "\n")
	})
}

// An inbox is shown in the shapes of both SDKs, a line each.
func TestInboxesBecomeUnreadMessages(t *testing.T) {
	play(t, "unread.txt", func(t *testing.T, in []string) string {
		who, text := cut(in[0])
		account, device, _ := strings.Cut(who, "/")
		var out wire.Outcome
		require.NoError(t, codec.Decode(text, &out), in[0])
		return lined(t, nim.Unread(account, device, out.Inbox)) + "\n" + lined(t, nim.V2Unread(account, device, out.Inbox))
	})
}

func TestChannelsAreShown(t *testing.T) {
	play(t, "channels.txt", func(t *testing.T, in []string) string {
		var out wire.Outcome
		require.NoError(t, codec.Decode([]byte(in[0]), &out), in[0])
		return lined(t, nim.Channels(out.Channels)) + "\n" + lined(t, nim.V2Rooms(out.Channels))
	})
}

// lined puts each item of a JSON array on a line of its own.
func lined(t *testing.T, array string) string {
	var items []json.RawMessage
	require.NoError(t, json.Unmarshal([]byte(array), &items), array)
	out := "["
	for _, item := range items {
		out += "\n  " + string(item)
	}
	return out + "]"
}

func v2(t *testing.T, method string) nim.Method {
	for _, m := range nim.V2Methods {
		if m.Name == method {
			return m
		}
	}
	t.Fatal("no method " + method)
	panic("unreachable")
}

// notice reads `joined {fields}` as a frame of the relay's.
func notice(t *testing.T, text string) *wire.Notice {
	name, fields, _ := strings.Cut(text, " ")
	frame, err := wire.Decode(wire.ToPage, []byte(`{"type":"notice","position":9007199254740993,"time":1700000000500,"name":"`+
		name+`","fields":`+fields+`}`))
	require.NoError(t, err, text)
	n := frame.(*wire.Notice)
	return n
}

func failure(t *testing.T, err error) string {
	var f *nim.Failure
	require.ErrorAs(t, err, &f)
	return "rejects " + f.Failure()
}

func cut(line string) (string, []byte) {
	first, rest, _ := strings.Cut(line, " ")
	return first, []byte(rest)
}

// play runs each block of a file through f. $name in a block stands for what a
// line `$name = text` says.
func play(t *testing.T, file string, f func(t *testing.T, in []string) string) {
	path := filepath.Join("testdata", file)
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	var out strings.Builder
	values := map[string]string{}
	for i, block := range strings.Split(strings.TrimSpace(string(text)), "\n\n") {
		if i > 0 {
			out.WriteString("\n\n")
		}
		given, want, asks := strings.Cut(block, "\n----\n")
		out.WriteString(given)
		var in []string
		name := ""
		for line := range strings.Lines(given) {
			line = strings.TrimSuffix(line, "\n")
			switch key, value, ok := strings.Cut(line, " = "); {
			case strings.HasPrefix(line, "#"):
				name = strings.TrimPrefix(line, "# ")
			case ok && strings.HasPrefix(key, "$"):
				values[key] = expand(values, value)
			default:
				in = append(in, expand(values, line))
			}
		}
		if len(in) == 0 {
			continue
		}
		t.Run(name, func(t *testing.T) {
			got := f(t, in)
			out.WriteString("\n----\n" + got)
			if !*update {
				require.True(t, asks, "the block says nothing of what comes out")
				assert.Equal(t, want, got, given)
			}
		})
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
