package auth

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"errors"
	"fmt"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// JWT checks JSON Web Tokens (RFC 7519) with `sub`, the account, and `exp`. Each
// of its keys is for one algorithm alone: a token does not choose how it is
// checked, and "none" is not among them.
type JWT struct {
	keys     []JWTKey
	parser   *jwt.Parser
	Issuer   string // if set, `iss` has to be it
	Audience string // if set, `aud` has to have it
}

// A JWTKey is a secret or a public key, and the algorithm that it is for.
type JWTKey struct {
	ID  string // if set, tokens that name a key name this one ("kid")
	Alg string // HS256, EdDSA, ES256 or RS256
	Key any    // []byte, ed25519.PublicKey, *ecdsa.PublicKey, *rsa.PublicKey
}

// MinSecret is how many bytes an HS256 secret has at least (RFC 7518, section 3.2).
const MinSecret = 32

// Check says what is wrong with a key, if anything is.
func (k JWTKey) Check() error {
	switch key := k.Key.(type) {
	case []byte:
		if k.Alg != "HS256" {
			return fmt.Errorf("a secret is for HS256, not for %q", k.Alg)
		}
		if len(key) < MinSecret {
			return fmt.Errorf("an HS256 secret takes at least %d bytes, and this one has %d", MinSecret, len(key))
		}
		return nil
	case ed25519.PublicKey:
		return isFor(k.Alg, "EdDSA")
	case *ecdsa.PublicKey:
		if key.Curve.Params().Name != "P-256" {
			return errors.New("an EC key takes the curve P-256")
		}
		return isFor(k.Alg, "ES256")
	case *rsa.PublicKey:
		if key.N.BitLen() < 2048 {
			return errors.New("an RSA key takes at least 2048 bits")
		}
		return isFor(k.Alg, "RS256")
	}
	return fmt.Errorf("a %T is no key", k.Key)
}

func isFor(alg, want string) error {
	if alg != want {
		return fmt.Errorf("the key is for %s, not for %q", want, alg)
	}
	return nil
}

// NewJWT checks with keys that are all well.
func NewJWT(keys ...JWTKey) (*JWT, error) {
	j := &JWT{keys: keys}
	algs := []string{}
	for _, k := range keys {
		if err := k.Check(); err != nil {
			return nil, err
		}
		algs = append(algs, k.Alg)
	}
	// Times are looked at below, against a moment that is handed in.
	j.parser = jwt.NewParser(jwt.WithValidMethods(algs), jwt.WithoutClaimsValidation())
	return j, nil
}

func (j *JWT) Check(now time.Time, account, token string) (time.Time, error) {
	var claims jwt.RegisteredClaims
	_, err := j.parser.ParseWithClaims(token, &claims, j.candidates)
	switch {
	case errors.Is(err, jwt.ErrTokenMalformed):
		return time.Time{}, errOther
	case err != nil:
		return time.Time{}, because(ErrWrong, "the JWT is not signed with a key of the app, or not with the key's algorithm")
	case claims.ExpiresAt == nil:
		return time.Time{}, because(ErrWrong, "the JWT has no exp")
	case claims.Subject != account:
		return time.Time{}, because(ErrWrong, "the JWT's sub is not the account")
	}
	err = jwt.NewValidator(
		jwt.WithTimeFunc(func() time.Time { return now }),
		jwt.WithIssuer(j.Issuer), jwt.WithAudience(audience(j.Audience)...),
	).Validate(claims)
	switch {
	case errors.Is(err, jwt.ErrTokenExpired):
		return time.Time{}, because(ErrExpired, "the JWT ended at "+claims.ExpiresAt.UTC().Format(time.RFC3339))
	case err != nil:
		return time.Time{}, because(ErrWrong, "the JWT's iss, aud or nbf is not as it has to be")
	}
	return claims.ExpiresAt.Time, nil
}

func audience(name string) []string {
	if name == "" {
		return nil
	}
	return []string{name}
}

// candidates are the keys for the algorithm that a token's header names.
func (j *JWT) candidates(t *jwt.Token) (any, error) {
	id, _ := t.Header["kid"].(string)
	var set jwt.VerificationKeySet
	for _, k := range j.keys {
		if k.Alg == t.Method.Alg() && (id == "" || k.ID == "" || k.ID == id) {
			set.Keys = append(set.Keys, k.Key)
		}
	}
	if len(set.Keys) == 0 {
		return nil, errors.New("no key")
	}
	return set, nil
}

// Make signs with the first key, which has to be a secret.
func (j *JWT) Make(now time.Time, account string, good time.Duration) (string, error) {
	if _, secret := j.keys[0].Key.([]byte); !secret {
		return "", errors.New("the app has a public key, which makes no tokens: give the private one (-key)")
	}
	return j.sign(j.keys[0], now, account, good)
}

// MakeWith signs with a private key, in PEM, for the algorithm of the first key.
func (j *JWT) MakeWith(private []byte, now time.Time, account string, good time.Duration) (string, error) {
	key, err := parsePrivate(private)
	if err != nil {
		return "", err
	}
	return j.sign(JWTKey{ID: j.keys[0].ID, Alg: j.keys[0].Alg, Key: key}, now, account, good)
}

func (j *JWT) sign(k JWTKey, now time.Time, account string, good time.Duration) (string, error) {
	t := jwt.NewWithClaims(jwt.GetSigningMethod(k.Alg), jwt.RegisteredClaims{
		Subject: account, Issuer: j.Issuer, Audience: audience(j.Audience),
		IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(now.Add(good)),
	})
	if k.ID != "" {
		t.Header["kid"] = k.ID
	}
	text, err := t.SignedString(k.Key)
	if err != nil {
		return "", fmt.Errorf("the key is not for %s", k.Alg)
	}
	return text, nil
}
