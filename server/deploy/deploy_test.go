//go:build !js

// Package deploy holds what is needed to run the relay elsewhere, and looks at it
// here, where neither containers nor Grafana are.
package deploy

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

func text(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	require.NoError(t, err)
	return string(b)
}

// documented lists what operate.md has between two letters of code; other tests
// see to it that this is what there is.
func documented(t *testing.T, pattern string) []string {
	var list []string
	for _, m := range regexp.MustCompile("`("+pattern+")`").FindAllStringSubmatch(text(t, "../../web/docs/operate.md"), -1) {
		list = append(list, m[1])
	}
	require.NotEmpty(t, list)
	return list
}

func TestTheDashboardAsksForMetricsThatExist(t *testing.T) {
	var dashboard struct {
		Panels []struct {
			ID      int
			Title   string
			Type    string
			GridPos struct{ H, W, X, Y int }
			Targets []struct{ RefID, Expr string }
		}
		Templating struct {
			List []struct{ Name, Definition string }
		}
	}
	require.NoError(t, json.Unmarshal([]byte(text(t, "grafana.json")), &dashboard))
	known := documented(t, "beckon_[a-z_]+")
	usual := text(t, "../metrics/process.go") + text(t, "../metrics/process_linux.go")
	asked := map[string]bool{}
	ids := map[int]bool{}
	for _, p := range dashboard.Panels {
		require.False(t, ids[p.ID], "two panels are number %d", p.ID)
		ids[p.ID] = true
		require.LessOrEqual(t, p.GridPos.X+p.GridPos.W, 24, p.Title)
		require.Equal(t, p.Type == "row", len(p.Targets) == 0, p.Title)
		for _, target := range p.Targets {
			require.NotEmpty(t, metricsOf(target.Expr), target.Expr)
			for _, name := range metricsOf(target.Expr) {
				asked[name] = true
				if strings.HasPrefix(name, "beckon_") {
					require.Contains(t, known, name, p.Title)
				} else {
					require.Contains(t, usual, `"`+name+`"`, p.Title)
				}
			}
		}
	}
	for _, v := range dashboard.Templating.List[1:] {
		require.Regexp(t, `^label_values\(beckon_\w+, \w+\)$`, v.Definition)
	}
	require.Greater(t, len(asked), 20)
}

// metricsOf lists what a query asks for; of a histogram's parts, the histogram. Whether
// it is a query at all, the test in promql says.
func metricsOf(query string) (names []string) {
	for _, name := range regexp.MustCompile(`[a-z_]+_[a-z_]+\s*[{\[]`).FindAllString(query, -1) {
		name = strings.TrimRight(name, "{[ ")
		for _, part := range []string{"_bucket", "_count", "_sum"} {
			name = strings.TrimSuffix(name, part)
		}
		names = append(names, name)
	}
	return names
}

// An instruction of a Dockerfile, with its lines joined.
type instruction struct{ name, rest string }

func dockerfile(t *testing.T) (list []instruction) {
	joined := regexp.MustCompile(`\\\n\s*`).ReplaceAllString(text(t, "Dockerfile"), "")
	for line := range strings.Lines(joined) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, rest, _ := strings.Cut(line, " ")
		list = append(list, instruction{name, strings.TrimSpace(rest)})
	}
	return list
}

var instructions = []string{"ARG", "FROM", "COPY", "RUN", "LABEL", "USER", "ENV", "VOLUME", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK", "ENTRYPOINT"}

func TestTheDockerfileMakesAStaticImageWithoutRoot(t *testing.T) {
	stages := map[string]bool{}
	var last []instruction
	for _, i := range dockerfile(t) {
		require.NotRegexp(t, `(?i)secret|token|password`, i.rest, "what is in an image can be read by whoever has it")
		require.Contains(t, instructions, i.name, "ADD, CMD, MAINTAINER and the like have better ones")
		switch i.name {
		case "FROM":
			last = nil
			image, stage, named := strings.Cut(i.rest, " AS ")
			stages[stage] = named
			if image != "scratch" {
				require.Regexp(t, `^[a-z0-9.]+/[a-z0-9./-]+:\d+\.\d+(\.\d+)?$`, image, "an image is named with its registry and an exact version")
			}
		case "COPY":
			if m := regexp.MustCompile(`--from=(\S+)`).FindStringSubmatch(i.rest); m != nil {
				require.True(t, stages[m[1]], "stage %s comes before", m[1])
			}
		case "RUN":
			require.NotRegexp(t, `sudo|curl|wget|apt-get|apk |chmod 777`, i.rest)
		case "HEALTHCHECK":
			_, command, _ := strings.Cut(i.rest, "CMD ")
			require.Contains(t, commands(t), words(t, command)[1], "there is no shell to run it")
		case "ENTRYPOINT":
			require.Equal(t, []string{"/beckon"}, words(t, i.rest))
		}
		last = append(last, i)
	}
	require.Equal(t, instruction{"FROM", "scratch"}, last[0])
	user := slices.IndexFunc(last, func(i instruction) bool { return i.name == "USER" })
	require.Positive(t, user)
	require.Regexp(t, `^[1-9]\d*:[1-9]\d*$`, last[user].rest, "a number, so that orchestrators can see that it is not root")
	require.False(t, slices.ContainsFunc(last, func(i instruction) bool { return i.name == "RUN" }), "nothing is there that could run it")
	for _, i := range last {
		if i.name == "ENV" {
			wantVariables(t, strings.Fields(i.rest))
		}
	}
}

// words reads a list in JSON, which needs no shell.
func words(t *testing.T, list string) (all []string) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(list), &all), list)
	return all
}

