package wire

import "beckon/core/codec"

// A Direction says who sends a frame.
type Direction int

// The directions.
const (
	ToRelay Direction = 1 << iota
	ToPage
	BothWays = ToRelay | ToPage
)

// A Frame is one message of the protocol.
type Frame interface {
	codec.Message
	FrameType() string
}

func (*Hello) FrameType() string     { return "hello" }
func (*Welcome) FrameType() string   { return "welcome" }
func (*Refused) FrameType() string   { return "refused" }
func (*Command) FrameType() string   { return "command" }
func (*Reply) FrameType() string     { return "reply" }
func (*Notice) FrameType() string    { return "notice" }
func (*Heartbeat) FrameType() string { return "heartbeat" }

// Frames lists the frames, by the field "type".
var Frames = []struct {
	Direction Direction
	New       func() Frame
}{
	{ToRelay, func() Frame { return new(Hello) }},
	{ToPage, func() Frame { return new(Welcome) }},
	{ToPage, func() Frame { return new(Refused) }},
	{ToRelay, func() Frame { return new(Command) }},
	{ToPage, func() Frame { return new(Reply) }},
	{ToPage, func() Frame { return new(Notice) }},
	{BothWays, func() Frame { return new(Heartbeat) }},
}

// Commands lists what a [Command] may ask, by its field "name".
var Commands = []func() Order{
	func() Order { return new(Create) },
	func() Order { return new(Join) },
	func() Order { return new(Leave) },
	func() Order { return new(Close) },
	func() Order { return new(Invite) },
	func() Order { return new(Cancel) },
	func() Order { return new(Accept) },
	func() Order { return new(JoinAndAccept) },
	func() Order { return new(Reject) },
	func() Order { return new(Call) },
	func() Order { return new(CallEx) },
	func() Order { return new(CreateAndJoin) },
	func() Order { return new(Delay) },
	func() Order { return new(Find) },
	func() Order { return new(Channels) },
	func() Order { return new(Control) },
	func() Order { return new(Message) },
	func() Order { return new(Inbox) },
	func() Order { return new(MarkRead) },
	func() Order { return new(CreateRoom) },
	func() Order { return new(Enter) },
	func() Order { return new(InviteAll) },
	func() Order { return new(Withdraw) },
	func() Order { return new(Settle) },
	func() Order { return new(Kick) },
	func() Order { return new(SetRole) },
	func() Order { return new(SetCard) },
	func() Order { return new(SetTitle) },
	func() Order { return new(SetPassword) },
	func() Order { return new(SetProfile) },
	func() Order { return new(Invitations) },
}

// Notices lists what a [Notice] may tell, by its field "name".
var Notices = []func() Event{
	func() Event { return new(Joined) },
	func() Event { return new(Left) },
	func() Event { return new(Closed) },
	func() Event { return new(Invited) },
	func() Event { return new(Ended) },
	func() Event { return new(Controlled) },
	func() Event { return new(Messaged) },
	func() Event { return new(Unlisted) },
	func() Event { return new(MemberChanged) },
	func() Event { return new(RoomChanged) },
	func() Event { return new(ProfileChanged) },
}

var (
	framesByType   = map[string]int{}
	commandsByName = map[string]func() Order{}
	noticesByName  = map[string]func() Event{}
)

func init() {
	for i, f := range Frames {
		framesByType[f.New().FrameType()] = i
	}
	for _, f := range Commands {
		commandsByName[f().CommandName()] = f
	}
	for _, f := range Notices {
		noticesByName[f().NoticeName()] = f
	}
}

func newOrder(name string) Order {
	if f := commandsByName[name]; f != nil {
		return f()
	}
	return nil
}

func newEvent(name string) Event {
	if f := noticesByName[name]; f != nil {
		return f()
	}
	return nil
}
