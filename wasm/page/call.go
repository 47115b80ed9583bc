package page

import (
	"beckon/core/session"
	"beckon/core/wire"
	"beckon/jsbridge"
)

// call does what the page calls, and waits for its end.
func (t *target) call(life jsbridge.Life, method, options string) (string, error) {
	type end struct {
		result string
		err    error
	}
	ended := make(chan end, 1)
	t.input(func(session.Millis) {
		t.dialect.call(method, options, func(result string, err error) { ended <- end{result, t.tracing(err)} })
	})
	select {
	case e := <-ended:
		return e.result, e.err
	case <-life.Done():
		return "", life.Err()
	}
}

// ask sends an order to the relay. then hears the answer, or why there is none,
// between the events before and behind it; at once, if it cannot be sent.
func (t *target) ask(order wire.Order, then func(session.Replied)) {
	news := t.news(order)
	n, err := t.session.Do(t.now(), order)
	if err != nil {
		then(session.Replied{Failure: err.(*session.Failure)}) // as Do promises
		return
	}
	t.waiting[n] = &asked{t, news, then}
}
