package relay_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"

	"beckon/server/engine"
	"beckon/server/relay"
)

// upgradeStatus dials with an Origin and returns the status of the answer.
func upgradeStatus(t *testing.T, url, origin string) int {
	t.Helper()
	header := http.Header{}
	if origin != "" {
		header.Set("Origin", origin)
	}
	ws, response, err := websocket.Dial(context.Background(), url, &websocket.DialOptions{HTTPHeader: header})
	if err == nil {
		ws.CloseNow()
	}
	require.NotNil(t, response)
	return response.StatusCode
}

func TestForeignPagesAreTurnedAway(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{Origins: []string{"*.example.org", "localhost:*"}})
	for _, origin := range []string{"https://evil.example", "https://example.org.evil.example", "https://example.org",
		"http://localhost.evil.example", "http://127.0.0.1:1", "null", "::"} {
		require.Equal(t, http.StatusForbidden, upgradeStatus(t, w.url, origin), origin)
	}
	require.Zero(t, w.relay.Links())
}

func TestOwnAndAllowedPagesMayConnect(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{Origins: []string{"*.example.org", "localhost:*"}})
	for _, origin := range []string{w.http.URL, "https://app.example.org", "http://localhost:5173"} {
		require.Equal(t, http.StatusSwitchingProtocols, upgradeStatus(t, w.url, origin), origin)
	}
}

func TestProgramsWithoutAnOriginMayConnect(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{})
	require.Equal(t, http.StatusSwitchingProtocols, upgradeStatus(t, w.url, ""))
}

func TestRequestThatIsNoUpgradeIsTold(t *testing.T) {
	w := start(t, engine.Config{}, relay.Config{})
	response, err := http.Get(w.http.URL)
	require.NoError(t, err)
	response.Body.Close()
	require.Equal(t, http.StatusUpgradeRequired, response.StatusCode)
	require.Equal(t, "websocket", response.Header.Get("Upgrade"))
}
