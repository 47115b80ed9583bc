package ice

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var (
	now  = time.Unix(1_795_303_483, 700_000_000)
	list = []Server{
		{URLs: []string{"stun:stun.example.org"}},
		{URLs: []string{"turn:fixed.example.org"}, Username: "beckon", Secret: []byte("password")},
		{URLs: []string{"turn:turn.example.org", "turns:turn.example.org"}, Secret: []byte("north"), TTL: time.Hour},
		{URLs: []string{"turn:short.example.org"}, Secret: []byte("south"), TTL: time.Minute},
	}
)

func TestOnlyWhatAsksForNothingIsOpen(t *testing.T) {
	require.Equal(t, []Shown{{URLs: []string{"stun:stun.example.org"}}}, Open(list))
	require.Equal(t, []Shown{}, Open(nil), "a list, so that a page need not look")
}

// As coturn does with use-auth-secret: the password is the HMAC-SHA1 of the name,
// in base64, and the name begins with the time at which it ends.
func TestTurnServerCanCheckCredentialsByItself(t *testing.T) {
	shown, until := For(list, "acme", "ada", now)
	require.Equal(t, time.Unix(1_795_303_543, 0), until, "the first that end")
	require.Equal(t, Shown{[]string{"turn:fixed.example.org"}, "beckon", "password"}, shown[1])
	for i, secret := range map[int]string{2: "north", 3: "south"} {
		mac := hmac.New(sha1.New, []byte(secret))
		mac.Write([]byte(shown[i].Username))
		require.Equal(t, base64.StdEncoding.EncodeToString(mac.Sum(nil)), shown[i].Credential)
		end, _, ok := strings.Cut(shown[i].Username, ":")
		require.True(t, ok)
		require.Equal(t, strconv.FormatInt(now.Add(list[i].TTL).Unix(), 10), end)
	}
}

// A known pair, made with: printf 1795307083:8afb69b341a23c50 | openssl dgst -sha1 -hmac north -binary | base64
func TestCredentialIsTheSameAsOpenSSLs(t *testing.T) {
	username, credential := list[2].temporary("acme", "ada", time.Unix(1_795_307_083, 0))
	require.Equal(t, "1795307083:8afb69b341a23c50", username)
	require.Equal(t, "jbuNHib4SEPaliKjP/oSHkvEzVU=", credential)
}

func TestTurnServerDoesNotLearnWhoItIs(t *testing.T) {
	name := func(app, account string) string {
		shown, _ := For(list, app, account, now)
		_, who, _ := strings.Cut(shown[2].Username, ":")
		return who
	}
	require.Equal(t, name("acme", "ada"), name("acme", "ada"))
	require.NotEqual(t, name("acme", "ada"), name("acme", "bob"))
	require.NotEqual(t, name("acme", "ada"), name("other", "ada"))
	require.NotContains(t, name("acme", "ada"), "ada")
}
