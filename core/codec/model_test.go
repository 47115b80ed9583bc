package codec_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"

	"beckon/core/codec"
)

// readModel reads text into a doc as [codec.Decode] should, and says whether it
// should be accepted. It is slow and obvious: encoding/json splits the text into
// tokens, and what is left is the package comment's dialect.
func readModel(text []byte) (d doc, ok bool) {
	if !json.Valid(text) {
		return doc{}, false
	}
	root := parse(text)
	return d, root.depth() <= codec.MaxDepth && !root.hasLoneSurrogate() && (root.is("object") || root.is("null")) && d.take(root)
}

// A node is one value of a JSON text, with everything that encoding/json would
// drop: order, repeated keys, how a string was spelled.
type node struct {
	raw   []byte
	keys  []*node // of an object: strings
	items []*node // of an object or a list
	value any     // of all others: string, json.Number, bool or nil
}

func (n *node) is(kind string) bool {
	switch n.value.(type) {
	case string:
		return kind == "string"
	case json.Number:
		return kind == "number"
	case bool:
		return kind == "bool"
	}
	return kind == map[byte]string{'{': "object", '[': "list", 'n': "null"}[n.raw[0]]
}

func parse(text []byte) *node {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	var value func() *node
	value = func() *node {
		start := dec.InputOffset()
		token, err := dec.Token()
		if err != nil {
			panic(fmt.Sprintf("%q is valid, but: %v", text, err))
		}
		n := &node{value: token}
		if d, ok := token.(json.Delim); ok {
			n.value = nil
			for dec.More() {
				if d == '{' {
					n.keys = append(n.keys, value())
				}
				n.items = append(n.items, value())
			}
			dec.Token()
		}
		n.raw = bytes.TrimLeft(text[start:dec.InputOffset()], " \t\r\n,:")
		return n
	}
	return value()
}

func (n *node) depth() int {
	deepest := 0
	for _, item := range n.items {
		deepest = max(deepest, item.depth())
	}
	if n.is("object") || n.is("list") {
		deepest++
	}
	return deepest
}

var (
	surrogatePair = regexp.MustCompile(`(?i)^\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}`)
	surrogate     = regexp.MustCompile(`(?i)^\\ud[89a-f][0-9a-f]{2}`)
)

func (n *node) hasLoneSurrogate() bool {
	for _, child := range append(n.keys, n.items...) {
		if child.hasLoneSurrogate() {
			return true
		}
	}
	for s := n.raw; n.is("string") && len(s) > 0; {
		switch {
		case s[0] != '\\':
			s = s[1:]
		case surrogatePair.Match(s):
			s = s[12:]
		case surrogate.Match(s):
			return true
		default:
			s = s[2:]
		}
	}
	return false
}

// take reads n into d, and says whether all fields were of their kind.
func (d *doc) take(n *node) bool {
	ok := true
	for i, item := range n.items {
		switch n.keys[i].value {
		case "text":
			ok = ok && takeString(item, &d.Text)
		case "kind":
			ok = ok && takeString(item, &d.Kind)
		case "int":
			ok = ok && takeInt(item, &d.Int)
		case "uint":
			ok = ok && takeUint(item, &d.Uint)
		case "bool":
			d.Bool = item.value == true
			ok = ok && (item.is("bool") || item.is("null"))
		case "raw":
			d.Raw = item.raw
		case "texts":
			ok = ok && takeList(item, &d.Texts, takeString)
		case "uints":
			ok = ok && takeList(item, &d.Uints, takeUint)
		case "list":
			ok = ok && takeList(item, &d.List, takeDoc)
		case "object":
			d.Object = nil
			if !item.is("null") {
				d.Object = new(doc)
				ok = ok && takeDoc(item, d.Object)
			}
		case "body":
			d.Body = nil
			if b := newBody(d.Kind); b != nil && !item.is("null") {
				d.Body = b
				ok = ok && takeBody(item, b)
			}
		}
	}
	return ok
}

func takeDoc(n *node, d *doc) bool {
	return n.is("null") || n.is("object") && d.take(n)
}

func takeString(n *node, p *string) bool {
	*p, _ = n.value.(string)
	return n.is("string") || n.is("null")
}

func takeInt(n *node, p *int64) (ok bool) {
	number, isNumber := n.value.(json.Number)
	i, err := strconv.ParseInt(string(number), 10, 64)
	*p = i
	return isNumber && err == nil || n.is("null")
}

func takeUint(n *node, p *uint64) (ok bool) {
	number, isNumber := n.value.(json.Number)
	u, err := strconv.ParseUint(string(number), 10, 64)
	*p = u
	return isNumber && err == nil || n.is("null")
}

func takeList[T any](n *node, p *[]T, take func(*node, *T) bool) bool {
	*p = nil
	if !n.is("list") {
		return n.is("null")
	}
	for _, item := range n.items {
		*p = append(*p, *new(T))
		if !take(item, &(*p)[len(*p)-1]) {
			return false
		}
	}
	return true
}

func takeBody(n *node, body codec.Message) bool {
	ok := n.is("object")
	for i, item := range n.items {
		if !ok {
			break
		}
		switch b := body.(type) {
		case *point:
			switch n.keys[i].value {
			case "x":
				ok = takeInt(item, &b.X)
			case "y":
				ok = takeInt(item, &b.Y)
			}
		case *label:
			if n.keys[i].value == "says" {
				ok = takeString(item, &b.Says)
			}
		}
	}
	return ok
}
