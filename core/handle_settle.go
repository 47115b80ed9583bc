package core

func (a *App) settle(d *decision, o Settle) ([]Event, *Refusal) {
	if o.Reason > RejectBusy {
		return nil, &Refusal{Code: BadField, Field: "reason", Detail: "is neither 0 (does not want to) nor 1 (is busy)"}
	}
	c := a.live(o.Channel, d.Now)
	if c == nil {
		return nil, refuse(NoChannel, "")
	}
	asking := c.asking(d.By.Account, d.Now)
	if len(asking) == 0 {
		return nil, a.noneAsking(c, d.By.Account, d.Now)
	}
	ended := Ended{By: d.By, Channel: c.ID, Outcome: Accepted, Echo: true}
	if !o.Accept {
		ended.Outcome, ended.Reason = Rejected, o.Reason
	}
	return append(a.end(ended, c, asking, d.Now), d.answered(c.ID, false)), nil
}

// noneAsking is the refusal of an answer to nothing: it says how the last one of
// the account's invitations ended, if that was not long ago.
func (a *App) noneAsking(c *Channel, account string, now Time) *Refusal {
	var last *Invitation
	for _, i := range c.invitations {
		if i.Invitee == account && !a.forgotten(i, now) && (last == nil || endsBefore(last, i)) {
			last = i
		}
	}
	if last == nil {
		return refuse(NoInvitation, "")
	}
	refusal := last.stateAt(now).refusal()
	refusal.Detail = last.stateAt(now).String()
	return refusal
}

func (a *App) withdraw(d *decision, o Withdraw) ([]Event, *Refusal) {
	var bad checks
	invitees := bad.invitees(o.Invitees)
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
	own, others, refusal := c.withdrawn(d, oneOf(invitees))
	if refusal != nil {
		return nil, refusal
	}
	ended := Ended{By: d.By, Channel: c.ID, Echo: true, Outcome: Cancelled}
	events := a.end(ended, c, own, d.Now)
	ended.Outcome = Revoked
	events = append(events, a.end(ended, c, others, d.Now)...)
	return append(events, d.answered(c.ID, false)), nil
}

// withdrawn says which pending invitations of some accounts a Withdraw ends: the
// caller's own, and those of others, if it may. If it may not, those others stand
// beside one of its own, and are refused where there is none.
func (c *Channel) withdrawn(d *decision, meant func(string) bool) (own, others []*Invitation, refusal *Refusal) {
	mine := map[string]bool{}
	for _, i := range c.pendingAt(d.Now) {
		switch {
		case !meant(i.Invitee):
		case i.Inviter == d.By.Account:
			own = append(own, i)
			mine[i.Invitee] = true
		default:
			others = append(others, i)
		}
	}
	switch {
	case len(own)+len(others) == 0:
		return nil, nil, refuse(NoInvitation, "")
	case c.mayRevoke(d.By.Account):
		return own, others, nil
	}
	for _, i := range others {
		if !mine[i.Invitee] {
			return nil, nil, refuse(NeedAdministrator, "")
		}
	}
	return own, nil, nil
}
