package auth

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/require"

	"beckon/core"
)

var (
	now    = time.Unix(1_795_312_800, 0)
	secret = []byte("a secret of at least thirty-two bytes")
	other  = []byte("some other app's secret, long enough too")
)

func mustJWT(t testing.TB, keys ...JWTKey) *JWT {
	t.Helper()
	j, err := NewJWT(keys...)
	require.NoError(t, err)
	return j
}

func made(t testing.TB, m Maker, account string, good time.Duration) string {
	t.Helper()
	token, err := m.Make(now, account, good)
	require.NoError(t, err)
	return token
}

// signed makes a JWT as somebody who is free to write anything into it would.
func signJWT(t testing.TB, method jwt.SigningMethod, key any, claims jwt.MapClaims) string {
	t.Helper()
	text, err := jwt.NewWithClaims(method, claims).SignedString(key)
	require.NoError(t, err)
	return text
}

// dynamicToken makes a NIM token as the vendor's documentation has it.
func dynamicToken(appKey, account, curTime, ttl, secret string) string {
	sum := sha1.Sum([]byte(appKey + account + curTime + ttl + secret))
	return base64.StdEncoding.EncodeToString(fmt.Appendf(nil, `{"signature":"%s","curTime":%s,"ttl":%s}`, hex.EncodeToString(sum[:]), curTime, ttl))
}

func TestTokensAreTakenFromWhomTheyAreMadeFor(t *testing.T) {
	hs := mustJWT(t, JWTKey{Alg: "HS256", Key: secret})
	sig := &UserSig{SDKAppID: 1400000000, Secret: secret}
	nim := &NIM{AppKey: "45c6af3c98409b18a84451215d0bdd6e", Secret: []byte("0c1c1ef9bb2a")}
	static := NewStatic(map[string]string{"ada": "adas-token"})
	all := Keys{hs, sig, nim, static}
	for name, c := range map[string]struct {
		key   Keys
		token string
	}{
		"jwt":     {Keys{hs}, made(t, hs, "ada", time.Hour)},
		"usersig": {Keys{sig}, made(t, sig, "ada", time.Hour)},
		"nim":     {Keys{nim}, made(t, nim, "ada", time.Hour)},
		"static":  {Keys{static}, "adas-token"},
	} {
		for _, keys := range []Keys{c.key, all} {
			_, err := keys.Check(now, "ada", c.token)
			require.NoError(t, err, name)
			_, err = keys.Check(now, "bob", c.token)
			require.ErrorIs(t, err, ErrWrong, name)
			if name != "static" {
				_, err = keys.Check(now.Add(time.Hour), "ada", c.token)
				require.ErrorIs(t, err, ErrExpired, name)
				require.Equal(t, &core.Refusal{Code: core.Unauthorized, Field: "token", Detail: "expired"}, Refusal(err))
			}
		}
	}
}

