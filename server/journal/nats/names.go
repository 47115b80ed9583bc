package nats

import (
	"fmt"
	"strings"
)

// maxApp keeps the longest stream name below the 255 bytes that NATS and file systems allow.
const maxApp = 64

// names are what an app's streams and subjects are called.
type names struct {
	records, snapshots string // streams
	record             string // subject of every record
	chunk, manifest    string // subjects of a snapshot's parts
}

func namesFor(app string) (names, error) {
	if len(app) == 0 || len(app) > maxApp {
		return names{}, fmt.Errorf("journal/nats: app name of %d bytes, must be 1 to %d", len(app), maxApp)
	}
	token := encode(app)
	return names{
		records:   "beckon-journal-" + token,
		snapshots: "beckon-snapshot-" + token,
		record:    "beckon.journal." + token,
		chunk:     "beckon.snapshot." + token + ".chunk",
		manifest:  "beckon.snapshot." + token + ".manifest",
	}, nil
}

// encode makes any string a NATS subject token and a file name, different ones for different strings, also where the
// file system ignores case: a-z, 0-9 and - stand for themselves, every other byte is _ and two hex digits.
func encode(s string) string {
	var b strings.Builder
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '-':
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "_%02x", c)
		}
	}
	return b.String()
}
