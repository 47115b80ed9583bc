package main

import (
	"beckon/core"
)

// exploreMachine makes every move in every world that there is.
func exploreMachine() (seen []step) {
	for _, moves := range fields() {
		explore(moves, func(s step) { seen = append(seen, s) })
	}
	return seen
}

// nowhere is the state of what there is not.
const nowhere = "nothing"

func invitationChart(seen []step) *chart {
	c := &chart{name: "invitation", title: "An invitation", height: 400,
		about: "Every state but pending is final, and an invitation reaches one of them, once. Asked again by the same key after its end, " +
			"it is a new invitation.",
		states: []state{
			{nowhere, "", 96, 200, outside},
			{"pending", "rings", 340, 200, passing},
			{"accepted", "", 620, 40, final},
			{"rejected", "", 620, 120, final},
			{"cancelled", "", 620, 200, final},
			{"revoked", "", 620, 280, final},
			{"expired", "", 620, 360, final},
		}}
	for _, s := range seen {
		for _, e := range s.events {
			switch e := e.(type) {
			case core.Invited:
				c.add(nowhere, core.Pending.String(), "the inviter", s.name)
			case core.Ended:
				for _, key := range e.Invitations {
					c.add(s.before.asking(key).String(), e.Outcome.String(), s.whoOf(key), s.whatEnds(e))
				}
			}
		}
	}
	return c.settle()
}

// asking is the state of the last invitation with that key; 0: there is none.
func (l look) asking(key core.Key) core.State {
	for k := len(l.asked) - 1; k >= 0; k-- {
		if l.asked[k].Key == key {
			return l.asked[k].State
		}
	}
	return 0
}

// whoOf says what who moves is to an invitation.
func (s step) whoOf(key core.Key) string {
	switch member, is := s.before.members[s.by.Account]; {
	case s.do == nil:
		return ""
	case s.name == "close":
		return "a member, or the creator"
	case s.by.Account == key.Invitee:
		return "the invitee"
	case s.by.Account == key.Inviter:
		return "the inviter"
	case is && member.Role == core.RoleAdministrator:
		return "an administrator"
	case s.by.Account == s.before.channel.Creator:
		return "the owner, or creator"
	}
	return "somebody"
}

func (s step) whatEnds(e core.Ended) string {
	switch {
	case s.do != nil:
		return s.name
	case e.Outcome == core.Expired:
		return "nobody, until its deadline"
	}
	return "its channel's time is up"
}

func seatChart(seen []step) *chart {
	c := &chart{name: "member", title: "A member", height: 330,
		about: "An account has one seat in a channel, through one device.",
		states: []state{
			{nowhere, "not a member", 110, 165, outside},
			{"linked", "a device is there", 540, 50, passing},
			{"lost", "the grace period runs", 540, 280, passing},
		}}
	for _, s := range seen {
		for _, account := range []string{"ada", "bob", "cy"} {
			from, to := s.before.seat(account), s.after.seat(account)
			if from != to || s.before.members[account].Device != s.after.members[account].Device {
				c.add(from, to, s.whoIs(account), s.whatSeats(from, to))
			}
		}
	}
	return c.settle()
}

func (l look) seat(account string) string {
	switch m, is := l.members[account]; {
	case !is:
		return nowhere
	case m.Lost != 0:
		return "lost"
	}
	return "linked"
}

// whoIs says what who moves is to an account.
func (s step) whoIs(account string) string {
	switch {
	case s.do == nil, s.name == "linksDown", s.name == "linkDown", s.name == "linkUp":
		return ""
	case s.name == "close":
		return "a member, or the creator"
	case s.by.Account != account:
		return "the owner, or an administrator"
	case s.by.Device != s.before.members[account].Device && s.before.members[account].Device != "":
		return "another device of the account"
	}
	return "the account"
}

func (s step) whatSeats(from, to string) string {
	switch {
	case s.name == "linkDown":
		return "its link is lost"
	case s.name == "linkUp":
		return "its link is back"
	case s.name == "linksDown":
		return "the relay starts anew"
	case s.do == nil:
		return "the grace period ends"
	}
	return s.name
}

func roleChart(seen []step) *chart {
	c := &chart{name: "role", title: "A role in a room", height: 420,
		about: "A role ends with the seat. The owner need not be inside, and stays the owner.",
		states: []state{
			{nowhere, "not in the room", 100, 210, outside},
			{"member", "", 460, 50, passing},
			{"administrator", "", 624, 210, passing},
			{"owner", "", 460, 370, passing},
		}}
	for _, s := range seen {
		if s.before.channel == nil || s.before.channel.Policy != core.RoomPolicy {
			continue
		}
		for _, account := range []string{"ada", "bob", "cy"} {
			from, to := s.before.role(account), s.after.role(account)
			if from != to {
				c.add(from, to, s.whoRules(account), s.whatRules(from, to))
			}
		}
	}
	return c.settle()
}

var roles = map[core.Role]string{core.RoleMember: "member", core.RoleAdministrator: "administrator", core.RoleOwner: "owner"}

func (l look) role(account string) string {
	if m, is := l.members[account]; is {
		return roles[m.Role]
	}
	return nowhere
}

func (s step) whoRules(account string) string {
	switch actor := s.before.members[s.by.Account]; {
	case s.do == nil || s.name == "close":
		return ""
	case s.by.Account == account && s.name != "setRole":
		return "the account"
	case actor.Role == core.RoleOwner:
		return "the owner"
	}
	return "an administrator"
}

func (s step) whatRules(from, to string) string {
	switch {
	case s.do == nil:
		return "the grace period ends"
	case s.name == "close":
		return "the room is closed"
	case s.name == "setRole" && from == "owner":
		return "setRole of the next owner"
	}
	return s.name
}

func channelChart(seen []step) *chart {
	c := &chart{name: "channel", title: "A channel or room", height: 330,
		about: "A channel lives two hours with nobody in it, a room a day; with somebody in it, for as long as they stay.",
		states: []state{
			{nowhere, "", 110, 165, outside},
			{"empty", "nobody is in it", 540, 280, passing},
			{"occupied", "somebody is in it", 540, 50, passing},
		}}
	for _, s := range seen {
		from, to := s.before.filled(), s.after.filled()
		renewed := false
		for _, e := range s.events {
			_, is := e.(core.Renewed)
			renewed = renewed || is
		}
		if from == to && !renewed {
			continue
		}
		c.add(from, to, "", s.whatFills(from, to))
	}
	return c.settle()
}

func (l look) filled() string {
	switch {
	case l.channel == nil:
		return nowhere
	case len(l.members) == 0:
		return "empty"
	}
	return "occupied"
}

func (s step) whatFills(from, to string) string {
	switch {
	case s.do != nil:
		return s.name
	case from == "occupied" && to == "empty":
		return "the last member is lost"
	case from == "empty" && to == "empty":
		return "time is up while it rings"
	case from == to:
		return "time is up and renewed"
	}
	return "time is up"
}
