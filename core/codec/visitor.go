package codec

import "strconv"

// A Visitor carries a [Message]'s fields to or from JSON, or collects them for
// [Describe].
type Visitor struct {
	writing  bool
	describe *[]Field

	b []byte // what was written

	l     lexer
	key   []byte // of the value that is to be read
	open  bool   // there is one
	found bool   // some field has taken a value
}

func (v *Visitor) object(m Message) {
	if v.writing {
		v.b = append(v.b, '{')
		m.Fields(v)
		v.b = append(v.b, '}')
		return
	}
	if v.l.null() || !v.l.open('{', "is not an object") {
		return
	}
	key, open := v.key, v.open
	// Fields in the order of the text are all read by one pass over them.
	for v.key, v.open = v.l.key(true); v.open; {
		v.found = false
		m.Fields(v)
		if v.open && !v.found {
			v.l.skip()
			v.taken()
		}
	}
	v.key, v.open = key, open
}

// taken goes on to the next key, now that a value has been read.
func (v *Visitor) taken() {
	v.found = true
	if v.l.err != nil {
		v.l.under(string(v.key))
		v.open = false
		return
	}
	v.key, v.open = v.l.key(false)
}

// at says whether the field called key is to be read or written now. Copies of
// it in each field's method would add 2.6 KB to the module.
//
//go:noinline
func (v *Visitor) at(key string, kind Kind, zero bool) bool {
	if v.writing {
		if zero {
			return false
		}
		v.b = appendKey(v.b, key)
		return true
	}
	if v.describe != nil {
		*v.describe = append(*v.describe, Field{Key: key, Kind: kind})
		return false
	}
	return v.open && string(v.key) == key
}

// String is a field of text.
func (v *Visitor) String(key string, p *string) {
	if !v.at(key, KindString, *p == "") {
		return
	}
	if v.writing {
		v.b = AppendString(v.b, *p)
	} else {
		*p = v.l.text()
		v.taken()
	}
}

// Int is a field that holds a signed number, within ±2^53 if JavaScript is to
// read it.
func (v *Visitor) Int(key string, p *int64) {
	if !v.at(key, KindNumber, *p == 0) {
		return
	}
	if v.writing {
		v.b = strconv.AppendInt(v.b, *p, 10)
	} else {
		*p = v.l.int()
		v.taken()
	}
}

// Uint is a field that holds a number from 0, up to 2^53 if JavaScript is to
// read it.
func (v *Visitor) Uint(key string, p *uint64) {
	if !v.at(key, KindNumber, *p == 0) {
		return
	}
	if v.writing {
		v.b = strconv.AppendUint(v.b, *p, 10)
	} else {
		*p = v.l.uint()
		v.taken()
	}
}

// Bool is a field that is true or false.
func (v *Visitor) Bool(key string, p *bool) {
	if !v.at(key, KindBool, !*p) {
		return
	}
	if v.writing {
		v.b = append(v.b, "true"...)
	} else {
		*p = v.l.bool()
		v.taken()
	}
}

// Raw is a field whose value is kept as text.
func (v *Visitor) Raw(key string, p *Raw) {
	if !v.at(key, KindAny, len(*p) == 0) {
		return
	}
	if v.writing {
		v.b = append(v.b, *p...)
	} else {
		*p = v.l.raw()
		v.taken()
	}
}

// Strings is a field that holds a list of texts.
func (v *Visitor) Strings(key string, p *[]string) {
	if !v.at(key, KindStrings, len(*p) == 0) {
		return
	}
	if !v.writing {
		*p = nil
		v.l.list(func() { *p = append(*p, v.l.text()) })
		v.taken()
		return
	}
	v.b = append(v.b, '[')
	for i, s := range *p {
		if i > 0 {
			v.b = append(v.b, ',')
		}
		v.b = AppendString(v.b, s)
	}
	v.b = append(v.b, ']')
}

// Uints is a field that holds a list of numbers.
func (v *Visitor) Uints(key string, p *[]uint64) {
	if !v.at(key, KindNumbers, len(*p) == 0) {
		return
	}
	if !v.writing {
		*p = nil
		v.l.list(func() { *p = append(*p, v.l.uint()) })
		v.taken()
		return
	}
	v.b = append(v.b, '[')
	for i, n := range *p {
		if i > 0 {
			v.b = append(v.b, ',')
		}
		v.b = strconv.AppendUint(v.b, n, 10)
	}
	v.b = append(v.b, ']')
}

// Object is a field that holds an object; nil leaves it out.
func Object[T any, P interface {
	*T
	Message
}](v *Visitor, key string, p **T) {
	if !v.at(key, KindObject, *p == nil) {
		if v.describe != nil { // or new would cost an allocation each time
			v.sample(P(new(T)))
		}
		return
	}
	if v.writing {
		v.object(P(*p))
		return
	}
	*p = nil
	if !v.l.null() {
		*p = new(T)
		v.object(P(*p))
	}
	v.taken()
}

// List is a field that holds a list of objects.
func List[T any, P interface {
	*T
	Message
}](v *Visitor, key string, p *[]T) {
	if !v.at(key, KindObjects, len(*p) == 0) {
		if v.describe != nil {
			v.sample(P(new(T)))
		}
		return
	}
	if !v.writing {
		*p = (*p)[:0]
		v.l.list(func() {
			*p = append(*p, *new(T))
			v.object(P(&(*p)[len(*p)-1]))
		})
		v.taken()
		return
	}
	v.b = append(v.b, '[')
	for i := range *p {
		if i > 0 {
			v.b = append(v.b, ',')
		}
		v.object(P(&(*p)[i]))
	}
	v.b = append(v.b, ']')
}

// A Taker takes the objects of a list one after the other: see [Each].
type Taker interface {
	Begin()        // a list begins; objects taken before were those of a repeated key
	Next() Message // what the next object is read into; the one before is read
}

// Each is a field that holds a list of objects, which t takes as they are read.
// It reads alone: nothing is written.
func Each(v *Visitor, key string, t Taker) {
	if v.at(key, KindObjects, true) {
		t.Begin()
		v.l.list(func() { v.object(t.Next()) })
		v.taken()
	}
}

// Union is a field that holds an object whose type depends on another field:
// make returns a fresh one to read into, or nil where the type is not known
// (yet), which skips the value. A nil *p leaves the field out.
func Union[M interface {
	comparable
	Message
}](v *Visitor, key string, p *M, make func() M) {
	var none M
	if !v.at(key, KindAny, *p == none) {
		return
	}
	if v.writing {
		v.object(*p)
		return
	}
	*p = none
	if m := make(); m == none {
		v.l.skip()
	} else if !v.l.null() {
		*p = m
		v.object(m)
	}
	v.taken()
}
