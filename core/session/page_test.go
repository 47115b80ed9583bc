package session

import (
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core/wire"
)

// page is ada's page with a scripted relay: the test is network, clock and peer.
type page struct {
	*Session
	t    *testing.T
	now  Millis
	link Link     // dialled last
	out  []Output // not looked at yet
}

const relayEpoch = 1_700_000_000_000 // the relay's clock when the page's is 0

func newPage(t *testing.T, configure ...func(*Config)) *page {
	cfg := Config{App: "dev", Account: "ada", Token: "secret", Device: "phone", Life: "life-1"}
	for _, f := range configure {
		f(&cfg)
	}
	return &page{Session: New(cfg), t: t}
}

// onlinePage is a page with its first welcome behind it, and nothing else.
func onlinePage(t *testing.T, configure ...func(*Config)) *page {
	p := newPage(t, configure...)
	p.Connect(p.now)
	p.opens()
	p.hears(&wire.Welcome{Version: 1, Journal: "j", Position: 100, Now: p.relayNow()})
	p.skip()
	return p
}

func (p *page) relayNow() int64 { return relayEpoch + int64(p.now) }

func (p *page) drain() {
	for o := p.Next(); o != nil; o = p.Next() {
		if d, ok := o.(Dial); ok {
			p.link = d.Link
		}
		p.out = append(p.out, o)
	}
}

func (p *page) opens() {
	p.drain()
	p.Opened(p.now, p.link)
}

func (p *page) hears(f wire.Frame) { p.hearsText(string(wire.Append(nil, f))) }

func (p *page) hearsText(text string) {
	p.drain()
	p.Received(p.now, p.link, []byte(text))
}

func (p *page) closes(code wire.CloseCode) {
	p.drain()
	p.Closed(p.now, p.link, int(code), "")
}

func (p *page) does(o wire.Order) uint64 {
	n, err := p.Do(p.now, o)
	require.NoError(p.t, err)
	return n
}

// after lets time pass, with a Tick whenever the session wants one.
func (p *page) after(d Millis) {
	end := p.now + d
	for {
		p.drain()
		at, ok := p.Wake()
		if !ok || at > end {
			break
		}
		require.GreaterOrEqual(p.t, at, p.now, "a wake-up in the past")
		p.now = at
		p.Tick(p.now)
		p.drain()
		if next, ok := p.Wake(); ok {
			require.Greater(p.t, next, p.now, "a Tick has to get on")
		}
	}
	p.now = end
}

// sleeps lets time pass without any Tick, as in a page that is frozen.
func (p *page) sleeps(d Millis) { p.now += d }

// wants compares everything that came out since the last look. A frame stands
// for the Send that carries it over the latest link.
func (p *page) wants(claim string, want ...any) {
	p.t.Helper()
	p.drain()
	got := []any{}
	for _, o := range p.out {
		if s, ok := o.(Send); ok && s.Link == p.link {
			f, err := wire.Decode(wire.ToRelay, s.Text)
			require.NoError(p.t, err)
			got = append(got, f)
			continue
		}
		got = append(got, o)
	}
	if want == nil {
		want = []any{}
	}
	require.Equal(p.t, want, got, claim)
	p.out = nil
}

// skip drops what came out.
func (p *page) skip() {
	p.drain()
	p.out = nil
}

func (p *page) hello(r *wire.Resume) *wire.Hello {
	return &wire.Hello{Version: 1, App: "dev", Account: "ada", Token: "secret", Device: "phone", Life: "life-1", Resume: r}
}

// comesBack loses the link and gets to the next hello.
func (p *page) comesBack() *wire.Hello {
	p.closes(wire.CloseRestarting)
	p.after(8_000) // as long as the longest delay, for want of jitter at most
	return p.redialled()
}

// redialled opens the link that was dialled and returns the hello.
func (p *page) redialled() *wire.Hello {
	p.skip()
	p.opens()
	p.drain()
	require.Len(p.t, p.out, 1)
	f, err := wire.Decode(wire.ToRelay, p.out[0].(Send).Text)
	require.NoError(p.t, err)
	p.out = nil
	return f.(*wire.Hello)
}

// The cast and the props.

func room(id string, members ...string) *wire.Channel {
	c := &wire.Channel{ID: id, Name: id, Kind: "call", Type: 2, Creator: "bob"}
	for _, m := range members {
		c.Members = append(c.Members, *member(m))
	}
	return c
}

func member(account string) *wire.Member {
	device := account + "-phone"
	if account == "ada" {
		device = "phone"
	}
	return &wire.Member{Account: account, Device: device, UID: "7"}
}

func rings(position uint64, requestID string, deadline int64) *wire.Notice {
	return wire.NewNotice(position, relayEpoch, &wire.Invited{Channel: room("r1"), Inviter: "bob", Device: "bob-phone",
		RequestID: requestID, Invitees: []string{"ada"}, Deadline: deadline})
}

func pending(position uint64, requestID string, deadline int64) wire.Invitation {
	return wire.Invitation{Position: position, Channel: room("r1"), Inviter: "bob", Device: "bob-phone",
		RequestID: requestID, Invitee: "ada", Made: relayEpoch, Deadline: deadline}
}

func joins(position uint64, channel, account string) *wire.Notice {
	return wire.NewNotice(position, relayEpoch, &wire.Joined{Channel: room(channel), Device: account + "-phone", Member: member(account)})
}

func leaves(position uint64, channel, account string) *wire.Notice {
	return wire.NewNotice(position, relayEpoch, &wire.Left{Channel: room(channel), Device: account + "-phone", Account: account})
}

func ok(n, position uint64, c *wire.Channel) wire.Reply {
	return wire.Reply{N: n, Position: position, OK: &wire.Outcome{Channel: c}}
}

func replied(r wire.Reply) Replied {
	return Replied{N: r.N, Position: r.Position, OK: r.OK, Refusal: r.Error}
}

func failed(n uint64, kind FailureKind) Replied {
	return Replied{N: n, Failure: &Failure{Kind: kind}}
}
