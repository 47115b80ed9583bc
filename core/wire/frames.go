package wire

import "beckon/core/codec"

// Hello opens a link: who is there, and what they have seen.
type Hello struct {
	Version uint64  // [Version] of the page
	App     string  // the tenant: appKey or sdkAppId
	Account string  // who logs in
	Token   string  // proves it
	Device  string  // tells the account's devices apart; survives a reload
	Life    string  // one loading of a page or process
	Resume  *Resume // what this life has seen; absent at its first link
}

// Resume says where a life was when its link dropped.
type Resume struct {
	Journal  string   // [Welcome.Journal] of the last link
	Position uint64   // the last position told to the application
	InFlight []uint64 // numbers of the commands that have no reply yet
}

// Welcome lets a device in.
type Welcome struct {
	Version     uint64       // [Version] of the relay
	Journal     string       // changes when the relay's data was wiped or restored: positions start anew
	Position    uint64       // where the journal stands; what follows it will come as notices
	Now         int64        // the relay's machine time, Unix milliseconds
	Connection  string       // names this link in the relay's log
	Silence     int64        // milliseconds without a frame after which the relay takes the link for lost
	Resumed     bool         // the resume is served; else this is a fresh start
	Replay      uint64       // how many notices follow that belong to the resume
	Answers     []Reply      // to commands in flight that had been carried out
	Channels    []Channel    // fresh start: where the account is a member
	Invitations []Invitation // fresh start: pending for the account
	User        *User        // fresh start: the account's profile, if it has one
}

// Refused turns a [Hello] down. The relay closes the socket behind it.
type Refused struct {
	Refusal    Refusal
	Connection string // names this link in the relay's log
}

// Command asks for something. N counts the life's commands from 1; the same N
// with the same life asks again, and is answered as the first time.
type Command struct {
	N     uint64
	Name  string // one of [Commands]
	Order Order  // the frame's "fields"; nil after decoding if the name is unknown
	Ack   uint64 // the last position told to the application; advisory
}

// Reply answers the command with the same N: with OK, or Error.
type Reply struct {
	N        uint64
	Position uint64
	OK       *Outcome
	Error    *Refusal
}

// Notice tells what happened. Who acted hears of it on their other devices only.
type Notice struct {
	Position uint64
	Time     int64  // machine time, Unix milliseconds
	Name     string // one of [Notices]
	Event    Event  // the frame's "fields"; nil after decoding if the name is unknown
}

// Heartbeat shows that a link lives. The relay answers each with one of its own.
type Heartbeat struct {
	Ack      uint64 // page: the last position told to the application; advisory
	Now      int64  // relay: machine time, Unix milliseconds
	Position uint64 // relay: everything for this link up to here has been sent before; a page resumes from the larger of this and what it was told
}

func (m *Hello) Fields(v *codec.Visitor) {
	v.Uint("v", &m.Version)
	v.String("app", &m.App)
	v.String("account", &m.Account)
	v.String("token", &m.Token)
	v.String("device", &m.Device)
	v.String("life", &m.Life)
	codec.Object(v, "resume", &m.Resume)
}

func (m *Resume) Fields(v *codec.Visitor) {
	v.String("journal", &m.Journal)
	v.Uint("position", &m.Position)
	v.Uints("inFlight", &m.InFlight)
}

func (m *Welcome) Fields(v *codec.Visitor) {
	v.Uint("v", &m.Version)
	v.String("journal", &m.Journal)
	v.Uint("position", &m.Position)
	v.Int("now", &m.Now)
	v.String("connection", &m.Connection)
	v.Int("silence", &m.Silence)
	v.Bool("resumed", &m.Resumed)
	v.Uint("replay", &m.Replay)
	codec.List(v, "answers", &m.Answers)
	codec.List(v, "channels", &m.Channels)
	codec.List(v, "invitations", &m.Invitations)
	codec.Object(v, "user", &m.User)
}

func (m *Refused) Fields(v *codec.Visitor) {
	m.Refusal.Fields(v)
	v.String("connection", &m.Connection)
}

func (m *Command) Fields(v *codec.Visitor) {
	v.Uint("n", &m.N)
	v.String("name", &m.Name)
	codec.Union(v, "fields", &m.Order, func() Order { return newOrder(m.Name) })
	v.Uint("ack", &m.Ack)
}

func (m *Reply) Fields(v *codec.Visitor) {
	v.Uint("n", &m.N)
	v.Uint("position", &m.Position)
	codec.Object(v, "ok", &m.OK)
	codec.Object(v, "error", &m.Error)
}

func (m *Notice) Fields(v *codec.Visitor) {
	v.Uint("position", &m.Position)
	v.Int("time", &m.Time)
	v.String("name", &m.Name)
	codec.Union(v, "fields", &m.Event, func() Event { return newEvent(m.Name) })
}

func (m *Heartbeat) Fields(v *codec.Visitor) {
	v.Uint("ack", &m.Ack)
	v.Int("now", &m.Now)
	v.Uint("position", &m.Position)
}
