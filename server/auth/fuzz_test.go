package auth

import (
	"testing"
	"time"
)

// FuzzCheck hands every kind of key what a stranger might send. A token that is
// taken is one of the seeds: the fuzzer knows no secret.
func FuzzCheck(f *testing.F) {
	hs := mustJWT(f, JWTKey{Alg: "HS256", Key: secret})
	sig := &UserSig{SDKAppID: 1400000000, Secret: secret}
	nim := &NIM{AppKey: "k", Secret: secret}
	keys := Keys{hs, sig, nim, NewStatic(map[string]string{"ada": "adas-token"})}
	good := map[string]bool{"adas-token": true}
	for _, k := range []Maker{hs, sig, nim} {
		token := made(f, k, "ada", time.Hour)
		good[token] = true
		f.Add("ada", token)
	}
	for _, token := range []string{"adas-token", "", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "e30=", "eJw=", "eJyrVgIAAMIAYA__"} {
		f.Add("ada", token)
	}
	f.Fuzz(func(t *testing.T, account, token string) {
		until, err := keys.Check(now, account, token)
		if err != nil {
			return
		}
		if account != "ada" {
			t.Fatalf("%q was let in", account)
		}
		if !until.IsZero() && !until.After(now) {
			t.Fatalf("let in until %s, which is over", until)
		}
		// Base64 and JSON have more than one form; who finds one has had a good token.
		if !good[token] && len(token) < 60 {
			t.Fatalf("%q is good", token)
		}
	})
}

func FuzzJWKS(f *testing.F) {
	f.Add([]byte(`{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}`))
	f.Add([]byte(`{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"},{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		keys, err := ParseJWKS(text)
		if err != nil {
			return
		}
		if _, err := NewJWT(keys...); err != nil {
			t.Fatal(err)
		}
	})
}
