package session_test

import (
	"fmt"

	"beckon/core/session"
	"beckon/core/wire"
)

// The owner of a session feeds it what happens, and does what comes out.
func Example() {
	s := session.New(session.Config{App: "dev", Account: "ada", Token: "secret", Device: "phone", Life: "one"})
	drain := func() {
		for o := s.Next(); o != nil; o = s.Next() {
			switch o := o.(type) {
			case session.Dial:
				fmt.Println("open socket", o.Link)
			case session.Send:
				fmt.Printf("send over %d: %s\n", o.Link, o.Text)
			case session.Hangup:
				fmt.Println("close socket", o.Link)
			case session.Connected:
				fmt.Println("connected; fresh:", o.Fresh)
			case session.Told:
				fmt.Println("told of", o.Notice.Name)
			case session.Replied:
				fmt.Println("command", o.N, "made", o.OK.Channel.Name)
			}
		}
	}

	s.Connect(0)
	drain()
	s.Opened(30, 1)
	drain()
	s.Received(60, 1, wire.Append(nil, &wire.Welcome{Journal: "j", Now: 1_700_000_000_000}))
	drain()
	s.Do(100, &wire.Create{Type: 1, Name: "stand-up"})
	drain()
	s.Received(140, 1, []byte(`{"type":"reply","n":1,"position":65536,"ok":{"channel":{"id":"c1","name":"stand-up"}}}`))
	drain()
	at, _ := s.Wake()
	fmt.Println("wake me at", at)

	// Output:
	// open socket 1
	// send over 1: {"type":"hello","v":1,"app":"dev","account":"ada","token":"secret","device":"phone","life":"one"}
	// connected; fresh: true
	// send over 1: {"type":"command","n":1,"name":"create","fields":{"type":1,"name":"stand-up"}}
	// command 1 made stand-up
	// wake me at 10100
}
