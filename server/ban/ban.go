// Package ban knows whom an operator keeps out, and keeps that in a file, so that
// a restart changes nothing.
package ban

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
	"time"
)

// A Ban keeps an account of an app out, or only one of its devices.
type Ban struct {
	App     string    `json:"app"`
	Account string    `json:"account"`
	Device  string    `json:"device,omitempty"` // empty: all
	Since   time.Time `json:"since"`
	Until   time.Time `json:"until,omitzero"` // zero: for good
	By      string    `json:"by,omitempty"`   // the operator
	Reason  string    `json:"reason,omitempty"`
}

func (b Ban) over(now time.Time) bool { return !b.Until.IsZero() && !now.Before(b.Until) }

type key struct{ app, account, device string }

// Most is how many bans a list holds.
const Most = 100_000

// ErrFull says that a list holds as many bans as it may.
var ErrFull = fmt.Errorf("there are %d bans, which is as many as there may be: lift some, or take the account's tokens away", Most)

// List is a list of bans. It may be used by many at once.
type List struct {
	path string // empty: it is not kept

	mu   sync.RWMutex
	bans map[key]Ban
}

// Open reads a list from a file, which need not be there yet. Without a path, it
// is not kept.
func Open(path string) (*List, error) {
	l := &List{path: path, bans: map[key]Ban{}}
	if path == "" {
		return l, nil
	}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return l, nil
	}
	var list []Ban
	if err == nil {
		err = json.Unmarshal(text, &list)
	}
	if err != nil { // to start without it would let them all in
		return nil, fmt.Errorf("cannot read the list of bans, %s: %w", path, err)
	}
	for _, b := range list {
		l.bans[key{b.App, b.Account, b.Device}] = b
	}
	return l, nil
}

// Find says whether a device is kept out, and until when; the zero time: for good.
func (l *List) Find(app, account, device string, now time.Time) (until time.Time, banned bool) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	for _, k := range []key{{app, account, ""}, {app, account, device}} {
		b, ok := l.bans[k]
		switch {
		case !ok || b.over(now):
		case b.Until.IsZero():
			return time.Time{}, true
		case b.Until.After(until):
			until, banned = b.Until, true
		}
	}
	return until, banned
}

// Add keeps somebody out; instead of what was said of the same one before.
func (l *List) Add(b Ban) error {
	return l.change(b.Since, func() error {
		k := key{b.App, b.Account, b.Device}
		if _, again := l.bans[k]; !again && len(l.bans) >= Most {
			return ErrFull
		}
		l.bans[k] = b
		return nil
	})
}

// Remove lets somebody in again; with an empty device, all devices. It returns how
// many bans that lifts.
func (l *List) Remove(app, account, device string, now time.Time) (lifted int, err error) {
	err = l.change(now, func() error {
		for k := range l.bans {
			if k.app == app && k.account == account && (device == "" || k.device == device) {
				delete(l.bans, k)
				lifted++
			}
		}
		return nil
	})
	return lifted, err
}

// Of lists an app's bans, by account and device.
func (l *List) Of(app string, now time.Time) []Ban {
	return l.those(func(b Ban) bool { return b.App == app && !b.over(now) })
}

// All lists the bans of all apps, by app, account and device.
func (l *List) All(now time.Time) []Ban {
	return l.those(func(b Ban) bool { return !b.over(now) })
}

func (l *List) those(want func(Ban) bool) []Ban {
	l.mu.RLock()
	defer l.mu.RUnlock()
	list := []Ban{}
	for _, b := range l.bans {
		if want(b) {
			list = append(list, b)
		}
	}
	sort(list)
	return list
}

// Count is how many Of would list.
func (l *List) Count(app string, now time.Time) (n int) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	for _, b := range l.bans {
		if b.App == app && !b.over(now) {
			n++
		}
	}
	return n
}

// Len counts those of all apps, also such as are over.
func (l *List) Len() int {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return len(l.bans)
}

func sort(list []Ban) {
	slices.SortFunc(list, func(a, b Ban) int {
		return strings.Compare(a.App+"\x00"+a.Account+"\x00"+a.Device, b.App+"\x00"+b.Account+"\x00"+b.Device)
	})
}

// change does something to the list, and keeps it. If it cannot be kept, nothing
// has happened.
func (l *List) change(now time.Time, do func() error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	before := l.bans
	l.bans = make(map[key]Ban, len(before)+1)
	for k, b := range before {
		if !b.over(now) {
			l.bans[k] = b
		}
	}
	err := do()
	if err == nil {
		err = l.keep()
	}
	if err != nil {
		l.bans = before
	}
	return err
}

func (l *List) keep() error {
	if l.path == "" {
		return nil
	}
	list := []Ban{}
	for _, b := range l.bans {
		list = append(list, b)
	}
	sort(list)
	return save(l.path, list)
}
