package engine

import (
	"beckon/core"
	"beckon/core/wire"
)

// A sheet is what the loop writes frames on. What is on it is over when the batch
// is sent, so the next batch has the same memory.
type sheet struct {
	encoder wire.Encoder
	blocks  [][]byte // the batch's frames
	at      int      // the block that is written in

	notice  wire.Notice  // the one that is written
	channel wire.Channel // that it is about
	reply   replyForm    // likewise
}

// A text that grew as a whole would be copied each time. So there are blocks: one
// that is half full is left alone, and most frames fit what is left of the next.
const (
	sheetBlock  = 256 << 10
	sheetBlocks = 4 // for the next batch
)

func (s *sheet) begin() {
	s.at = 0
	if len(s.blocks) > sheetBlocks {
		clear(s.blocks[sheetBlocks:])
		s.blocks = s.blocks[:sheetBlocks]
	}
	for i, b := range s.blocks {
		if cap(b) > sheetBlock {
			b = nil
		}
		s.blocks[i] = b[:0]
	}
}

// block is what the next frame is written in.
func (s *sheet) block() *[]byte {
	switch {
	case len(s.blocks) == 0:
		s.blocks = append(s.blocks, nil)
	case len(s.blocks[s.at]) > sheetBlock/2:
		if s.at++; s.at == len(s.blocks) {
			s.blocks = append(s.blocks, make([]byte, 0, sheetBlock))
		}
	}
	return &s.blocks[s.at]
}

// frame writes a frame, which is good until the next begin.
func (s *sheet) frame(f wire.Frame) []byte {
	block := s.block()
	start := len(*block)
	*block = s.encoder.Append(*block, f)
	return (*block)[start:len(*block):len(*block)]
}

// draft writes a frame that is good until the next one is written.
func (s *sheet) draft(f wire.Frame) []byte {
	frame := s.frame(f)
	block := &s.blocks[s.at]
	*block = (*block)[:len(*block)-len(frame)]
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
