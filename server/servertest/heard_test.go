package servertest

import (
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core"
)

// chat is an audit of messages to bob, one a record, and of ada's commands
// that sent them.
func chat(messages int) (a *Audit, at []core.Position) {
	a = &Audit{App: core.New(core.Config{}), Answers: map[Asked]core.Outcome{}, Ended: map[Rung]core.State{}}
	ada := core.Actor{Account: "ada", Device: "web", Life: "1"}
	var found findings
	for i := range messages {
		stamp := core.Stamp{Position: core.At(uint64(i+1), 0), Now: 1}
		a.event(&found, stamp, core.Messaged{By: ada, To: []string{"bob"}})
		at = append(at, stamp.Position)
		stamp.Position++
		a.event(&found, stamp, core.Answered{By: ada, N: uint64(i + 1)})
	}
	return a, at
}

func kinds(found []Finding) (list []Kind) {
	for _, f := range found {
		list = append(list, f.Kind)
	}
	return list
}

func TestWhatALifeHeardIsCompared(t *testing.T) {
	a, at := chat(4)
	bob := core.Actor{Account: "bob", Device: "phone", Life: "1"}
	for _, l := range []struct {
		name    string
		after   core.Position
		told    []core.Position
		settled bool
		want    []Kind
	}{
		{"all of it", 0, at, true, nil},
		{"all behind the fresh start", at[1], at[2:], true, nil},
		{"as far as it came", 0, at[:2], false, nil},
		{"not to the end", 0, at[:2], true, []Kind{NotTold, NotTold}},
		{"not all in between", 0, []core.Position{at[0], at[2]}, false, []Kind{NotTold}},
		{"one twice", 0, []core.Position{at[0], at[1], at[1], at[2], at[3]}, true, []Kind{ToldTwice}},
		{"one late", 0, []core.Position{at[0], at[2], at[1], at[3]}, true, []Kind{ToldLate}},
		{"one that never was", 0, []core.Position{at[0], at[0] + 7}, false, []Kind{Invented}},
		{"one from before the fresh start", at[1], []core.Position{at[1], at[2]}, false, []Kind{Invented}},
	} {
		h := &Heard{Actor: bob, Stretches: []Stretch{{After: l.after, Told: l.told}}, Settled: l.settled}
		require.Equal(t, l.want, kinds(a.Check(h)), l.name)
	}
}

func TestAnswersAreCompared(t *testing.T) {
	a, at := chat(2)
	ada := core.Actor{Account: "ada", Device: "web", Life: "1"}
	ok := Answer{OK: true, Position: at[0] + 1}
	for _, l := range []struct {
		name    string
		n       uint64
		answers []Answer
		want    []Kind
	}{
		{"done", 1, []Answer{ok}, nil},
		{"done, but elsewhere", 1, []Answer{{OK: true, Position: 99}}, []Kind{AckedLost}},
		{"twice", 1, []Answer{ok, ok}, []Kind{AnsweredTwice}},
		{"never", 1, nil, []Kind{NotAnswered}},
		{"refused, though done", 1, []Answer{{Refused: true}}, []Kind{RefusedDone}},
		{"nobody knows", 1, []Answer{{}}, nil},
		{"lost", 9, []Answer{ok}, []Kind{AckedLost}},
		{"refused", 9, []Answer{{Refused: true}}, nil},
		{"read", 9, []Answer{{OK: true, Read: true}}, nil},
	} {
		h := &Heard{Actor: ada, Answers: map[uint64][]Answer{l.n: l.answers}, Settled: true}
		require.Equal(t, l.want, kinds(a.Check(h)), l.name)
	}
}
