package main

import "beckon/server/bench/load"

// Curve is how long rings take with one subject, by how much there is to do.
type Curve struct {
	Name   string  `json:"name"`
	Points []Point `json:"points"` // from few pairs to many
}

// Point has medians of the rounds.
type Point struct {
	Pairs          int     `json:"pairs"`
	CallsPerSecond float64 `json:"callsPerSecond"`
	InviteP50      float64 `json:"inviteP50"` // µs
	InviteP99      float64 `json:"inviteP99"` // µs
}

// curves are of what was measured under several loads, each as fast as it is
// served.
func curves(list []experiment, of ...subject) []Curve {
	var all []Curve
	for _, s := range of {
		c := Curve{Name: s.name}
		for _, e := range list {
			if e, ok := e.(*calls); ok && e.load.Pace == 0 && len(e.results[s.name]) > 0 {
				middle := func(figure func(*load.Result) float64) float64 { return median(e.of(s, figure)) }
				c.Points = append(c.Points, Point{Pairs: e.load.Pairs, CallsPerSecond: middle(callsPerSecond),
					InviteP50: middle(inviteP50), InviteP99: middle(inviteP99)})
			}
		}
		all = append(all, c)
	}
	return all
}
