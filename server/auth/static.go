package auth

import (
	"crypto/sha256"
	"crypto/subtle"
	"time"
)

// Static knows the accounts' tokens, which do not expire. It keeps their hashes.
type Static map[string][sha256.Size]byte

// NewStatic takes tokens by account.
func NewStatic(tokens map[string]string) Static {
	s := make(Static, len(tokens))
	for account, token := range tokens {
		s[account] = sha256.Sum256([]byte(token))
	}
	return s
}

func (s Static) Check(_ time.Time, account, token string) (time.Time, error) {
	want, known := s[account] // the hash of nothing, for who is not known: it takes as long
	got := sha256.Sum256([]byte(token))
	same := subtle.ConstantTimeCompare(want[:], got[:]) == 1
	switch {
	case same && known:
		return time.Time{}, nil
	case known:
		return time.Time{}, because(ErrWrong, "it is not the account's static token")
	}
	return time.Time{}, errOther
}
