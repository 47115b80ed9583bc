package config

import (
	"errors"
	"strings"
	"testing"
)

// FuzzLoad reads any document. What is wrong with it is named with the file; what
// is not can be used.
func FuzzLoad(f *testing.F) {
	f.Add([]byte(whole))
	f.Add([]byte("[[app]]\nname = \"a\"\n[[app.static]]\nfile = \"beckon.toml\"\n"))
	f.Add([]byte("[app]\n[app.jwt]\n"))
	f.Add([]byte("app = [{name = \"x\", jwt = [{}, {alg = \"EdDSA\"}]}]\n"))
	f.Add([]byte("\"app\".x = 1\n['t l s']\n[[a.b]]\n[[a.b.c]]\n[a.b.c.d]\ne.f = [[{g = 1}]]\n"))
	f.Add([]byte("limits.connections = 9223372036854775808\ninvitation = \"9999999h\"\n"))
	f.Fuzz(func(t *testing.T, document []byte) {
		if strings.Contains(string(document), "_file") || strings.Contains(string(document), "static") {
			return // it could name files of this machine
		}
		c, err := load(Input{File: "beckon.toml", Env: noEnv}, document)
		if err == nil {
			_, err = c.Keys()
		}
		if err == nil {
			_, err = c.Helpers()
		}
		if err == nil {
			c.Machine()
			c.Trusted()
			return
		}
		var problem *Problem
		if !errors.As(err, &problem) || problem.Where != "beckon.toml" {
			t.Fatalf("%q: %v", document, err)
		}
	})
}
