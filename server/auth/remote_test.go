package auth

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/require"
)

// provider serves a set of keys, which it changes.
type provider struct {
	t *testing.T
	*httptest.Server

	mu      sync.Mutex
	keys    []string // in the set
	private map[string]ed25519.PrivateKey
	cache   string // Cache-Control
	answer  func(w http.ResponseWriter)
	asked   int
}

func startProvider(t *testing.T, ids ...string) *provider {
	p := &provider{t: t, private: map[string]ed25519.PrivateKey{}}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.asked++
		if p.answer != nil {
			p.answer(w)
			return
		}
		if p.cache != "" {
			w.Header().Set("Cache-Control", p.cache)
		}
		fmt.Fprintf(w, `{"keys":[{"kty":"EC","crv":"P-521","kid":"odd"},%s]}`, strings.Join(p.keys, ","))
	}))
	t.Cleanup(p.Close)
	p.has(ids...)
	return p
}

// has makes a set of keys with these ids, in the place of the one before.
func (p *provider) has(ids ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.keys = nil
	for _, id := range ids {
		if p.private[id] == nil {
			_, private, err := ed25519.GenerateKey(rand.Reader)
			require.NoError(p.t, err)
			p.private[id] = private
		}
		public := p.private[id].Public().(ed25519.PublicKey)
		p.keys = append(p.keys, fmt.Sprintf(`{"kty":"OKP","crv":"Ed25519","kid":"%s","x":"%s"}`, id, raw(public)))
	}
}

func (p *provider) does(answer func(w http.ResponseWriter)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.answer = answer
}

func (p *provider) times() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.asked
}

// token is ada's, made with a key that the provider has or had.
func (p *provider) token(id string) string {
	t := jwt.NewWithClaims(jwt.SigningMethodEdDSA, jwt.MapClaims{"sub": "ada", "exp": now.Add(1000 * time.Hour).Unix(), "iss": "provider"})
	t.Header["kid"] = id
	text, err := t.SignedString(p.private[id])
	require.NoError(p.t, err)
	return text
}

func remote(t *testing.T, p *provider) (*RemoteJWT, *bytes.Buffer) {
	var log bytes.Buffer
	return &RemoteJWT{Set: NewRemote(p.URL, slog.New(slog.NewTextHandler(&log, nil))), Issuer: "provider"}, &log
}

func (k *RemoteJWT) takes(p *provider, id string, at time.Time) bool {
	_, err := k.Check(at, "ada", p.token(id))
	return err == nil
}

func TestSetIsFetchedOnceForManyTokens(t *testing.T) {
	p := startProvider(t, "a", "b")
	k, _ := remote(t, p)
	var all sync.WaitGroup
	for range 10 {
		all.Go(func() {
			if !k.takes(p, "a", now) || !k.takes(p, "b", now) {
				t.Error("a good token is refused")
			}
		})
	}
	all.Wait()
	require.Equal(t, 1, p.times())
	require.Equal(t, 2, k.Set.Stats().Keys, "the odd one is passed over")
	_, err := k.Check(now, "bob", p.token("a"))
	require.ErrorIs(t, err, ErrWrong)
	k.Issuer = "another"
	require.False(t, k.takes(p, "a", now))
	for _, token := range []string{"", "a.b", "!.b.c", "eyJ9.x.y"} {
		_, err := k.Check(now, "ada", token)
		require.Error(t, err, token)
	}
	require.Equal(t, 1, p.times())
}

func TestSetIsFetchedAgainWhenItIsTooOld(t *testing.T) {
	for cache, good := range map[string]time.Duration{
		"": remoteUsual, "max-age=3600": time.Hour, "public, max-age=\"120\"": 2 * time.Minute, "max-age=1": remoteLeast,
		"no-store": remoteLeast, "max-age=99999999": remoteMost, "max-age=x": remoteUsual,
	} {
		p := startProvider(t, "a")
		p.cache = cache
		k, _ := remote(t, p)
		require.True(t, k.takes(p, "a", now))
		p.has("b")
		require.True(t, k.takes(p, "a", now.Add(good-1)), cache)
		require.False(t, k.takes(p, "a", now.Add(good)), "%s: the provider has taken it back", cache)
		require.True(t, k.takes(p, "b", now.Add(good)))
	}
}

func TestNewKeyIsAskedForAtOnceButNotAllTheTime(t *testing.T) {
	p := startProvider(t, "a")
	p.private["stranger"] = ed25519.NewKeyFromSeed(make([]byte, 32))
	k, _ := remote(t, p)
	require.True(t, k.takes(p, "a", now))
	p.has("a", "b")
	at := now
	require.True(t, k.takes(p, "b", at))
	require.Equal(t, 2, p.times())
	for range 100 {
		require.False(t, k.takes(p, "stranger", at), "whoever makes keys up")
	}
	require.Equal(t, 2, p.times(), "does not have us ask")
	require.False(t, k.takes(p, "stranger", at.Add(remotePause)))
	require.Equal(t, 3, p.times())
}

func TestLastGoodKeysHoldWhileThereIsNoAnswer(t *testing.T) {
	p := startProvider(t, "a")
	k, log := remote(t, p)
	require.True(t, k.takes(p, "a", now))
	at := now.Add(remoteUsual)
	for name, trouble := range map[string]func(w http.ResponseWriter){
		"the answer is 503":   func(w http.ResponseWriter) { w.WriteHeader(http.StatusServiceUnavailable) },
		"no JSON Web Key Set": func(w http.ResponseWriter) { w.Write([]byte("<html>")) },
		"no key that checks":  func(w http.ResponseWriter) { w.Write([]byte(`{"keys":[]}`)) },
		"more than 262144":    func(w http.ResponseWriter) { w.Write(bytes.Repeat([]byte(" "), remoteSize+1)) },
		"takes an address that begins with https": func(w http.ResponseWriter) {
			w.Header().Set("Location", "http://keys.example.org/")
			w.WriteHeader(http.StatusFound)
		},
	} {
		p.does(trouble)
		require.True(t, k.takes(p, "a", at), name)
		require.ErrorContains(t, k.Set.Stats().Failed, name)
		require.Contains(t, log.String(), name)
		before := p.times()
		require.True(t, k.takes(p, "a", at.Add(remotePause-1)))
		require.Equal(t, before, p.times(), "nobody waits for it each time")
		at = at.Add(remotePause)
	}
	p.does(nil)
	require.True(t, k.takes(p, "a", at))
	require.NoError(t, k.Set.Stats().Failed)
	require.EqualValues(t, 5, k.Set.Stats().Failures)
	require.EqualValues(t, 2, k.Set.Stats().Fetched)
}

func TestWithoutAnyAnswerNobodyIsLetIn(t *testing.T) {
	p := startProvider(t, "a")
	k, _ := remote(t, p)
	p.Close()
	_, err := k.Check(now, "ada", p.token("a"))
	require.ErrorIs(t, err, ErrWrong)
	require.ErrorContains(t, err, "has not been fetched yet")
}

func TestAddressOfASetIsSafe(t *testing.T) {
	for _, good := range []string{"https://login.example.org/keys", "http://127.0.0.1:8080/k", "http://localhost/k", "http://[::1]:1/k"} {
		require.NoError(t, CheckURL(good))
	}
	for _, bad := range []string{"http://login.example.org/keys", "ftp://localhost/", "login.example.org", "", "https://", "https://a:b@c/", "file:///etc/passwd", "http://127.0.0.1.example.org/"} {
		require.Error(t, CheckURL(bad), bad)
	}
}
