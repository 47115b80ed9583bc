package guard

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
	"beckon/server/auth"
	"beckon/server/relay"
)

// patience is how long a test waits for what has to come.
const (
	patience = 30 * time.Second
	tick     = time.Millisecond
)

// door is a guard at a time of its own.
type door struct {
	t   *testing.T
	now time.Time
	log bytes.Buffer
	*Guard
}

func open(t *testing.T, c Config) *door {
	d := &door{t: t, now: time.Unix(1_795_312_800, 0)}
	c.Now = func() time.Time { return d.now }
	c.Log = slog.New(slog.NewTextHandler(&d.log, nil))
	d.Guard = New(c)
	return d
}

// visit opens a socket from an address; nil: it is turned away.
func (d *door) visit(from string) relay.Visitor {
	req := httptest.NewRequest("GET", "/ws", nil)
	req.RemoteAddr = from + ":1234"
	v, ok := d.Visit(req)
	if !ok {
		return nil
	}
	return v
}

func hello(account string) *wire.Hello {
	return &wire.Hello{App: "k", Account: account, Token: "token of " + account}
}

// enters opens a socket, and says hello, which has to be welcome.
func (d *door) enters(from, account string) relay.Visitor {
	d.t.Helper()
	v := d.visit(from)
	require.NotNil(d.t, v)
	_, refusal := v.Enter(context.Background(), hello(account), "run.1")
	require.Nil(d.t, refusal)
	return v
}

// refused opens a socket, and says hello, which has to be turned away.
func (d *door) refused(from, account string) *wire.Refusal {
	d.t.Helper()
	v := d.visit(from)
	require.NotNil(d.t, v)
	defer v.Leave()
	_, refusal := v.Enter(context.Background(), hello(account), "run.1")
	require.NotNil(d.t, refusal)
	return refusal
}

// wait has a visitor ask for something, and returns how long it is to wait with it.
func wait(v relay.Visitor) time.Duration { return after(v, &wire.Channels{}) }

func after(v relay.Visitor, o wire.Order) time.Duration {
	refusal := v.Command(wire.NewCommand(1, o))
	if refusal == nil {
		return 0
	}
	return time.Duration(refusal.After) * time.Millisecond
}

func tenant(accounts ...string) func(string) (App, bool) {
	tokens := map[string]string{}
	for _, a := range accounts {
		tokens[a] = "token of " + a
	}
	return func(name string) (App, bool) {
		return App{Name: "acme", Keys: auth.Keys{auth.NewStatic(tokens)}}, name == "k" || name == "7"
	}
}

func TestOnlyGoodTokensOpenTheDoor(t *testing.T) {
	d := open(t, Config{Apps: tenant("ada")})
	d.enters("192.0.2.1", "ada")
	require.Equal(t, &wire.Refusal{Code: "unauthorized", Field: "token", Detail: "wrong"}, d.refused("192.0.2.1", "bob"))
	v := d.visit("192.0.2.1")
	_, refusal := v.Enter(context.Background(), &wire.Hello{App: "other", Account: "ada", Token: "token of ada"}, "run.1")
	require.Equal(t, &wire.Refusal{Code: "no-such-app", Detail: "other"}, refusal)
	require.Contains(t, d.log.String(), "account=bob")
	require.NotContains(t, d.log.String(), "token of")
}

// Whoever tries tokens all the time does not fill the disk.
func TestLogHasSoManyLinesASecondAboutTokens(t *testing.T) {
	d := open(t, Config{Apps: tenant("ada")})
	for range 60 {
		d.refused("192.0.2.1", "bob")
	}
	require.Equal(t, 50, strings.Count(d.log.String(), "token refused"))
	d.now = d.now.Add(time.Second)
	d.refused("192.0.2.1", "bob")
	require.Equal(t, 51, strings.Count(d.log.String(), "token refused"))
	require.Contains(t, d.log.String(), "unlogged=10", "what was left out is counted")
}

func TestDevModeTakesAnyToken(t *testing.T) {
	d := open(t, Config{Limits: Limits{ConnectionsPerAccount: 1}})
	d.enters("127.0.0.1", "anybody")
	v := d.visit("127.0.0.1")
	_, refusal := v.Enter(context.Background(), &wire.Hello{App: "other", Account: "anybody"}, "run.1")
	require.Equal(t, "too many connections of this account", refusal.Detail, "all apps are one")
}

func TestChangedKeysHoldFromTheNextLogin(t *testing.T) {
	d := open(t, Config{Apps: tenant("ada")})
	d.refused("192.0.2.1", "bob")
	d.Set(tenant("bob"), Limits{})
	d.enters("192.0.2.1", "bob")
	d.refused("192.0.2.1", "ada")
}

func TestAddressHasSoManySockets(t *testing.T) {
	d := open(t, Config{Limits: Limits{ConnectionsPerAddress: 2}})
	first := d.enters("192.0.2.1", "a")
	d.enters("192.0.2.1", "b")
	require.Equal(t, &wire.Refusal{Code: "busy", Detail: "too many connections of this address", After: 5000}, d.refused("192.0.2.1", "c"))
	d.enters("192.0.2.2", "c")
	first.Leave()
	d.enters("192.0.2.1", "c")
}

