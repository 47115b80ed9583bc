package engine

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/wire"
)

// life is a page that comes back after each loss, asks again for what it has no
// answer to, and minds that everything comes once and in order.
type life struct {
	w *world
	*page
	first   uint64 // where it started fresh
	heard   []core.Position
	asked   map[uint64]wire.Order // without an answer yet
	answers map[uint64]*wire.Reply
	repeats map[uint64]bool // asked again though answered
	rings   []ring          // that it has heard of
	own     []string        // channels that its commands were about
	reached uint64          // position of the latest frame on this link
	online  bool            // this link has its welcome
}

type ring struct{ channel, inviter, id string }

func newLife(w *world, name string) *life {
	l := &life{w: w, page: w.link(name), online: true, asked: map[uint64]wire.Order{}, answers: map[uint64]*wire.Reply{}, repeats: map[uint64]bool{}}
	l.first = l.welcome.Position
	return l
}

// come opens a new link.
func (l *life) come() {
	for l.read() > 0 { // reading may lead to asking, and the answers are not to be lost
	}
	l.page = l.back(slices.Sorted(maps.Keys(l.asked))...)
	l.reached, l.online = 0, false
}

// read takes what has come, and says how much it was.
func (l *life) read() int {
	synctest.Wait()
	told := l.last
	frames := l.take()
	for _, f := range frames {
		switch f := f.(type) {
		case *wire.Welcome:
			l.welcomed(f)
		case *wire.Notice:
			require.Greater(l.w.t, f.Position, told, "a notice is told once, and in order")
			told = f.Position
			l.inOrder(f.Position)
			l.heard = append(l.heard, core.Position(f.Position))
			l.learn(f.Event)
		case *wire.Reply:
			if f.OK != nil && !l.repeats[f.N] {
				l.inOrder(f.Position)
			}
			l.answered(f)
		}
	}
	return len(frames)
}

// inOrder minds that replies and notices come in the order of their positions.
func (l *life) inOrder(position uint64) {
	require.Greater(l.w.t, position, l.reached)
	l.reached = position
}

func (l *life) welcomed(f *wire.Welcome) {
	require.True(l.w.t, f.Resumed, "nobody was away for long")
	l.online = true
	for i := range f.Answers {
		l.answered(&f.Answers[i])
	}
	for _, n := range slices.Sorted(maps.Keys(l.asked)) {
		l.resend(n, l.asked[n])
	}
}

func (l *life) answered(r *wire.Reply) {
	if l.repeats[r.N] {
		delete(l.repeats, r.N)
		require.Equal(l.w.t, faceless(l.answers[r.N]), faceless(r), "asking again gives the first answer")
		return
	}
	require.Contains(l.w.t, l.asked, r.N, "a command is answered once")
	delete(l.asked, r.N)
	l.answers[r.N] = r
	if r.OK != nil && r.OK.Channel != nil {
		l.own = append(l.own, r.OK.Channel.ID)
	}
}

// faceless is a reply without profiles, which are always those of the moment.
func faceless(r *wire.Reply) *wire.Reply {
	bare, ok := *r, *r.OK
	bare.OK = &ok
	if r.OK.Channel != nil {
		channel := *r.OK.Channel
		channel.Members = slices.Clone(channel.Members)
		for i := range channel.Members {
			channel.Members[i].Name = ""
		}
		channel.Invitations = slices.Clone(channel.Invitations)
		for i := range channel.Invitations {
			channel.Invitations[i].Users = nil
		}
		ok.Channel = &channel
	}
	return &bare
}

func (l *life) learn(e wire.Event) {
	if e, ok := e.(*wire.Invited); ok && slices.Contains(e.Invitees, l.Account) {
		l.rings = append(l.rings, ring{e.Channel.ID, e.Inviter, e.RequestID})
	}
}

// act does something at random.
func (l *life) act(random *rand.Rand, channels []string, others []string) {
	if !l.online || len(l.asked) >= 30 {
		return
	}
	order := l.choose(random, channels, others)
	l.n++
	l.asked[l.n] = order
	l.resend(l.n, order)
}

func (l *life) choose(random *rand.Rand, channels, others []string) wire.Order {
	other := others[random.IntN(len(others))]
	id := string(rune('a' + random.IntN(3)))
	channel := recent(random, channels)
	if random.IntN(3) > 0 {
		channel = recent(random, l.own)
	}
	r := recent(random, l.rings)
	store := random.IntN(2) == 0
	if random.IntN(3) == 0 {
		return l.chooseInRoom(random, other, r.channel)
	}
	switch random.IntN(19) {
	case 0:
		return &wire.Create{Type: 1}
	case 1, 2:
		return callEx(other, id)
	case 3:
		return &wire.Invite{Channel: channel, Invitee: other, RequestID: id, Store: store}
	case 4:
		return &wire.Cancel{Channel: channel, Invitee: other, RequestID: id}
	case 5:
		return accept(r.channel, r.inviter, r.id)
	case 6, 7:
		return &wire.JoinAndAccept{Channel: r.channel, Inviter: r.inviter, RequestID: r.id, Store: store}
	case 8:
		return &wire.Reject{Channel: r.channel, Inviter: r.inviter, RequestID: r.id}
	case 9:
		return &wire.Join{Channel: channel}
	case 10:
		return &wire.Leave{Channel: channel}
	case 11:
		return &wire.Control{Channel: channel, Attach: id}
	case 12:
		return &wire.Message{To: other, Attach: id}
	case 13:
		return &wire.Delay{Channel: channel}
	case 14, 15, 16, 17:
		return &wire.MarkRead{Positions: []uint64{uint64(recent(random, l.heard)), 7}}
	}
	return &wire.Close{Channel: channel}
}

func (l *life) chooseInRoom(random *rand.Rand, other, asked string) wire.Order {
	const room = "team-1"
	password := []string{"", "", "open"}[random.IntN(3)]
	switch random.IntN(24) {
	case 0, 1:
		return &wire.CreateRoom{Channel: room, Password: password}
	case 2, 3, 4, 5:
		return &wire.Enter{Channel: room, Password: password}
	case 6, 7, 8:
		return &wire.InviteAll{Channel: room, Invitees: []string{other, accounts[random.IntN(len(accounts))], "nobody"},
			Timeout: int64(random.IntN(3)) * 5000}
	case 9, 10:
		return &wire.Withdraw{Channel: room, Invitees: []string{other, "nobody"}}
	case 11, 12:
		return &wire.Settle{Channel: asked, Accept: random.IntN(2) == 0}
	case 13:
		return &wire.Kick{Channel: room, Account: other}
	case 14, 15:
		return &wire.SetRole{Channel: room, Account: other, Role: []string{"", "administrator", "owner"}[random.IntN(3)]}
	case 16, 17:
		return &wire.SetCard{Channel: room, Account: l.Account, Card: password}
	case 18, 19:
		return &wire.SetProfile{Name: password}
	}
	return &wire.SetPassword{Channel: room, Password: password}
}

// recent is one of the last in a list.
func recent[T any](random *rand.Rand, list []T) (one T) {
	if len(list) > 0 {
		one = list[max(0, len(list)-1-random.IntN(5))]
	}
	return one
}

// askAgain repeats the latest command that was carried out.
func (l *life) askAgain() {
	if r := l.answers[l.n]; l.online && r != nil && r.OK != nil && l.asked[l.n] == nil && !l.repeats[l.n] {
		l.repeats[l.n] = true
		l.resend(l.n, &wire.Create{Type: 1}) // whatever is asked, the number counts
	}
}
