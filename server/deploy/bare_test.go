//go:build linux

package deploy

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
)

// TestFromAnArchiveToARestoredInbox does what somebody does who has nothing but a release: unpack, doctor, serve, call;
// backup, wipe, restore; and once more on another machine.
func TestFromAnArchiveToARestoredInbox(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a release")
	}
	m := bare(t)
	for _, name := range []string{"LICENSE", "LICENSES.txt", "operate.md", "deploy/beckon.service", "deploy/grafana.json"} {
		require.FileExists(t, m.file(name))
	}
	require.Contains(t, m.beckon("version"), "beckon 1.2.3, commit 0123abcd, go1.")
	require.NotContains(t, m.beckon("doctor", "-addr", "127.0.0.1:0"), "FAIL")

	r := m.serve()
	for _, path := range []string{"/readyz", "/", "/sdk/beckon.js", "/docs/"} {
		require.Equal(t, http.StatusOK, r.get(path), "%s: the package is in the program", path)
	}
	r.call()
	ada := r.page("ada")
	call := r.does(ada, &wire.CallEx{Type: 1, RequestID: "r", Invitee: "carl", Store: true, Attach: "call me"})
	require.Equal(t, "offline", string(call.Reach))

	m.beckon("backup", "../copy")
	r.does(ada, &wire.CallEx{Type: 1, RequestID: "later", Invitee: "carl", Store: true, Attach: "came behind the copy"})
	r.stop()
	require.NoError(t, os.RemoveAll(m.file("data")))
	m.beckon("restore", "../copy")
	m.serve().hasTheInbox()

	another := bare(t)
	copied, err := os.ReadFile(m.file("../copy"))
	require.NoError(t, err)
	another.dir, another.path = "srv", filepath.Join("..", unpacked, "beckon")
	require.NoError(t, os.Mkdir(another.file(""), 0o700))
	require.NoError(t, os.WriteFile(another.file("copy"), copied, 0o600))
	another.beckon("restore", "copy")
	another.serve().hasTheInbox()
}

// call has one account ring another, which joins; they hang up.
func (r *relay) call() {
	r.t.Helper()
	ada, bob := r.page("ada"), r.page("bob")
	call := r.does(ada, &wire.CallEx{Type: 2, RequestID: "r", Invitee: "bob", Attach: "hello"})
	invited := hears[*wire.Invited](r, bob)
	require.Equal(r.t, "hello", invited.Attach)
	joined := r.does(bob, &wire.JoinAndAccept{Channel: invited.Channel.ID, RequestID: "r", Inviter: "ada"})
	require.Len(r.t, joined.Channel.Members, 2)
	require.Equal(r.t, call.Channel.ID, hears[*wire.Joined](r, ada).Channel.ID)
	r.does(ada, &wire.Close{Channel: call.Channel.ID})
	require.Equal(r.t, call.Channel.ID, hears[*wire.Closed](r, bob).Channel.ID)
}

// hasTheInbox has the account come that was offline when it was rung; then others
// call as before, and the relay stops.
func (r *relay) hasTheInbox() {
	r.t.Helper()
	inbox := r.does(r.page("carl"), &wire.Inbox{}).Inbox
	require.Len(r.t, inbox, 1)
	require.Equal(r.t, "call me", inbox[0].Invited.Attach)
	r.call()
	r.stop()
}
