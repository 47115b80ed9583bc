package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"

	"beckon/server/bench/machine"
)

// process is another one of this program: a force or a burner.
type process struct {
	cmd  *exec.Cmd
	in   io.WriteCloser // it works until this ends
	out  bytes.Buffer
	errs bytes.Buffer
	done chan error
}

// A worker works beside honest users.
type worker interface {
	cpu() (time.Duration, error) // that it has used
	stop() (map[string]int, error)
}

// launchProcess starts this program again, as a force or a burner.
func launchProcess(_ context.Context, as, what string, o *orders) (worker, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	p := &process{cmd: exec.Command(self, as, what), done: make(chan error, 1)}
	p.cmd.Stdout, p.cmd.Stderr = &p.out, &p.errs
	p.cmd.SysProcAttr = machine.Child()
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() { p.done <- p.cmd.Wait() }()
	if o != nil {
		err = json.NewEncoder(p.in).Encode(o)
	}
	return p, err
}

func (p *process) cpu() (time.Duration, error) { return machine.CPU(p.cmd.Process.Pid) }

const endTime = 10 * time.Second

func (p *process) stop() (map[string]int, error) {
	p.in.Close()
	select {
	case err := <-p.done:
		if err != nil {
			return nil, fmt.Errorf("%v: %w: %s", p.cmd.Args[1:], err, p.errs.String())
		}
	case <-time.After(endTime):
		p.cmd.Process.Kill()
		<-p.done
		return nil, errors.New("an attacker had to be killed")
	}
	counts := map[string]int{}
	if p.out.Len() > 0 {
		if err := json.Unmarshal(p.out.Bytes(), &counts); err != nil {
			return nil, err
		}
	}
	return counts, nil
}
