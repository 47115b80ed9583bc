package core

// unlist decides which ended invitations leave a channel's list so that some
// accounts have room in it: those that ended first.
func (a *App) unlist(d *decision, c *Channel, members, rung []string) ([]Event, *Refusal) {
	if len(c.invitations)+len(rung) <= a.config.Listed { // the list is no longer than that
		return nil, nil
	}
	entries := c.entries(d.Now)
	length := len(entries)
	isRung := oneOf(rung)
	for _, account := range rung {
		if entries[account] == nil {
			length++
		}
	}
	over := length - a.config.Listed
	if over <= 0 {
		return nil, nil
	}
	var ended []*Invitation
	for _, i := range c.invitations {
		if entries[i.Invitee] == i && i.stateAt(d.Now) != Pending && !isRung(i.Invitee) {
			ended = append(ended, i)
		}
	}
	if len(ended) < over {
		return nil, &Refusal{Code: LimitReached, Field: "listed", Limit: a.config.Listed,
			Detail: "accounts in the list of one channel's invitations"}
	}
	sortByEnd(ended)
	return []Event{Unlisted{Channel: c.ID, Invitations: keys(ended[:over]), To: members}}, nil
}
