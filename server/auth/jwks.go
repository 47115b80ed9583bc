package auth

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
)

// ParseJWKS reads a JSON Web Key Set (RFC 7517) of public keys. Keys that are for
// something else, such as encryption, are passed over.
func ParseJWKS(text []byte) ([]JWTKey, error) {
	return parseSet(text, func(i int, err error) error { return fmt.Errorf("key %d of the set: %w", i+1, err) })
}

// parseSet has odd decide what comes of a key that cannot be used: an error of the
// whole set, or nothing.
func parseSet(text []byte, odd func(i int, err error) error) ([]JWTKey, error) {
	var set struct {
		Keys []jwk `json:"keys"`
	}
	if err := json.Unmarshal(text, &set); err != nil {
		return nil, fmt.Errorf("no JSON Web Key Set: %w", err)
	}
	var keys []JWTKey
	for i, k := range set.Keys {
		if k.Use != "" && k.Use != "sig" {
			continue
		}
		key, err := k.key()
		if err == nil {
			err = key.Check()
		}
		if err == nil {
			keys = append(keys, key)
		} else if err := odd(i, err); err != nil {
			return nil, err
		}
	}
	if len(keys) == 0 {
		return nil, errors.New("the set has no key that checks signatures")
	}
	return keys, nil
}

type jwk struct {
	Type  string `json:"kty"`
	Use   string `json:"use"`
	ID    string `json:"kid"`
	Alg   string `json:"alg"`
	Curve string `json:"crv"`
	X     string `json:"x"`
	Y     string `json:"y"`
	N     string `json:"n"`
	E     string `json:"e"`
	D     string `json:"d"`
}

func (k jwk) key() (JWTKey, error) {
	if k.D != "" {
		return JWTKey{}, errors.New("it is a private key, which does not belong here")
	}
	key := JWTKey{ID: k.ID, Alg: k.Alg}
	or := func(alg string) {
		if key.Alg == "" {
			key.Alg = alg
		}
	}
	x, err := base64.RawURLEncoding.DecodeString(k.X)
	if err != nil {
		return key, errors.New("x is no base64url")
	}
	switch k.Type + " " + k.Curve {
	case "OKP Ed25519":
		if len(x) != ed25519.PublicKeySize {
			return key, errors.New("x does not have 32 bytes")
		}
		if or("EdDSA"); key.Alg == "Ed25519" { // RFC 9864 names it so
			key.Alg = "EdDSA"
		}
		key.Key = ed25519.PublicKey(x)
	case "EC P-256":
		y, err := base64.RawURLEncoding.DecodeString(k.Y)
		if err != nil || len(x) != 32 || len(y) != 32 {
			return key, errors.New("x and y do not have 32 bytes each")
		}
		or("ES256")
		key.Key, err = ecdsa.ParseUncompressedPublicKey(elliptic.P256(), append(append([]byte{4}, x...), y...))
		return key, err
	case "RSA ":
		n, err := base64.RawURLEncoding.DecodeString(k.N)
		e, err2 := base64.RawURLEncoding.DecodeString(k.E)
		if err != nil || err2 != nil || len(n) == 0 || len(e) == 0 || len(e) > 4 {
			return key, errors.New("n and e are not numbers in base64url")
		}
		or("RS256")
		key.Key = &rsa.PublicKey{N: new(big.Int).SetBytes(n), E: int(new(big.Int).SetBytes(e).Int64())}
	default:
		return key, fmt.Errorf("kty %q with crv %q is none of OKP Ed25519, EC P-256 and RSA", k.Type, k.Curve)
	}
	return key, nil
}

// ParsePublic reads a public key in PEM ("BEGIN PUBLIC KEY").
func ParsePublic(text []byte, alg string) (JWTKey, error) {
	block, _ := pem.Decode(text)
	if block == nil || block.Type != "PUBLIC KEY" {
		return JWTKey{}, errors.New(`no public key in PEM ("-----BEGIN PUBLIC KEY-----")`)
	}
	public, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return JWTKey{}, errors.New("the public key cannot be read")
	}
	key := JWTKey{Alg: alg, Key: public}
	return key, key.Check()
}

func parsePrivate(text []byte) (any, error) {
	block, _ := pem.Decode(text)
	if block == nil || block.Type != "PRIVATE KEY" {
		return nil, errors.New(`no private key in PEM ("-----BEGIN PRIVATE KEY-----")`)
	}
	private, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, errors.New("the private key cannot be read")
	}
	return private, nil
}
