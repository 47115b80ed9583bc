package main

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"sync"
	"time"

	"beckon/core"
	"beckon/server/auth"
)

// passes are what a link of LAN mode carries: a secret, good for a while. There is
// one at a time; the one before is remembered to be told from a made-up one.
type passes struct {
	now  func() time.Time
	good time.Duration

	mu          sync.Mutex
	key, before string
	until       time.Time
}

// renew makes a new pass, and says until when it is good.
func (p *passes) renew() (key string, until time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.key, p.before = rand.Text(), p.key
	p.until = p.now().Add(p.good)
	return p.key, p.until
}

// check returns for how long a pass is good yet.
func (p *passes) check(key string) (left time.Duration, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	same := func(known string) bool {
		return known != "" && subtle.ConstantTimeCompare([]byte(key), []byte(known)) == 1
	}
	left = p.until.Sub(p.now())
	switch {
	case same(p.key) && left > 0:
		return left, nil
	case same(p.key), same(p.before):
		return 0, auth.ErrExpired
	}
	return 0, auth.ErrWrong
}

// lanAsk is what a guest's page sends for a token, lanGiven what it gets.
type (
	lanAsk struct {
		Pass    string `json:"pass"`
		Account string `json:"account"`
	}
	lanGiven struct {
		Token string `json:"token"`
		Until int64  `json:"until"` // Unix milliseconds; the token's end, and the link's
	}
)

// maxAsk is more than any ask has: 128 bytes of account, escaped, and a pass.
const maxAsk = 4 << 10

// token lets in, under the name that they give, who has the link.
func (l *lanMode) token(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	var ask lanAsk
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxAsk)).Decode(&ask); err != nil {
		say(w, http.StatusBadRequest, told{Code: string(core.BadField), Detail: "takes an object with account and pass, of 4 KiB at the most"})
		return
	}
	left, err := l.passes.check(ask.Pass)
	if err != nil {
		say(w, http.StatusUnauthorized, told{Code: string(core.Unauthorized), Field: "pass", Detail: err.Error()})
		return
	}
	if bad := core.CheckAccount(ask.Account); bad != nil {
		say(w, http.StatusBadRequest, told{Code: string(bad.Code), Field: bad.Field, Detail: bad.Detail})
		return
	}
	now := l.passes.now()
	token, err := l.jwt.Make(now, ask.Account, left)
	if err != nil {
		http.Error(w, "cannot make a token", http.StatusInternalServerError)
		return
	}
	say(w, http.StatusOK, lanGiven{token, now.Add(left).UnixMilli()})
}
