// Package web holds the built browser package, for the relay to serve.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Dist is what build/build.mjs built before this program was compiled: the
// package's files, and the demo in demo/. Without a build it has nothing but a
// .gitkeep. Files with a .br or .gz beside them may be served so.
func Dist() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // the name is a constant
	}
	return sub
}
