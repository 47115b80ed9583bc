package nim_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"beckon/core/nim"
	"beckon/core/wire"
)

// FuzzAsk: whatever the options, a call becomes an order that the relay can
// read, or a failure that the page can read.
func FuzzAsk(f *testing.F) {
	for _, line := range append(lines(f, "orders.txt", ""), lines(f, "v2_orders.txt", "")...) {
		method, options, _ := strings.Cut(line, " ")
		f.Add(method, []byte(options))
	}
	f.Fuzz(func(t *testing.T, method string, options []byte) {
		for _, m := range append(nim.Methods, nim.Method{Name: method}) {
			assertAsks(t, options)(nim.Ask(m.Name, options))
		}
		for _, m := range append(nim.V2Methods, nim.Method{Name: method}) {
			assertAsks(t, options)(nim.AskV2("ann", m.Name, options))
		}
	})
}

func assertAsks(t *testing.T, options []byte) func(*nim.Request, error) {
	return func(r *nim.Request, err error) {
		if err != nil {
			assertFails(t, err)
			return
		}
		require.True(t, json.Valid(options), "what is no JSON is refused")
		frame, err := wire.Decode(wire.ToRelay, wire.Append(nil, wire.NewCommand(1, r.Order)))
		require.NoError(t, err)
		assert.Equal(t, r.Order, frame.(*wire.Command).Order)
		assertFails(t, r.TooLarge(1))
		result, err := r.Result(&wire.Outcome{Channel: &wire.Channel{ID: "c1", Members: []wire.Member{{UID: "x"}}}})
		require.NoError(t, err)
		assertJSON(t, result)
	}
}

func assertJSON(t *testing.T, text string) {
	require.True(t, text == "" || json.Valid([]byte(text)), text)
}

// FuzzFrames: whatever the relay says becomes JSON for the page.
func FuzzFrames(f *testing.F) {
	for _, line := range lines(f, "events.txt", "") {
		if _, event, ok := strings.Cut(line, " "); ok {
			name, fields, _ := strings.Cut(event, " ")
			f.Add([]byte(`{"type":"notice","position":7,"name":"`+name+`","fields":`+
				strings.ReplaceAll(fields, "$c", `{"id":"c1","type":1}`)+`}`), "bob", "web2")
		}
	}
	for _, line := range lines(f, "results.txt", "{") {
		f.Add([]byte(`{"type":"reply","n":1,"ok":`+strings.NewReplacer("$bare", `{"id":"c1"}`, "$channel",
			`{"id":"c1","members":[{}]}`).Replace(line)+`}`), "ann", "web1")
	}
	for _, line := range lines(f, "unread.txt", "bob/web2 ") {
		_, out := cut(line)
		f.Add([]byte(`{"type":"reply","n":1,"ok":`+strings.NewReplacer("$c", `{"id":"c1"}`, "$d", `{"id":"c2"}`).Replace(string(out))+`}`),
			"bob", "web2")
	}
	f.Fuzz(func(t *testing.T, text []byte, account, device string) {
		frame, err := wire.Decode(wire.ToPage, text)
		if err != nil {
			return
		}
		switch frame := frame.(type) {
		case *wire.Notice:
			for _, e := range append(nim.Events(account, device, frame), nim.V2Events(account, device, frame)...) {
				assert.Contains(t, []string{nim.Notify, nim.MultiClient, nim.Message, nim.V2Online, nim.V2MultiClient}, e.Name)
				assertJSON(t, e.JSON)
			}
			assert.Contains(t, []uint64{0, frame.Position}, nim.Stored(account, frame))
		case *wire.Reply:
			for _, m := range nim.Methods {
				r, err := nim.Ask(m.Name, []byte(`{"autoJoin":1,"nertcChannelName":"n"}`))
				require.NoError(t, err)
				answer(t, r, frame)
			}
			for _, m := range nim.V2Methods {
				answer(t, asked(t, m, `{"rtcConfig":{"rtcChannelName":"n"}}`), frame)
			}
			if out := frame.OK; out != nil {
				assertJSON(t, nim.Unread(account, device, out.Inbox))
				assertJSON(t, nim.V2Unread(account, device, out.Inbox))
				assertJSON(t, nim.Channels(out.Channels))
				assertJSON(t, nim.V2Rooms(out.Channels))
			}
		case *wire.Refused:
			assertJSON(t, nim.Disconnected(wire.CloseRefused, &frame.Refusal))
		}
	})
}

func answer(t *testing.T, r *nim.Request, reply *wire.Reply) {
	if reply.Error != nil {
		assertFails(t, r.Refused(reply.Error))
	}
	result, err := r.Result(reply.OK)
	if err != nil {
		assertFails(t, err)
		return
	}
	assertJSON(t, result)
}

func assertFails(t *testing.T, err error) {
	f, ok := errors.AsType[*nim.Failure](err)
	require.True(t, ok, err)
	var object struct {
		Code    any
		Name    string
		Message string
	}
	require.NoError(t, json.Unmarshal([]byte(f.Failure()), &object), f.Failure())
	assert.NotEmpty(t, object.Code)
	assert.Contains(t, []string{"NIMError", "V2NIMError"}, object.Name)
	assert.NotEmpty(t, object.Message)
	assert.NotEmpty(t, f.Error())
}

// lines are what goes in, of a file in testdata.
func lines(f *testing.F, file, prefix string) []string {
	text, err := os.ReadFile(filepath.Join("testdata", file))
	require.NoError(f, err)
	var list []string
	for block := range strings.SplitSeq(string(text), "\n\n") {
		given, _, _ := strings.Cut(block, "\n----\n")
		for line := range strings.SplitSeq(given, "\n") {
			if strings.HasPrefix(line, prefix) && !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "$") {
				list = append(list, line)
			}
		}
	}
	require.NotEmpty(f, list)
	return list
}
