package config

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// lines tells in which line of the file a key stands, by its path, such as
// "app[0].jwt[1].alg". Tables have their header's.
type lines map[string]int

// decode reads the file's text into c, and remembers where its keys stand.
func (c *Config) decode(document []byte) error {
	decoder := toml.NewDecoder(bytes.NewReader(document)).DisallowUnknownFields()
	err := decoder.Decode(c)
	var unknown *toml.StrictMissingError
	if errors.As(err, &unknown) {
		var problems []error
		for i := range unknown.Errors {
			problems = append(problems, c.misread(&unknown.Errors[i], "there is no such key"))
		}
		return errors.Join(problems...)
	}
	var bad *toml.DecodeError
	if errors.As(err, &bad) {
		return c.misread(bad, strings.TrimPrefix(bad.Error(), "toml: "))
	}
	if err != nil {
		return &Problem{Where: c.File, Reason: strings.TrimPrefix(err.Error(), "toml: ")}
	}
	c.lines = find(document)
	return nil
}

// misread is a problem of the document. The library's own text is left out where
// it could quote a secret.
func (c *Config) misread(e *toml.DecodeError, reason string) error {
	row, _ := e.Position()
	if strings.Contains(strings.ToLower(strings.Join(e.Key(), ".")), "secret") {
		reason = "takes text in quotes, and there is no such key beside secret, secret_file and secret_env"
	}
	return &Problem{Where: c.File, Line: row, Key: strings.Join(e.Key(), "."), Reason: reason}
}

// find walks a document that is known to be well-formed.
func find(document []byte) lines {
	at := lines{}
	counts := map[string]int{} // elements of an array of tables so far
	table := ""
	p := unstable.Parser{}
	p.Reset(document)
	for p.NextExpression() {
		switch e := p.Expression(); e.Kind {
		case unstable.Table, unstable.ArrayTable:
			var line int
			table, line = at.path(&p, e.Key(), "", counts)
			if e.Kind == unstable.ArrayTable {
				if end := strings.LastIndexByte(table, '['); strings.HasSuffix(table, "]") {
					table = table[:end] // the element before this one
				}
				counts[table]++
				table += index(counts, table)
			}
			at[table] = line
		case unstable.KeyValue:
			path, line := at.path(&p, e.Key(), table, counts)
			at[path] = line
			at.inside(&p, e.Value(), path)
		}
	}
	return at
}

// path is a dotted key's, below a table; those of its parts that name an array
// mean its last element.
func (at lines) path(p *unstable.Parser, key unstable.Iterator, table string, counts map[string]int) (string, int) {
	path, line := table, 0
	for key.Next() {
		if path != "" {
			path += "."
		}
		path += string(key.Node().Data)
		path += index(counts, path)
		line = lineOf(p, key.Node())
	}
	return path, line
}

// inside notes the keys of tables within a value.
func (at lines) inside(p *unstable.Parser, value *unstable.Node, path string) {
	switch value.Kind {
	case unstable.Array:
		for i, it := 0, value.Children(); it.Next(); i++ {
			at.inside(p, it.Node(), fmt.Sprintf("%s[%d]", path, i))
		}
	case unstable.InlineTable:
		for it := value.Children(); it.Next(); {
			inner, line := at.path(p, it.Node().Key(), path, nil)
			at[inner] = line
			at.inside(p, it.Node().Value(), inner)
		}
	}
}

func index(counts map[string]int, path string) string {
	if n, ok := counts[path]; ok {
		return fmt.Sprintf("[%d]", n-1)
	}
	return ""
}

func lineOf(p *unstable.Parser, n *unstable.Node) int { return p.Shape(n.Raw).Start.Line }
