package wire_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core/codec"
	"beckon/core/wire"
)

func decode(t *testing.T, text string) wire.Frame {
	t.Helper()
	f, err := wire.Decode(wire.BothWays, []byte(text))
	require.NoError(t, err, text)
	return f
}

func TestUnknownTypesAreRefused(t *testing.T) {
	for _, text := range []string{
		`{"type":"dance"}`, `{"type":""}`, `{"type":"Hello"}`, `{"type":null}`, `{}`, `null`, `{"v":1,"type":"dance"}`,
		`{"type":"dance","v":`, // of what follows nobody knows the form
	} {
		f, err := wire.Decode(wire.BothWays, []byte(text))
		require.Equal(t, wire.ErrType, err, text)
		require.Nil(t, f, text)
	}
}

func TestTypeMayBeSpeltInAnyWay(t *testing.T) {
	want := &wire.Heartbeat{Ack: 5}
	for _, text := range []string{
		`{"type":"heartbeat","ack":5}`,
		` { "type" : "heartbeat" , "ack" : 5 } `,
		`{"ack":5,"type":"heartbeat"}`,
		`{"type":"\u0068eartbeat","ack":5}`,
		`{"\u0074ype":"heartbeat","ack":5}`,
	} {
		require.Equal(t, want, decode(t, text), text)
	}
}

func TestWhatIsNoFrameIsRefused(t *testing.T) {
	for _, text := range []string{``, `hello`, `[]`, `[{"type":"hello"}]`, `{"type":5}`, `{"type":"hello`, `{"type":"hello"`, `{"type":"hello"}x`, ` {"type":"hello"`} {
		_, err := wire.Decode(wire.BothWays, []byte(text))
		var bad *codec.Error
		require.ErrorAs(t, err, &bad, text)
	}
}

func TestFieldsMayComeBeforeTheirName(t *testing.T) {
	require.Equal(t, wire.NewCommand(7, &wire.Join{Channel: "c1", UID: "5"}),
		decode(t, `{"fields":{"uid":"5","channel":"c1"},"name":"join","n":7,"type":"command"}`))
	require.Equal(t, wire.NewNotice(9, 1000, &wire.Left{Account: "bob"}),
		decode(t, `{"fields":{"account":"bob"},"name":"left","time":1000,"position":9,"type":"notice"}`))
}

func TestFieldsAreThoseOfTheirName(t *testing.T) {
	want := wire.NewCommand(1, &wire.Leave{Channel: "c1"})
	for _, text := range []string{ // of repeated keys the last one counts
		`{"type":"command","n":1,"name":"join","fields":{"channel":"c1"},"name":"leave"}`,
		`{"type":"command","n":1,"name":"dance","fields":{"channel":"c1"},"name":"leave"}`,
		`{"type":"command","n":1,"name":"leave","fields":{"channel":"c0","store":true},"fields":{"channel":"c1"}}`,
		`{"type":"command","n":1,"fields":{"store":true},"fields":{"channel":"c1"},"name":"leave"}`,
	} {
		require.Equal(t, want, decode(t, text), text)
	}
	require.Equal(t, &wire.Command{N: 1, Name: "dance"},
		decode(t, `{"type":"command","n":1,"name":"join","fields":{"channel":"c1"},"name":"dance"}`))
	require.Equal(t, wire.NewNotice(1, 0, &wire.Left{Account: "bob"}),
		decode(t, `{"type":"notice","position":1,"name":"joined","fields":{"account":"bob"},"name":"left"}`))
}

func TestUnknownNamesAreNoError(t *testing.T) {
	require.Equal(t, &wire.Command{N: 7, Name: "dance", Ack: 3},
		decode(t, `{"type":"command","n":7,"name":"dance","fields":{"channel":5,"steps":[1,2]},"ack":3}`))
	require.Equal(t, &wire.Notice{Position: 7, Name: "danced"},
		decode(t, `{"type":"notice","position":7,"name":"danced","fields":[]}`))
	require.Equal(t, &wire.Command{N: 7}, decode(t, `{"type":"command","n":7,"fields":{}}`), "a command without a name")
}