func TestTokensThatAreNotGoodAreRefused(t *testing.T) {
	edPublic, edPrivate, err := ed25519.GenerateKey(rand.Reader)
	require.NoError(t, err)
	rsaPrivate, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	rsaDER, err := x509.MarshalPKIXPublicKey(rsaPrivate.Public())
	require.NoError(t, err)
	rsaPEM := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: rsaDER})

	hs := mustJWT(t, JWTKey{Alg: "HS256", Key: secret})
	ed := mustJWT(t, JWTKey{Alg: "EdDSA", Key: edPublic, ID: "one"})
	rs := mustJWT(t, JWTKey{Alg: "RS256", Key: rsaPrivate.Public()})
	sig := &UserSig{SDKAppID: 1400000000, Secret: secret}
	nim := &NIM{AppKey: "45c6af3c98409b18a84451215d0bdd6e", Secret: []byte("0c1c1ef9bb2a")}
	good := jwt.MapClaims{"sub": "ada", "exp": now.Add(time.Hour).Unix()}
	millis := func(at time.Time) string { return fmt.Sprint(at.UnixMilli()) }
	parts := strings.Split(made(t, hs, "ada", time.Hour), ".")
	bobs := base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, `{"sub":"ada","exp":%d}`, now.Add(time.Hour).Unix()))

	for name, c := range map[string]struct {
		key   Key
		token string
		want  error
	}{
		"no token":                  {hs, "", ErrWrong},
		"no token at all":           {hs, "any", ErrWrong},
		"a very long one":           {hs, strings.Repeat("x", MaxToken+1), ErrWrong},
		"jwt: foreign secret":       {hs, signJWT(t, jwt.SigningMethodHS256, other, good), ErrWrong},
		"jwt: alg none":             {hs, signJWT(t, jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, good), ErrWrong},
		"jwt: alg none, signed":     {hs, base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none"}`)) + "." + parts[1] + "." + parts[2], ErrWrong},
		"jwt: HS512 with the key":   {hs, signJWT(t, jwt.SigningMethodHS512, secret, good), ErrWrong},
		"jwt: public key as secret": {rs, signJWT(t, jwt.SigningMethodHS256, rsaPEM, good), ErrWrong},
		"jwt: der as secret":        {rs, signJWT(t, jwt.SigningMethodHS256, rsaDER, good), ErrWrong},
		"jwt: ed key as secret":     {ed, signJWT(t, jwt.SigningMethodHS256, []byte(edPublic), good), ErrWrong},
		"jwt: other claims":         {hs, parts[0] + "." + bobs + "." + parts[2], ErrWrong},
		"jwt: no signature":         {hs, parts[0] + "." + parts[1] + ".", ErrWrong},
		"jwt: two parts":            {hs, parts[0] + "." + parts[1], ErrWrong},
		"jwt: no exp":               {hs, signJWT(t, jwt.SigningMethodHS256, secret, jwt.MapClaims{"sub": "ada"}), ErrWrong},
		"jwt: no sub":               {hs, signJWT(t, jwt.SigningMethodHS256, secret, jwt.MapClaims{"exp": good["exp"]}), ErrWrong},
		"jwt: sub is a list":        {hs, signJWT(t, jwt.SigningMethodHS256, secret, jwt.MapClaims{"sub": []string{"ada"}, "exp": good["exp"]}), ErrWrong},
		"jwt: not yet":              {hs, signJWT(t, jwt.SigningMethodHS256, secret, jwt.MapClaims{"sub": "ada", "exp": good["exp"], "nbf": now.Add(time.Minute).Unix()}), ErrWrong},
		"jwt: expired just now":     {hs, signJWT(t, jwt.SigningMethodHS256, secret, jwt.MapClaims{"sub": "ada", "exp": now.Unix()}), ErrExpired},
		"jwt: expired and foreign":  {hs, signJWT(t, jwt.SigningMethodHS256, other, jwt.MapClaims{"sub": "ada", "exp": 1}), ErrWrong},
		"jwt: another key's id": {ed, func() string {
			token := jwt.NewWithClaims(jwt.SigningMethodEdDSA, good)
			token.Header["kid"] = "two"
			text, err := token.SignedString(edPrivate)
			require.NoError(t, err)
			return text
		}(), ErrWrong},

		"usersig: for no time":   {sig, made(t, sig, "ada", 0), ErrExpired},
		"usersig: ended before":  {sig, made(t, sig, "ada", -time.Hour), ErrExpired},
		"usersig: foreign key":   {sig, made(t, &UserSig{SDKAppID: 1400000000, Secret: other}, "ada", time.Hour), ErrWrong},
		"usersig: foreign app":   {sig, made(t, &UserSig{SDKAppID: 1400000001, Secret: secret}, "ada", time.Hour), ErrWrong},
		"usersig: longer":        {sig, tampered(t, made(t, sig, "ada", time.Hour), "TLS.expire", 1<<30), ErrWrong},
		"usersig: another's":     {sig, tampered(t, made(t, sig, "bob", time.Hour), "TLS.identifier", "ada"), ErrWrong},
		"usersig: no signature":  {sig, tampered(t, made(t, sig, "ada", time.Hour), "TLS.sig", ""), ErrWrong},
		"usersig: with a buffer": {sig, tampered(t, made(t, sig, "ada", time.Hour), "TLS.userbuf", "AAAA"), ErrWrong},
		"usersig: bomb":          {sig, bomb(t), ErrWrong},

		"nim: foreign secret":    {nim, dynamicToken(nim.AppKey, "ada", millis(now), "600", "other"), ErrWrong},
		"nim: foreign app":       {nim, dynamicToken("other", "ada", millis(now), "600", "0c1c1ef9bb2a"), ErrWrong},
		"nim: expired":           {nim, dynamicToken(nim.AppKey, "ada", millis(now.Add(-600*time.Second)), "600", "0c1c1ef9bb2a"), ErrExpired},
		"nim: for too long":      {nim, dynamicToken(nim.AppKey, "ada", millis(now), "86401", "0c1c1ef9bb2a"), ErrWrong},
		"nim: with a sign":       {nim, dynamicToken(nim.AppKey, "ada", millis(now), "-5", "0c1c1ef9bb2a"), ErrWrong},
		"nim: for no time":       {nim, dynamicToken(nim.AppKey, "ada", millis(now), "0", "0c1c1ef9bb2a"), ErrExpired},
		"nim: from the future":   {nim, dynamicToken(nim.AppKey, "ada", millis(now.Add(time.Hour)), "600", "0c1c1ef9bb2a"), ErrWrong},
		"nim: in seconds":        {nim, dynamicToken(nim.AppKey, "ada", fmt.Sprint(now.Unix()), "600", "0c1c1ef9bb2a"), ErrWrong},
		"nim: times as fraction": {nim, dynamicToken(nim.AppKey, "ada", millis(now), "6e2", "0c1c1ef9bb2a"), ErrWrong},
		"nim: no JSON":           {nim, base64.StdEncoding.EncodeToString([]byte("{")), ErrWrong},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Keys{c.key}.Check(now, "ada", c.token)
			require.ErrorIs(t, err, c.want)
			if len(c.token) > 3 {
				require.NotContains(t, err.Error(), c.token)
			}
			require.NotContains(t, err.Error(), string(secret))
		})
	}
}

