package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"beckon/core/codec"
	"beckon/core/wire"
)

// protocol is package wire as readers want it.
type protocol struct {
	src      *source
	frames   []frame
	commands []message
	notices  []message
	parts    []message // what the others are made of, in the order in which they occur

	refusals []constant
	closes   []closeCode
	returns  []constant // by [wire.Return]; the names without the prefix, in lower case

	samples map[string]string // by file name without extension
}

type frame struct {
	message
	direction wire.Direction
}

type message struct {
	name   string // in JSON: the field "type" or "name"; of a part, the Go type
	goType string
	doc    string
	fields []field
}

type field struct {
	codec.Field
	owner string // the Go type that declares it
	name  string // in Go
	doc   string
	union bool // the object that belongs to the frame's "name"
}

type closeCode struct {
	constant
	code    wire.CloseCode
	returns string
}

// special are strings of which TypeScript knows more.
var special = map[string]string{"Refusal.code": "RefusalCode"}

func readProtocol(src *source) (*protocol, error) {
	p := &protocol{src: src, refusals: src.constsOf("Code")}
	for _, entry := range wire.Frames {
		m, err := p.read(entry.New().FrameType(), entry.New())
		if err != nil {
			return nil, err
		}
		p.frames = append(p.frames, frame{m, entry.Direction})
	}
	for _, order := range wire.Commands {
		m, err := p.read(order().CommandName(), order())
		if err != nil {
			return nil, err
		}
		p.commands = append(p.commands, m)
	}
	for _, event := range wire.Notices {
		m, err := p.read(event().NoticeName(), event())
		if err != nil {
			return nil, err
		}
		p.notices = append(p.notices, m)
	}
	borrowDocs(p.commands)
	borrowDocs(p.notices)
	if err := p.readParts(); err != nil {
		return nil, err
	}
	return p, p.readCloses()
}

// read describes m: what codec says, with the words of the source.
func (p *protocol) read(name string, m codec.Message) (message, error) {
	goType := typeName(m)
	t := p.src.types[goType]
	if t == nil || t.doc == "" {
		return message{}, fmt.Errorf("gen: %s has no comment", goType)
	}
	spoken := p.fieldsOf(goType)
	result := message{name: name, goType: goType, doc: t.doc}
	for i, f := range codec.Describe(m) {
		if i >= len(spoken) || spoken[i].Key != f.Key {
			return message{}, fmt.Errorf("gen: %s.Fields in the source differs from what it does, at %q", goType, f.Key)
		}
		spoken[i].Field = f
		if f.Kind == codec.KindAny && f.Key == "fields" {
			spoken[i].union, spoken[i].doc = true, "the fields of that name"
		}
		result.fields = append(result.fields, spoken[i])
	}
	if len(result.fields) != len(spoken) {
		return message{}, fmt.Errorf("gen: %s.Fields in the source visits more than it does", goType)
	}
	return result, nil
}

// fieldsOf lists the fields that goType's method Fields visits, with their words.
func (p *protocol) fieldsOf(goType string) (list []field) {
	t := p.src.typ(goType)
	for _, k := range t.keys {
		if k.key == "" {
			list = append(list, p.fieldsOf(t.fields[k.field].typ)...)
			continue
		}
		list = append(list, field{
			Field: codec.Field{Key: k.key}, owner: goType, name: k.field, doc: t.fields[k.field].comment,
		})
	}
	return list
}

// borrowDocs gives fields without a comment the one of the first field with the
// same key: what is explained once is not explained again.
func borrowDocs(messages []message) {
	docs := map[string]string{}
	for _, m := range messages {
		for i, f := range m.fields {
			if f.doc == "" {
				m.fields[i].doc = docs[f.Key]
			} else if docs[f.Key] == "" {
				docs[f.Key] = f.doc
			}
		}
	}
}

// readParts collects the objects that fields hold, and those that these hold.
func (p *protocol) readParts() error {
	have := map[string]bool{}
	var queue []message
	for _, f := range p.frames {
		have[f.goType] = true
		queue = append(queue, f.message)
	}
	for _, m := range append(append([]message(nil), p.commands...), p.notices...) {
		have[m.goType] = true // a stored notice holds what a notice does
		queue = append(queue, m)
	}
	for len(queue) > 0 {
		for _, f := range queue[0].fields {
			if f.Of == nil || have[typeName(f.Of)] {
				continue
			}
			m, err := p.read(typeName(f.Of), f.Of)
			if err != nil {
				return err
			}
			have[m.goType] = true
			p.parts = append(p.parts, m)
			queue = append(queue, m)
		}
		queue = queue[1:]
	}
	return nil
}

func (p *protocol) readCloses() error {
	for i, c := range p.src.consts { // iota: only the first says the type
		if c.typ != "Return" {
			continue
		}
		for _, c := range p.src.consts[i:] {
			name, ok := strings.CutPrefix(c.name, "Return")
			if !ok {
				break
			}
			p.returns = append(p.returns, constant{name: strings.ToLower(name), comment: c.comment})
		}
	}
	for _, c := range p.src.constsOf("CloseCode") {
		var code wire.CloseCode
		if _, err := fmt.Sscan(c.value, &code); err != nil {
			return fmt.Errorf("gen: %s = %q: %w", c.name, c.value, err)
		}
		p.closes = append(p.closes, closeCode{c, code, p.returns[code.Return()].name})
	}
	return nil
}

// isFrame says whether goType is one, and so has a "type" of its own.
func (p *protocol) isFrame(goType string) bool {
	return slices.ContainsFunc(p.frames, func(f frame) bool { return f.goType == goType })
}

// keyOf returns what a Go field is called in JSON.
func (p *protocol) keyOf(goType, name string) (string, bool) {
	for _, f := range p.fieldsOf(goType) {
		if f.name == name {
			return f.Key, true
		}
	}
	return "", false
}

func typeName(m codec.Message) string {
	name := fmt.Sprintf("%T", m)
	return name[strings.LastIndexByte(name, '.')+1:]
}

func readSamples(dir string) (map[string]string, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return nil, err
	}
	samples := map[string]string{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		samples[strings.TrimSuffix(filepath.Base(path), ".json")] = string(text)
	}
	return samples, nil
}
