package core_test

import (
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"beckon/core"
)

// A scene plays the commands of a story. It knows:
//
//	config members=3 grace=-1s         sets bounds and times, before anything else
//	online ada/web bob/phone           links devices ("ada/web.2" is ada/web in its second life)
//	offline bob/phone                  takes their links
//	wait 89s                           lets time pass; deadlines are dealt with as they come
//	lag 89s                            lets time pass, while nobody looks at deadlines
//	due                                deals with the deadlines that have passed
//	restart 10s                        stops the relay for a while; nothing but the journal survives
//	show c1, find name, asked bob, joined bob      tell what is so
//	inbox bob, inbox bob 5.2 most=3                tells what is stored, all of it or behind a position
//	list c1, standing c1, profile bob  likewise
//	dropped                            tells how many notices no inbox had room for, and how many were too old
//	deadline                           tells when Due has something to say
//	random 1001                        says what the next random uid would be
//	retry                              sends the last command again, under its id
//	times 100 create ada/web type=1 name=n#    does so, # being 1, 2, ...; tells only how often which way
//
// and every order, by its device: see order and roomOrder. Channels are called c1, c2, ... as
// they come. The clock begins at 0s. é*4096 is a text of 4,096 letters.
type scene struct {
	t     *testing.T
	world *world
	names *names
	last  core.Command
	sent  map[core.Actor]uint64
}

func newScene(t *testing.T) *scene {
	return &scene{t: t, world: newWorld(t, core.Config{}), names: newNames(), sent: map[core.Actor]uint64{}}
}

func (s *scene) run(text string) string {
	l := parse(text)
	switch l.words[0] {
	case "config":
		return s.configure(l)
	case "online", "offline":
		var out string
		for _, who := range l.words[1:] {
			out += s.events(s.world.link(actor(who), l.words[0] == "online"))
		}
		return orOK(out)
	case "wait":
		return s.wait(s.duration(l.word(0)))
	case "lag":
		s.world.now += s.duration(l.word(0))
		return "ok\n"
	case "due":
		return orOK(s.due())
	case "restart":
		return s.restart(s.duration(l.word(0)))
	case "random":
		s.world.random = s.number(l.word(0))
		return "ok\n"
	case "retry":
		return s.send(s.last)
	case "times":
		return s.times(int(s.number(l.word(0))), strings.Join(strings.Fields(text)[2:], " "))
	case "show", "list", "standing", "profile", "find", "asked", "joined", "inbox", "dropped", "deadline":
		return s.tell(l)
	}
	c := core.Command{By: actor(l.word(0)), Do: s.order(l)}
	s.sent[c.By]++
	c.N = s.sent[c.By]
	if n, is := l.options["n"]; is {
		c.N = s.number(n)
	}
	require.True(s.t, s.world.linked(c.By), "%s: the device is not online", text)
	s.last = c
	return s.send(c)
}

// send asks for a remembered answer first, as whoever drives the machine must.
func (s *scene) send(c core.Command) string {
	if o, is := s.world.app.Answer(c.By, c.N); is && c.N != 0 {
		return "again: " + s.names.outcome(o) + "\n"
	}
	return s.events(s.world.handle(c))
}

func (s *scene) events(events []core.Event, refusal *core.Refusal) string {
	if refusal != nil {
		return "refused " + refusal.Error() + "\n"
	}
	var out strings.Builder
	for _, e := range events {
		out.WriteString(s.names.event(e, s.world.app) + "\n")
	}
	return out.String()
}

func (s *scene) due() string { return s.events(s.world.due(), nil) }

// wait wakes at each deadline, as the engine does.
func (s *scene) wait(d core.Time) string {
	var out strings.Builder
	until := s.world.now + d
	for next := s.world.app.Deadline(); next != 0 && next <= until; next = s.world.app.Deadline() {
		s.world.now = max(s.world.now, next)
		lines := strings.Split(strings.TrimSuffix(s.due(), "\n"), "\n")
		for l := range strings.Lines(list(lines, "\n")) {
			out.WriteString("at " + clock(s.world.now) + " " + l)
		}
		out.WriteString("\n")
	}
	s.world.now = until
	s.sound("after waiting")
	return orOK(out.String())
}

func (s *scene) restart(d core.Time) string {
	require.NoError(s.t, s.world.restart())
	s.world.now += d
	out := s.due()
	return orOK(out + s.events(s.world.handle(core.Command{Do: core.LinksDown{}})))
}

// times does one line many times, and sums up.
func (s *scene) times(n int, text string) string {
	var order []string // what came out, in the order of the first time
	count := map[string]int{}
	s.world.hasty = true
	defer func() { s.world.hasty = false }()
	for k := range n {
		out, _, _ := strings.Cut(s.run(strings.ReplaceAll(text, "#", strconv.Itoa(k+1))), "\n")
		if !strings.HasPrefix(out, "refused") {
			out = "carried out"
		}
		if count[out]++; count[out] == 1 {
			order = append(order, out)
		}
	}
	var out strings.Builder
	for _, what := range order {
		out.WriteString(strconv.Itoa(count[what]) + "x " + what + "\n")
	}
	s.sound(text)
	return out.String()
}

// configure sets the Config's fields, by name.
func (s *scene) configure(l line) string {
	require.Empty(s.t, s.world.journal, "config comes first")
	config := reflect.ValueOf(&s.world.config).Elem()
	for name, value := range l.options {
		field := config.FieldByNameFunc(func(f string) bool { return strings.EqualFold(f, name) })
		require.True(s.t, field.IsValid(), "there is no bound %s", name)
		if field.Type() == reflect.TypeFor[core.Time]() {
			field.SetInt(int64(s.duration(value)))
		} else {
			field.SetInt(int64(s.number(value)))
		}
	}
	s.world.app = core.New(s.world.config)
	return "ok\n"
}

func orOK(out string) string {
	if out == "" {
		return "ok\n"
	}
	return out
}
