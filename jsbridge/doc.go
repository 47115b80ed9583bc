// Package jsbridge lets a page call Go and lets Go tell the page what happened.
// Only strings cross, most of them JSON, so nothing that a page can build
// reaches Go as an object. It knows neither what is called nor by whom.
//
// One Go program serves any number of targets. A target is whatever the page
// names so: there is one for each SDK instance.
//
//	call(target, method, args)  page to Go, answered by an envelope
//	event(target, name, json)   Go to page
//
// The envelope is {"ok": any JSON} or {"error": {"code", "name", "message", …}}.
//
// Plain Go decides ([Answer]) and is tested natively; the files ending in
// _js.go convert. [Serve] has two backends: its own, and with the build tag
// golangwasm the one in package gwbackend. The page cannot tell them apart.
//
// Whatever is imported here is downloaded by every page: no fmt, log,
// encoding/json, net or reflect.
package jsbridge
