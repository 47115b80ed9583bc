// Command bridgetest is a browser module with nothing behind the bridge: the tests
// in web/test call it to see what the bridge itself does.
package main

import (
	"errors"
	"runtime"
	"strconv"
	"strings"
	"syscall/js"
	"time"

	"beckon/core/codec"
	"beckon/jsbridge"
)

func main() {
	jsbridge.Serve(func(emit jsbridge.Emit) jsbridge.Handler {
		return &handler{emit: emit, sockets: map[string]*jsbridge.Socket{}}
	})
}

type handler struct {
	emit    jsbridge.Emit
	calls   int
	sockets map[string]*jsbridge.Socket // by target
}

// refusal is an error whose text is the object that the page sees.
type refusal string

func (r refusal) Error() string   { return "refused" }
func (r refusal) Failure() string { return string(r) }

func (h *handler) Call(life jsbridge.Life, target, method, args string) (string, error) {
	h.calls++
	switch method {
	case "echo":
		return args, nil
	case "who":
		return quote(target), nil
	case "calls":
		return strconv.Itoa(h.calls), nil
	case "goroutines":
		return strconv.Itoa(runtime.NumGoroutine()), nil
	case "heap": // bytes in use
		runtime.GC() // twice: what the page lent is given back by finalizers
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return strconv.FormatUint(m.HeapAlloc, 10), nil
	case "nothing", "check":
		h.emit(target, method, "")
		return "", nil
	case "fail":
		return "", refusal(args)
	case "error":
		return "", errors.New(text(args))
	case "malformed":
		return "{", nil
	case "panic":
		panic(text(args))
	case "panicLater":
		go func() { panic(text(args)) }()
		return "", nil
	case "trap": // what a getter that throws does to a module that reads it
		return js.Global().Get("trap").Get("sprung").String(), nil
	case "exit":
		runtime.Goexit() // the call is never answered
	case "hang":
		<-life.Done()
		return "", life.Err()
	case "sleep":
		time.Sleep(time.Duration(number(args)) * time.Millisecond)
		return args, nil
	case "emit":
		for i := range number(args) {
			h.emit(target, "tick", strconv.Itoa(i))
		}
		return args, nil
	case "emitAfter":
		time.AfterFunc(0, func() { h.emit(target, "after", args) })
		return args, nil
	case "emitBehind":
		// Runs when this call has been answered, but before the page has a turn.
		go func() {
			for range 8 {
				runtime.Gosched()
			}
			h.emit(target, "behind", args)
		}()
		return args, nil
	case "emitRaw":
		h.emit(target, "raw", text(args))
		return "", nil
	}
	return h.socket(target, method, args)
}

func (h *handler) socket(target, method, args string) (string, error) {
	switch method {
	case "dial":
		s, err := jsbridge.DialSocket(text(args), jsbridge.SocketHandlers{
			Open: func() { h.emit(target, "open", "") },
			Text: func(s string) { h.emit(target, "text", quote(s)) },
			Closed: func(code int, reason string) {
				h.emit(target, "closed", `{"code":`+strconv.Itoa(code)+`,"reason":`+quote(reason)+`}`)
			},
		})
		if err != nil {
			return "", err
		}
		h.sockets[target] = s
		return "", nil
	case "send":
		return "", h.sockets[target].Send(text(args))
	case "close": // "4001 a reason"
		code, reason, _ := strings.Cut(text(args), " ")
		h.sockets[target].Close(number(code), reason)
		return "", nil
	}
	return "", errors.New("no such method: " + method)
}

func quote(s string) string { return string(codec.AppendString(nil, s)) }

// text and number read the simple arguments that the tests pass.
func text(json string) string {
	s, err := strconv.Unquote(json)
	if err != nil {
		panic("bridgetest: not a simple string: " + json)
	}
	return s
}

func number(json string) int {
	n, err := strconv.Atoi(json)
	if err != nil {
		panic("bridgetest: not a number: " + json)
	}
	return n
}
