package core

// Handle decides what a command does. It changes nothing: the events that it
// returns do, once they are in the journal and given to [App.Apply]. A command
// that is not carried out gets a [*Refusal].
//
// Ask [App.Answer] first: what was answered under the command's id is not to be
// handled again.
func (a *App) Handle(env Env, c Command) ([]Event, error) {
	events, refusal := a.decide(&decision{Env: env, Command: c})
	if refusal != nil {
		return nil, refusal
	}
	return events, nil
}

// A decision is a command with the world it is decided in.
type decision struct {
	Env
	Command
}

func (a *App) decide(d *decision) ([]Event, *Refusal) {
	switch o := d.Do.(type) {
	case Create:
		return a.create(d, o)
	case Join:
		return a.join(d, o)
	case Leave:
		return a.leave(d, o)
	case Close:
		return a.close(d, o)
	case Invite:
		return a.invite(d, o)
	case Cancel:
		return a.cancel(d, o)
	case Accept:
		return a.accept(d, o)
	case JoinAndAccept:
		return a.joinAndAccept(d, o)
	case Reject:
		return a.reject(d, o)
	case Call:
		return a.call(d, o)
	case Delay:
		return a.delay(d, o)
	case CreateAndJoin:
		return a.createAndJoin(d, o)
	case Control:
		return a.control(d, o)
	case Message:
		return a.message(d, o)
	case MarkRead:
		return a.markRead(d, o)
	case LinkDown:
		return a.linkDown(d)
	case LinkUp:
		return a.linkUp(d)
	case LinksDown:
		return a.linksDown()
	}
	return a.decideRoom(d)
}

// decideRoom is decide, for the orders that rooms brought.
func (a *App) decideRoom(d *decision) ([]Event, *Refusal) {
	switch o := d.Do.(type) {
	case CreateRoom:
		return a.createRoom(d, o)
	case Enter:
		return a.enter(d, o)
	case InviteAll:
		return a.inviteAll(d, o)
	case Withdraw:
		return a.withdraw(d, o)
	case Settle:
		return a.settle(d, o)
	case Kick:
		return a.kick(d, o)
	case SetRole:
		return a.setRole(d, o)
	case SetCard:
		return a.setCard(d, o)
	case SetTitle:
		return a.setTitle(d, o)
	case SetPassword:
		return a.setPassword(d, o)
	case SetProfile:
		return a.setProfile(d, o)
	}
	panic("core: an order of an unknown kind")
}

// answered is the event that ends a command which shows a channel.
func (d *decision) answered(channel string, members bool) Answered {
	return Answered{By: d.By, N: d.N, Channel: channel, Members: members}
}

// reach says whether an account can be reached, and if not, what became of the push.
func (d *decision) reach(account string, push Push) Reach {
	switch {
	case d.Online(account):
		return Reached
	case push.Need: // no push channel exists yet that could take it
		return NoPush
	}
	return Offline
}

// freshChannel makes an id that no live channel has, of 32 hexadecimal digits.
func (a *App) freshChannel(d *decision) string {
	random := d.Random
	for {
		id := hexadecimal(random)
		if a.channels[id] == nil && a.bearer(id) == nil {
			return id
		}
		for k := len(random) - 1; k >= 0; k-- { // the next number
			if random[k]++; random[k] != 0 {
				break
			}
		}
	}
}

// hexadecimal does what encoding/hex does, which would bring fmt and os with it.
func hexadecimal(b [16]byte) string {
	const digits = "0123456789abcdef"
	var text [2 * len(b)]byte
	for i, x := range b {
		text[2*i], text[2*i+1] = digits[x>>4], digits[x&15]
	}
	return string(text[:])
}

// maxExact is the largest number that JavaScript counts up to exactly.
const maxExact = 1<<53 - 1

// freshUID makes a uid that no member of the channel has; c may be nil.
func (d *decision) freshUID(c *Channel) uint64 {
	var uid uint64
	for _, b := range d.Random[8:] {
		uid = uid<<8 | uint64(b)
	}
	for uid &= maxExact; uid == 0 || c != nil && c.uidTaken(uid, ""); {
		uid = (uid + 1) & maxExact
	}
	return uid
}
