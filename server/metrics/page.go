package metrics

import (
	"bytes"
	"io"
	"strconv"
	"strings"

	"beckon/server/engine"
)

// A page is one answer in Prometheus' text format, version 0.0.4. It is written
// here since it is these few lines, and everything is counted elsewhere anyway; the
// client library would bring nine modules and 2 MB. Tests read it with the latter.
type page struct{ lines map[*family]*bytes.Buffer }

func newPage() *page { return &page{map[*family]*bytes.Buffer{}} }

// set adds a value. Its labels are those of the family, in their order.
func (p *page) set(f *family, v float64, labels ...string) {
	p.line(f, "", f.labels, labels, strconv.FormatFloat(v, 'g', -1, 64))
}

func (p *page) count(f *family, n uint64, labels ...string) {
	p.line(f, "", f.labels, labels, strconv.FormatUint(n, 10))
}

func (p *page) histogram(f *family, h engine.Histogram, labels ...string) {
	names := append(f.labels[:len(f.labels):len(f.labels)], "le")
	bucket := func(bound string, n uint64) {
		p.line(f, "_bucket", names, append(labels[:len(labels):len(labels)], bound), strconv.FormatUint(n, 10))
	}
	var n uint64
	for i, bound := range h.Bounds {
		n += h.Counts[i]
		bucket(strconv.FormatFloat(bound, 'g', -1, 64), n)
	}
	all := h.Count()
	bucket("+Inf", all)
	p.line(f, "_sum", f.labels, labels, strconv.FormatFloat(h.Sum, 'g', -1, 64))
	p.line(f, "_count", f.labels, labels, strconv.FormatUint(all, 10))
}

// escape does what the format asks of a label's value.
var escape = strings.NewReplacer(`\`, `\\`, "\n", `\n`, `"`, `\"`)

func (p *page) line(f *family, part string, names, values []string, v string) {
	b := p.lines[f]
	if b == nil {
		b = &bytes.Buffer{}
		p.lines[f] = b
	}
	b.WriteString(f.name + part)
	for i, name := range names {
		open := ","
		if i == 0 {
			open = "{"
		}
		b.WriteString(open + name + `="` + escape.Replace(values[i]) + `"`)
	}
	if len(names) > 0 {
		b.WriteByte('}')
	}
	b.WriteString(" " + v + "\n")
}

// WriteTo writes the families that have values.
func (p *page) WriteTo(w io.Writer) (int64, error) {
	var out bytes.Buffer
	for _, f := range families {
		if b := p.lines[f]; b != nil {
			out.WriteString("# HELP " + f.name + " " + f.help + "\n# TYPE " + f.name + " " + f.kind + "\n")
			out.Write(b.Bytes())
		}
	}
	return out.WriteTo(w)
}
