// Package auth decides whom a relay lets in: it reads the tokens of an app's
// users, in the forms that apps make them in already, and makes them too.
//
// A token is good when a key of the app made it, for the account that shows it,
// and it has not expired. Every kind of key holds its own idea of a signature;
// which keys an app has, an operator says in the configuration. No token and no
// secret is ever part of an error.
package auth

import (
	"errors"
	"time"

	"beckon/core"
)

// The reasons for which a token is not good. More is not said to who shows it.
var (
	// ErrExpired: it was good, and a new one will be.
	ErrExpired = errors.New("expired")
	// ErrWrong: it is not this account's, not this app's, or was never good.
	ErrWrong = errors.New("wrong")
	// errOther is for tokens that are of another kind than a key's.
	errOther = errors.New("of another kind")
)

// A Key checks tokens of one kind. It may be used by many at once.
type Key interface {
	// Check returns until when an account that a token lets in may stay; the zero
	// time if for ever. Its error wraps ErrExpired, ErrWrong or errOther, and says more for
	// an operator's log, without the token.
	Check(now time.Time, account, token string) (until time.Time, err error)
}

// A Maker is a key that makes tokens, too.
type Maker interface {
	// Make returns a token that lets an account in for so long.
	Make(now time.Time, account string, good time.Duration) (string, error)
}

// MaxToken is how many bytes a token may have.
const MaxToken = 8 << 10

// Keys are an app's. A token that one of them takes is good, so secrets are
// changed by having the old and the new one beside each other for a while.
type Keys []Key

// Check is as a [Key] has it. Of several reasons, that a good token has expired
// is the one which helps.
func (ks Keys) Check(now time.Time, account, token string) (time.Time, error) {
	if token == "" {
		return time.Time{}, because(ErrWrong, "there is no token")
	}
	if len(token) > MaxToken {
		return time.Time{}, because(ErrWrong, "the token is too long")
	}
	failed := because(ErrWrong, "it is of no kind that the app takes")
	for _, k := range ks {
		until, err := k.Check(now, account, token)
		switch {
		case err == nil && !until.IsZero() && !now.Before(until):
			failed = ErrExpired
		case err == nil:
			return until, nil
		case errors.Is(err, ErrExpired):
			failed = err
		case errors.Is(err, ErrWrong) && !errors.Is(failed, ErrExpired):
			failed = err
		}
	}
	return time.Time{}, failed
}

// Refusal is what a page is told about an error of Check: whether a new token
// would help, and nothing else.
func Refusal(err error) *core.Refusal {
	detail := ErrWrong.Error()
	if errors.Is(err, ErrExpired) {
		detail = ErrExpired.Error()
	}
	return &core.Refusal{Code: core.Unauthorized, Field: "token", Detail: detail}
}

// because gives a reason its explanation for the log.
func because(reason error, text string) error { return &explained{reason, text} }

type explained struct {
	reason error
	text   string
}

func (e *explained) Error() string { return e.reason.Error() + ": " + e.text }
func (e *explained) Unwrap() error { return e.reason }
