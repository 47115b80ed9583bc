package session

// backoff says how long to wait before the next try: twice as long each time,
// within its bounds, and shortened at random so that not everybody comes at once.
type backoff struct {
	min, max Millis
	random   func() uint64 // may be nil
	attempts int           // since reset
}

func (b *backoff) reset() { b.attempts = 0 }

// next counts an attempt and returns the time to wait before it.
func (b *backoff) next() Millis {
	delay := b.min
	for i := 0; i < b.attempts && delay < b.max; i++ {
		delay *= 2
	}
	delay = min(delay, b.max)
	b.attempts++
	if b.random != nil {
		delay -= Millis(b.random() % uint64(delay/2+1))
	}
	return delay
}
