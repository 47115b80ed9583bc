package codec_test

import (
	"encoding/json"
	"reflect"
	"slices"

	"beckon/core/codec"
)

// doc has a field of every kind, for codec and encoding/json alike. Its body
// alone is codec's: encoding/json has no unions.
type doc struct {
	Text   string          `json:"text,omitempty"`
	Int    int64           `json:"int,omitempty"`
	Uint   uint64          `json:"uint,omitempty"`
	Bool   bool            `json:"bool,omitempty"`
	Raw    json.RawMessage `json:"raw,omitempty"`
	Texts  []string        `json:"texts,omitempty"`
	Uints  []uint64        `json:"uints,omitempty"`
	Object *doc            `json:"object,omitempty"`
	List   []doc           `json:"list,omitempty"`
	Kind   string          `json:"kind,omitempty"`
	Body   codec.Message   `json:"-"`
}

func (d *doc) Fields(v *codec.Visitor) {
	v.String("text", &d.Text)
	v.Int("int", &d.Int)
	v.Uint("uint", &d.Uint)
	v.Bool("bool", &d.Bool)
	v.Raw("raw", (*codec.Raw)(&d.Raw))
	v.Strings("texts", &d.Texts)
	v.Uints("uints", &d.Uints)
	codec.Object(v, "object", &d.Object)
	codec.List(v, "list", &d.List)
	v.String("kind", &d.Kind)
	codec.Union(v, "body", &d.Body, func() codec.Message { return newBody(d.Kind) })
}

// newBody returns a fresh body for a doc of that kind, or nil.
func newBody(kind string) codec.Message {
	switch kind {
	case "point":
		return new(point)
	case "label":
		return new(label)
	}
	return nil
}

type point struct{ X, Y int64 }

func (p *point) Fields(v *codec.Visitor) {
	v.Int("x", &p.X)
	v.Int("y", &p.Y)
}

type label struct{ Says string }

func (l *label) Fields(v *codec.Visitor) { v.String("says", &l.Says) }

// withoutBodies returns a copy as encoding/json sees it.
func withoutBodies(d doc) doc {
	d.Body = nil
	if d.Object != nil {
		o := withoutBodies(*d.Object)
		d.Object = &o
	}
	list := d.List
	d.List = nil
	for _, item := range list {
		d.List = append(d.List, withoutBodies(item))
	}
	return d
}

// hasStaleBody says that a body was read before another kind came, as only a text
// can say it that has a kind twice.
func hasStaleBody(d doc) bool {
	return d.Body != nil && reflect.TypeOf(d.Body) != reflect.TypeOf(newBody(d.Kind)) ||
		d.Object != nil && hasStaleBody(*d.Object) || slices.ContainsFunc(d.List, hasStaleBody)
}
