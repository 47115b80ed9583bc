package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"beckon/server/bench/load"
)

// table is the report's rows.
func (g *Growth) table(n sizesOf) []Row {
	rows := g.channelRows()
	rows = append(rows, g.dueRows()...)
	rows = append(rows,
		alone(count(g.Inboxes.Notices)+" missed notices: login, median", "µs", one(g.Inboxes.Welcome), noTarget),
		alone("the same: login, longest", "µs", one(g.Inboxes.Longest), noTarget),
		alone("the same: a page of 100", "µs", one(g.Inboxes.Page), noTarget),
		alone("the same: an inbox of "+count(n.notices), "ms", one(g.Inboxes.Inbox), noTarget),
		alone("the same: state per notice", "B", one(g.Inboxes.Held), noTarget))
	rows = append(rows, wave(count(g.Flood.Links)+" links at once", g.Flood.First)...)
	rows = append(rows, wave(count(g.Flood.Links)+" links cut and back", g.Flood.Again)...)
	rows = append(rows,
		alone("resident memory per link after that, not collected", "kB", one(g.Flood.PerLink/1000), noTarget),
		alone(fmt.Sprintf("a call rings all %d devices of an account, median", g.Devices.Devices), "µs", one(g.Devices.Last), noTarget),
		alone("the same: server CPU, for the call and its end", "µs", one(g.Devices.CPU), noTarget),
		alone(fmt.Sprintf("a control reaches all %d other members, median", g.Members.Devices), "µs", one(g.Members.Last), noTarget),
		alone("the same: server CPU", "µs", one(g.Members.CPU), noTarget))
	return append(rows, g.longRows(n)...)
}

func one(x float64) []float64 { return []float64{x} }

// count is a number with its thousands apart.
func count(n int) string {
	digits := strconv.Itoa(n)
	var groups []string
	for len(digits) > 3 {
		groups = append(groups, digits[len(digits)-3:])
		digits = digits[:len(digits)-3]
	}
	groups = append(groups, digits)
	slices.Reverse(groups)
	return strings.Join(groups, ",")
}

func (g *Growth) channelRows() []Row {
	var rows []Row
	few := g.Channels[0]
	for k, c := range g.Channels[1:] {
		if k < len(g.Few) {
			few = g.Few[k]
		}
		name := fmt.Sprintf("CPU per call, engine alone, %s live channels", count(c.Channels))
		rows = append(rows, row(name, "µs", one(c.CPU), count(few.Channels), one(few.CPU), ratioAtMost(1.5, 1.2)))
	}
	most := g.Channels[len(g.Channels)-1]
	name := fmt.Sprintf("command to reply, p99, %d at once, %s live channels", 64, count(most.Channels))
	return append(rows,
		row(name, "ms", one(most.P99), count(few.Channels), one(few.P99), noTarget),
		row("the same: longest", "ms", one(most.Longest), count(few.Channels), one(few.Longest), noTarget),
		alone("the same: state per channel", "B", one(most.Held), noTarget),
		alone("the same: restart, without a snapshot", "s", one(most.Rebuilt), noTarget))
}

func (g *Growth) dueRows() []Row {
	few, many, running := g.Due[0], g.Due[len(g.Due)-2], g.Due[len(g.Due)-1]
	each := func(took float64, n int) []float64 { return one(took * 1e6 / float64(n)) }
	return []Row{
		alone(count(many.Deadlines)+" deadlines due after a restart: until the last", "s", one(many.Took), noTarget),
		alone("the same: longest wait of another command", "s", one(many.Longest), noTarget),
		row("the same: for each", "µs", each(many.Took, many.Deadlines), count(few.Deadlines), each(few.Took, few.Deadlines),
			ratioAtMost(1.5, 1.2)),
		alone(count(running.Deadlines)+" deadlines due while it runs: until the last", "s", one(running.Took), noTarget),
		alone("the same: longest wait of another command", "s", one(running.Longest), noTarget),
	}
}

func wave(name string, w load.Wave) []Row {
	return []Row{
		alone(name+": until the last is in", "s", one(w.Took), atMost(30, 10)),
		alone("the same: server CPU for each", "µs", one(w.CPU), noTarget),
		alone("the same: refused, and told when to come back", "", one(float64(w.Hinted)), noTarget),
		alone("the same: refused otherwise", "", one(float64(w.Refused)), atMost(0, 0)),
	}
}

// longRows compare the end of a long run with its beginning. The relay keeps what
// it told in the last two minutes, up to 64 MiB: with the pace it comes and goes.
func (g *Growth) longRows(n sizesOf) []Row {
	relay := fmt.Sprintf("the relay's memory after %s calls", count(n.calls))
	page := fmt.Sprintf("memory of a Node program that makes %s calls", count(n.calls))
	if g.Long == nil || len(g.Long.Calls) < 2 {
		why := "there is no node, or no web/dist: run make build"
		return []Row{skipped(relay, "MB", why), skipped(page, "MB", why)}
	}
	var rows []Row
	for k, calls := range g.Long.Calls {
		rows = append(rows, alone("the relay's memory after "+count(calls)+" calls", "MB", one(g.Long.Relay[k]), noTarget))
	}
	last := len(g.Long.Calls) - 1
	begin := min(1, last-1)
	return append(rows, row(page, "MB", one(g.Long.Page[last]), "after "+count(g.Long.Calls[begin]), one(g.Long.Page[begin]),
		ratioAtMost(1.1, 1.05)))
}
