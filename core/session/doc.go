// Package session is the client's end of a connection: it connects, logs in,
// sends commands, comes back after a loss, and tells the application everything
// once and in order. It is a machine without I/O: whoever owns it dials, sends
// and sets timers as it says.
//
// # Driving it
//
// Inputs are the methods of [Session] that take now. After each input, drain
// [Session.Next] and do what the outputs say, in their order; then arrange for
// [Session.Tick] at [Session.Wake]. A Tick that comes early does nothing, and one
// that comes late changes no outcome but when it is heard of.
//
// One goroutine at a time may use a Session.
//
// # States
//
//	off ──Connect──▶ dialing ──Opened──▶ greeting ──welcome──▶ online
//	                  ▲   ╲                │                    │
//	                  │    ╲ lost          │ lost, busy         │ lost
//	                  │     ▼              ▼                    ▼
//	                  ╰──Tick, Check── waiting ◀────────────────╯
//
// Disconnect leads from everywhere to off. So does what makes another try
// pointless: a refused hello, a [wire.CloseCode] that says never, and
// [Config.MaxRetries]. [Disconnected] is told whenever that happens, and nothing
// else is told before the next Connect.
//
// # What the application can rely on
//
// Every command that [Session.Do] took is answered by exactly one [Replied]:
// with what the relay said, or with a [Failure]. It is carried out at most once;
// after a Failure nobody knows whether it was.
//
// Every notice is told once in a life, and notices and replies come in the
// order of their positions. What happened while the life was away for too long
// to be told is not told one by one: [Fresh] then says what is gone, and
// [Session.View] shows what is.
//
// # What it relies on
//
// Once the relay has said welcome, it carries out nothing that came over an
// older link of the same device, and [wire.Welcome.Answers] tells of everything
// that it did carry out in the last minute, by its own clock. That clock may jump
// ahead: commands whose answers that may have cost fail, and the life starts
// fresh. The relay sends what it has to tell in the order of positions.
package session
