package auth

import (
	"crypto/sha1"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"time"
)

// NIM is the appSecret of a NetEase application, and checks its dynamic tokens:
// base64 of {"signature", "curTime", "ttl"} in JSON, where signature is the SHA-1
// of appKey + account + curTime + ttl + appSecret.
//
// That sum does not say where one field ends and the next begins: the token of
// "ada1795" can be read as one of "ada", with other times. So times have to be
// written as the vendor writes them (Unix milliseconds of 13 digits, seconds
// without a leading zero), may not lie ahead, and MaxTTL bounds the rest. Up to a
// day, a token with a ttl of 100 s or more has a second reading on a few days every
// three years only (the next in August 2027), for accounts that end in two certain
// digits; with more, on many days.
//
// As with the vendor, the time is for logging in: who is in may stay.
type NIM struct {
	AppKey string
	Secret []byte
	MaxTTL time.Duration // of a token; 0: [MaxNIM]
}

// MaxNIM is for how long a dynamic token may be good, unless a key says more.
const MaxNIM = 24 * time.Hour

// ahead is by how much the clock of who makes tokens may be fast.
const ahead = 5 * time.Minute

type dynamic struct {
	Signature string      `json:"signature"`
	CurTime   json.Number `json:"curTime"` // Unix milliseconds
	TTL       json.Number `json:"ttl"`     // seconds
}

func (k *NIM) Check(now time.Time, account, token string) (time.Time, error) {
	text, err := base64.StdEncoding.DecodeString(token)
	if err != nil {
		return time.Time{}, errOther
	}
	var d dynamic
	if json.Unmarshal(text, &d) != nil || d.Signature == "" {
		return time.Time{}, errOther
	}
	sum, err := hex.DecodeString(d.Signature)
	if err != nil || subtle.ConstantTimeCompare(sum, k.sum(account, d)) == 0 {
		return time.Time{}, because(ErrWrong, "the dynamic token is not this account's, or not signed with this appSecret")
	}
	made, ok := canonical(d.CurTime)
	if !ok || len(d.CurTime) != 13 {
		return time.Time{}, because(ErrWrong, "the dynamic token's curTime is no Unix time in milliseconds")
	}
	ttl, ok := canonical(d.TTL)
	if !ok {
		return time.Time{}, because(ErrWrong, "the dynamic token's ttl is no number of seconds")
	}
	return time.Time{}, k.times(now, time.UnixMilli(made), ttl)
}

func (k *NIM) times(now, made time.Time, ttl int64) error {
	longest := k.MaxTTL
	if longest == 0 {
		longest = MaxNIM
	}
	until, ok := after(made, ttl)
	switch {
	case !ok || until.Sub(made) > longest:
		return because(ErrWrong, "the dynamic token's ttl is more than "+longest.String()+" (max_ttl)")
	case made.After(now.Add(ahead)):
		return because(ErrWrong, "the dynamic token's curTime lies ahead: is a clock wrong?")
	case !now.Before(until):
		return because(ErrExpired, "the dynamic token ended at "+until.UTC().Format(time.RFC3339))
	}
	return nil
}

// Make returns a dynamic token that is good for so long.
func (k *NIM) Make(now time.Time, account string, good time.Duration) (string, error) {
	d := dynamic{
		CurTime: json.Number(strconv.FormatInt(now.UnixMilli(), 10)),
		TTL:     json.Number(strconv.FormatInt(int64(good/time.Second), 10)),
	}
	d.Signature = hex.EncodeToString(k.sum(account, d))
	text, err := json.Marshal(d)
	if err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(text), nil
}

func (k *NIM) sum(account string, d dynamic) []byte {
	h := sha1.New()
	for _, part := range []string{k.AppKey, account, d.CurTime.String(), d.TTL.String()} {
		h.Write([]byte(part))
	}
	h.Write(k.Secret)
	return h.Sum(nil)
}

// canonical reads a number that is written in its one way.
func canonical(n json.Number) (int64, bool) {
	i, err := n.Int64()
	return i, err == nil && i >= 0 && strconv.FormatInt(i, 10) == n.String()
}
