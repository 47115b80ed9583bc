// Package site serves what a browser loads from the relay: the SDK under /sdk/,
// the documentation under /docs/, and the demo page at /.
package site

import (
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strings"
	"time"
)

// types are set here since the system's table may lack or misname them, and a
// browser compiles WebAssembly while it loads only under the right one.
var types = map[string]string{
	".wasm":  "application/wasm",
	".mjs":   "text/javascript; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".cjs":   "text/javascript; charset=utf-8",
	".css":   "text/css; charset=utf-8",
	".html":  "text/html; charset=utf-8",
	".json":  "application/json",
	".woff2": "font/woff2",
	".map":   "application/json",
	".svg":   "image/svg+xml",
	".txt":   "text/plain; charset=utf-8",
	".ts":    "text/plain; charset=utf-8",
}

// encodings are the forms in which a file may lie ready compressed, best first.
var encodings = []struct{ name, suffix string }{{"br", ".br"}, {"gzip", ".gz"}}

// policy lets a page run this site's own scripts and WebAssembly, connect to this
// relay, and nothing else. Not every browser takes 'self' to mean sockets, too.
// Documentation has no WebAssembly to run, and connects to nothing.
func policy(r *http.Request, name string) string {
	const rest = "img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
	if strings.HasPrefix(name, "docs/") {
		return "default-src 'self'; script-src 'self'; connect-src 'none'; " + rest
	}
	sockets := ""
	if host.MatchString(r.Host) {
		sockets = " ws://" + r.Host + " wss://" + r.Host
	}
	return "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'" + sockets + "; " + rest
}

// host is what a browser asks for. Anything else must not get into a policy.
var host = regexp.MustCompile(`^([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]+)?$`)

// Handler serves the files of a built package: dist/demo at /, dist/docs at
// /docs/, and dist itself at /sdk/.
func Handler(dist fs.FS) http.Handler {
	files := &files{FS: dist}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "only GET and HEAD", http.StatusMethodNotAllowed)
			return
		}
		name, ok := fileName(r.URL.Path)
		if !ok {
			http.NotFound(w, r)
			return
		}
		if strings.HasPrefix(name, "docs") && files.isDir(name) {
			if !strings.HasSuffix(r.URL.Path, "/") { // else links on the page would lead astray
				http.Redirect(w, r, "/"+name+"/", http.StatusMovedPermanently)
				return
			}
			name += "/index.html"
		}
		files.serve(w, r, name)
	})
}

// fileName is where a path's file lies in dist.
func fileName(urlPath string) (string, bool) {
	clean := path.Clean("/" + urlPath)
	switch {
	case clean == "/":
		return "demo/index.html", true
	case clean == "/docs" || strings.HasPrefix(clean, "/docs/"):
		return clean[1:], true
	case strings.HasPrefix(clean, "/sdk/"):
		name := strings.TrimPrefix(clean, "/sdk/")
		return name, !strings.HasPrefix(name, "demo/") && !strings.HasPrefix(name, "docs/")
	case clean == "/sdk":
		return "", false
	}
	return "demo" + clean, true
}

func (f *files) isDir(name string) bool {
	info, err := fs.Stat(f, name)
	return err == nil && info.IsDir()
}

// missing says that there is no such file; to who reads the documentation, as a
// page of it.
func (f *files) missing(w http.ResponseWriter, r *http.Request, name string) {
	page, err := fs.ReadFile(f, "docs/404.html")
	switch {
	case name == "demo/index.html":
		http.Error(w, "the demo page was not built into this relay: run make build", http.StatusNotFound)
	case err != nil || !strings.HasPrefix(name, "docs/"):
		http.NotFound(w, r)
	default:
		h := w.Header()
		h.Set("Content-Type", types[".html"])
		h.Set("Content-Security-Policy", policy(r, name))
		h.Set("Cache-Control", "no-cache")
		w.WriteHeader(http.StatusNotFound)
		w.Write(page)
	}
}

func (f *files) serve(w http.ResponseWriter, r *http.Request, name string) {
	info, err := fs.Stat(f, name)
	if err != nil || info.IsDir() {
		f.missing(w, r, name)
		return
	}
	h := w.Header()
	h.Set("Content-Type", contentType(name))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Content-Security-Policy", policy(r, name))
	h.Set("Cache-Control", "no-cache") // asks every time; the answer is mostly "not modified"
	if !strings.HasPrefix(name, "demo/") && !strings.HasPrefix(name, "docs/") {
		// Pages of other origins load the SDK, too; modules and WebAssembly need this.
		h.Set("Access-Control-Allow-Origin", "*")
	}
	h.Add("Vary", "Accept-Encoding")
	file := name
	for _, e := range encodings {
		if accepts(r, e.name) {
			if _, err := fs.Stat(f, name+e.suffix); err == nil {
				h.Set("Content-Encoding", e.name)
				file = name + e.suffix
				break
			}
		}
	}
	h.Set("Etag", f.tag(file))
	content, err := fs.ReadFile(f, file)
	if err != nil {
		http.Error(w, "cannot read "+name, http.StatusInternalServerError)
		return
	}
	http.ServeContent(w, r, name, time.Time{}, strings.NewReader(string(content)))
}

func contentType(name string) string {
	ext := path.Ext(name)
	if t := types[ext]; t != "" {
		return t
	}
	if t := mime.TypeByExtension(ext); t != "" {
		return t
	}
	return "application/octet-stream"
}

// accepts says whether a browser takes an encoding; one with q=0 it does not.
func accepts(r *http.Request, encoding string) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, q, _ := strings.Cut(strings.TrimSpace(part), ";")
		q = strings.TrimSpace(q)
		if strings.EqualFold(strings.TrimSpace(name), encoding) && q != "q=0" && q != "q=0.0" && q != "q=0.00" && q != "q=0.000" {
			return true
		}
	}
	return false
}
