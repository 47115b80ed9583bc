package core

import "strconv"

func (a *App) inviteAll(d *decision, o InviteAll) ([]Event, *Refusal) {
	var bad checks
	invitees := bad.invitees(o.Invitees)
	bad.timeout(o.Timeout)
	bad.text("attach", o.Attach, MaxAttach)
	if bad.refusal != nil {
		return nil, bad.refusal
	}
	c := a.live(o.Channel, d.Now)
	switch {
	case c == nil:
		return nil, refuse(NoChannel, "")
	case !c.belongs(d.By.Account):
		return nil, refuse(NotMember, "")
	}
	answer := d.answered(c.ID, false)
	rung := a.sort(d, c, invitees, &answer)
	if len(rung) == 0 {
		return []Event{answer}, nil
	}
	before, refusal := a.makeRoom(d, c, c.accounts(), rung)
	if refusal != nil {
		return nil, refusal
	}
	invited := Invited{By: d.By, Channel: c.ID, RequestID: d.freshRequest(c), Attach: o.Attach,
		Always: true, Echo: true, To: rung, Members: c.accounts()}
	if o.Timeout != 0 {
		invited.Deadline = d.Now + o.Timeout
	}
	for _, account := range rung {
		invited.Invitees = append(invited.Invitees, Invitee{Account: account, Rang: d.Online(account)})
	}
	return append(before, invited, answer), nil
}

// sort tells the accounts that are to be rung from those that the answer names:
// members, of whom the caller counts as one, and those who are being rung.
func (a *App) sort(d *decision, c *Channel, invitees []string, answer *Answered) (rung []string) {
	isMember := oneOf(c.accounts())
	pending := map[string]bool{}
	for _, i := range c.pendingAt(d.Now) {
		pending[i.Invitee] = true
	}
	for _, account := range invitees {
		switch {
		case account == d.By.Account, isMember(account):
			answer.Inside = append(answer.Inside, account)
		case pending[account]:
			answer.Pending = append(answer.Pending, account)
		default:
			rung = append(rung, account)
		}
	}
	return rung
}

// freshRequest makes a requestId that no invitation of the channel has.
func (d *decision) freshRequest(c *Channel) string {
	taken := map[string]bool{}
	for _, i := range c.invitations {
		taken[i.RequestID] = true
	}
	for n := d.freshUID(nil); ; n = n&maxExact + 1 {
		if id := strconv.FormatUint(n, 10); !taken[id] {
			return id
		}
	}
}

// makeRoom says whether some accounts can be rung for a channel that has those
// members, and which ended invitations its list has to lose before.
func (a *App) makeRoom(d *decision, c *Channel, members, rung []string) ([]Event, *Refusal) {
	switch most := a.most(c); {
	case len(members) >= most:
		return nil, &Refusal{Code: ChannelFull, Limit: most}
	case int(c.pending)+len(rung) > a.config.Pending:
		return nil, &Refusal{Code: LimitReached, Field: "pending", Limit: a.config.Pending,
			Detail: "pending invitations of one channel"}
	}
	if refusal := a.askable(d.By.Account, rung); refusal != nil {
		return nil, refusal
	}
	return a.unlist(d, c, members, rung)
}

// ringing is how many pending invitations an account has made.
func (a *App) ringing(inviter string) int {
	if acc := a.accounts[inviter]; acc != nil {
		return int(acc.ringing)
	}
	return 0
}

// askable says whether accounts may be rung once more each, by that inviter. Who
// rings too many gets to ring more as these end, so it is told to come back.
func (a *App) askable(inviter string, rung []string) *Refusal {
	if most := a.config.Rung; most > 0 && a.ringing(inviter)+len(rung) > most {
		return &Refusal{Code: Busy, Field: "pending", Limit: most, Detail: "pending invitations of one inviter"}
	}
	for _, account := range rung {
		if acc := a.accounts[account]; acc != nil && len(acc.pending) >= a.config.Asked {
			return &Refusal{Code: LimitReached, Field: "invitee", Limit: a.config.Asked,
				Detail: "pending invitations of one invitee: " + account}
		}
	}
	return nil
}
