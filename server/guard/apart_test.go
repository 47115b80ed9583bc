package guard

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
)

// Many pages of one address that log in at once, as after a restart, are within
// the limit, and may ask for something at once, too.
func TestLoginsOfAnAddressAreNoCommands(t *testing.T) {
	d := open(t, Config{Limits: Limits{Logins: Rate{PerSecond: 50, Burst: 500}, CommandsPerAddress: Rate{PerSecond: 1000, Burst: 4000}}})
	for i := range 500 {
		v := d.enters("192.0.2.1", fmt.Sprint(i))
		require.Nil(t, v.Command(wire.NewCommand(1, &wire.Channels{})), "login %d", i)
	}
}
