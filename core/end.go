package core

// pendingAt lists the invitations that are pending at now, in the order in which
// they were made.
func (c *Channel) pendingAt(now Time) []*Invitation {
	var list []*Invitation
	for _, i := range c.invitations {
		if i.stateAt(now) == Pending {
			list = append(list, i)
		}
	}
	return list
}

// end decides that several invitations of a channel end, as e says how. What is
// cancelled or revoked while its invitee has not read it is stored, whatever was
// asked for (N10), and so ends in an event of its own.
func (a *App) end(e Ended, c *Channel, list []*Invitation, now Time) []Event {
	var unread, others []*Invitation
	for _, i := range list {
		if (e.Outcome == Cancelled || e.Outcome == Revoked) && a.unread(i, now) {
			unread = append(unread, i)
		} else {
			others = append(others, i)
		}
	}
	var events []Event
	ended := func(list []*Invitation, store bool) {
		if len(list) > 0 {
			e.Store, e.Invitations, e.To = store, keys(list), concerned(e.Outcome, list)
			e.Members = c.rest(e.To)
			events = append(events, e)
		}
	}
	asked := e.Store
	ended(unread, true)
	ended(others, asked)
	return events
}

func keys(list []*Invitation) []Key {
	keys := make([]Key, len(list))
	for k, i := range list {
		keys[k] = i.Key
	}
	return keys
}

// concerned lists who is told of an end, each once: the inviters, unless it is
// cancelled, and then the invitees.
func concerned(outcome State, list []*Invitation) []string {
	var to []string
	seen := map[string]bool{}
	add := func(account string) {
		if !seen[account] {
			seen[account] = true
			to = append(to, account)
		}
	}
	if outcome != Cancelled {
		for _, i := range list {
			add(i.Inviter)
		}
	}
	for _, i := range list {
		add(i.Invitee)
	}
	return to
}
