package load

import "bytes"

// frame is what a load looks at in a reply or a notice.
type frame struct {
	position  uint64
	n         uint64 // of a reply
	ok        bool   // of a reply: carried out, and the other account was reached
	notice    []byte // the name of a notice
	channel   []byte // its id
	requestID []byte // absent: none is in it
	outcome   []byte // of a notice that something ended
}

// read reads a frame as the relay writes it. Decoding it with package wire would
// cost a load more than all else that it does, and a shared machine the figures.
func read(text []byte) (f frame, ok bool) {
	s := scanner{text, true}
	if s.has(`{"type":"reply","n":`) {
		f.n = s.number()
		s.want(`,"position":`)
		f.position = s.number()
		f.ok = s.has(`,"ok":{`) && !bytes.Contains(s.rest, []byte(`"reach":`)) && !bytes.Contains(s.rest, []byte(`"refused":`))
		if f.ok {
			f.channel = s.channel()
		}
		return f, s.ok
	}
	s.want(`{"type":"notice","position":`)
	f.position = s.number()
	s.want(`,"time":`)
	s.number()
	s.want(`,"name":"`)
	f.notice = s.text()
	s.want(`,"fields":{`)
	f.channel = s.channel()
	f.outcome = s.find(`"outcome":"`)
	f.requestID = s.find(`"requestId":"`)
	return f, s.ok
}

// scanner goes through a text from its start.
type scanner struct {
	rest []byte
	ok   bool
}

// has steps over what the text goes on with, if it does.
func (s *scanner) has(what string) bool {
	if len(s.rest) < len(what) || string(s.rest[:len(what)]) != what {
		return false
	}
	s.rest = s.rest[len(what):]
	return true
}

func (s *scanner) want(what string) { s.ok = s.has(what) && s.ok }

func (s *scanner) number() (n uint64) {
	k := 0
	for k < len(s.rest) && '0' <= s.rest[k] && s.rest[k] <= '9' {
		n = n*10 + uint64(s.rest[k]-'0')
		k++
	}
	s.ok = s.ok && k > 0
	s.rest = s.rest[k:]
	return n
}

// text reads to the closing quote. There are no escapes in what a load asks for
// by name.
func (s *scanner) text() []byte {
	end := bytes.IndexByte(s.rest, '"')
	if end < 0 {
		s.ok = false
		return nil
	}
	text := s.rest[:end]
	s.rest = s.rest[end+1:]
	return text
}

func (s *scanner) channel() []byte {
	s.want(`"channel":{"id":"`)
	return s.text()
}

// find looks for a text further on; nil if it is not there.
func (s *scanner) find(key string) []byte {
	i := bytes.Index(s.rest, []byte(key))
	if i < 0 {
		return nil
	}
	s.rest = s.rest[i+len(key):]
	return s.text()
}
