package main

import (
	"encoding/json"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"beckon/core"
	"beckon/core/wire"
	"beckon/server/guard"
	"beckon/server/ice"
)

// pageInfo is what the relay tells every page that asks, at /beckon.json.
type pageInfo struct {
	Dev bool `json:"dev"`           // any token is good
	LAN bool `json:"lan,omitempty"` // who has the relay's link gets one
	// ICEServers are RTCIceServers that ask for no credentials.
	ICEServers []ice.Shown `json:"iceServers"`
	// ICE is where pages get those that do; empty: there are none.
	ICE string `json:"ice,omitempty"`
}

// helpers tells pages of STUN and TURN servers: everybody of those that are open
// to everybody, and who has a token of all, with credentials.
type helpers struct {
	dev     bool
	lan     bool
	origins []string
	guard   *guard.Guard
	list    atomic.Pointer[[]ice.Server] // changes when settings are read anew
	now     func() time.Time
}

func newHelpers(list []ice.Server, dev bool, origins []string, g *guard.Guard) *helpers {
	h := &helpers{dev: dev, origins: origins, guard: g, now: time.Now}
	h.set(list)
	return h
}

func (h *helpers) set(list []ice.Server) { h.list.Store(&list) }

// icePath is where pages ask for credentials.
const icePath = "/ice"

// info answers /beckon.json. Pages anywhere may read it: it has no secrets.
func (h *helpers) info(w http.ResponseWriter, _ *http.Request) {
	list := *h.list.Load()
	v := pageInfo{Dev: h.dev, LAN: h.lan, ICEServers: ice.Open(list)}
	if len(v.ICEServers) < len(list) {
		v.ICE = icePath
	}
	w.Header().Set("Access-Control-Allow-Origin", "*")
	w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
	w.Header().Set("Cache-Control", "no-cache")
	say(w, http.StatusOK, v)
}

// asking is what a page sends to get credentials: what it logs in with.
type asking struct {
	App     string `json:"app"`
	Account string `json:"account"`
	Token   string `json:"token"`
	Device  string `json:"device"`
}

// maxAsking is more than any asking has: a token, and three names.
const maxAsking = 16 << 10

// mayAsk answers what a browser asks first about a page of another origin, if the
// page says that it sends JSON.
func (h *helpers) mayAsk(w http.ResponseWriter, req *http.Request) {
	if h.crosses(w, req) {
		w.Header().Set("Access-Control-Allow-Methods", http.MethodPost)
		w.Header().Set("Access-Control-Allow-Headers", "Content-Type")
		w.Header().Set("Access-Control-Max-Age", "600")
		w.WriteHeader(http.StatusNoContent)
	}
}

// crosses lets pages of other origins read the answer, if they may connect; if they
// may not, it is false, and they have been told.
func (h *helpers) crosses(w http.ResponseWriter, req *http.Request) bool {
	w.Header().Set("Vary", "Origin")
	origin := req.Header.Get("Origin")
	switch {
	case origin == "":
	case !allowed(origin, req.Host, h.origins):
		say(w, http.StatusForbidden, told{Code: string(core.Forbidden), Detail: "this origin may not connect"})
		return false
	default:
		w.Header().Set("Access-Control-Allow-Origin", origin)
		w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
	}
	return true
}

// credentials answers pages whose token is good. Those of other origins may ask if
// they may connect.
func (h *helpers) credentials(w http.ResponseWriter, req *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if !h.crosses(w, req) {
		return
	}
	var a asking
	if err := json.NewDecoder(http.MaxBytesReader(w, req.Body, maxAsking)).Decode(&a); err != nil {
		say(w, http.StatusBadRequest, told{Code: string(core.BadField), Detail: "takes an object with app, account and token, of 16 KiB at the most"})
		return
	}
	if bad := core.CheckAccount(a.Account); bad != nil {
		say(w, http.StatusBadRequest, told{Code: string(bad.Code), Field: bad.Field, Detail: bad.Detail})
		return
	}
	app, refusal := h.guard.Check(req, &wire.Hello{App: a.App, Account: a.Account, Token: a.Token, Device: a.Device})
	if refusal != nil {
		refuse(w, refusal)
		return
	}
	var answer struct {
		ICEServers []ice.Shown `json:"iceServers"`
		Until      int64       `json:"until,omitempty"` // Unix milliseconds
	}
	var until time.Time
	if answer.ICEServers, until = ice.For(*h.list.Load(), app, a.Account, h.now()); !until.IsZero() {
		answer.Until = until.UnixMilli()
	}
	say(w, http.StatusOK, answer)
}

// told is a refusal, as it stands in a refused frame.
type told struct {
	Code   string `json:"code"`
	Field  string `json:"field,omitempty"`
	Detail string `json:"detail,omitempty"`
	After  int64  `json:"after,omitempty"`
}

func refuse(w http.ResponseWriter, r *wire.Refusal) {
	status := http.StatusUnauthorized
	if r.Code == string(core.Busy) {
		status = http.StatusTooManyRequests
		w.Header().Set("Retry-After", strconv.FormatInt((r.After+999)/1000, 10))
	}
	say(w, status, told{r.Code, r.Field, r.Detail, r.After})
}

func say(w http.ResponseWriter, status int, v any) {
	text, err := json.Marshal(v)
	if err != nil {
		http.Error(w, "cannot say it", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	w.Write(append(text, '\n'))
}

// allowed says whether pages of an origin may connect, as for sockets: it is the
// relay's own, or fits a pattern.
func allowed(origin, host string, patterns []string) bool {
	u, err := url.Parse(origin)
	if err != nil || u.Host == "" {
		return false
	}
	if strings.EqualFold(u.Host, host) {
		return true
	}
	for _, p := range patterns {
		if fits, err := path.Match(strings.ToLower(p), strings.ToLower(u.Host)); err == nil && fits {
			return true
		}
	}
	return false
}
