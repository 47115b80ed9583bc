package codec

// Kind says what JSON a field holds.
type Kind int

// The kinds of field, named after what the field holds.
const (
	KindString Kind = iota
	KindNumber
	KindBool
	KindAny
	KindStrings
	KindNumbers
	KindObject
	KindObjects
)

// A Field is one field of a message, as [Describe] found it.
type Field struct {
	Key  string
	Kind Kind
	Of   Message // for KindObject and KindObjects: a zero value of the object
}

// Describe lists the fields of m, for those who generate other things from the
// same methods (TypeScript types, documentation).
func Describe(m Message) []Field {
	var fields []Field
	v := Visitor{describe: &fields}
	m.Fields(&v)
	return fields
}

// sample keeps m with the field just described.
func (v *Visitor) sample(m Message) { (*v.describe)[len(*v.describe)-1].Of = m }
