package main

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/server/bench/load"
)

func TestCurvesHaveAPointForEachLoad(t *testing.T) {
	at := func(pairs int, perSecond ...float64) *calls {
		e := &calls{load: load.Config{Pairs: pairs}, results: map[string][]*load.Result{}}
		for _, n := range perSecond {
			e.results["h"] = append(e.results["h"], &load.Result{CallsPerSecond: n, InviteP50: 2 * n, InviteP99: 3 * n})
		}
		return e
	}
	slow := at(1, 7)
	slow.load.Pace = 1
	list := []experiment{at(1, 10, 12, 90), slow, at(16, 40), &resting{}}
	require.Equal(t, []Curve{
		{Name: "h", Points: []Point{{1, 12, 24, 36}, {16, 40, 80, 120}}},
		{Name: "synced"},
	}, curves(list, hub, synced), "of what runs as fast as it can, with the median of the rounds")
}

func TestChartShowsEveryPointWithinItsFrame(t *testing.T) {
	svg := chart([]Curve{
		{Name: "synced", Points: []Point{{1, 700, 480, 900}, {128, 7000, 6000, 14000}}},
		{Name: "a <b>", Points: []Point{{1, 4700, 55, 160}, {128, 14000, 2400, 8700}}},
	})
	labels, circles := 0, 0
	for d := xml.NewDecoder(strings.NewReader(svg)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "circle":
			circles++
			var c struct {
				X float64 `xml:"cx,attr"`
				Y float64 `xml:"cy,attr"`
			}
			require.NoError(t, d.DecodeElement(&c, &start))
			require.True(t, left <= c.X && c.X <= right && top <= c.Y && c.Y <= bottom, "%+v", c)
		case "text":
			labels++
		}
	}
	require.Equal(t, 8, circles, "two curves, p50 and p99, two points each")
	require.Greater(t, labels, 8)
	for _, label := range []string{">10 µs<", ">100 ms<", ">15000<", ">a &lt;b&gt;<", ">128<"} {
		require.Contains(t, svg, label)
	}
}

func TestChartOfNothingIsAChart(t *testing.T) {
	require.NoError(t, xml.Unmarshal([]byte(chart(nil)), new(struct{})))
}
