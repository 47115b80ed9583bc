package guard

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
	"beckon/server/auth"
	"beckon/server/relay"
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
	_, refusal := v.Enter(context.Background(), hello(account))
	require.Nil(d.t, refusal)
	return v
}

// refused opens a socket, and says hello, which has to be turned away.
func (d *door) refused(from, account string) *wire.Refusal {
	d.t.Helper()
	v := d.visit(from)
	require.NotNil(d.t, v)
	defer v.Leave()
	_, refusal := v.Enter(context.Background(), hello(account))
	require.NotNil(d.t, refusal)
	return refusal
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
	_, refusal := v.Enter(context.Background(), &wire.Hello{App: "other", Account: "ada", Token: "token of ada"})
	require.Equal(t, &wire.Refusal{Code: "no-such-app", Detail: "other"}, refusal)
	require.Contains(t, d.log.String(), "account=bob")
	require.NotContains(t, d.log.String(), "token of")
}

func TestDevModeTakesAnyToken(t *testing.T) {
	d := open(t, Config{Limits: Limits{ConnectionsPerAccount: 1}})
	d.enters("127.0.0.1", "anybody")
	v := d.visit("127.0.0.1")
	_, refusal := v.Enter(context.Background(), &wire.Hello{App: "other", Account: "anybody"})
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
	_, refusal := v.Enter(context.Background(), &wire.Hello{App: "7", Account: "ada", Token: "token of ada"})
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
		require.Zero(t, phone.Command())
		require.Zero(t, web.Command())
	}
	require.Equal(t, 100*time.Millisecond, phone.Command())
	require.Equal(t, 100*time.Millisecond, web.Command(), "who waits is not made to wait longer by asking")
	require.Zero(t, other.Command())
	phone.Leave()
	web.Leave()
	back := d.enters("192.0.2.1", "ada")
	require.Equal(t, 100*time.Millisecond, back.Command(), "leaving wipes nothing out")
	d.now = d.now.Add(100 * time.Millisecond)
	require.Zero(t, back.Command())
	require.NotZero(t, back.Command())
	d.now = d.now.Add(time.Hour)
	for range 4 {
		require.Zero(t, back.Command(), "rest is saved up to the burst")
	}
	require.NotZero(t, back.Command())
}

func TestWhoIsGoneIsForgotten(t *testing.T) {
	d := open(t, Config{Limits: Limits{Logins: Rate{PerSecond: 1, Burst: 1}, Commands: Rate{PerSecond: 1, Burst: 1}}})
	for i := range 10_000 {
		d.now = d.now.Add(time.Millisecond)
		v := d.enters(fmt.Sprintf("10.0.%d.%d", i/256, i%256), fmt.Sprint(i))
		v.Command()
		v.Leave()
	}
	require.Less(t, len(d.addresses.of), 2500)
	require.Less(t, len(d.accounts.of), 2500)
	require.Zero(t, d.total)
}
