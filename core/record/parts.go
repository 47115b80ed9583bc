package record

import (
	"beckon/core"
	"beckon/core/codec"
)

// actor is stored as three fields of the event itself.
type actor struct{ account, device, life string }

func storeActor(a core.Actor) actor { return actor{a.Account, a.Device, a.Life} }

func (a *actor) actor() core.Actor {
	return core.Actor{Account: a.account, Device: a.device, Life: a.life}
}

func (a *actor) Fields(v *codec.Visitor) {
	v.String("by", &a.account)
	v.String("device", &a.device)
	v.String("life", &a.life)
}

// told is what events share that are told to accounts.
type told struct {
	attach string
	store  bool
	to     []string
}

func (t *told) Fields(v *codec.Visitor) {
	v.String("attach", &t.attach)
	v.Bool("store", &t.store)
	v.Strings("to", &t.to)
}

// shared is what invitations tell besides, since there are lists of them.
type shared struct {
	echo    bool
	members []string
}

func (s *shared) Fields(v *codec.Visitor) {
	v.Bool("echo", &s.echo)
	v.Strings("members", &s.members)
}

type push struct {
	need, noBadge           bool
	title, content, payload string
}

func storePush(p core.Push) *push {
	if p == (core.Push{}) {
		return nil
	}
	return &push{p.Need, p.NoBadge, p.Title, p.Content, p.Payload}
}

func (p *push) push() core.Push {
	if p == nil {
		return core.Push{}
	}
	return core.Push{Need: p.need, NoBadge: p.noBadge, Title: p.title, Content: p.content, Payload: p.payload}
}

func (p *push) Fields(v *codec.Visitor) {
	v.Bool("need", &p.need)
	v.Bool("noBadge", &p.noBadge)
	v.String("title", &p.title)
	v.String("content", &p.content)
	v.String("payload", &p.payload)
}

type invitee struct {
	account string
	rang    bool
}

func (i *invitee) Fields(v *codec.Visitor) {
	v.String("account", &i.account)
	v.Bool("rang", &i.rang)
}

type key struct{ inviter, requestID, invitee string }

func (k *key) Fields(v *codec.Visitor) {
	v.String("inviter", &k.inviter)
	v.String("requestId", &k.requestID)
	v.String("invitee", &k.invitee)
}

type refusal struct {
	code, field, detail string
	limit               int64
}

func storeRefusal(r *core.Refusal) *refusal {
	if r == nil {
		return nil
	}
	return &refusal{string(r.Code), r.Field, r.Detail, int64(r.Limit)}
}

func (r *refusal) refusal() *core.Refusal {
	if r == nil {
		return nil
	}
	return &core.Refusal{Code: core.Code(r.code), Field: r.field, Limit: int(r.limit), Detail: r.detail}
}

func (r *refusal) Fields(v *codec.Visitor) {
	v.String("code", &r.code)
	v.String("field", &r.field)
	v.String("detail", &r.detail)
	v.Int("limit", &r.limit)
}