func TestSocketsFarBeyondTheLimitAreNotOpened(t *testing.T) {
	d := open(t, Config{Limits: Limits{ConnectionsPerAddress: 2}})
	for range 4 {
		require.NotNil(t, d.visit("192.0.2.1"), "there is room to tell it that it is over the limit")
	}
	require.Nil(t, d.visit("192.0.2.1"))
	require.NotNil(t, d.visit("192.0.2.2"))
}

func TestAccountHasSoManySocketsFromAnywhere(t *testing.T) {
	d := open(t, Config{Apps: tenant("ada", "bob"), Limits: Limits{ConnectionsPerAccount: 2}})
	d.enters("192.0.2.1", "ada")
	v := d.visit("192.0.2.2")
	_, refusal := v.Enter(context.Background(), &wire.Hello{App: "7", Account: "ada", Token: "token of ada"}, "run.1")
	require.Nil(t, refusal, "by the app's other name")
	require.Equal(t, "too many connections of this account", d.refused("192.0.2.3", "ada").Detail)
	d.enters("192.0.2.3", "bob")
	v.Leave()
	d.enters("192.0.2.3", "ada")
}

func TestRelayHasSoManySockets(t *testing.T) {
	d := open(t, Config{Limits: Limits{Connections: 1}})
	first := d.enters("192.0.2.1", "a")
	require.Equal(t, "too many connections", d.refused("192.0.2.2", "b").Detail)
	first.Leave()
	d.enters("192.0.2.2", "b")
}

func TestWhoTriesTokensHasToWait(t *testing.T) {
	d := open(t, Config{Apps: tenant("ada"), Limits: Limits{Logins: Rate{PerSecond: 2, Burst: 3}}})
	for range 3 {
		require.Equal(t, "unauthorized", d.refused("192.0.2.1", "bob").Code)
	}
	require.Equal(t, &wire.Refusal{Code: "busy", Detail: "too many logins of this address", After: 500}, d.refused("192.0.2.1", "ada"),
		"though the token is good, and the sockets before are closed")
	d.enters("192.0.2.2", "ada")
	d.now = d.now.Add(500 * time.Millisecond)
	d.enters("192.0.2.1", "ada")
}

func TestCommandsOfAnAccountAreCountedOverAllItsSockets(t *testing.T) {
	d := open(t, Config{Limits: Limits{Commands: Rate{PerSecond: 10, Burst: 4}}})
	phone, web, other := d.enters("192.0.2.1", "ada"), d.enters("192.0.2.2", "ada"), d.enters("192.0.2.1", "bob")
	for range 2 {
		require.Zero(t, wait(phone))
		require.Zero(t, wait(web))
	}
	require.Equal(t, 100*time.Millisecond, wait(phone))
	require.Equal(t, 100*time.Millisecond, wait(web), "who waits is not made to wait longer by asking")
	require.Zero(t, wait(other))
	phone.Leave()
	web.Leave()
	back := d.enters("192.0.2.1", "ada")
	require.Equal(t, 100*time.Millisecond, wait(back), "leaving wipes nothing out")
	d.now = d.now.Add(100 * time.Millisecond)
	require.Zero(t, wait(back))
	require.NotZero(t, wait(back))
	d.now = d.now.Add(time.Hour)
	for range 4 {
		require.Zero(t, wait(back), "rest is saved up to the burst")
	}
	require.NotZero(t, wait(back))
}

func TestWhoIsGoneIsForgotten(t *testing.T) {
	d := open(t, Config{Limits: Limits{Logins: Rate{PerSecond: 1, Burst: 1}, Commands: Rate{PerSecond: 1, Burst: 1}}})
	for i := range 10_000 {
		d.now = d.now.Add(time.Millisecond)
		v := d.enters(fmt.Sprintf("10.0.%d.%d", i/256, i%256), fmt.Sprint(i))
		wait(v)
		v.Leave()
	}
	require.Less(t, len(d.addresses.of), 2500)
	require.Less(t, len(d.accounts.of), 2500)
	require.Zero(t, d.total)
}

func TestCommandsOfAnAddressAreCountedOverAllItsAccounts(t *testing.T) {
	d := open(t, Config{Limits: Limits{CommandsPerAddress: Rate{PerSecond: 10, Burst: 2}}})
	ada, bob, far := d.enters("192.0.2.1", "ada"), d.enters("192.0.2.1", "bob"), d.enters("192.0.2.2", "ada")
	require.Zero(t, wait(ada))
	require.Zero(t, wait(bob))
	refusal := bob.Command(wire.NewCommand(1, &wire.Channels{}))
	require.Equal(t, &wire.Refusal{Code: "busy", Detail: "too many commands of this address", After: 100}, refusal)
	require.Zero(t, wait(far))
}

