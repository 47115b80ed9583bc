package engine

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
)

func (w *world) expel(account, device string) int {
	w.t.Helper()
	n, err := w.eng.Expel(w.t.Context(), account, device, wire.CloseKicked)
	require.NoError(w.t, err)
	return n
}

func TestWhoIsExpelledIsOffline(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		web, phone, bob := w.link("ada/web"), w.link("ada/phone"), w.link("bob/tab")
		require.Equal(t, 1, w.expel("ada", "web"), "a device")
		web.wantClosed(wire.CloseKicked, "it is not to come back by itself")
		require.Empty(t, bob.ask(callEx("ada", "r1")).Reach, "the other device is there")
		phone.take()
		require.Equal(t, 1, w.expel("ada", ""), "all that are left")
		phone.wantClosed(wire.CloseKicked, "it is not to come back by itself")
		require.Equal(t, "offline", bob.ask(callEx("ada", "r2")).Reach)
		require.Zero(t, w.expel("ada", ""))
		require.Zero(t, w.expel("nobody", ""))
	})
}

// The seat waits, as it does for a link that is lost, and no longer.
func TestSeatOfWhoIsExpelledWaitsForTheGracePeriod(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		ada, bob := w.link("ada/web"), w.link("bob/tab")
		id := bob.does(&wire.CreateAndJoin{Type: 1}).Channel.ID
		ada.ask(&wire.Join{Channel: id})
		bob.take()
		w.expel("ada", "")
		time.Sleep(119 * time.Second)
		synctest.Wait()
		require.Empty(t, bob.take())
		time.Sleep(2 * time.Second)
		synctest.Wait()
		require.Len(t, bob.take(), 1, "ada has left")
	})
}

func TestWhatIsOnItsWayFromWhoIsExpelledIsNotCarriedOut(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		ada := w.link("ada/web")
		w.expel("ada", "")
		require.NoError(t, w.eng.Submit(ada.Device, ada, wire.NewCommand(1, &wire.Create{Type: 1}), 10))
		synctest.Wait()
		require.Empty(t, ada.take())
		require.Empty(t, w.eng.app.Channels())
	})
}

// Who was let in just before the ban is turned away as the link is made.
func TestNobodySlipsInBesideABan(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		w.config.Barred = func(account, device string) bool { return account == "ada" && device == "web" }
		w.restart()
		web := w.page("ada/web")
		web.connect(nil)
		synctest.Wait()
		web.wantClosed(wire.CloseBanned, "no welcome either")
		w.link("ada/phone").does(&wire.Create{Type: 1})
		require.Len(t, w.eng.links["ada"], 1)
	})
}

func TestQuietEndsWhatAnAccountHasRinging(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		zoe, bob := w.link("zoe/web"), w.link("bob/tab")
		own := zoe.does(callEx("carl", "r1")).Channel.ID
		theirs := bob.ask(callEx("dan", "r2")).Channel.ID
		zoe.ask(&wire.Join{Channel: theirs})
		den := zoe.ask(&wire.CreateRoom{Channel: "den"}).Channel.ID
		zoe.ask(&wire.Enter{Channel: den})
		channels, invitations, err := w.eng.Quiet(t.Context(), "zoe")
		require.NoError(t, err)
		require.Equal(t, 2, channels, "but for the room, which has no rule for an owner who is gone")
		require.Equal(t, 1, invitations, "not bob's")
		require.NotNil(t, w.eng.app.Channel(own), "others may be in it")
		require.Len(t, w.eng.app.Asked("dan"), 1)
		require.Empty(t, w.eng.app.Asked("carl"))
		require.Len(t, w.eng.app.Joined("zoe"), 1)
	})
}
