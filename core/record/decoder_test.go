package record_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core"
	"beckon/core/record"
)

// Whatever was read before, a record reads as it does by itself.
func TestDecoderStartsAnewWithEachRecord(t *testing.T) {
	var texts []string
	names := slices.Sorted(maps.Keys(samples))
	for range 2 { // small and large records, and broken ones between
		all := record.Record{Now: 7}
		for _, name := range names {
			all.Events = append(all.Events, samples[name])
			texts = append(texts, string(record.Append(nil, record.Record{Now: 5, Events: []core.Event{samples[name]}})),
				string(record.Append(nil, all)))
		}
		texts = append(texts, `{"format":1,"now":3}`, `{"now":3}`, `{"format":2,"events":[{"event":"left"}]}`,
			`{"format":1,"events":[{"event":"left","by":"ada"},{"event":"flown"}]}`, `{"format":1,"events":[{"by":5}]}`, `{`, ``,
			`{"format":1,"events":[{}]}`, `{"format":1,"events":[{"event":"left"}],"events":[]}`)
	}
	var d record.Decoder
	for _, text := range texts {
		want, wantErr := record.Decode([]byte(text))
		r, err := d.Decode([]byte(text))
		require.Equal(t, wantErr, err, text)
		require.Equal(t, want, r, text)
	}
}

// Decoded events must not change with what is decoded later, nor mix up texts
// that are kept in one place.
func TestDecoderKeepsTextsApart(t *testing.T) {
	var d record.Decoder
	var read []core.Event
	buffer := make([]byte, 0, 4096)
	const n = 5000 // more than there are places
	for k := range n {
		r, err := d.Decode(record.Append(buffer, record.Record{Events: []core.Event{
			core.LinkLost{By: core.Actor{Account: fmt.Sprint("account-", k), Device: "tab", Life: fmt.Sprint("life-", k%7)}}}}))
		require.NoError(t, err)
		read = append(read, r.Events...)
	}
	for k := range n {
		require.Equal(t, core.Actor{Account: fmt.Sprint("account-", k), Device: "tab", Life: fmt.Sprint("life-", k%7)}, read[k].(core.LinkLost).By)
	}
}

// Forgotten answers keep their places, and nothing else is left out.
func TestDecoderLeavesOutForgottenAnswers(t *testing.T) {
	names := slices.Sorted(maps.Keys(samples))
	for _, at := range []core.Time{0, 1, 99, 100, 101} {
		whole := record.Record{Now: at}
		for _, name := range names {
			whole.Events = append(whole.Events, samples[name])
		}
		data := record.Append(nil, whole)
		d := record.Decoder{Forgotten: 100}
		r, err := d.Decode(data)
		require.NoError(t, err)
		want := record.Record{Now: at, Events: slices.Clone(whole.Events)}
		for k, e := range want.Events {
			if _, is := e.(core.Answered); is && at > 0 && at <= 100 { // of no time is what has its time behind its events
				want.Events[k] = core.Answered{}
			}
		}
		require.Equal(t, want, r, "at %d", at)
	}
}
