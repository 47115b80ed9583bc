package engine

import (
	"beckon/core"
	"beckon/core/wire"
)

// A sheet is what the loop writes frames on. What is on it is over when the batch
// is sent, so the next batch has the same memory.
type sheet struct {
	encoder wire.Encoder
	text    []byte // the batch's frames

	notice  wire.Notice  // the one that is written
	channel wire.Channel // that it is about
	reply   replyForm    // likewise
}

// sheetBytes is how large a text is kept for the next batch.
const sheetBytes = 1 << 20

func (s *sheet) begin() {
	if s.text = s.text[:0]; cap(s.text) > sheetBytes {
		s.text = nil
	}
}

// frame writes a frame, which is good until the next begin.
func (s *sheet) frame(f wire.Frame) []byte {
	start := len(s.text)
	s.text = s.encoder.Append(s.text, f)
	return s.text[start:len(s.text):len(s.text)]
}

// draft writes a frame that is good until the next one is written.
func (s *sheet) draft(f wire.Frame) []byte {
	frame := s.frame(f)
	s.text = s.text[:len(s.text)-len(frame)]
	return frame
}

// told is what a notice says, until the next.
func (s *sheet) told(n *notice, fact wire.Event) *wire.Notice {
	s.notice = wire.Notice{Position: uint64(n.position), Time: int64(n.at), Name: fact.NoticeName(), Event: fact}
	return &s.notice
}

// A replyForm is a reply together with what most replies have.
type replyForm struct {
	reply   wire.Reply
	outcome wire.Outcome
	channel wire.Channel
}

// answered is the reply to a command that was carried out. Asked again, it is the
// same but for the profiles in it, which are as they are now.
func (r *replyForm) answered(app *core.App, n uint64, o *core.Outcome) *wire.Reply {
	r.outcome = wire.Outcome{Reach: reachNames[o.Reach], Pending: o.Pending, Inside: o.Inside}
	if o.Channel.ID != "" {
		members := r.channel.Members[:0]
		r.channel = wireChannel(o.Channel, o.Count)
		r.channel.Members = appendMembers(members, app, o.Members)
		r.channel.Invitations = listOf(app, o.List)
		r.outcome.Channel = &r.channel
	}
	if o.Refused != nil {
		r.outcome.Refused = WireRefusal(o.Refused)
	}
	r.reply = wire.Reply{N: n, Position: uint64(o.Position), OK: &r.outcome}
	return &r.reply
}
