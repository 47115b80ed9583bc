package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"time"

	"beckon/server/bench/machine"
)

// process is a server under way.
type process struct {
	cmd    *exec.Cmd
	addr   string // host:port
	log    *tail
	exited chan error // gets the exit, once
}

const (
	startTime = 30 * time.Second // until a server says where it is
	stopTime  = 15 * time.Second // from SIGTERM to SIGKILL
)

// start runs a server, and waits until its first line says where it listens.
func start(ctx context.Context, path string, args, env []string) (*process, error) {
	p := &process{cmd: exec.Command(path, args...), log: &tail{}, exited: make(chan error, 1)}
	p.cmd.Env = append(p.cmd.Environ(), env...)
	p.cmd.Stderr = p.log
	p.cmd.SysProcAttr = machine.Child()
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	address := make(chan string, 1)
	go func() {
		r := bufio.NewReader(out)
		line, _ := r.ReadString('\n')
		address <- listens.FindString(line)
		io.Copy(io.Discard, r)
		p.exited <- p.cmd.Wait() // not before everything is read
	}()
	select {
	case p.addr = <-address:
	case <-time.After(startTime):
	case <-ctx.Done():
	}
	if p.addr == "" {
		return nil, errors.Join(context.Cause(ctx), fmt.Errorf("%s does not say where it listens", path), p.stop())
	}
	return p, nil
}

var listens = regexp.MustCompile(`127\.0\.0\.1:[0-9]+`)

// stop ends a server, politely if it listens. It is an error if the server was
// gone already, did not end well, or had errors to log.
func (p *process) stop() error {
	select {
	case err := <-p.exited:
		return fmt.Errorf("%s has ended by itself (%v): %s", p.cmd.Path, err, p.log)
	default:
	}
	p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case err := <-p.exited:
		if err != nil {
			return fmt.Errorf("%s ended badly (%w): %s", p.cmd.Path, err, p.log)
		}
	case <-time.After(stopTime):
		p.cmd.Process.Kill()
		return fmt.Errorf("%s had to be killed (%v): %s", p.cmd.Path, <-p.exited, p.log)
	}
	if log := p.log.String(); strings.Contains(log, "level=ERROR") {
		return fmt.Errorf("%s logged errors: %s", p.cmd.Path, log)
	}
	return nil
}

// tail keeps the end of a log.
type tail struct {
	mu   sync.Mutex
	text []byte
}

const tailSize = 8 << 10

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.text = append(t.text, p...)
	t.text = t.text[max(0, len(t.text)-tailSize):]
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.text)
}
