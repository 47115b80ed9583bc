package config

import (
	"regexp"
	"strconv"
	"strings"
)

// A Problem is something that is wrong with a setting.
type Problem struct {
	Where  string // the file, the flag or the variable
	Line   int    // in the file; 0: it stands nowhere
	Key    string // in the file
	Reason string
}

func (p *Problem) Error() string {
	s := p.Where
	if p.Line > 0 {
		s += ":" + strconv.Itoa(p.Line)
	}
	if p.Key != "" {
		s += ": " + p.Key
	}
	if p.Key == "" && p.Line == 0 {
		return s + " " + p.Reason
	}
	return s + ": " + p.Reason
}

var indices = regexp.MustCompile(`\[\d+\]`)

// problem is one with the setting at a path. It is where the setting stands; if
// it is not there, where its table begins.
func (c *Config) problem(path, reason string) error {
	key := indices.ReplaceAllString(path, "")
	for p := path; p != ""; p = parent(p) {
		if from, ok := c.from[p]; ok {
			if p != path {
				return &Problem{Where: from, Key: strings.TrimPrefix(path, p+"."), Reason: reason}
			}
			return &Problem{Where: from, Reason: reason}
		}
		if line, ok := c.lines[p]; ok {
			return &Problem{Where: c.File, Line: line, Key: key, Reason: reason}
		}
	}
	return &Problem{Where: c.File, Key: key, Reason: reason}
}

func parent(path string) string {
	return path[:max(0, strings.LastIndexByte(path, '.'))]
}
