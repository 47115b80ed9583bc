package jsbridge

import (
	"context"
	"time"
)

// life is the context of all calls: it ends when the page disposes of the
// bridge. context.WithCancel would do the same for 6 KB more in every page.
type life chan struct{}

func (l life) Done() <-chan struct{}       { return l }
func (l life) Value(any) any               { return nil }
func (l life) Deadline() (time.Time, bool) { return time.Time{}, false }

func (l life) Err() error {
	select {
	case <-l:
		return context.Canceled
	default:
		return nil
	}
}
