package jsbridge

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type handler func(life Life, target, method, args string) (string, error)

func (h handler) Call(life Life, target, method, args string) (string, error) {
	return h(life, target, method, args)
}

type refused struct{ object string }

func (r refused) Error() string   { return "refused" }
func (r refused) Failure() string { return r.object }

func TestAnswerHandsTheCallOn(t *testing.T) {
	type key struct{}
	ctx := context.WithValue(t.Context(), key{}, "kept")
	envelope := Answer(ctx, handler(func(life Life, target, method, args string) (string, error) {
		assert.Equal(t, ctx, life)
		return fmt.Sprintf("[%q,%q,%s]", target, method, args), nil
	}), "nim/ada", "signalingInvite", `{"account":"bob"}`)
	assert.JSONEq(t, `{"ok":["nim/ada","signalingInvite",{"account":"bob"}]}`, envelope)
}

func TestAnswerOfNothingIsNull(t *testing.T) {
	envelope := Answer(t.Context(), handler(func(Life, string, string, string) (string, error) {
		return "", nil
	}), "", "connect", "{}")
	assert.JSONEq(t, `{"ok":null}`, envelope)
}

func TestAnswerExplainsErrors(t *testing.T) {
	for _, tt := range []struct {
		name string
		err  error
		want string
	}{
		{"a failure reaches the page as it is", refused{`{"code":10404,"name":"NIMError","message":"ROOM_NOT_EXISTS"}`},
			`{"code":10404,"name":"NIMError","message":"ROOM_NOT_EXISTS"}`},
		{"a wrapped failure too", fmt.Errorf("join: %w", refused{`{"code":10417}`}), `{"code":10417}`},
		{"any other error is internal", errors.New("disk\non \"fire\""),
			`{"code":"internal","name":"internal","message":"disk\non \"fire\""}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			envelope := Answer(t.Context(), handler(func(Life, string, string, string) (string, error) {
				return "ignored", tt.err
			}), "", "m", "{}")
			assert.JSONEq(t, `{"error":`+tt.want+`}`, envelope)
		})
	}
}

func TestAnswerRecovers(t *testing.T) {
	var none map[string]int
	for _, tt := range []struct {
		name    string
		panics  func()
		message string
	}{
		{"from a runtime error", func() { none["x"]++ }, "panic in join: assignment to entry in nil map"},
		{"from a string", func() { panic("stray") }, "panic in join: stray"},
		{"from an error", func() { panic(errors.New("stray")) }, "panic in join: stray"},
		{"from anything", func() { panic(7) }, "panic in join: a value that is neither error nor string"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got struct {
				Error struct{ Code, Name, Message string }
			}
			envelope := Answer(t.Context(), handler(func(Life, string, string, string) (string, error) {
				tt.panics()
				return "", nil
			}), "", "join", "{}")
			require.NoError(t, json.Unmarshal([]byte(envelope), &got))
			assert.Equal(t, "panic", got.Error.Code)
			assert.Equal(t, "panic", got.Error.Name)
			assert.Equal(t, tt.message, got.Error.Message)
		})
	}
}

func TestAnswerRecoversFromAFailureThatPanics(t *testing.T) {
	envelope := Answer(t.Context(), handler(func(Life, string, string, string) (string, error) {
		return "", panicking{}
	}), "", "join", "{}")
	assert.JSONEq(t, `{"error":{"code":"panic","name":"panic","message":"panic in join: no object"}}`, envelope)
}

type panicking struct{}

func (panicking) Error() string   { return "" }
func (panicking) Failure() string { panic("no object") }

func TestACallCrossesAsOneString(t *testing.T) {
	for _, want := range [][3]string{
		{"nim1", "signalingInvite", `{"account":"bob"}`},
		{"", "echo", `"a\nb"`},
		{"two\n\nlines\n", "echo", "1"},
	} {
		target, method, args := unpack(want[1] + "\n" + want[0] + "\n" + want[2])
		assert.Equal(t, want, [3]string{target, method, args})
	}
}
