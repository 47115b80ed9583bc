package engine

import (
	"cmp"
	"strconv"
	"strings"

	"beckon/core"
)

// A cursor says where a part of a list of invitations ended: behind the entry of
// that place. The zero cursor stands before them all.
type cursor struct {
	made  core.Position
	place int
}

func cursorOf(i core.Listed) cursor { return cursor{i.Made, i.Place} }

// before says whether an entry comes behind the cursor.
func (c cursor) before(i core.Listed) bool {
	return c == cursor{} || cmp.Or(cmp.Compare(c.made, i.Made), cmp.Compare(c.place, i.Place)) < 0
}

const symbols = "0123456789abcdefghijklmnopqrstuvwxyz-"

// String writes a cursor as two numbers, and a character by which a page that
// makes one up is found out.
func (c cursor) String() string {
	text := strconv.FormatUint(uint64(c.made), 36) + "-" + strconv.FormatInt(int64(c.place), 36)
	return text + checkOf(text)
}

// parseCursor reads what String wrote, or nothing.
func parseCursor(text string) (c cursor, ok bool) {
	if text == "" {
		return cursor{}, true
	}
	first, rest, _ := strings.Cut(text, "-")
	if rest == "" {
		return cursor{}, false
	}
	made, err := strconv.ParseUint(first, 36, 64)
	if err != nil {
		return cursor{}, false
	}
	place, err := strconv.ParseInt(rest[:len(rest)-1], 36, 32)
	c = cursor{core.Position(made), int(place)}
	return c, err == nil && c.String() == text
}

// checkOf sums up a text in one character, which differs if one of the text does:
// 37 is prime.
func checkOf(text string) string {
	sum := 1
	for i := range len(text) {
		sum = (sum*3 + strings.IndexByte(symbols, text[i])) % len(symbols)
	}
	return symbols[sum : sum+1]
}