// tampered changes a field of a UserSig.
func tampered(t testing.TB, token, field string, value any) string {
	t.Helper()
	s, ok := inflate(token)
	require.True(t, ok)
	text, err := json.Marshal(s)
	require.NoError(t, err)
	var m map[string]any
	require.NoError(t, json.Unmarshal(text, &m))
	m[field] = value
	return deflate(t, m)
}

func bomb(t testing.TB) string {
	return deflate(t, map[string]any{"TLS.ver": "2.0", "TLS.sig": strings.Repeat("A", 1<<20)})
}

func TestNIMTokenHasNoSecondReading(t *testing.T) {
	// The sum of "ada1795"'s token is that of one for "ada", whose curTime begins with 1795. What such a reading
	// ends in is a long ttl.
	nim := &NIM{AppKey: "k", Secret: []byte("s")}
	at := now.UnixMilli() + 1616
	digits := fmt.Sprint(at) + "600"
	forged := dynamicToken("k", "ada", "1795"+digits[:9], digits[9:], "s")
	_, err := nim.Check(now, "ada1795", dynamicToken("k", "ada1795", fmt.Sprint(at), "600", "s"))
	require.NoError(t, err)
	_, err = nim.Check(now, "ada", forged)
	require.ErrorIs(t, err, ErrWrong)
	_, err = (&NIM{AppKey: "k", Secret: []byte("s"), MaxTTL: 30 * 24 * time.Hour}).Check(now, "ada", forged)
	require.NoError(t, err, "this is what a long max_ttl costs")
	_, err = nim.Check(now, "ada", dynamicToken("k", "ada", "1", fmt.Sprint(at)[1:]+"600", "s"))
	require.ErrorIs(t, err, ErrWrong, "all digits in the ttl")
}

func TestOldAndNewSecretWorkBesideEachOther(t *testing.T) {
	before, after := mustJWT(t, JWTKey{Alg: "HS256", Key: other}), mustJWT(t, JWTKey{Alg: "HS256", Key: secret})
	for _, k := range []Maker{before, after} {
		_, err := Keys{after, before}.Check(now, "ada", made(t, k, "ada", time.Hour))
		require.NoError(t, err)
	}
}

func TestWhenToComeBackWithANewToken(t *testing.T) {
	hour := now.Add(time.Hour)
	for name, c := range map[string]struct {
		key  Maker
		want time.Time
	}{
		"jwt":                       {mustJWT(t, JWTKey{Alg: "HS256", Key: secret}), hour},
		"usersig":                   {&UserSig{SDKAppID: 1, Secret: secret}, hour},
		"nim: it is for logging in": {&NIM{AppKey: "k", Secret: secret}, time.Time{}},
	} {
		until, err := Keys{c.key.(Key)}.Check(now, "ada", made(t, c.key, "ada", time.Hour))
		require.NoError(t, err, name)
		require.True(t, c.want.Equal(until), name)
	}
	until, err := NewStatic(map[string]string{"ada": "x"}).Check(now, "ada", "x")
	require.NoError(t, err)
	require.Zero(t, until)
}

func TestIssuerAndAudienceAreLookedAtIfTheyAreSet(t *testing.T) {
	j := mustJWT(t, JWTKey{Alg: "HS256", Key: secret})
	j.Issuer, j.Audience = "https://login.example.org", "beckon"
	_, err := j.Check(now, "ada", made(t, j, "ada", time.Hour))
	require.NoError(t, err)
	for _, claims := range []jwt.MapClaims{
		{"iss": "https://login.example.org"}, {"aud": "beckon"},
		{"iss": "https://evil.example", "aud": "beckon"}, {"iss": "https://login.example.org", "aud": []string{"x"}},
	} {
		claims["sub"], claims["exp"] = "ada", now.Add(time.Hour).Unix()
		_, err := j.Check(now, "ada", signJWT(t, jwt.SigningMethodHS256, secret, claims))
		require.ErrorIs(t, err, ErrWrong, "%v", claims)
	}
}

func TestKeysThatAreNoGood(t *testing.T) {
	small, err := rsa.GenerateKey(rand.Reader, 1024)
	require.NoError(t, err)
	for want, key := range map[string]JWTKey{
		"takes at least 32 bytes":  {Alg: "HS256", Key: []byte("short")},
		`HS256, not for "none"`:    {Alg: "none", Key: secret},
		`RS256, not for "HS256"`:   {Alg: "HS256", Key: small.Public()},
		"is no key":                {Alg: "HS256", Key: "text"},
		"takes at least 2048 bits": {Alg: "RS256", Key: small.Public()},
	} {
		if strings.Contains(want, "not for \"HS256\"") {
			big, err := rsa.GenerateKey(rand.Reader, 2048)
			require.NoError(t, err)
			key.Key = big.Public()
		}
		_, err := NewJWT(key)
		require.ErrorContains(t, err, want)
	}
}

func TestRefusalSaysNoMoreThanItHasTo(t *testing.T) {
	require.Equal(t, "wrong", Refusal(because(ErrWrong, "it is bob's")).Detail)
	require.Equal(t, "wrong", Refusal(errors.New("anything")).Detail)
}
