package config

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"beckon/server/auth"
)

// static reads lines of an account and its token, or sha256: and the token's hash
// in hex. Empty lines and those that begin with # are passed over.
func (r *reader) static(at string, k Static) (auth.Key, error) {
	if k.File == "" {
		return nil, r.c.problem(at+".file", "is missing")
	}
	text, err := r.file(at+".file", k.File)
	if err != nil {
		return nil, err
	}
	tokens := auth.Static{}
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		fields := strings.Fields(line)
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		if len(fields) != 2 {
			return nil, r.c.problem(at+".file", fmt.Sprintf("%s:%d does not have an account and a token", k.File, n))
		}
		sum := sha256.Sum256([]byte(fields[1]))
		if hash, ok := strings.CutPrefix(fields[1], "sha256:"); ok {
			b, err := hex.DecodeString(hash)
			if err != nil || len(b) != len(sum) {
				return nil, r.c.problem(at+".file", fmt.Sprintf("%s:%d has a hash that is no SHA-256 in hex", k.File, n))
			}
			copy(sum[:], b)
		}
		tokens[fields[0]] = sum
	}
	return tokens, nil
}
