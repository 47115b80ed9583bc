package record

import (
	"beckon/core"
	"beckon/core/codec"
)

type answerPart struct {
	by       actor
	n        uint64
	at       int64
	position uint64
	channel  *channelInfo
	members  []member
	count    int64
	reach    int64
	refused  *refusal
	list     []listed
	pending  []string
	inside   []string
}

func storeAnswerPart(p core.AnswerPart) *answerPart {
	o := p.Outcome
	s := &answerPart{by: storeActor(p.By), n: p.N, at: int64(p.At), position: uint64(o.Position), members: storeMembers(o.Members), count: int64(o.Count),
		reach: int64(o.Reach), refused: storeRefusal(o.Refused), pending: o.Pending, inside: o.Inside}
	if o.Channel != (core.ChannelInfo{}) {
		info := storeChannelInfo(o.Channel)
		s.channel = &info
	}
	for _, l := range o.List {
		s.list = append(s.list, listed{key{l.Inviter, l.RequestID, l.Invitee}, int64(l.State), uint64(l.Made),
			int64(l.Place), int64(l.At), int64(l.Deadline)})
	}
	return s
}

func (s *answerPart) part() core.AnswerPart {
	o := core.Outcome{Members: membersOf(s.members), Count: int(s.count), Reach: core.Reach(s.reach), Refused: s.refused.refusal(),
		Position: core.Position(s.position), Pending: s.pending, Inside: s.inside}
	if s.channel != nil {
		o.Channel = s.channel.info()
	}
	for _, l := range s.list {
		o.List = append(o.List, core.Listed{Key: core.Key{Inviter: l.key.inviter, RequestID: l.key.requestID,
			Invitee: l.key.invitee}, State: core.State(l.state), Made: core.Position(l.made), Place: int(l.place),
			At: core.Time(l.at), Deadline: core.Time(l.deadline)})
	}
	return core.AnswerPart{By: s.by.actor(), N: s.n, At: core.Time(s.at), Outcome: o}
}

func (s *answerPart) Fields(v *codec.Visitor) {
	s.by.Fields(v)
	v.Uint("n", &s.n)
	v.Int("at", &s.at)
	v.Uint("position", &s.position)
	codec.Object(v, "channel", &s.channel)
	codec.List(v, "members", &s.members)
	v.Int("count", &s.count)
	v.Int("reach", &s.reach)
	codec.Object(v, "refused", &s.refused)
	codec.List(v, "list", &s.list)
	v.Strings("pending", &s.pending)
	v.Strings("inside", &s.inside)
}

type listed struct {
	key                 key
	state               int64
	made                uint64
	place, at, deadline int64
}

func (s *listed) Fields(v *codec.Visitor) {
	s.key.Fields(v)
	v.Int("state", &s.state)
	v.Uint("made", &s.made)
	v.Int("place", &s.place)
	v.Int("at", &s.at)
	v.Int("deadline", &s.deadline)
}
