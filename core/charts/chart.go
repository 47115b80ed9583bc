package main

import (
	"fmt"
	"slices"
	"strings"
)

// A chart is the states of one kind of thing, and how it gets from one to another.
type chart struct {
	name   string // of its picture and its place on the page
	title  string
	about  string // what is to be read beside it
	states []state
	height int
	arrows []*arrow // as they were first seen
}

// A state has a place in the picture. Its text is what it waits for.
type state struct {
	name, text string
	x, y       int // of its middle
	kind       kind
}

type kind int

const (
	passing kind = iota
	outside      // there is nothing, yet or any more
	final
)

// An arrow is all that leads from one state to another, or back to itself.
type arrow struct {
	from, to string
	causes   []cause
}

// A cause is who does what. Nobody does what time brings.
type cause struct{ who, what string }

func (c *chart) picture() string { return "pictures/state-" + c.name + ".svg" }

func (c *chart) add(from, to, who, what string) {
	k := slices.IndexFunc(c.arrows, func(a *arrow) bool { return a.from == from && a.to == to })
	if k < 0 {
		k = len(c.arrows)
		c.arrows = append(c.arrows, &arrow{from: from, to: to})
	}
	if a := c.arrows[k]; !slices.Contains(a.causes, cause{who, what}) {
		a.causes = append(a.causes, cause{who, what})
	}
}

// settle brings arrows and causes into an order that does not depend on the walk.
func (c *chart) settle() *chart {
	place := func(name string) int {
		return slices.IndexFunc(c.states, func(s state) bool { return s.name == name })
	}
	slices.SortFunc(c.arrows, func(a, b *arrow) int {
		if d := place(a.from) - place(b.from); d != 0 {
			return d
		}
		return place(a.to) - place(b.to)
	})
	for _, a := range c.arrows {
		slices.SortFunc(a.causes, func(x, y cause) int { return strings.Compare(x.who+"\x00"+x.what, y.who+"\x00"+y.what) })
	}
	return c
}

// lines says an arrow's causes, who does them first: "the inviter: cancel, withdraw".
func (a *arrow) lines() []string {
	var who []string
	what := map[string][]string{}
	for _, c := range a.causes {
		if what[c.who] == nil {
			who = append(who, c.who)
		}
		what[c.who] = append(what[c.who], c.what)
	}
	var list []string
	for _, w := range who {
		text := strings.Join(what[w], ", ")
		if w != "" {
			text = w + ": " + text
		}
		list = append(list, text)
	}
	return list
}

func (c *chart) state(name string) (state, error) {
	for _, s := range c.states {
		if s.name == name {
			return s, nil
		}
	}
	return state{}, fmt.Errorf("charts: %s has been seen %q, which has no place in its picture", c.name, name)
}
