// Package promql checks the dashboard's queries with Prometheus' own parser: run
// go test in this folder.
package promql

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/prometheus/prometheus/promql/parser"
	"github.com/stretchr/testify/require"
)

// A template variable of Grafana stands for what a query could have in its place.
var variables = strings.NewReplacer("$__rate_interval", "5m", "$job", ".*", "$app", ".*")

func TestEveryQueryOfTheDashboardParses(t *testing.T) {
	text, err := os.ReadFile("../grafana.json")
	require.NoError(t, err)
	var dashboard struct {
		Panels []struct {
			Title   string
			Targets []struct{ Expr string }
		}
	}
	require.NoError(t, json.Unmarshal(text, &dashboard))
	queries := 0
	for _, p := range dashboard.Panels {
		for _, target := range p.Targets {
			queries++
			expr, err := parser.NewParser(parser.Options{}).ParseExpr(variables.Replace(target.Expr))
			require.NoError(t, err, "%s: %s", p.Title, target.Expr)
			require.Contains(t, []parser.ValueType{parser.ValueTypeVector, parser.ValueTypeScalar}, expr.Type(), p.Title)
		}
	}
	require.Greater(t, queries, 25)
}
