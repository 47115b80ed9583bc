package auth

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"math/big"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/require"
)

var raw = base64.RawURLEncoding.EncodeToString

func TestEveryKeyOfASetChecksItsAlgorithm(t *testing.T) {
	edPublic, edPrivate, err := ed25519.GenerateKey(rand.Reader)
	require.NoError(t, err)
	ec, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	rs, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	point, err := ec.PublicKey.Bytes()
	require.NoError(t, err)
	keys, err := ParseJWKS(fmt.Appendf(nil, `{"keys":[
		{"kty":"OKP","crv":"Ed25519","kid":"a","x":"%s"},
		{"kty":"EC","crv":"P-256","alg":"ES256","use":"sig","x":"%s","y":"%s"},
		{"kty":"RSA","n":"%s","e":"%s"},
		{"kty":"RSA","use":"enc","n":"AQAB","e":"AQAB"}]}`,
		raw(edPublic), raw(point[1:33]), raw(point[33:]), raw(rs.N.Bytes()), raw(big.NewInt(int64(rs.E)).Bytes())))
	require.NoError(t, err)
	j := mustJWT(t, keys...)
	claims := jwt.MapClaims{"sub": "ada", "exp": now.Add(time.Hour).Unix()}
	for _, c := range []struct {
		method jwt.SigningMethod
		key    any
	}{{jwt.SigningMethodEdDSA, edPrivate}, {jwt.SigningMethodES256, ec}, {jwt.SigningMethodRS256, rs}} {
		_, err := j.Check(now, "ada", signJWT(t, c.method, c.key, claims))
		require.NoError(t, err, c.method.Alg())
	}
	_, err = j.Check(now, "ada", signJWT(t, jwt.SigningMethodPS256, rs, claims))
	require.ErrorIs(t, err, ErrWrong, "PS256 is not what the RSA key is for")
}

func TestSetsThatAreNoGood(t *testing.T) {
	for want, text := range map[string]string{
		"no JSON Web Key Set":      `[`,
		"no key that checks":       `{"keys":[]}`,
		"is none of OKP":           `{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}`,
		"does not have 32 bytes":   `{"keys":[{"kty":"OKP","crv":"Ed25519","x":"AAAA"}]}`,
		"is a private key":         `{"keys":[{"kty":"OKP","crv":"Ed25519","x":"AAAA","d":"AAAA"}]}`,
		"at least 2048 bits":       `{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]}`,
		"key 1 of the set: x is n": `{"keys":[{"kty":"EC","crv":"P-256","x":"!","y":""}]}`,
		"32 bytes each":            `{"keys":[{"kty":"EC","crv":"P-256","x":"AAAA","y":"AAAA"}]}`,
	} {
		_, err := ParseJWKS([]byte(text))
		require.ErrorContains(t, err, want)
	}
}

func TestPublicAndPrivateKeyInPEM(t *testing.T) {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	require.NoError(t, err)
	der, err := x509.MarshalPKIXPublicKey(public)
	require.NoError(t, err)
	key, err := ParsePublic(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}), "EdDSA")
	require.NoError(t, err)
	j := mustJWT(t, key)
	_, err = j.Make(now, "ada", time.Hour)
	require.ErrorContains(t, err, "a public key, which makes no tokens")

	der, err = x509.MarshalPKCS8PrivateKey(private)
	require.NoError(t, err)
	secretPEM := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
	token, err := j.MakeWith(secretPEM, now, "ada", time.Hour)
	require.NoError(t, err)
	_, err = j.Check(now, "ada", token)
	require.NoError(t, err)
	_, err = ParsePublic(secretPEM, "EdDSA")
	require.ErrorContains(t, err, "no public key in PEM")
}
