package nim_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"beckon/core/nim"
	"beckon/core/wire"
)

func ask(t *testing.T, method, options string) wire.Order {
	r, err := nim.Ask(method, []byte(options))
	require.NoError(t, err, options)
	return r.Order
}

// What is no uid is never an error: the relay picks one (N8).
func TestUIDs(t *testing.T) {
	for given, want := range map[string]string{
		`1`:                     "1",
		`"1"`:                   "1",
		`"0042"`:                "42",
		`9007199254740993`:      "9007199254740993",
		`9223372036854775807`:   "9223372036854775807",
		`"9223372036854775807"`: "9223372036854775807",
		`"9223372036854775808"`: "",
		`9223372036854775808`:   "",
		`1e+21`:                 "",
		`0`:                     "",
		`"0"`:                   "",
		`-0`:                    "",
		`-7`:                    "",
		`"-7"`:                  "",
		`"+7"`:                  "",
		`" 7"`:                  "",
		`"7\n"`:                 "",
		`"1_000"`:               "",
		`"0x10"`:                "",
		`"７"`:                   "", // a digit elsewhere
		`1.5`:                   "",
		`"abc"`:                 "",
		`""`:                    "",
		`null`:                  "",
		`true`:                  "",
		`[7]`:                   "",
		`{"a":7}`:               "",
	} {
		assert.Equal(t, want, ask(t, "signalingJoin", `{"channelId":"c1","uid":`+given+`}`).(*wire.Join).UID, given)
	}
}

func TestTypes(t *testing.T) {
	for given, want := range map[string]int64{
		`1`: 1, `"1"`: 1, `3`: 3, `"03"`: 3, `0`: 0, `null`: 0, `-1`: -1, `4`: 4,
	} {
		assert.Equal(t, want, ask(t, "signalingCreate", `{"type":`+given+`}`).(*wire.Create).Type, given)
	}
	for _, given := range []string{`""`, `"audio"`, `1.5`, `"1.0"`, `true`, `[1]`, `{"a":1}`, `99999999999999999999`} {
		_, err := nim.Ask("signalingCreate", []byte(`{"type":`+given+`}`))
		var f *nim.Failure
		require.ErrorAs(t, err, &f, given)
		assert.Equal(t, []any{10414, "type"}, []any{f.Code, f.Field}, given)
	}
}

// What JavaScript takes for true.
func TestAutoJoin(t *testing.T) {
	for given, want := range map[string]bool{
		`true`: true, `1`: true, `-1`: true, `0.5`: true, `1e-7`: true, `1e+21`: true, `"0"`: true, `"false"`: true, `" "`: true,
		`[]`: true, `{}`: true, `"\""`: true,
		`false`: false, `null`: false, `0`: false, `-0`: false, `0.0`: false, `0e5`: false, `""`: false,
	} {
		assert.Equal(t, want, ask(t, "signalingAccept", `{"autoJoin":`+given+`}`).(*wire.Accept).AutoJoin, given)
	}
	assert.False(t, ask(t, "signalingAccept", `{}`).(*wire.Accept).AutoJoin)
}

func TestBooleansThatMustBe(t *testing.T) {
	for _, given := range []string{`false`, `null`, `1`, `"true"`, `{}`, `[true]`} {
		invite := ask(t, "signalingInvite", `{"offlineEnabled":`+given+`,"needPush":`+given+`,"pushTitle":"t"}`).(*wire.Invite)
		assert.False(t, invite.Store, given)
		assert.False(t, invite.Push.Need, given)
		assert.Equal(t, given == `false`, ask(t, "signalingInvite", `{"pushTitle":"t","needBadge":`+given+`}`).(*wire.Invite).Push.NoBadge, given)
		assert.Equal(t, "own", ask(t, "signalingCall", `{"callJoinsExisting":`+given+`}`).(*wire.Call).Reuse, given)
	}
	invite := ask(t, "signalingInvite", `{"offlineEnabled":true,"needPush":true}`).(*wire.Invite)
	assert.True(t, invite.Store)
	assert.Equal(t, &wire.Push{Need: true}, invite.Push)
}

func TestPayloadsAreTexts(t *testing.T) {
	for given, want := range map[string]string{
		`"{\"a\":1}"`:             `{"a":1}`,
		`"not JSON"`:              `not JSON`,
		`""`:                      ``,
		`null`:                    ``,
		`{"from":111}`:            `{"from":111}`,
		`{}`:                      `{}`,
		`["é\n\u4f60"]`:           `["é\n\u4f60"]`,
		`"é\n\u4f60\ud83d\ude00"`: "é\n你😀",
		`12.50`:                   `12.50`,
		`true`:                    `true`,
	} {
		for _, method := range []string{"signalingInvite", "signalingCall", "signalingCallEx"} {
			for _, options := range []string{`{"needPush":true,"pushPayload":` + given + `}`, `{"pushInfo":{"needPush":true,"pushPayload":` + given + `}}`} {
				assert.Equal(t, want, pushOf(ask(t, method, options)).Payload, options)
			}
		}
	}
}

func pushOf(o wire.Order) *wire.Push {
	switch o := o.(type) {
	case *wire.Invite:
		return o.Push
	case *wire.CallEx:
		return o.Push
	}
	return o.(*wire.Call).Push
}

func TestTimesToLiveAreTexts(t *testing.T) {
	for given, want := range map[string]string{
		`"60"`: `,"nertc":{"nertcChannelName":"n","nertcTokenTtl":"60"}`,
		`60`:   `,"nertc":{"nertcChannelName":"n","nertcTokenTtl":"60"}`,
		`null`: `,"nertc":{"nertcChannelName":"n","nertcTokenTtl":"600"}`,
		`""`:   `,"nertc":{"nertcChannelName":"n","nertcTokenTtl":"600"}`,
		`{}`:   `,"nertc":{"nertcChannelName":"n","nertcTokenTtl":"600"}`,
	} {
		r, err := nim.Ask("signalingCallEx", []byte(`{"nertcChannelName":"n","nertcTokenTtl":`+given+`}`))
		require.NoError(t, err)
		result, err := r.Result(&wire.Outcome{})
		require.NoError(t, err)
		assert.Equal(t, `{"callStatus":"200"`+want+`}`, result, given)
	}
}

// Every text parameter of every method refuses what is no text, by its name. Numbers are no texts to pushTitle and
// pushContent; elsewhere callers make ids of clocks and accounts of database rows, and the vendor's wire has only texts.
func TestTextsMustBeTexts(t *testing.T) {
	for _, m := range nim.Methods {
		for _, p := range m.Params() {
			if !p.IsText() {
				continue
			}
			wrong := []string{`true`, `[]`, `{}`, `"\udead"`}
			if _, err := nim.Ask(m.Name, []byte(`{"`+p.Name+`":1}`)); p.IsWord() {
				assert.NoError(t, err, p.Name)
			} else {
				wrong = append(wrong, `1`)
			}
			for _, given := range wrong {
				_, err := nim.Ask(m.Name, []byte(`{"`+p.Name+`":`+given+`}`))
				var f *nim.Failure
				require.ErrorAs(t, err, &f, "%s %s", p.Name, given)
				assert.Equal(t, []any{10414, p.Name}, []any{f.Code, f.Field}, given)
			}
			_, err := nim.Ask(m.Name, []byte(`{"`+p.Name+`":null}`))
			assert.NoError(t, err, p.Name)
		}
	}
}
