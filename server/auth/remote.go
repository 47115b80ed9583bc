package auth

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

// The bounds of what a [Remote] asks for.
const (
	remoteTime  = 5 * time.Second  // that an answer may take
	remoteSize  = 256 << 10        // bytes that a set may have
	remoteLeast = time.Minute      // for how long a set is good at the least, whatever the answer says
	remoteUsual = 10 * time.Minute // if it says nothing
	remoteMost  = 24 * time.Hour
	// remotePause is between two tries since tokens name a key that is not in the
	// set, and between two since there was no answer.
	remotePause = 30 * time.Second
)

// A Remote is a JSON Web Key Set at a URL, which an identity provider serves. It is
// asked for when a token needs it: when the last answer is too old, or lacks the
// token's key. As long as there is no good answer, the last good one holds.
type Remote struct {
	url    string
	name   string // without what may be a secret
	client *http.Client
	log    *slog.Logger

	mu       sync.Mutex
	keys     []JWTKey // of the last good answer
	got      time.Time
	until    time.Time // when it is too old
	again    time.Time // when to ask again at the earliest, if it is too old
	look     time.Time // likewise, if it lacks a key
	fetched  uint64
	failures uint64
	failed   error // of the last try; nil: it was good
	asking   *asking
}

// asking is a request under way, for which several may wait.
type asking struct{ done chan struct{} }

// RemoteStats are what is known of a set.
type RemoteStats struct {
	Keys              int
	Got               time.Time // the last good answer; zero: there was none yet
	Fetched, Failures uint64
	Failed            error // why the last try was in vain
}

// CheckURL says what is wrong with a set's address, if anything is. Whoever could
// change the answer on its way could make tokens.
func CheckURL(text string) error {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "https" && !(u.Scheme == "http" && loopbackHost(u.Hostname())) {
		return errors.New("takes an address that begins with https://")
	}
	return nil
}

// NewRemote returns a set that has yet to be asked for.
func NewRemote(address string, log *slog.Logger) *Remote {
	name := address
	if u, err := url.Parse(address); err == nil {
		name = u.Host + u.Path
	}
	return &Remote{url: address, name: name, log: log, client: &http.Client{
		Timeout:   remoteTime,
		Transport: &http.Transport{Proxy: http.ProxyFromEnvironment, DisableKeepAlives: true},
		CheckRedirect: func(req *http.Request, via []*http.Request) error {
			if len(via) > 3 {
				return errors.New("too many redirects")
			}
			return CheckURL(req.URL.String())
		},
	}}
}

// Name is the set's host and path.
func (r *Remote) Name() string { return r.name }

// Stats may be asked for from any goroutine.
func (r *Remote) Stats() RemoteStats {
	r.mu.Lock()
	defer r.mu.Unlock()
	return RemoteStats{len(r.keys), r.got, r.fetched, r.failures, r.failed}
}

// Keys returns the set. It asks for it if the last answer is too old, or if missing
// is set: it lacks a key that a token names.
func (r *Remote) Keys(now time.Time, missing bool) []JWTKey {
	r.mu.Lock()
	old := !now.Before(r.until)
	if r.asking == nil && (old && !now.Before(r.again) || missing && !now.Before(r.look)) {
		if old {
			r.again = now.Add(remotePause)
		}
		if missing {
			r.look = now.Add(remotePause)
		}
		r.asking = &asking{make(chan struct{})}
		go r.ask(now, r.asking)
	}
	// Who has keys that are good for the while need not wait for others.
	if a := r.asking; a != nil && (missing || old) {
		r.mu.Unlock()
		<-a.done // which remoteTime bounds
		r.mu.Lock()
	}
	defer r.mu.Unlock()
	return r.keys
}

func (r *Remote) ask(now time.Time, a *asking) {
	keys, good, err := r.fetch()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asking = nil
	close(a.done)
	if r.failed = err; err != nil {
		r.failures++
		r.log.Error("auth: a key set cannot be fetched; what was fetched before stays", "set", r.name, "error", err, "keys", len(r.keys), "of", r.got)
		return
	}
	r.fetched++
	r.keys, r.got, r.until = keys, now, now.Add(good)
	r.log.Info("auth: key set fetched", "set", r.name, "keys", len(keys), "good", good)
}

func (r *Remote) fetch() (keys []JWTKey, good time.Duration, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), remoteTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, r.url, nil)
	if err != nil {
		return nil, 0, err
	}
	req.Header.Set("Accept", "application/jwk-set+json, application/json")
	req.Header.Set("User-Agent", "beckon")
	res, err := r.client.Do(req)
	if err != nil {
		return nil, 0, bare(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, 0, fmt.Errorf("the answer is %s", res.Status)
	}
	text, err := io.ReadAll(io.LimitReader(res.Body, remoteSize+1))
	if err != nil {
		return nil, 0, err
	}
	if len(text) > remoteSize {
		return nil, 0, fmt.Errorf("the answer has more than %d bytes", remoteSize)
	}
	keys, err = parseSet(text, func(int, error) error { return nil }) // others of its keys may be for others
	return keys, lifetime(res.Header), err
}

// bare takes the address out of an error, which may have a secret in it.
func bare(err error) error {
	var of *url.Error
	if errors.As(err, &of) {
		return of.Err
	}
	return err
}

// lifetime is for how long an answer is good, by RFC 9111, within our bounds.
func lifetime(h http.Header) time.Duration {
	good := remoteUsual
	for part := range strings.SplitSeq(strings.ToLower(h.Get("Cache-Control")), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		switch name {
		case "no-store", "no-cache":
			return remoteLeast
		case "max-age":
			if n, err := strconv.ParseUint(strings.Trim(value, `"`), 10, 31); err == nil {
				age, _ := strconv.ParseUint(h.Get("Age"), 10, 31)
				good = time.Duration(int64(n)-int64(age)) * time.Second
			}
		}
	}
	return min(max(good, remoteLeast), remoteMost)
}

// RemoteJWT checks JSON Web Tokens with the keys of a [Remote].
type RemoteJWT struct {
	Set              *Remote
	Issuer, Audience string // as of a [JWT]
}

// Check is as a [Key] has it.
func (k *RemoteJWT) Check(now time.Time, account, token string) (time.Time, error) {
	id, ok := keyID(token)
	if !ok {
		return time.Time{}, errOther
	}
	keys := k.Set.Keys(now, false)
	if id != "" && !named(keys, id) {
		keys = k.Set.Keys(now, true)
	}
	if len(keys) == 0 {
		return time.Time{}, because(ErrWrong, "the key set has not been fetched yet")
	}
	j, err := NewJWT(keys...)
	if err != nil {
		return time.Time{}, because(ErrWrong, "the key set is no good")
	}
	j.Issuer, j.Audience = k.Issuer, k.Audience
	return j.Check(now, account, token)
}

func named(keys []JWTKey, id string) bool {
	for _, k := range keys {
		if k.ID == id {
			return true
		}
	}
	return false
}

// keyID is the `kid` of a token that looks like a JWT.
func keyID(token string) (string, bool) {
	head, rest, ok := strings.Cut(token, ".")
	if !ok || strings.Count(rest, ".") != 1 {
		return "", false
	}
	text, err := base64.RawURLEncoding.DecodeString(head)
	if err != nil {
		return "", false
	}
	var header struct {
		ID string `json:"kid"`
	}
	return header.ID, json.Unmarshal(text, &header) == nil
}
