package core_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"beckon/core/nim"
	"beckon/core/tui"
)

// The dialects do not import the machine, so nothing but these tests says that
// they know its words: a reason that it gains is to be given a code in each.

func TestEveryReasonOfTheMachineHasACodeInNIM(t *testing.T) {
	var listed []string
	for _, c := range nim.Codes {
		listed = append(listed, c.Reasons...)
	}
	assert.ElementsMatch(t, reasons(t), listed, "each once")
}

func TestEveryReasonOfTheMachineHasACodeInTUI(t *testing.T) {
	var listed []string
	numbers := map[int]bool{}
	for _, c := range tui.Codes {
		listed = append(listed, c.Reasons...)
		assert.False(t, numbers[c.Number], c.Number)
		numbers[c.Number] = true
	}
	assert.ElementsMatch(t, reasons(t), listed, "each once")
}

// reasons reads the constants of type core.Code, in the order of the file: Go
// cannot list them.
func reasons(t *testing.T) []string {
	text, err := os.ReadFile("refusal.go")
	require.NoError(t, err)
	file, err := parser.ParseFile(token.NewFileSet(), "refusal.go", text, 0)
	require.NoError(t, err)
	var reasons []string
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if kind, ok := spec.Type.(*ast.Ident); ok && kind.Name == "Code" {
			for _, v := range spec.Values {
				reason, err := strconv.Unquote(v.(*ast.BasicLit).Value)
				require.NoError(t, err)
				reasons = append(reasons, reason)
			}
		}
		return true
	})
	require.Contains(t, reasons, "no-such-channel")
	return slices.Compact(reasons)
}
