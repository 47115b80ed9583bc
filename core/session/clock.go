package session

// clock knows the relay's machine time, by what the relay said last.
type clock struct {
	set    bool
	offset int64
}

// read notes what the relay's clock says now; 0 says nothing.
func (c *clock) read(now Millis, relay int64) {
	if relay > 0 {
		c.set, c.offset = true, relay-int64(now)
	}
}

// at is the relay's time, or 0 if it is not known.
func (c *clock) at(now Millis) int64 {
	if !c.set {
		return 0
	}
	return int64(now) + c.offset
}
