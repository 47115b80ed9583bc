package site

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"sync"
)

// files are what is served. They do not change while a relay runs.
type files struct {
	fs.FS
	tags sync.Map // by name
}

// tag is a file's content, hashed, so that an unchanged build is not fetched again.
func (f *files) tag(name string) string {
	if t, ok := f.tags.Load(name); ok {
		return t.(string)
	}
	content, err := fs.ReadFile(f, name)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(content)
	t := `"` + hex.EncodeToString(sum[:12]) + `"`
	f.tags.Store(name, t)
	return t
}
