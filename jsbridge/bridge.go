package jsbridge

import (
	"errors"
	"runtime"
	"strings"

	"beckon/core/codec"
)

// A Handler answers what the page calls.
type Handler interface {
	// Call runs method of target. args is the JSON text of the page's argument,
	// "{}" if it gave none; result is JSON text too, and "" counts as null.
	//
	// Every call has a goroutine of its own, so it may block. life ends when the
	// page disposes of the bridge. An error that has a method Failure() string,
	// which returns a JSON object, reaches the page as that object; any other
	// error, and a panic, as an object with code "internal" or "panic".
	Call(life Life, target, method, args string) (result string, err error)
}

// A Life ends when the page disposes of the bridge. Any context.Context is one;
// the page's own is not, since package time, which comes with package context, and
// package syscall, which comes with that, are 50 KB of what a page downloads.
type Life interface {
	Done() <-chan struct{}
	Err() error // nil before the end
}

// Emit tells the page of an event. json is JSON text, "" for none. It may be
// called from any goroutine and returns before the page's listeners run; the
// page sees events in the order of the calls.
type Emit func(target, name, json string)

// Answer runs one call and returns its envelope. A panic becomes an error: one
// bad call must not end the module for all targets. Its stack goes to stderr.
func Answer(life Life, h Handler, target, method, args string) (envelope string) {
	defer func() {
		if r := recover(); r != nil {
			message := "panic in " + method + ": " + describe(r)
			report(message)
			envelope = `{"error":` + failure("panic", message) + `}`
		}
	}()
	result, err := h.Call(life, target, method, args)
	if err != nil {
		return `{"error":` + explain(err) + `}`
	}
	if result == "" {
		result = "null"
	}
	return `{"ok":` + result + `}`
}

// unpack takes a call apart that crossed as one string, since every value that
// crosses costs time: method, target and args, with line feeds between. A
// method has none, and neither has JSON.stringify's text; a target may.
func unpack(call string) (target, method, args string) {
	last := strings.LastIndexByte(call, '\n')
	method, target, _ = strings.Cut(call[:last], "\n")
	return target, method, call[last+1:]
}

func explain(err error) string {
	type failing interface {
		error
		Failure() string
	}
	if f, ok := errors.AsType[failing](err); ok {
		return f.Failure()
	}
	return failure("internal", err.Error())
}

func failure(code, message string) string {
	b := append([]byte(`{"code":"`), code...)
	b = append(b, `","name":"`...)
	b = append(b, code...)
	b = append(b, `","message":`...)
	b = codec.AppendString(b, message)
	return string(append(b, '}'))
}

func describe(panicked any) string {
	switch v := panicked.(type) {
	case error:
		return v.Error()
	case string:
		return v
	}
	return "a value that is neither error nor string"
}

// report writes with print, which is linked anyway; package os is not.
func report(message string) {
	stack := make([]byte, 8<<10)
	stack = stack[:runtime.Stack(stack, false)]
	print(message, "\n", string(stack))
}
