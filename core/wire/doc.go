// Package wire is Beckon's protocol, once: the frames that a page and a relay
// exchange, as JSON text messages over WebSocket. [Frames], [Commands] and
// [Notices] list all there is; the Go codec, web/src/wire.gen.ts, the samples in
// testdata and the protocol page all follow from them.
//
// # A link
//
// The page opens a WebSocket and sends [Hello]. The relay answers [Welcome], or
// [Refused] and closes. From then on the page sends [Command] frames, each
// answered by one [Reply], and the relay sends a [Notice] for everything that
// the account is to know. Either side may send [Heartbeat] at any time; the
// relay answers one with another. Nothing follows a close.
//
// # Order and repetition
//
// Replies and notices carry positions and come in their order. A page that
// comes back in the same life sends the last position it has seen in
// [Hello.Resume], and hears what it missed: first the notices that
// [Welcome.Replay] counts, with [Welcome.Answers] to be told among them by
// position. Without a resume, or when the relay can no longer serve it, the
// page starts fresh, and Welcome carries the state of things.
//
// # Reading and writing
//
// A field that is absent has its zero value. Unknown fields are to be ignored.
// In a frame, "type" comes first; "name" comes before "fields". Readers accept
// any order, and are fastest with that one.
package wire

//go:generate go run ./gen ../..

// Version is the protocol version that this package speaks. It goes up when an
// older peer would misread a frame; a new optional field or a new name does not
// change it.
//
//   - 1: the first.
const Version = 1

// MaxFrame is how many bytes a frame to the relay may have. Frames to the page
// may be larger: a welcome shows all channels of an account, with their members.
const MaxFrame = 256 << 10
