package jsbridge

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestOnlyCodesThatAPageMaySayAreSaid(t *testing.T) {
	for code, want := range map[int]int{
		1000: 1000, 3000: 3000, 4001: 4001, 4999: 4999,
		0: 1000, 1001: 1000, 1006: 1000, 1011: 1000, 2999: 1000, 5000: 1000,
	} {
		got, _ := closeArgs(code, "")
		assert.Equal(t, want, got, "code %d", code)
	}
}

func TestLongCloseReasonIsCutBetweenCharacters(t *testing.T) {
	for _, tt := range []struct{ name, reason, want string }{
		{"one that fits stays", strings.Repeat("a", 123), strings.Repeat("a", 123)},
		{"one byte too many goes", strings.Repeat("a", 124), strings.Repeat("a", 123)},
		{"half a character goes whole", strings.Repeat("a", 121) + "語語", strings.Repeat("a", 121)},
		{"bytes that are no character end it", strings.Repeat("\x80", 200), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, got := closeArgs(4000, tt.reason)
			assert.Equal(t, tt.want, got)
		})
	}
}
