// Package ice knows the servers that help two pages to reach each other (STUN and
// TURN), and makes the credentials that TURN servers ask for.
package ice

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"time"
)

// A Server is one that pages are told of.
type Server struct {
	URLs []string // stun:, stuns:, turn:, turns:
	// Username goes with a Secret that is its password, the same for everybody.
	// Without it, the Secret is one that the TURN server shares with the relay, and
	// everybody gets credentials of their own, which end (coturn's use-auth-secret;
	// draft-uberti-behave-turn-rest).
	Username string
	Secret   []byte
	TTL      time.Duration // of such credentials
}

// Open says that the server asks for no credentials.
func (s Server) Open() bool { return len(s.Secret) == 0 }

// A Shown server is an RTCIceServer, as pages take it.
type Shown struct {
	URLs       []string `json:"urls"`
	Username   string   `json:"username,omitempty"`
	Credential string   `json:"credential,omitempty"`
}

// Open are those that everybody may know of.
func Open(list []Server) []Shown {
	shown := []Shown{}
	for _, s := range list {
		if s.Open() {
			shown = append(shown, Shown{URLs: s.URLs})
		}
	}
	return shown
}

// For are all, with credentials for one account of an app, and until when the
// first of these are good; the zero time if none ends.
func For(list []Server, app, account string, now time.Time) (shown []Shown, until time.Time) {
	shown = []Shown{}
	for _, s := range list {
		one := Shown{URLs: s.URLs}
		switch {
		case s.Open():
		case s.Username != "":
			one.Username, one.Credential = s.Username, string(s.Secret)
		default:
			end := now.Add(s.TTL).Truncate(time.Second)
			one.Username, one.Credential = s.temporary(app, account, end)
			if until.IsZero() || end.Before(until) {
				until = end
			}
		}
		shown = append(shown, one)
	}
	return shown, until
}

// temporary makes credentials that the server can check by itself. It learns who
// has the same name as before, which its quotas go by, but not who that is.
func (s Server) temporary(app, account string, end time.Time) (username, credential string) {
	who := hmac.New(sha256.New, s.Secret)
	who.Write([]byte(app + "\x00" + account))
	username = strconv.FormatInt(end.Unix(), 10) + ":" + hex.EncodeToString(who.Sum(nil)[:8])
	mac := hmac.New(sha1.New, s.Secret)
	mac.Write([]byte(username))
	return username, base64.StdEncoding.EncodeToString(mac.Sum(nil))
}
