package config

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"beckon/server/ice"
)

// usualTTL is how long credentials for a TURN server are good: a call that is set
// up with them goes on.
const usualTTL = time.Hour

// The bounds of a TTL.
const (
	leastTTL = time.Minute
	mostTTL  = 24 * time.Hour
)

// iceURL is RFC 7064's and RFC 7065's.
var iceURL = regexp.MustCompile(`^(stuns?:[^\s/?@]+|turns?:[^\s/?@]+(\?transport=(udp|tcp))?)$`)

func (c *Config) checkICE(add adder) {
	for i, s := range c.ICE {
		at := fmt.Sprintf("ice[%d]", i)
		if len(s.URLs) == 0 {
			add(at+".urls", "is missing: it takes addresses such as stun:stun.example.org:3478")
		}
		turn := false
		for _, u := range s.URLs {
			turn = turn || strings.HasPrefix(u, "turn")
			if !iceURL.MatchString(u) {
				add(at+".urls", "has %q, but takes stun:host:port, turn:host:port and turn:host:port?transport=tcp, also with stuns and turns", u)
			}
		}
		given := s.Source != Source{}
		switch {
		case turn && !given:
			add(at, "takes one of secret, secret_file and secret_env: a TURN server lets in nobody without")
		case !turn && (given || s.Username != ""):
			add(at, "has credentials, which STUN servers do not ask for")
		case s.Username != "" && s.TTL != 0:
			add(at+".ttl", "does not go with username: what everybody has does not end")
		case s.TTL != 0 && (time.Duration(s.TTL) < leastTTL || time.Duration(s.TTL) > mostTTL):
			add(at+".ttl", "is %s, but takes 1m to 24h", s.TTL)
		}
	}
}

// Helpers reads what the settings say of STUN and TURN servers, and their secrets.
func (c *Config) Helpers() ([]ice.Server, error) {
	r := &reader{c: c}
	var list []ice.Server
	for i, s := range c.ICE {
		one := ice.Server{URLs: s.URLs, Username: s.Username, TTL: time.Duration(s.TTL)}
		if one.TTL == 0 {
			one.TTL = usualTTL
		}
		if s.Source != (Source{}) {
			secret, err := r.secret(fmt.Sprintf("ice[%d]", i), s.Source)
			if err != nil {
				r.problems = append(r.problems, err)
			}
			one.Secret = secret
		}
		list = append(list, one)
	}
	return list, errors.Join(r.problems...)
}
