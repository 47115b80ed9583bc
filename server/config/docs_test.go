package config

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func operate(t *testing.T) string {
	text, err := os.ReadFile("../../web/docs/operate.md")
	require.NoError(t, err)
	return string(text)
}

// What operate.md shows of a file can be written so. The files that it names are not here.
func TestSamplesOfTheDocumentationAreSettings(t *testing.T) {
	samples := regexp.MustCompile("(?ms)^```toml[^\n]*\n(.*?)^```$").FindAllStringSubmatch(operate(t), -1)
	require.GreaterOrEqual(t, len(samples), 3)
	for _, sample := range samples {
		_, err := Load(Input{File: write(t, "beckon.toml", sample[1]), Env: noEnv})
		require.NoError(t, err, sample[1])
	}
}

// rows are the first cells of the table below a heading of operate.md, without their ticks.
func rows(t *testing.T, heading string) (list []string) {
	_, rest, found := strings.Cut(operate(t), "\n"+heading+"\n")
	require.True(t, found, heading)
	_, table, _ := strings.Cut(rest, "\n| --- ")
	table, _, _ = strings.Cut(table, "\n\n")
	for line := range strings.Lines(table) {
		if cells := strings.Split(line, "|"); len(cells) > 2 && strings.Contains(cells[1], "`") {
			for _, name := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(cells[1], -1) {
				list = append(list, name[1])
			}
		}
	}
	return list
}

func TestEveryLimitIsDocumentedWithItsDefault(t *testing.T) {
	l := noLimits()
	l.usual(false)
	var keys []string
	for _, one := range l.all() {
		keys = append(keys, one.key)
		require.Regexp(t, "(?m)^\\| `"+one.key+"` \\| "+decimal(uint64(*one.value))+" \\| ", operate(t))
	}
	require.Equal(t, keys, rows(t, "### [limits]"))
}

func TestEverySettingIsDocumented(t *testing.T) {
	var keys []string
	for _, s := range settings {
		keys = append(keys, s.key)
		require.Contains(t, operate(t), "`"+s.variable()+"`")
		require.Contains(t, operate(t), "`-"+s.flag()+"`")
	}
	require.ElementsMatch(t, keys, rows(t, "## All settings"))
}
