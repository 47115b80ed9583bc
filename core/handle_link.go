package core

func (a *App) linkDown(d *decision) ([]Event, *Refusal) {
	for _, s := range a.seatsOf(d.By) {
		if s.Lost == 0 {
			return []Event{LinkLost{By: d.By}}, nil
		}
	}
	return nil, nil
}

func (a *App) linkUp(d *decision) ([]Event, *Refusal) {
	for _, s := range a.seatsOf(d.By) {
		if s.Lost != 0 {
			return []Event{LinkBack{By: d.By}}, nil
		}
	}
	return nil, nil
}

func (a *App) linksDown() ([]Event, *Refusal) {
	for _, acc := range a.accounts {
		for _, s := range acc.seats {
			if s.Lost == 0 {
				return []Event{LinksLost{}}, nil
			}
		}
	}
	return nil, nil
}

// seatsOf lists the seats that are held through an actor's device.
func (a *App) seatsOf(by Actor) []*seat {
	acc := a.accounts[by.Account]
	if acc == nil {
		return nil
	}
	var list []*seat
	for _, s := range acc.seats {
		if s.Device == by.Device {
			list = append(list, s)
		}
	}
	return list
}
