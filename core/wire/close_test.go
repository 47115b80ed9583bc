package wire_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
)

func TestCloseCodesSayWhetherToComeBack(t *testing.T) {
	for code, want := range map[wire.CloseCode]wire.Return{
		wire.CloseNormal:      wire.ReturnLater, // a proxy in between may say so; a page that closed does not ask
		wire.CloseGoingAway:   wire.ReturnNow,
		wire.CloseNotText:     wire.ReturnNever,
		wire.CloseNotUTF8:     wire.ReturnNever,
		wire.CloseFrameTooBig: wire.ReturnNever,
		wire.CloseReplaced:    wire.ReturnNever,
		wire.CloseKicked:      wire.ReturnNever,
		wire.CloseBanned:      wire.ReturnNever,
		wire.CloseRefused:     wire.ReturnNever,
		wire.CloseBadFrame:    wire.ReturnNever,
		wire.CloseHelloLate:   wire.ReturnNow,
		wire.CloseSilent:      wire.ReturnNow,
		wire.CloseSlow:        wire.ReturnNow,
		wire.CloseRestarting:  wire.ReturnNow,
		wire.CloseTokenEnded:  wire.ReturnNow,
		wire.CloseBusy:        wire.ReturnLater,

		1006: wire.ReturnLater, // the link broke
		1011: wire.ReturnLater, // internal error
		1012: wire.ReturnLater, // service restart
		0:    wire.ReturnLater,
	} {
		require.Equal(t, want, code.Return(), "%d", code)
	}
}

func TestCloseCodesOfTomorrowSayItByTheirHundred(t *testing.T) {
	for from, want := range map[wire.CloseCode]wire.Return{
		4000: wire.ReturnNever, 4100: wire.ReturnNow, 4200: wire.ReturnLater, 4300: wire.ReturnLater, 4900: wire.ReturnLater,
	} {
		for code := from; code < from+100; code++ {
			require.Equal(t, want, code.Return(), "%d", code)
		}
	}
}
