package engine

import "beckon/core/wire"

// A Link is a live socket, as the engine sees it. Its methods never block: a
// device too slow to read is cut off by the link itself.
type Link interface {
	// Queue adds a frame to what is to be sent. The slice is good during the call
	// alone, and must not be changed.
	Queue(frame []byte)
	// Answer is Queue for the answer to a command. Unless the link is closed, each
	// command that was submitted gets one.
	Answer(frame []byte)
	// Flush starts sending what is queued.
	Flush()
	// Close ends the link after what is queued has been sent.
	Close(code wire.CloseCode)
}

// A Device is who is at the other end of a link.
type Device struct {
	Account string
	Device  string
	Life    string
}

// links knows which devices are linked. A device has one link at a time.
type links map[string][]linked // by account

type linked struct {
	Device
	link Link
}

// has says whether link is the device's own: not yet replaced, nor gone.
func (l links) has(d Device, link Link) bool {
	for _, x := range l[d.Account] {
		if x.link == link {
			return true
		}
	}
	return false
}

// add makes link the device's own and returns what it replaces, if anything.
func (l links) add(d Device, link Link) (replaced linked) {
	list := l[d.Account]
	for i := range list {
		if list[i].Device.Device == d.Device {
			replaced, list[i] = list[i], linked{d, link}
			return replaced
		}
	}
	l[d.Account] = append(list, linked{d, link})
	return linked{}
}

// remove forgets a link. It is false if the device has another one by now.
func (l links) remove(d Device, link Link) bool {
	list := l[d.Account]
	for i := range list {
		if list[i].link != link {
			continue
		}
		if len(list) == 1 {
			delete(l, d.Account)
		} else {
			// In a fresh slice: the old one may be in use by a delivery.
			l[d.Account] = append(append([]linked(nil), list[:i]...), list[i+1:]...)
		}
		return true
	}
	return false
}

func (l links) online(account string) bool { return len(l[account]) > 0 }
