package record

import (
	"beckon/core"
	"beckon/core/codec"
)

type invited struct {
	by                 actor
	channel, requestID string
	invitees           []invitee
	deadline           int64
	push               *push
	told               told
	always             bool
	shared             shared
}

func storeInvited(e core.Invited) *invited {
	s := &invited{storeActor(e.By), e.Channel, e.RequestID, make([]invitee, len(e.Invitees)), int64(e.Deadline),
		storePush(e.Push), told{e.Attach, e.Store, e.To}, e.Always, shared{e.Echo, e.Members}}
	for i, who := range e.Invitees {
		s.invitees[i] = invitee{who.Account, who.Rang}
	}
	return s
}

func (s *invited) event() core.Event {
	e := core.Invited{By: s.by.actor(), Channel: s.channel, RequestID: s.requestID,
		Invitees: make([]core.Invitee, len(s.invitees)), Deadline: core.Time(s.deadline), Push: s.push.push(),
		Attach: s.told.attach, Store: s.told.store, Always: s.always, Echo: s.shared.echo, To: s.told.to, Members: s.shared.members}
	for i, who := range s.invitees {
		e.Invitees[i] = core.Invitee{Account: who.account, Rang: who.rang}
	}
	return e
}

func (s *invited) Fields(v *codec.Visitor) {
	s.by.Fields(v)
	v.String("channel", &s.channel)
	v.String("requestId", &s.requestID)
	codec.List(v, "invitees", &s.invitees)
	v.Int("deadline", &s.deadline)
	codec.Object(v, "push", &s.push)
	s.told.Fields(v)
	v.Bool("always", &s.always)
	s.shared.Fields(v)
}

type ended struct {
	by              actor
	channel         string
	outcome, reason int64
	invitations     []key
	told            told
	shared          shared
}

func storeEnded(e core.Ended) *ended {
	s := &ended{storeActor(e.By), e.Channel, int64(e.Outcome), int64(e.Reason), make([]key, len(e.Invitations)),
		told{e.Attach, e.Store, e.To}, shared{e.Echo, e.Members}}
	for i, k := range e.Invitations {
		s.invitations[i] = key{k.Inviter, k.RequestID, k.Invitee}
	}
	return s
}

func (s *ended) event() core.Event {
	e := core.Ended{By: s.by.actor(), Channel: s.channel, Outcome: core.State(s.outcome),
		Reason: core.RejectReason(s.reason), Invitations: make([]core.Key, len(s.invitations)),
		Attach: s.told.attach, Store: s.told.store, Echo: s.shared.echo, To: s.told.to, Members: s.shared.members}
	for i, k := range s.invitations {
		e.Invitations[i] = core.Key{Inviter: k.inviter, RequestID: k.requestID, Invitee: k.invitee}
	}
	return e
}

func (s *ended) Fields(v *codec.Visitor) {
	s.by.Fields(v)
	v.String("channel", &s.channel)
	v.Int("outcome", &s.outcome)
	v.Int("reason", &s.reason)
	codec.List(v, "invitations", &s.invitations)
	s.told.Fields(v)
	s.shared.Fields(v)
}

type linkLost struct{ by actor }

func (s *linkLost) event() core.Event       { return core.LinkLost{By: s.by.actor()} }
func (s *linkLost) Fields(v *codec.Visitor) { s.by.Fields(v) }

type linkBack struct{ by actor }

func (s *linkBack) event() core.Event       { return core.LinkBack{By: s.by.actor()} }
func (s *linkBack) Fields(v *codec.Visitor) { s.by.Fields(v) }

type linksLost struct{}

func (s *linksLost) event() core.Event     { return core.LinksLost{} }
func (s *linksLost) Fields(*codec.Visitor) {}

type answered struct {
	by      actor
	n       uint64
	channel string
	reach   int64
	refused *refusal
	members bool
	list    bool
	pending []string
	inside  []string
}

func storeAnswered(e core.Answered) *answered {
	return &answered{storeActor(e.By), e.N, e.Channel, int64(e.Reach), storeRefusal(e.Refused), e.Members,
		e.List, e.Pending, e.Inside}
}

func (s *answered) event() core.Event {
	return core.Answered{By: s.by.actor(), N: s.n, Channel: s.channel, Reach: core.Reach(s.reach),
		Refused: s.refused.refusal(), Members: s.members, List: s.list, Pending: s.pending, Inside: s.inside}
}

func (s *answered) Fields(v *codec.Visitor) {
	s.by.Fields(v)
	v.Uint("n", &s.n)
	v.String("channel", &s.channel)
	v.Int("reach", &s.reach)
	codec.Object(v, "refused", &s.refused)
	v.Bool("members", &s.members)
	v.Bool("list", &s.list)
	v.Strings("pending", &s.pending)
	v.Strings("inside", &s.inside)
}
