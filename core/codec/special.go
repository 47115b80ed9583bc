package codec

import "math/bits"

// plain is how many bytes stand before the first that is special in a string: a
// quote, a backslash, a control character.
func plain(b []byte) (n int) {
	for ; len(b)-n >= 8; n += 8 {
		if s := special(b[n:]); s != 0 {
			return n + bits.TrailingZeros64(s)/8
		}
	}
	for n < len(b) && b[n] >= 0x20 && b[n] != '"' && b[n] != '\\' {
		n++
	}
	return n
}

// special looks at eight bytes at once. It returns 0 if none is special; else its
// lowest bit is in the byte, counted from the lowest, that is the first to be. In
// (w-n)&^w a byte below n has its top bit, and so may those above it, which lent; below 1
// is, after the xor, what is looked for.
func special[T string | []byte](s T) uint64 {
	_ = s[7]
	w := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	quote, slash := w^ones*'"', w^ones*'\\'
	return ((w-ones*' ')&^w | (quote-ones)&^quote | (slash-ones)&^slash) & tops
}
