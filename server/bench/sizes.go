package main

import (
	"context"
	"encoding/json"
	"os"
)

// built are what `make build` and the other bridge's build say of themselves.
const (
	plainBuild = "web/dist/build-info.json"
	otherBuild = "web/build/golang-wasm/build-info.json"
)

// sizes are what a page loads, compressed as it gets it.
func sizes() experiment {
	return &once{measure: func(context.Context, *bench) ([]Row, error) {
		return append(
			sizesIn(plainBuild, []sized{
				{"module, plain bridge", []string{"beckon.wasm"}, atMost(620, 560)},
				{"loader", []string{"loader.mjs"}, atMost(8, 5)},
				{"JavaScript of a NIM page", []string{"loader.mjs", "nim.mjs"}, atMost(10, 10)},
				{"JavaScript of a TUI page", []string{"loader.mjs", "tui.mjs"}, atMost(12, 12)},
			}),
			sizesIn(otherBuild, []sized{{"module, golang-wasm bridge", []string{"beckon.wasm"}, atMost(920, 920)}})...), nil
	}}
}

type sized struct {
	name   string
	files  []string
	target target
}

// sizesIn reads them from what a build says of itself.
func sizesIn(path string, list []sized) []Row {
	var info struct {
		Files map[string]struct{ Brotli float64 }
	}
	text, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(text, &info)
	}
	var rows []Row
	for _, s := range list {
		name, size := s.name+", brotli 11", 0.0
		for _, f := range s.files {
			size += info.Files[f].Brotli / 1000
		}
		if err != nil || size == 0 {
			rows = append(rows, skipped(name, "kB", path+" does not say: run make build"))
			continue
		}
		rows = append(rows, alone(name, "kB", []float64{size}, s.target))
	}
	return rows
}
