package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// source is what the comments say, and which struct field has which JSON key.
type source struct {
	doc    string             // of package wire
	types  map[string]*goType // of package wire, by name
	consts []constant         // of all packages, as they stand
}

type goType struct {
	doc    string
	fields map[string]goField // by name
	keys   []keyed            // as the method Fields visits them
}

type goField struct {
	typ     string // if it is a plain name
	comment string
}

// keyed is one step of a Fields method: a key, or another type's Fields.
type keyed struct{ key, field string }

type constant struct{ name, typ, value, comment string }

// readSource reads the Go files of package wire, and the constants of others.
func readSource(wire string, others ...string) (*source, error) {
	s := &source{types: map[string]*goType{}}
	for _, dir := range append([]string{wire}, others...) {
		paths, err := filepath.Glob(filepath.Join(dir, "*.go")) // sorted
		if err != nil {
			return nil, err
		}
		for _, path := range paths {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return nil, err
			}
			if err := s.add(path, text, dir == wire); err != nil {
				return nil, err
			}
		}
	}
	return s, nil
}

func (s *source) add(path string, text []byte, all bool) error {
	file, err := parser.ParseFile(token.NewFileSet(), path, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	if all && file.Doc != nil {
		s.doc = file.Doc.Text()
	}
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch spec := spec.(type) {
				case *ast.ValueSpec:
					s.addConstants(d, spec)
				case *ast.TypeSpec:
					if all {
						s.addType(d, spec)
					}
				}
			}
		case *ast.FuncDecl:
			if all && d.Recv != nil && d.Name.Name == "Fields" && d.Body != nil {
				if err := s.addKeys(d); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (s *source) addConstants(d *ast.GenDecl, spec *ast.ValueSpec) {
	if d.Tok != token.CONST {
		return
	}
	comment := spec.Comment.Text()
	if !d.Lparen.IsValid() {
		comment = d.Doc.Text()
	}
	for i, name := range spec.Names {
		c := constant{name: name.Name, comment: strings.TrimSpace(comment)}
		if typ, ok := spec.Type.(*ast.Ident); ok {
			c.typ = typ.Name
		}
		if i < len(spec.Values) {
			if lit, ok := spec.Values[i].(*ast.BasicLit); ok {
				c.value = lit.Value
			}
		}
		s.consts = append(s.consts, c)
	}
}

// constsOf lists the constants of a type.
func (s *source) constsOf(typ string) (list []constant) {
	for _, c := range s.consts {
		if c.typ == typ {
			list = append(list, c)
		}
	}
	return list
}

// comment returns what is said about a constant.
func (s *source) comment(name string) string {
	for _, c := range s.consts {
		if c.name == name {
			return c.comment
		}
	}
	return ""
}

// typ returns the type of that name, there or to be filled.
func (s *source) typ(name string) *goType {
	if s.types[name] == nil {
		s.types[name] = &goType{fields: map[string]goField{}}
	}
	return s.types[name]
}

func (s *source) addType(d *ast.GenDecl, spec *ast.TypeSpec) {
	t := s.typ(spec.Name.Name)
	t.doc = strings.TrimSpace(d.Doc.Text() + spec.Doc.Text())
	st, ok := spec.Type.(*ast.StructType)
	if !ok {
		return
	}
	for _, f := range st.Fields.List {
		field := goField{comment: strings.TrimSpace(f.Doc.Text() + f.Comment.Text())}
		if typ, ok := f.Type.(*ast.Ident); ok {
			field.typ = typ.Name
		}
		for _, name := range f.Names {
			t.fields[name.Name] = field
		}
		if f.Names == nil {
			t.fields[field.typ] = field
		}
	}
}

// addKeys reads a method such as
//
//	func (m *Reply) Fields(v *codec.Visitor) {
//		v.Uint("n", &m.N)
//		codec.Object(v, "ok", &m.OK)
//		m.Other.Fields(v)
//	}
func (s *source) addKeys(f *ast.FuncDecl) error {
	star, ok := f.Recv.List[0].Type.(*ast.StarExpr)
	if !ok {
		return nil // no type of the protocol's
	}
	receiver, ok := star.X.(*ast.Ident)
	if !ok {
		return nil // generic: neither
	}
	if !receiver.IsExported() {
		return nil // nor this
	}
	t := s.typ(receiver.Name)
	for _, statement := range f.Body.List {
		k, ok := keyOf(statement)
		if !ok {
			return fmt.Errorf("gen: %s.Fields has a statement that is no call with a field", receiver.Name)
		}
		t.keys = append(t.keys, k)
	}
	return nil
}

func keyOf(statement ast.Stmt) (k keyed, ok bool) {
	expr, _ := statement.(*ast.ExprStmt)
	if expr == nil {
		return k, false
	}
	call, _ := expr.X.(*ast.CallExpr)
	if call == nil {
		return k, false
	}
	if method, _ := call.Fun.(*ast.SelectorExpr); method != nil && method.Sel.Name == "Fields" {
		other, _ := method.X.(*ast.SelectorExpr)
		if other == nil {
			return k, false
		}
		return keyed{field: other.Sel.Name}, true
	}
	for _, arg := range call.Args {
		switch arg := arg.(type) {
		case *ast.BasicLit:
			k.key, _ = strconv.Unquote(arg.Value)
		case *ast.UnaryExpr:
			if field, _ := arg.X.(*ast.SelectorExpr); field != nil {
				k.field = field.Sel.Name
			}
		}
	}
	return k, k.key != "" && k.field != ""
}
