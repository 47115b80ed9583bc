package core_test

import (
	"strconv"
	"strings"
	"time"

	"github.com/stretchr/testify/require"

	"beckon/core"
)

// A line is a command's words, apart from options such as uid=7 and flags.
type line struct {
	words   []string
	options map[string]string
}

func parse(text string) line {
	l := line{options: map[string]string{}}
	for _, word := range strings.Fields(text) {
		key, value, is := strings.Cut(word, "=")
		if is {
			l.options[key] = unfold(value)
		} else {
			l.words = append(l.words, unfold(word))
		}
	}
	return l
}

// unfold reads é*4096 as so many letters.
func unfold(s string) string {
	letter, times, is := strings.Cut(s, "*")
	if n, err := strconv.Atoi(times); is && err == nil {
		return strings.Repeat(letter, n)
	}
	return s
}

// word is the i-th word behind the command; - stands for an empty one.
func (l line) word(i int) string {
	if i+1 >= len(l.words) || l.words[i+1] == "-" {
		return ""
	}
	return l.words[i+1]
}

func (l line) has(flag string) bool {
	for _, w := range l.words[1:] {
		if w == flag {
			return true
		}
	}
	return false
}

// actor reads account/device or account/device.life.
func actor(word string) core.Actor {
	account, device, _ := strings.Cut(word, "/")
	device, life, is := strings.Cut(device, ".")
	if !is {
		life = "1"
	}
	return core.Actor{Account: account, Device: device, Life: life}
}

func (s *scene) duration(word string) core.Time {
	if word == "" {
		return 0
	}
	d, err := time.ParseDuration(word)
	require.NoError(s.t, err)
	return core.Time(d.Milliseconds())
}

func (s *scene) number(word string) uint64 {
	n, err := strconv.ParseUint(word, 10, 64)
	require.NoError(s.t, err)
	return n
}
