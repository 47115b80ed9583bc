package core

import "slices"

func (a *App) control(d *decision, o Control) ([]Event, *Refusal) {
	var bad checks
	bad.text("attach", o.Attach, MaxAttach)
	if bad.refusal != nil {
		return nil, bad.refusal
	}
	c := a.live(o.Channel, d.Now)
	if c == nil {
		return nil, refuse(NoChannel, "")
	}
	told := Controlled{By: d.By, Channel: c.ID, Account: o.To, Attach: o.Attach}
	switch {
	case o.To == "":
		told.To = c.others(d.By.Account)
	case o.To == d.By.Account, !c.belongs(o.To):
		return nil, refuse(NotMember, "")
	default:
		told.To = []string{o.To}
	}
	return []Event{told, d.answered(c.ID, false)}, nil
}

func (a *App) message(d *decision, o Message) ([]Event, *Refusal) {
	var bad checks
	bad.account("to", o.To)
	bad.text("attach", o.Attach, MaxAttach)
	if bad.refusal != nil {
		return nil, bad.refusal
	}
	answer := d.answered("", false)
	answer.Reach = d.reach(o.To, Push{})
	return []Event{Messaged{By: d.By, Attach: o.Attach, To: []string{o.To}}, answer}, nil
}

func (a *App) markRead(d *decision, o MarkRead) ([]Event, *Refusal) {
	var known []Position
	if acc := a.accounts[d.By.Account]; acc != nil {
		for _, p := range o.Positions {
			if i, found := acc.find(p); found && acc.rows()[i].Now+a.config.InboxTime > d.Now && !slices.Contains(known, p) {
				known = append(known, p)
			}
		}
	}
	answer := d.answered("", false)
	if len(known) == 0 {
		return []Event{answer}, nil
	}
	return []Event{MarkedRead{By: d.By, Positions: known}, answer}, nil
}