// commands are those of operate.md.
func commands(t *testing.T) (list []string) {
	for _, m := range regexp.MustCompile(`(?m)^    beckon ([a-z]+)`).FindAllStringSubmatch(text(t, "../../web/docs/operate.md"), -1) {
		list = append(list, m[1])
	}
	return list
}

// wantVariables checks that settings of the environment, NAME=value, exist.
func wantVariables(t *testing.T, settings []string) {
	t.Helper()
	known := documented(t, "BECKON_[A-Z_]+")
	for _, s := range settings {
		name, _, _ := strings.Cut(s, "=")
		require.Contains(t, known, name)
	}
}

func TestTheComposeFileAsksForNoMoreThanTheRelayNeeds(t *testing.T) {
	var file struct {
		Services map[string]struct {
			Image       string
			Privileged  bool
			NetworkMode string   `yaml:"network_mode"`
			ReadOnly    bool     `yaml:"read_only"`
			CapDrop     []string `yaml:"cap_drop"`
			SecurityOpt []string `yaml:"security_opt"`
			Ports       []string
			Environment map[string]string
			Volumes     []string
		}
		Volumes map[string]any
	}
	require.NoError(t, yaml.Unmarshal([]byte(text(t, "compose.yaml")), &file))
	relay, ok := file.Services["beckon"]
	require.True(t, ok)
	require.Len(t, file.Services, 1)
	require.True(t, relay.ReadOnly)
	require.False(t, relay.Privileged)
	require.Empty(t, relay.NetworkMode)
	require.Equal(t, []string{"ALL"}, relay.CapDrop)
	require.Contains(t, relay.SecurityOpt, "no-new-privileges:true")
	require.Equal(t, []string{"127.0.0.1:8080:8080"}, relay.Ports, "what is not HTTPS is for the proxy alone")
	require.Equal(t, []string{"beckon:/data"}, relay.Volumes)
	require.Contains(t, file.Volumes, "beckon")
	var settings []string
	for name, value := range relay.Environment {
		settings = append(settings, name)
		if strings.Contains(name, "SECRET") {
			require.True(t, strings.HasPrefix(value, "${"), "a secret does not stand in the file")
		}
	}
	wantVariables(t, settings)
}

// systemd itself judges the unit, where it is installed.
func TestSystemdTakesTheUnit(t *testing.T) {
	unit := text(t, "beckon.service")
	for _, m := range regexp.MustCompile(`(?m)^Exec\w+=/usr/local/bin/beckon (\w+)`).FindAllStringSubmatch(unit, -1) {
		require.Contains(t, commands(t), m[1])
	}
	for _, line := range []string{"DynamicUser=yes", "StateDirectory=beckon", "ProtectSystem=strict", "NoNewPrivileges=yes"} {
		require.Contains(t, unit, line+"\n")
	}
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("systemd is not installed")
	}
	path := filepath.Join(t.TempDir(), "beckon.service")
	require.NoError(t, os.WriteFile(path, []byte(strings.ReplaceAll(unit, "/usr/local/bin/beckon", "/bin/true")), 0o644))
	out, err := exec.CommandContext(t.Context(), analyze, "verify", "--man=no", path).CombinedOutput()
	for line := range strings.Lines(string(out)) {
		require.NotContains(t, line, "beckon.service")
	}
	_ = err // other units of this machine may have faults of their own
}
