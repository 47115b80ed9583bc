// Command gen writes what follows from package wire: the TypeScript types and
// the protocol page. Shapes come from wire's tables, words from the comments.
//
//	go generate ./core/wire
package main

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
)

func main() {
	log.SetFlags(0)
	root, err := findRoot()
	if err != nil {
		log.Fatal(err)
	}
	files, err := generate(root)
	if err != nil {
		log.Fatal(err)
	}
	for name, text := range files {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			log.Fatal(err)
		}
		if err := os.WriteFile(path, text, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

// generate returns the texts of all generated files, by their paths below root.
func generate(root string) (map[string][]byte, error) {
	src, err := readSource(filepath.Join(root, "core/wire"), filepath.Join(root, "core"))
	if err != nil {
		return nil, err
	}
	p, err := readProtocol(src)
	if err != nil {
		return nil, err
	}
	if p.samples, err = readSamples(filepath.Join(root, "core/wire/testdata")); err != nil {
		return nil, err
	}
	return map[string][]byte{
		"web/src/wire.gen.ts":  typescript(p),
		"web/docs/protocol.md": markdown(p),
	}, nil
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
			return "", fmt.Errorf("gen: no go.mod here or above")
		}
		dir = parent
	}
}
