package jsbridge

import "errors"

// life is the [Life] of all calls.
type life chan struct{}

var errDisposed = errors.New("the page has disposed of the bridge")

func (l life) Done() <-chan struct{} { return l }

func (l life) Err() error {
	select {
	case <-l:
		return errDisposed
	default:
		return nil
	}
}
