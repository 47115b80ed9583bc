// Command charts draws the state charts of web/docs/states.md. It has no list of
// transitions: it drives the machine and the session through every command,
// answer, loss and deadline, and draws what happened.
//
//	go generate ./core/charts
package main

import (
	"log"
	"os"
	"path/filepath"
)

//go:generate go run .

// root is the repository's, from where go generate and go test run this.
const root = "../.."

func main() {
	log.SetFlags(0)
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
