// Command charts draws the state charts of web/docs/states.md. It has no list of
// transitions: it drives the machine and the session through every command,
// answer, loss and deadline, and draws what happened.
//
//	go generate ./core/charts
package main

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
)

//go:generate go run .

func main() {
	log.SetFlags(0)
	root, err := findRoot()
	if err != nil {
		log.Fatal(err)
	}
	files, err := generate()
	if err != nil {
		log.Fatal(err)
	}
	for name, text := range files {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			log.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

// generate returns the page and its pictures, by their paths in the repository.
func generate() (map[string]string, error) {
	seen := exploreMachine()
	charts := []*chart{
		invitationChart(seen), seatChart(seen), roleChart(seen), channelChart(seen), sessionChart(exploreSession()),
	}
	files := map[string]string{"web/docs/states.md": page(charts, seen)}
	for _, c := range charts {
		svg, err := draw(c)
		if err != nil {
			return nil, err
		}
		files["web/docs/"+c.picture()] = svg
	}
	return files, nil
}

// findRoot returns the nearest directory upwards that holds go.mod.
func findRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", fmt.Errorf("charts: no go.mod here or above")
		}
		dir = parent
	}
}
