package tui_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core/codec"
	"beckon/core/tui"
	"beckon/core/wire"
)

// Whatever a page gives, the answer is an order that travels, or a Failure whose
// text is JSON.
func FuzzAsk(f *testing.F) {
	for _, m := range tui.Methods {
		f.Add(m.Name, `{"roomId":"r","userIdList":["a"],"timeout":1.5,"userId":"u","userRole":1,"options":{"password":"p"}}`)
	}
	f.Add("inviteUsers", `{"roomId":"r","userIdList":["a"],"timeout":-1e-7}`)
	f.Add("inviteUsers", `{"roomId":"r","userIdList":["a"],"timeout":123456789012345678901234567890.1234}`)
	f.Fuzz(func(t *testing.T, method, text string) {
		x := tui.New("bob", "laptop")
		x.LoggedIn = true
		r, err := x.Ask(method, []byte(text))
		if err != nil {
			failure, ok := errors.AsType[*tui.Failure](err)
			require.True(t, ok)
			require.True(t, json.Valid([]byte(failure.Failure())), failure.Failure())
			return
		}
		if r.Order != nil {
			require.True(t, json.Valid(codec.Append(nil, r.Order)))
		}
		result, err := r.Result(&wire.Outcome{})
		require.NoError(t, err)
		require.True(t, result == "" || json.Valid([]byte(result)), result)
	})
}

func TestTimeoutsAreSeconds(t *testing.T) {
	x := enter(t, 1)
	for given, want := range map[string]int64{
		`0`: 0, `0.0`: 0, `60`: 60_000, `1.5`: 1500, `0.05`: 50, `0.0001`: 1, `1.0001`: 1001, `5e-7`: 1, `0e-7`: 0, `1e+21`: 1 << 50, `-0`: 0,
		`1.2345e+25`: 1 << 50,
	} {
		r, err := x.Ask("inviteUsers", []byte(`{"roomId":"r","userIdList":["a"],"timeout":`+given+`}`))
		require.NoError(t, err, given)
		require.Equal(t, want, r.Order.(*wire.InviteAll).Timeout, given)
	}
	for _, given := range []string{`-1`, `-0.5`, `-1e-7`, `null`, `"1"`, `true`, `[]`} {
		_, err := x.Ask("inviteUsers", []byte(`{"roomId":"r","userIdList":["a"],"timeout":`+given+`}`))
		require.Error(t, err, given)
	}
}
