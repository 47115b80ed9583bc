package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"beckon/server/auth"
	"beckon/server/bench/machine"
)

// The apps that the relay serves: the honest users', in which the attacker has
// accounts, too, and the attacker's own.
const (
	honestApp = "acme"
	ownApp    = "mallory"
)

func buildRelay(ctx context.Context, dir string) (string, error) {
	program := filepath.Join(dir, "beckon")
	out, err := exec.CommandContext(ctx, "go", "build", "-o", program, "beckon/server").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("the relay does not build: %s", out)
	}
	return program, nil
}

// relay is the relay under attack, in a process of its own.
type relay struct {
	cmd     *exec.Cmd
	addr    string // host:port
	metrics string // its address
	data    string
	log     *logged
	exited  chan struct{} // closed when it has, with err
	err     error
	keys    map[string]*auth.JWT
	peak    atomic.Int64 // of resident memory, since it was looked at last
}

const startTime = 30 * time.Second

// startRelay starts a relay with a file of two apps, and defaults for all else.
func startRelay(ctx context.Context, program, dir string) (*relay, error) {
	r := &relay{data: filepath.Join(dir, "data"), log: &logged{found: make(chan string, 1)}, exited: make(chan struct{}), keys: map[string]*auth.JWT{}}
	settings := "addr = \"127.0.0.1:0\"\nmetrics = \"127.0.0.1:0\"\n"
	for _, app := range []string{honestApp, ownApp} {
		secret := rand.Text() + rand.Text()
		key, err := auth.NewJWT(auth.JWTKey{Alg: "HS256", Key: []byte(secret)})
		if err != nil {
			return nil, err
		}
		r.keys[app] = key
		settings += fmt.Sprintf("[[app]]\nname = %q\n[[app.jwt]]\nalg = \"HS256\"\nsecret = %q\n", app, secret)
	}
	file := filepath.Join(dir, "beckon.toml")
	if err := os.WriteFile(file, []byte(settings), 0o600); err != nil {
		return nil, err
	}
	r.cmd = exec.Command(program, "serve", "-config", file, "-data", r.data)
	r.cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + dir} // no BECKON_ variables
	r.cmd.Stderr = r.log
	r.cmd.SysProcAttr = machine.Child()
	out, err := r.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := r.cmd.Start(); err != nil {
		return nil, err
	}
	said := make(chan string, 1)
	go func() {
		lines := bufio.NewReader(out)
		line, _ := lines.ReadString('\n')
		said <- hostPort.FindString(line)
		io.Copy(io.Discard, lines)
		r.err = r.cmd.Wait()
		close(r.exited)
	}()
	ctx, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	for r.addr == "" || r.metrics == "" {
		select {
		case r.addr = <-said:
		case r.metrics = <-r.log.found:
		case <-r.exited:
			return nil, fmt.Errorf("the relay does not start (%v): %s", r.err, r.log.end())
		case <-ctx.Done():
			r.kill()
			return nil, fmt.Errorf("the relay does not say where it is: %s", r.log.end())
		}
	}
	return r, nil
}

var hostPort = regexp.MustCompile(`127\.0\.0\.1:[0-9]+`)

// token lets an account of an app in.
func (r *relay) token(app, account string) (string, error) {
	return r.keys[app].Make(time.Now(), account, time.Hour)
}

// watch keeps the peak of the relay's memory, until ctx ends.
func (r *relay) watch(ctx context.Context) {
	for tick := time.NewTicker(20 * time.Millisecond); ; {
		select {
		case <-ctx.Done():
			tick.Stop()
			return
		case <-tick.C:
			if now, err := machine.Resident(r.cmd.Process.Pid); err == nil && now > r.peak.Load() {
				r.peak.Store(now)
			}
		}
	}
}

// dead says how the relay has ended, if it has.
func (r *relay) dead() error {
	select {
	case <-r.exited:
		return fmt.Errorf("the relay has ended (%v): %s", r.err, r.log.end())
	default:
		return nil
	}
}

// stop ends the relay as operators do, and wants it to end well.
func (r *relay) stop() error {
	if err := r.dead(); err != nil {
		return err
	}
	r.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-r.exited:
		if bad := r.log.bad.Load(); bad != nil {
			return fmt.Errorf("the relay logged errors, first %s", *bad)
		}
		if r.err != nil {
			return fmt.Errorf("the relay did not end well (%w): %s", r.err, r.log.end())
		}
		return nil
	case <-time.After(startTime):
		r.kill()
		return errors.New("the relay did not end when it was told to")
	}
}

func (r *relay) kill() {
	r.cmd.Process.Kill()
	<-r.exited
}

// scrape reads the relay's counters.
func (r *relay) scrape(ctx context.Context) (map[string]float64, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+r.metrics+"/metrics", nil)
	if err != nil {
		return nil, err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	values := map[string]float64{}
	for lines := bufio.NewScanner(res.Body); lines.Scan(); {
		name, value, found := strings.Cut(lines.Text(), "} ")
		if found {
			name += "}"
		} else if name, value, found = strings.Cut(lines.Text(), " "); !found {
			continue
		}
		if n, err := strconv.ParseFloat(value, 64); err == nil && !strings.HasPrefix(name, "#") {
			values[name] = n
		}
	}
	return values, nil
}

// logged is what the relay logs: its size, its end, where it says that its metrics
// are, and whether anything in it is an error.
type logged struct {
	found chan string
	size  atomic.Int64
	bad   atomic.Pointer[string] // the first line that is an error

	mu   sync.Mutex
	tail []byte
	told bool
}

const tailSize = 8 << 10

var metricsLine = regexp.MustCompile(`metrics are served.*at=http://(\S+)/metrics`)

func (l *logged) Write(p []byte) (int, error) {
	l.size.Add(int64(len(p)))
	for line := range bytes.Lines(p) {
		if bytes.Contains(line, []byte("level=ERROR")) || bytes.Contains(line, []byte("panic")) {
			first := string(line)
			l.bad.CompareAndSwap(nil, &first)
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tail = append(l.tail, p...)
	l.tail = l.tail[max(0, len(l.tail)-tailSize):]
	if at := metricsLine.FindSubmatch(l.tail); at != nil && !l.told {
		l.told = true
		l.found <- string(at[1])
	}
	return len(p), nil
}

func (l *logged) end() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return string(l.tail)
}
