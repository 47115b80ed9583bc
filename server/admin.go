package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"beckon/server/backup"
	"beckon/server/ban"
	"beckon/server/engine"
)

// admin is the way in for commands such as beckon inspect: HTTP over a socket in
// the data folder, which only the relay's own user can reach.
type admin struct {
	tenants *tenants
	bans    *ban.List
	metrics http.Handler
	ready   *readiness
	log     *slog.Logger
}

// adminSocket is where it is. The folder around it is closed to others, since a
// socket's own permissions can be set only when it is there already.
func adminSocket(data string) string { return filepath.Join(data, "admin", "sock") }

// listenAdmin takes the place of a socket that a relay left which was killed: who
// has the journal's lock is the only one.
func listenAdmin(data string) (net.Listener, error) {
	path := adminSocket(data)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	if err := os.Chmod(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return net.Listen("unix", path)
}

func (a *admin) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /inspect", a.ofApp(a.inspect))
	mux.Handle("GET /readyz", a.ready)
	mux.HandleFunc("POST /backup", a.backup)
	mux.HandleFunc("POST /forget", a.ofApp(a.forget))
	mux.HandleFunc("POST /kick", a.ofAccount(a.kick))
	mux.HandleFunc("POST /ban", a.ofAccount(a.ban))
	mux.HandleFunc("POST /unban", a.ofAccount(a.unban))
	mux.HandleFunc("GET /bans", a.ofApp(a.listBans))
	mux.Handle("GET /metrics", a.metrics)
	return mux
}

// ofApp finds the app that a request is about; without a name, the only one.
func (a *admin) ofApp(do func(w http.ResponseWriter, req *http.Request, app string, e *engine.Engine)) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		name, all := req.FormValue("app"), a.tenants.names()
		if name == "" && len(all) == 1 {
			name = all[0]
		}
		e := a.tenants.byApp[name]
		switch {
		case e != nil:
			do(w, req, name, e)
		case name == "":
			http.Error(w, fmt.Sprintf("which app? give -app: %v", all), http.StatusBadRequest)
		default:
			http.Error(w, fmt.Sprintf("there is no app %q, only %v", name, all), http.StatusNotFound)
		}
	}
}

// shown is an app for beckon inspect.
type shown struct {
	App   string             `json:"app"`
	Stats shownStats         `json:"stats"`
	State *engine.Inspection `json:"state"`
	Bans  []ban.Ban          `json:"bans"` // at most as many as of the rest
}

type shownStats struct {
	Records  uint64    `json:"records"`
	Queued   int64     `json:"queuedBytes"`
	Snapshot time.Time `json:"snapshot,omitzero"`
	Behind   int64     `json:"behindSnapshotBytes"`
}

func (a *admin) inspect(w http.ResponseWriter, req *http.Request, name string, e *engine.Engine) {
	most, err := strconv.Atoi(req.FormValue("most"))
	if err != nil || most < 1 {
		most = 100
	}
	ctx, cancel := context.WithTimeout(req.Context(), 10*time.Second)
	defer cancel()
	state, err := e.Inspect(ctx, req.FormValue("account"), most)
	if err != nil {
		http.Error(w, "the app does not answer: "+err.Error(), http.StatusServiceUnavailable)
		return
	}
	s := e.Stats()
	out := slices.DeleteFunc(a.bans.Of(name, time.Now()), func(b ban.Ban) bool {
		account := req.FormValue("account")
		return account != "" && b.Account != account
	})
	a.answer(w, shown{name, shownStats{s.Last, s.Queued, s.Snapshot.At, s.Snapshot.Pending}, state, out[:min(len(out), most)]})
}

func (a *admin) forget(w http.ResponseWriter, req *http.Request, name string, e *engine.Engine) {
	account := req.FormValue("account")
	if account == "" {
		http.Error(w, "whom? give an account", http.StatusBadRequest)
		return
	}
	done, err := e.Forget(req.Context(), account)
	if errors.Is(err, engine.ErrKeeps) {
		http.Error(w, err.Error(), http.StatusConflict)
		return
	}
	if err != nil {
		a.log.Error("an account was not forgotten", "app", name, "error", err)
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	a.log.Info("an account was forgotten", "app", name) // but not who
	a.answer(w, done)
}

// failed is the trailer that says why a backup broke off.
const failed = "Beckon-Error"

func (a *admin) backup(w http.ResponseWriter, req *http.Request) {
	began := time.Now()
	w.Header().Set("Trailer", failed)
	var from []backup.Source
	for _, name := range a.tenants.names() {
		from = append(from, backup.Source{Name: name, Journal: a.tenants.journals[name]})
	}
	counts, err := writeBackup(req.Context(), w, a.bans, from)
	if err != nil {
		a.log.Error("a backup failed", "error", err)
		w.Header().Set(failed, err.Error())
		return
	}
	for _, n := range counts {
		a.log.Info("backed up", "app", n.App, "snapshot", n.Snapshot, "records", n.Records, "last", n.Last, "took", time.Since(began))
	}
}

func (a *admin) answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(v); err != nil {
		a.log.Error("an answer to a command got lost", "error", err)
	}
}

// ask is the other end: what commands ask of a relay that runs.
func ask(ctx context.Context, data, method, what string) (*http.Response, error) {
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "unix", adminSocket(data))
		}}}
	req, err := http.NewRequestWithContext(ctx, method, "http://relay"+what, nil)
	if err != nil {
		return nil, err
	}
	res, err := client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("no relay runs on the data folder %s, or not as you: %w", data, errors.Unwrap(err))
	}
	if res.StatusCode == http.StatusOK {
		return res, nil
	}
	defer res.Body.Close()
	text, _ := io.ReadAll(io.LimitReader(res.Body, 4096))
	return nil, fmt.Errorf("the relay says: %s", trimmed(text))
}
