package config

import (
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"time"
)

// Duration is a time span as people write it, such as "90s".
type Duration time.Duration

func (d *Duration) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	if err != nil {
		return fmt.Errorf("%q is no time span, such as 90s or 2m", text)
	}
	*d = Duration(v)
	return nil
}

func (d Duration) String() string { return time.Duration(d).String() }

// Set makes it a flag's value.
func (d *Duration) Set(s string) error { return d.UnmarshalText([]byte(s)) }

// A Secret is never printed. Ask for it with string(s).
type Secret string

const hidden = "(secret)"

func (Secret) String() string               { return hidden }
func (Secret) GoString() string             { return hidden }
func (Secret) LogValue() slog.Value         { return slog.StringValue(hidden) }
func (Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// text and list make strings flags' values.
type text struct{ to *string }

func (t text) String() string {
	if t.to == nil {
		return ""
	}
	return *t.to
}
func (t text) Set(s string) error { *t.to = s; return nil }

type list struct{ to *[]string }

func (l list) String() string {
	if l.to == nil {
		return ""
	}
	return strings.Join(*l.to, ",")
}

func (l list) Set(s string) error {
	*l.to = nil
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.TrimSpace(part); part != "" {
			*l.to = append(*l.to, part)
		}
	}
	return nil
}

func decimal(n uint64) string { return strconv.FormatUint(n, 10) }
