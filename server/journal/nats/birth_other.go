//go:build darwin || freebsd || netbsd || openbsd || dragonfly

package nats

import "os"

// birth names a file that is never written by the time it was made. A copy that keeps times goes unnoticed.
func birth(f *os.File) (string, error) {
	info, err := f.Stat()
	if err != nil {
		return "", err
	}
	return info.ModTime().UTC().Format("2006-01-02T15:04:05.000000000"), nil
}
