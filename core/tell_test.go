package core_test

import (
	"fmt"
	"strings"

	"github.com/stretchr/testify/require"

	"beckon/core"
)

// tell answers what is asked of the machine.
func (s *scene) tell(l line) string {
	var out strings.Builder
	switch l.words[0] {
	case "dropped":
		if n := s.world.app.Aged(); n > 0 {
			return fmt.Sprintf("%d notices, and %d too old\n", s.world.app.Dropped(), n)
		}
		return fmt.Sprintf("%d notices\n", s.world.app.Dropped())
	case "list", "standing":
		s.list(&out, l)
	case "profile":
		if p := s.world.app.Profile(l.word(0)); p != (core.Profile{}) {
			return fmt.Sprintf("%s %s %s\n", text(p.Name), text(p.Avatar), text(p.Custom))
		}
	case "deadline":
		return clock(s.world.app.Deadline()) + "\n"
	case "joined":
		for _, c := range s.world.app.Joined(l.word(0)) {
			out.WriteString(s.names.name(c.ID) + "\n")
		}
	case "find":
		if c := s.world.app.Named(unfold(l.word(0)), s.world.now); c != nil {
			return s.names.name(c.ID) + "\n"
		}
		return "no such channel\n"
	case "inbox":
		after, most := core.Position(0), 1000
		if l.word(1) != "" {
			after = s.place(l.word(1))
		}
		if text, is := l.options["most"]; is {
			most = int(s.number(text))
		}
		s.inbox(&out, l.word(0), after, most)
	case "asked":
		for _, i := range s.world.app.Asked(l.word(0)) {
			fmt.Fprintf(&out, "%s until %s\n", s.names.key(i.Channel().ID, i.Key), clock(i.Deadline))
		}
	case "show":
		c := s.world.app.Channel(s.names.id(l.word(0)))
		if c == nil {
			return "no such channel\n"
		}
		fmt.Fprintf(&out, "%s lives until %s", s.names.name(c.ID), clock(c.Expires))
		if c.Policy == core.RoomPolicy {
			fmt.Fprintf(&out, ", title %s, password %s, owner %s", text(c.Title), text(c.Password), c.Owner)
		}
		out.WriteString("\n")
		for _, m := range c.Members() {
			fmt.Fprintf(&out, "member %s/%s uid %d since %s", m.Account, m.Device, m.UID, clock(m.Joined))
			if m.Role != core.RoleMember || m.Card != "" {
				out.WriteString("," + standing(m.Role, m.Card))
			}
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

// list tells a channel's list of invitations, one a line, or all that stands.
func (s *scene) list(out *strings.Builder, l line) {
	c := s.world.app.Channel(s.names.id(l.word(0)))
	require.NotNil(s.t, c, "no such channel")
	entries := c.List(s.world.now)
	if l.words[0] == "standing" {
		entries = c.Standing(s.world.now)
	}
	var lines []string
	for _, e := range entries {
		lines = append(lines, fmt.Sprintf("%s %s, made %s, place %d, at %s until %s", s.names.key(c.ID, e.Key), e.State,
			places([]core.Position{e.Made}), e.Place, clock(e.At), clock(e.Deadline)))
	}
	if len(lines) > 0 {
		out.WriteString(list(lines, "\n") + "\n")
	}
}

// inbox lists stored notices: their position, when they came, and what they say.
func (s *scene) inbox(out *strings.Builder, account string, after core.Position, most int) {
	stored, more := s.world.app.Inbox(account, after, s.world.now, most)
	var lines []string
	for _, x := range stored {
		said := fmt.Sprintf("%s at %s: %s", places([]core.Position{x.Position}), clock(x.Now), s.names.event(x.Event, s.world.app))
		if said, _, _ = strings.Cut(said, " -> "); x.Over {
			said += " (over)"
		}
		lines = append(lines, said)
	}
	if more {
		lines = append(lines, "and more")
	}
	if len(lines) > 0 {
		out.WriteString(list(lines, "\n") + "\n")
	}
}

// place reads a position: record.index.
func (s *scene) place(word string) core.Position {
	var seq uint64
	var index int
	_, err := fmt.Sscanf(word, "%d.%d", &seq, &index)
	require.NoError(s.t, err, word)
	return core.At(seq, index)
}
