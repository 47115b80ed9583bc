package config

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"time"

	"beckon/server/auth"
)

// Keys reads the keys of all apps, by the apps' names, from wherever the
// settings say they are. Its error joins one [Problem] for each that is no good.
func (c *Config) Keys() (map[string]auth.Keys, error) {
	all := map[string]auth.Keys{}
	var problems []error
	for i, a := range c.Apps {
		r := &reader{c: c, app: a}
		at := fmt.Sprintf("app[%d].", i)
		for j, k := range a.JWT {
			r.add(fmt.Sprintf("%sjwt[%d]", at, j), func(at string) (auth.Key, error) { return r.jwt(at, k) })
		}
		for j, k := range a.UserSig {
			r.add(fmt.Sprintf("%susersig[%d]", at, j), func(at string) (auth.Key, error) {
				secret, err := r.secret(at, k.Source)
				return &auth.UserSig{SDKAppID: a.SDKAppID, Secret: secret}, err
			})
		}
		for j, k := range a.NIM {
			r.add(fmt.Sprintf("%snim[%d]", at, j), func(at string) (auth.Key, error) {
				if k.MaxTTL < 0 {
					return nil, c.problem(at+".max_ttl", "is less than nothing")
				}
				secret, err := r.secret(at, k.Source)
				return &auth.NIM{AppKey: a.AppKey, Secret: secret, MaxTTL: time.Duration(k.MaxTTL)}, err
			})
		}
		for j, k := range a.Static {
			r.add(fmt.Sprintf("%sstatic[%d]", at, j), func(at string) (auth.Key, error) { return r.static(at, k) })
		}
		all[a.Name] = r.keys
		problems = append(problems, r.problems...)
	}
	if err := errors.Join(problems...); err != nil {
		return nil, err
	}
	return all, nil
}

// reader gathers the keys of one app.
type reader struct {
	c        *Config
	app      App
	keys     auth.Keys
	problems []error
}

func (r *reader) add(at string, read func(at string) (auth.Key, error)) {
	key, err := read(at)
	if err != nil {
		r.problems = append(r.problems, err)
		return
	}
	r.keys = append(r.keys, key)
}

// file reads what a setting names. It counts among the files to be watched, also
// when it cannot be read.
func (r *reader) file(at, path string) ([]byte, error) {
	r.c.files = append(r.c.files, path)
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, r.c.problem(at, "cannot be read: "+err.Error())
	}
	return text, nil
}

func (r *reader) secret(at string, s Source) ([]byte, error) {
	var secret []byte
	given := 0
	if s.Secret != "" {
		given++
		secret = []byte(string(s.Secret))
	}
	if s.Env != "" {
		given++
		if secret = []byte(r.c.env(s.Env)); len(secret) == 0 {
			return nil, r.c.problem(at+".secret_env", "the environment has no "+s.Env)
		}
	}
	if s.File != "" {
		given++
		text, err := r.file(at+".secret_file", s.File)
		if err != nil {
			return nil, err
		}
		if secret = bytes.TrimRight(text, "\r\n"); len(secret) == 0 {
			return nil, r.c.problem(at+".secret_file", "is empty")
		}
	}
	if given != 1 {
		return nil, r.c.problem(at, "takes exactly one of secret, secret_file and secret_env")
	}
	return secret, nil
}

func (r *reader) jwt(at string, k JWT) (auth.Key, error) {
	if k.JWKSURL != "" {
		return r.remote(at, k)
	}
	keys, err := r.jwtKeys(at, k)
	if err != nil {
		return nil, err
	}
	key, err := auth.NewJWT(keys...)
	if err != nil {
		return nil, r.c.problem(at, err.Error())
	}
	key.Issuer, key.Audience = k.Issuer, k.Audience
	return key, nil
}

// remote is a set that is fetched when a token needs it.
func (r *reader) remote(at string, k JWT) (auth.Key, error) {
	switch {
	case k.PublicKey != "" || k.JWKS != "" || k.Source != Source{}:
		return nil, r.c.problem(at, "takes only one of a secret, public_key_file, jwks_file and jwks_url")
	case k.Alg != "":
		return nil, r.c.problem(at+".alg", "goes without saying: the set says what each key is for")
	}
	if err := auth.CheckURL(k.JWKSURL); err != nil {
		return nil, r.c.problem(at+".jwks_url", err.Error())
	}
	return &auth.RemoteJWT{Set: r.c.remotes.at(k.JWKSURL), Issuer: k.Issuer, Audience: k.Audience}, nil
}

func (r *reader) jwtKeys(at string, k JWT) ([]auth.JWTKey, error) {
	if k.PublicKey != "" && k.JWKS != "" || (k.PublicKey != "" || k.JWKS != "") && k.Source != (Source{}) {
		return nil, r.c.problem(at, "takes only one of a secret, public_key_file, jwks_file and jwks_url")
	}
	switch {
	case k.PublicKey != "":
		text, err := r.file(at+".public_key_file", k.PublicKey)
		if err != nil {
			return nil, err
		}
		key, err := auth.ParsePublic(text, k.Alg)
		if err != nil {
			return nil, r.c.problem(at+".public_key_file", err.Error())
		}
		return []auth.JWTKey{key}, nil
	case k.JWKS != "":
		if k.Alg != "" {
			return nil, r.c.problem(at+".alg", "goes without saying: the set says what each key is for")
		}
		text, err := r.file(at+".jwks_file", k.JWKS)
		if err != nil {
			return nil, err
		}
		keys, err := auth.ParseJWKS(text)
		if err != nil {
			return nil, r.c.problem(at+".jwks_file", err.Error())
		}
		return keys, nil
	}
	secret, err := r.secret(at, k.Source)
	return []auth.JWTKey{{Alg: k.Alg, Key: secret}}, err
}
