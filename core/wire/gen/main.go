// Command gen writes what follows from package wire: the TypeScript types and
// the protocol page. Shapes come from wire's tables, words from the comments.
//
//	go generate ./core/wire
package main

import (
	"log"
	"os"
	"path/filepath"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("gen: the only argument is the repository's root")
	}
	root := os.Args[1]
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
