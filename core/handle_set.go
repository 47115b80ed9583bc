package core

func (a *App) setTitle(d *decision, o SetTitle) ([]Event, *Refusal) {
	var bad checks
	bad.bytes("title", o.Title, MaxTitle)
	if bad.refusal != nil {
		return nil, bad.refusal
	}
	return a.setRoom(d, o.Channel, func(e *RoomChanged) {
		if e.Title = o.Title; e.Title == "" {
			e.Title = o.Channel
		}
	})
}

func (a *App) setPassword(d *decision, o SetPassword) ([]Event, *Refusal) {
	var bad checks
	bad.bytes("password", o.Password, MaxPassword)
	if bad.refusal != nil {
		return nil, bad.refusal
	}
	return a.setRoom(d, o.Channel, func(e *RoomChanged) { e.Password = o.Password })
}

// setRoom changes what the owner and the administrators may change.
func (a *App) setRoom(d *decision, channel string, set func(*RoomChanged)) ([]Event, *Refusal) {
	by, refusal := a.inside(d, channel)
	switch {
	case refusal != nil:
		return nil, refusal
	case by.Role == RoleMember:
		return nil, refuse(NeedAdministrator, "")
	}
	c := by.channel
	answer := d.answered(c.ID, false)
	changed := RoomChanged{By: d.By, Channel: c.ID, Title: c.Title, Password: c.Password, To: c.accounts()}
	if set(&changed); changed.Title == c.Title && changed.Password == c.Password {
		return []Event{answer}, nil
	}
	return []Event{changed, answer}, nil
}

func (a *App) setProfile(d *decision, o SetProfile) ([]Event, *Refusal) {
	var bad checks
	bad.text("name", o.Profile.Name, MaxProfileName)
	bad.text("avatar", o.Profile.Avatar, MaxAvatar)
	bad.text("custom", o.Profile.Custom, MaxCustom)
	if bad.refusal != nil {
		return nil, bad.refusal
	}
	answer := d.answered("", false)
	if o.Profile == a.Profile(d.By.Account) {
		return []Event{answer}, nil
	}
	return []Event{ProfileChanged{By: d.By, Profile: o.Profile, To: a.companions(d.By.Account)}, answer}, nil
}

// companions lists an account, and behind it all who are in a channel with it,
// each once.
func (a *App) companions(account string) []string {
	to := []string{account}
	seen := map[string]bool{account: true}
	for _, c := range a.Joined(account) {
		for _, s := range c.seats {
			if !seen[s.Account] {
				seen[s.Account] = true
				to = append(to, s.Account)
			}
		}
	}
	return to
}