func TestKnownNamesAlwaysHaveFields(t *testing.T) {
	for _, fields := range []string{``, `,"fields":{}`, `,"fields":null`} {
		require.Equal(t, wire.NewCommand(7, &wire.Leave{}), decode(t, `{"type":"command","n":7,"name":"leave"`+fields+`}`))
		require.Equal(t, wire.NewNotice(7, 0, &wire.Left{}), decode(t, `{"type":"notice","position":7,"name":"left"`+fields+`}`))
	}
}

func TestBadFieldIsNamedAndTheCommandKept(t *testing.T) {
	for text, want := range map[string]string{
		`{"type":"command","n":7,"name":"join","fields":{"channel":"c1","uid":5}}`:  "codec: field fields.uid is not a string",
		` {"type":"command","n":7,"name":"join","fields":{"channel":"c1","uid":5}}`: "codec: field fields.uid is not a string",
		`{"fields":{"channel":"c1","uid":5},"name":"join","n":7,"type":"command"}`:  "codec: field fields.uid is not a string",
		`{"type":"command","n":7,"name":"invite","fields":{"push":{"need":1}}}`:     "codec: field fields.push.need is not true or false",
		`{"type":"command","n":7,"name":"create","fields":{"type":1.5}}`:            "codec: field fields.type is not a whole number",
		`{"type":"command","n":7,"name":"create","fields":{"ext":"\ud83d"}}`:        "codec: field fields.ext holds a lone surrogate",
		`{"type":"command","n":7,"name":"create","fields":["x"]}`:                   "codec: field fields is not an object",
		`{"type":"command","n":7,"name":"create","fields":{},"ack":-1}`:             "codec: field ack is not a whole number from 0",
		`{"type":"command","n":7,"name":"create","fields":{}`:                       "codec: the text is not JSON",
		` {"type":"command","n":7,"name":"create","fields":{}`:                      "codec: the text is not JSON",
		`{"type":"command","n":7,"name":"dance","fields":{"step":01}}`:              "codec: field fields.step is not JSON",
	} {
		f, err := wire.Decode(wire.ToRelay, []byte(text))
		require.EqualError(t, err, want, text)
		require.Equal(t, uint64(7), f.(*wire.Command).N, text)
	}
	_, err := wire.Decode(wire.ToPage, []byte(`{"type":"welcome","channels":[{},{"members":[{},{"uid":5}]}]}`))
	require.EqualError(t, err, "codec: field channels[1].members[1].uid is not a string")
}

func TestFieldTypeOfAPartIsNotTheFramesType(t *testing.T) {
	require.Equal(t, wire.NewCommand(1, &wire.Create{Type: 2}),
		decode(t, `{"name":"create","fields":{"type":2},"type":"command","n":1}`))
}

func TestAppendWritesTypeFirstAndNameBeforeFields(t *testing.T) {
	f := wire.NewCommand(7, &wire.Join{Channel: "c1"})
	f.Ack = 3
	require.Equal(t, `{"type":"command","n":7,"name":"join","fields":{"channel":"c1"},"ack":3}`, string(wire.Append(nil, f)))
	require.Equal(t, `x{"type":"notice","position":9,"time":5,"name":"left","fields":{}}`,
		string(wire.Append([]byte("x"), wire.NewNotice(9, 5, &wire.Left{}))))
	require.Equal(t, `{"type":"refused","code":"busy","after":5000}`,
		string(wire.Append(nil, &wire.Refused{Refusal: wire.Refusal{Code: "busy", After: 5000}})))
	require.Equal(t, `{"type":"heartbeat"}`, string(wire.Append(nil, &wire.Heartbeat{})))
}
