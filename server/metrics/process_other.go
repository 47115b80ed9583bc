//go:build !linux

package metrics

func (p *page) process() {}
