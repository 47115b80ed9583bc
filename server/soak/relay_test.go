//go:build linux

package soak

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// relayProcess is a relay that runs, in a folder that outlives it.
type relayProcess struct {
	cmd  *exec.Cmd
	addr string // host:port
	log  *tail
	out  func(line string) // what it prints after its address; may be nil
}

// shipped is the relay as users run it.
var shipped = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "beckon-soak-")
	if err != nil {
		return "", err
	}
	program := filepath.Join(dir, "beckon")
	if said, err := exec.Command("go", "build", "-o", program, "beckon/server").CombinedOutput(); err != nil {
		return "", fmt.Errorf("the relay does not build: %s", said)
	}
	return program, nil
})

var addressLine = regexp.MustCompile(`http://(\S+)`)

// launch starts a relay and waits until it says where it is. An address that was
// its own a moment ago may take a moment to be free.
func launch(cmd func() *exec.Cmd, out func(line string)) (*relayProcess, error) {
	for deadline := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		r := &relayProcess{cmd: cmd(), log: &tail{}, out: out}
		if err := r.begin(); err == nil {
			return r, nil
		} else if time.Now().After(deadline) {
			return nil, err
		}
	}
}

func (r *relayProcess) begin() error {
	r.cmd.Stderr = r.log
	// Should this process die, its relays do, too.
	r.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	out, err := r.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := r.cmd.Start(); err != nil {
		return err
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if found := addressLine.FindStringSubmatch(lines.Text()); found != nil {
			r.addr = found[1]
			go func() {
				for lines.Scan() {
					if r.out != nil {
						r.out(lines.Text())
					}
				}
			}()
			return nil
		}
	}
	r.cmd.Wait()
	return fmt.Errorf("the relay did not start: %s", r.log)
}

// end sends a signal and waits for the process to end.
func (r *relayProcess) end(signal syscall.Signal) {
	r.cmd.Process.Signal(signal)
	r.cmd.Wait()
}

// memory is what the process has in memory, in KiB.
func (r *relayProcess) memory() (int, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", r.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			return strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(rest), " kB"))
		}
	}
	return 0, errors.New("no VmRSS")
}

// tail keeps the end of a log.
type tail struct {
	mu    sync.Mutex
	b     []byte
	alive int // see memory
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.b = append(t.b, p...)
	if mib, ok := alive(t.b[max(0, len(t.b)-len(p)-300):]); ok { // its line may have come in pieces
		t.alive = mib
	}
	if len(t.b) > 16<<10 {
		t.b = append([]byte(nil), t.b[len(t.b)-8<<10:]...)
	}
	return len(p), nil
}

func (t *tail) lastAlive() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.alive
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.b)
}
