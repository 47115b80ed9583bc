package core_test

import (
	"fmt"
	"strings"
)

// tell answers show, asked, joined and deadline.
func (s *scene) tell(l line) string {
	var out strings.Builder
	switch l.words[0] {
	case "deadline":
		return clock(s.world.app.Deadline()) + "\n"
	case "joined":
		for _, c := range s.world.app.Joined(l.word(0)) {
			out.WriteString(s.names.name(c.ID) + "\n")
		}
	case "asked":
		for _, i := range s.world.app.Asked(l.word(0)) {
			fmt.Fprintf(&out, "%s until %s\n", s.names.key(i.Channel().ID, i.Key), clock(i.Deadline))
		}
	case "show":
		c := s.world.app.Channel(s.names.id(l.word(0)))
		if c == nil {
			return "no such channel\n"
		}
		fmt.Fprintf(&out, "%s lives until %s\n", s.names.name(c.ID), clock(c.Expires))
		for _, m := range c.Members() {
			fmt.Fprintf(&out, "member %s/%s uid %d since %s", m.Account, m.Device, m.UID, clock(m.Joined))
			if m.Lost != 0 {
				out.WriteString(", without a link since " + clock(m.Lost))
			}
			out.WriteString("\n")
		}
		for _, i := range c.Invitations() {
			fmt.Fprintf(&out, "invitation %s %s\n", s.names.key(c.ID, i.Key), i.State)
		}
	}
	if out.Len() == 0 {
		return "none\n"
	}
	return out.String()
}
