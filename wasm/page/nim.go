package page

import (
	"beckon/core/nim"
	"beckon/core/session"
	"beckon/core/wire"
)

// nimDialect is core/nim for one device.
type nimDialect struct{ account, device string }

func (d nimDialect) ask(method, options string) (request, error) {
	r, err := nim.Ask(method, []byte(options))
	if err != nil {
		return nil, err
	}
	return nimRequest{r}, nil
}

func (d nimDialect) told(n *wire.Notice) []event {
	var list []event
	for _, e := range nim.Events(d.account, d.device, n) {
		list = append(list, event{e.Name, e.JSON})
	}
	return list
}

// fresh tells of channels and invitations that are over: how they ended is not
// known any more, but a page that still rings, or still talks, has to learn it.
func (d nimDialect) fresh(f session.Fresh, now int64) []event {
	var list []event
	for _, i := range f.GoneInvitations {
		list = append(list, d.told(&wire.Notice{Time: now, Event: &wire.Ended{
			Channel: i.Channel, By: i.Inviter, Outcome: "cancelled",
			Invitations: []wire.Key{{Inviter: i.Inviter, RequestID: i.RequestID, Invitee: i.Invitee}},
		}})...)
	}
	for _, c := range f.GoneChannels {
		list = append(list, d.told(&wire.Notice{Time: now, Event: &wire.Closed{Channel: &c.Channel}})...)
	}
	return list
}

func (d nimDialect) disconnected(e session.Disconnected) string {
	if e.Why == session.GaveUp {
		return nim.Disconnected(wire.CloseGoingAway, nil)
	}
	if e.Why == session.Asked {
		return nim.Disconnected(wire.CloseNormal, nil)
	}
	return nim.Disconnected(e.Code, e.Refusal)
}

type nimRequest struct{ *nim.Request }

func (r nimRequest) order() wire.Order { return r.Order }

func (r nimRequest) answer(a session.Replied) (string, error) {
	switch {
	case a.Failure != nil:
		return "", r.failed(a.Failure)
	case a.Refusal != nil:
		return "", r.Refused(a.Refusal)
	}
	return r.Result(a.OK)
}

func (r nimRequest) failed(f *session.Failure) error {
	switch f.Kind {
	case session.FailTooLarge:
		return r.TooLarge(f.Limit)
	case session.FailTimeout:
		return r.Failed(nim.TimedOut)
	case session.FailDisconnected:
		return r.Failed(nim.LinkLost)
	case session.FailNotText:
		return r.Refused(&wire.Refusal{Code: "bad-field", Detail: "is not Unicode text"})
	}
	return r.Failed(nim.NotLoggedIn)
}
