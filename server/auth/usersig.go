package auth

import (
	"bytes"
	"compress/zlib"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"time"
)

// UserSig is a secret key of a Tencent application, and checks its UserSigs
// (TLSSigAPIv2): a JSON object that names application, account and times, with
// an HMAC-SHA256 over them, deflated, in a base64 of its own.
type UserSig struct {
	SDKAppID uint64
	Secret   []byte
}

// signed is the object. Userbuf, which TRTC uses for rights in a room, is signed
// if it is there, and means nothing here.
type signed struct {
	Version    string  `json:"TLS.ver"`
	Identifier string  `json:"TLS.identifier"`
	SDKAppID   uint64  `json:"TLS.sdkappid"`
	Expire     int64   `json:"TLS.expire"` // seconds
	Time       int64   `json:"TLS.time"`   // Unix seconds
	Userbuf    *string `json:"TLS.userbuf,omitempty"`
	Sig        string  `json:"TLS.sig"`
}

// maxSigned is how long an object may be: what is deflated may be a bomb.
const maxSigned = 16 << 10

func (k *UserSig) Check(now time.Time, account, token string) (time.Time, error) {
	s, ok := inflate(token)
	if !ok {
		return time.Time{}, errOther
	}
	mac, err := base64.StdEncoding.DecodeString(s.Sig)
	switch {
	case err != nil || !hmac.Equal(mac, k.mac(s)):
		return time.Time{}, because(ErrWrong, "the UserSig is not signed with this key")
	case s.SDKAppID != k.SDKAppID:
		return time.Time{}, because(ErrWrong, "the UserSig is of another sdkAppId")
	case s.Identifier != account:
		return time.Time{}, because(ErrWrong, "the UserSig is another account's")
	}
	until, ok := after(time.Unix(s.Time, 0), s.Expire)
	if !ok {
		return time.Time{}, because(ErrWrong, "the UserSig has impossible times")
	}
	if !now.Before(until) {
		return time.Time{}, because(ErrExpired, "the UserSig ended at "+until.UTC().Format(time.RFC3339))
	}
	return until, nil
}

// Make returns a UserSig that is good for so long.
func (k *UserSig) Make(now time.Time, account string, good time.Duration) (string, error) {
	s := signed{Version: "2.0", Identifier: account, SDKAppID: k.SDKAppID, Expire: int64(good / time.Second), Time: now.Unix()}
	s.Sig = base64.StdEncoding.EncodeToString(k.mac(s))
	text, err := json.Marshal(s)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write(text)
	w.Close()
	return toTencent.Replace(base64.StdEncoding.EncodeToString(b.Bytes())), nil
}

// mac signs what TLSSigAPIv2 signs. An account with a line feed in it could pass
// for other lines: Check compares it with one that core has checked.
func (k *UserSig) mac(s signed) []byte {
	h := hmac.New(sha256.New, k.Secret)
	io.WriteString(h, "TLS.identifier:"+s.Identifier+
		"\nTLS.sdkappid:"+strconv.FormatUint(s.SDKAppID, 10)+
		"\nTLS.time:"+strconv.FormatInt(s.Time, 10)+
		"\nTLS.expire:"+strconv.FormatInt(s.Expire, 10)+"\n")
	if s.Userbuf != nil {
		io.WriteString(h, "TLS.userbuf:"+*s.Userbuf+"\n")
	}
	return h.Sum(nil)
}

var (
	toTencent   = strings.NewReplacer("+", "*", "/", "-", "=", "_")
	fromTencent = strings.NewReplacer("*", "+", "-", "/", "_", "=")
)

// inflate reads a token; false: it is no UserSig.
func inflate(token string) (signed, bool) {
	var s signed
	packed, err := base64.StdEncoding.DecodeString(fromTencent.Replace(token))
	if err != nil {
		return s, false
	}
	r, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return s, false
	}
	text, err := io.ReadAll(io.LimitReader(r, maxSigned+1))
	if err != nil || len(text) > maxSigned {
		return s, false
	}
	return s, json.Unmarshal(text, &s) == nil && s.Version == "2.0"
}

// after is a moment that lies so many seconds later, or none later, for tokens that
// were never good for long; false if there is no such time.
func after(from time.Time, seconds int64) (time.Time, bool) {
	const century = 100 * 366 * 24 * 3600
	if seconds < -century || seconds > century || from.Unix() < 0 || from.Unix() > 100*century {
		return time.Time{}, false
	}
	return from.Add(time.Duration(seconds) * time.Second), true
}
