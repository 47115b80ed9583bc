package nim

import (
	"slices"
	"strings"

	"beckon/core/wire"
)

// A Method is one call of the vendor's SDK.
type Method struct {
	Name   string // the vendor's name; an error's cmd is the same
	Packet string // its number in the vendor's error texts; empty where the vendor makes it of several

	needs  int     // so many parameters must be there: the first ones, and they are looked for in this order
	takes  []param // the parameters that it reads; others are ignored
	stores bool    // offlineEnabled, where it is not given
	order  func(*options) wire.Order

	result result
	joins  bool  // the result tells the caller's nertc parameters too
	reach  reach // what it means that the other account was not reached
}

// result is what a method resolves with.
type result uint8

const (
	channelResult result = iota
	membersResult        // the channel and its members
	noResult
	sentResult // when, and as what
	v2Nothing  // as all below, of [V2Methods]
	v2Channel
	v2Room
	v2Joined
	v2Called
)

// v2 says whether it is one of [V2Methods].
func (m *Method) v2() bool { return m.result >= v2Nothing }

// reach is what a method makes of an account that could not be reached. What
// was asked has happened in any case.
type reach uint8

const (
	reachIgnored reach = iota // resolves
	reachRejects              // rejects with 10201 or 10202
	reachStatus               // resolves, with the code as callStatus
	reachDone                 // resolves, with callStatus 200 (N5)
)

// Required lists the parameters that must be there, in the order in which they
// are looked for.
func (m *Method) Required() []string {
	var list []string
	for _, p := range m.takes[:m.needs] {
		list = append(list, Params[p].Name)
	}
	return list
}

// Params lists the parameters that the method reads, an object's fields behind it.
func (m *Method) Params() []Param {
	var list []Param
	add := func(n param) {
		if !slices.ContainsFunc(list, func(p Param) bool { return p.Name == Params[n].Name }) {
			list = append(list, Params[n])
		}
	}
	for _, n := range m.takes {
		add(n)
		for _, part := range Params[n].parts {
			add(part)
		}
	}
	return list
}

// paramOf names the parameter that a field of the order comes from. What has no
// such name keeps its own.
func (m *Method) paramOf(field string) string {
	field = strings.TrimPrefix(field, "fields.") // as a frame's decoder puts it
	return nameOfField(m.takes, field)
}

func nameOfField(takes []param, field string) string {
	for _, n := range takes {
		p := &Params[n]
		if slices.Contains(p.Fields, field) {
			return p.Name
		}
		if name := nameOfField(p.parts, field); name != field {
			return name
		}
	}
	return field
}

func methodNamed(list []Method, name string) *Method {
	for i := range list {
		if list[i].Name == name {
			return &list[i]
		}
	}
	return nil
}

// complaint is the vendor's way to say what a code without a name means.
func (m *Method) complaint(why string) string {
	s := m.Name + " error: " + why
	if m.Packet != "" {
		s = m.Packet + " " + s
	}
	return s
}
