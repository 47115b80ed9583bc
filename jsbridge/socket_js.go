package jsbridge

import (
	"errors"
	"syscall/js"
)

// Socket is the page's WebSocket. In Node the loader supplies one where there
// is none.
type Socket struct {
	conn     js.Value
	handlers SocketHandlers
	funcs    [4]js.Func // as in listened
	opened   bool
	closed   bool
}

var listened = [4]string{"onopen", "onmessage", "onclose", "onerror"}

var errNotOpen = errors.New("the socket is not open")

// DialSocket begins to connect to url (ws: or wss:). An error means that it
// could not even begin, with a malformed url or without WebSocket here; then no
// handler is ever called.
func DialSocket(url string, h SocketHandlers) (s *Socket, err error) {
	defer catch(&err)
	webSocket := js.Global().Get("WebSocket")
	if webSocket.Type() != js.TypeFunction {
		return nil, errors.New("there is no WebSocket here; in Node install the package ws")
	}
	s = &Socket{conn: webSocket.New(url), handlers: h}
	for i, on := range [4]func(event js.Value){s.onOpen, s.onMessage, s.onClose, s.onError} {
		s.funcs[i] = js.FuncOf(func(_ js.Value, args []js.Value) any {
			on(args[0])
			return nil
		})
		s.conn.Set(listened[i], s.funcs[i])
	}
	return s, nil
}

// Send sends one text frame. The error says that the socket is not open, not
// yet or no longer; no error does not mean that the peer has it.
func (s *Socket) Send(text string) (err error) {
	defer catch(&err)
	if s.closed || s.conn.Get("readyState").Int() != 1 {
		return errNotOpen
	}
	s.conn.Call("send", text)
	return nil
}

// Close asks the peer to close, or gives up a dial. Codes other than 1000 and
// 3000 to 4999 are sent as 1000, a reason is cut to 123 bytes. Closing twice
// does nothing.
func (s *Socket) Close(code int, reason string) {
	if s.closed {
		return
	}
	code, reason = closeArgs(code, reason)
	var err error
	defer catch(&err) // an environment stricter than the standard; the page's socket is then as it was
	s.conn.Call("close", code, reason)
}

func (s *Socket) onOpen(js.Value) {
	s.opened = true
	if s.handlers.Open != nil {
		s.handlers.Open()
	}
}

func (s *Socket) onMessage(event js.Value) {
	data := event.Get("data")
	if data.Type() == js.TypeString && s.handlers.Text != nil {
		s.handlers.Text(data.String())
	}
}

func (s *Socket) onClose(event js.Value) {
	s.finish(event.Get("code").Int(), event.Get("reason").String())
}

// onError matters before open only, where Node's own WebSocket fires no close
// behind it. An open socket's error is followed by its close.
func (s *Socket) onError(event js.Value) {
	if s.opened {
		return
	}
	reason := ""
	if m := event.Get("message"); m.Type() == js.TypeString { // Node says why, browsers do not
		reason = m.String()
	}
	s.finish(closeAbnormal, reason)
}

func (s *Socket) finish(code int, reason string) {
	if s.closed {
		return
	}
	s.closed = true
	for i, name := range listened {
		s.conn.Set(name, js.Null())
		s.funcs[i].Release()
	}
	if s.handlers.Closed != nil {
		s.handlers.Closed(code, reason)
	}
}

// catch makes an error of what JavaScript threw. Its text is taken at once, so
// that the error keeps no hold on the page's object.
func catch(err *error) {
	switch r := recover().(type) {
	case nil:
	case js.Error:
		*err = errors.New(r.Error())
	default:
		panic(r)
	}
}
