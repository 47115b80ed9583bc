package page

import "beckon/core/codec"

// traced adds to an error's object the words by which the relay's log has it.
func (l *line) traced(object string) string {
	if l.trace == "" {
		return object
	}
	b := append([]byte(object[:len(object)-1]), `,"trace":`...)
	return string(append(codec.AppendString(b, l.trace), '}'))
}

// tracing is an error of a call whose object says where to look in the relay's log.
func (l *line) tracing(err error) error {
	if f, ok := err.(failing); ok && l.trace != "" {
		return tracedError{f, l.traced(f.Failure())}
	}
	return err
}

type failing interface {
	error
	Failure() string
}

type tracedError struct {
	failing
	object string
}

func (e tracedError) Failure() string { return e.object }

func (e tracedError) Unwrap() error { return e.failing }