func TestCommandsOfAnAppAreCountedOverAllItsAccounts(t *testing.T) {
	d := open(t, Config{Limits: Limits{CommandsPerApp: Rate{PerSecond: 10, Burst: 2}, Commands: Rate{PerSecond: 1, Burst: 2}}})
	ada, bob := d.enters("192.0.2.1", "ada"), d.enters("192.0.2.2", "bob")
	require.Zero(t, wait(ada))
	require.Zero(t, wait(bob))
	require.Equal(t, "too many commands of this app", bob.Command(wire.NewCommand(1, &wire.Channels{})).Detail)
	d.now = d.now.Add(100 * time.Millisecond)
	require.Zero(t, wait(bob), "what was held back by one limit does not count for another")
}

func TestAppHasSoManySockets(t *testing.T) {
	d := open(t, Config{Apps: func(name string) (App, bool) {
		return App{Name: name, Keys: auth.Keys{auth.NewStatic(map[string]string{"ada": "token of ada", "bob": "token of bob"})}}, true
	}, Limits: Limits{ConnectionsPerApp: 1}})
	first := d.enters("192.0.2.1", "ada")
	require.Equal(t, "too many connections of this app", d.refused("192.0.2.2", "bob").Detail)
	v := d.visit("192.0.2.3")
	_, refusal := v.Enter(context.Background(), &wire.Hello{App: "another", Account: "bob", Token: "token of bob"}, "run.1")
	require.Nil(t, refusal)
	first.Leave()
	d.enters("192.0.2.2", "bob")
}

func TestNobodyIsRungAllTheTimeByOneAccount(t *testing.T) {
	d := open(t, Config{Limits: Limits{Invitations: Rate{PerMinute: 6, Burst: 2}}})
	spammer, ada := d.enters("192.0.2.1", "spammer"), d.enters("192.0.2.1", "ada")
	require.Zero(t, after(spammer, &wire.CallEx{Invitee: "bob"}))
	require.Zero(t, after(spammer, &wire.Invite{Invitee: "bob"}))
	require.Equal(t, 10*time.Second, after(spammer, &wire.Call{CallEx: wire.CallEx{Invitee: "bob"}}))
	require.Equal(t, 10*time.Second, after(spammer, &wire.InviteAll{Invitees: []string{"carol", "bob"}}))
	require.Zero(t, after(ada, &wire.CallEx{Invitee: "bob"}), "bob can be rung by others")
	require.Zero(t, after(spammer, &wire.CallEx{Invitee: "carol"}))
	require.Zero(t, after(spammer, &wire.CallEx{Invitee: "carol"}), "what was refused as a whole counts for nobody")
	require.Zero(t, wait(spammer), "everything else goes on")
	d.now = d.now.Add(10 * time.Second)
	require.Zero(t, after(spammer, &wire.CallEx{Invitee: "bob"}))
	require.NotZero(t, after(spammer, &wire.CallEx{Invitee: "bob"}))
}

func TestNobodyIsRungAllTheTimeByMany(t *testing.T) {
	d := open(t, Config{Limits: Limits{InvitationsTo: Rate{PerMinute: 60, Burst: 3}}})
	for i := range 3 {
		require.Zero(t, after(d.enters("192.0.2.1", fmt.Sprint(i)), &wire.CallEx{Invitee: "bob"}))
	}
	last := d.enters("192.0.2.1", "last")
	require.Equal(t, time.Second, after(last, &wire.CallEx{Invitee: "bob"}))
	require.Zero(t, after(last, &wire.CallEx{Invitee: "carol"}))
}

func TestWhoIsKeptOutHearsForHowLong(t *testing.T) {
	var kept string
	d := open(t, Config{Apps: tenant("ada", "bob"), Banned: func(app, account, device string, now time.Time) (time.Time, bool) {
		kept = app + "/" + account + "/" + device
		switch account {
		case "ada":
			return now.Add(90 * time.Second), true
		case "bob":
			return time.Time{}, true
		}
		return time.Time{}, false
	}})
	require.Equal(t, &wire.Refusal{Code: "banned", Detail: "until 2026-11-22T02:01:30Z", After: 90_000}, d.refused("192.0.2.1", "ada"))
	require.Equal(t, "acme/ada/", kept, "by the tenant's name")
	require.Equal(t, &wire.Refusal{Code: "banned", Detail: "for good"}, d.refused("192.0.2.1", "bob"))
	require.Equal(t, "unauthorized", d.refused("192.0.2.1", "carol").Code, "strangers learn nothing about who is kept out")
}

func TestWhatHeldSomebodyBackIsCounted(t *testing.T) {
	d := open(t, Config{Limits: Limits{ConnectionsPerAccount: 1, Commands: Rate{PerSecond: 1, Burst: 1}}})
	v := d.enters("192.0.2.1", "ada")
	d.refused("192.0.2.1", "ada")
	for range 3 {
		wait(v)
	}
	s := d.Stats().Reached
	require.EqualValues(t, 1, s[connectionsPerAccount])
	require.EqualValues(t, 2, s[commands])
	require.Len(t, s, len(said), "all limits, also those that nobody has reached")
}
