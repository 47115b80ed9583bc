package metrics

import (
	"runtime"
	"runtime/metrics"
	"time"
)

// Of Go, under the names that its programs usually have for them.
var (
	goInfo       = define("gauge", "go_info", "The version of Go that built the program.", "version")
	goRoutines   = define("gauge", "go_goroutines", "Goroutines.")
	goHeap       = define("gauge", "go_memstats_heap_inuse_bytes", "Memory of the heap in use, with what lies free between.")
	goSys        = define("gauge", "go_memstats_sys_bytes", "Memory that Go has from the system.")
	goCollected  = define("counter", "go_gc_cycles_total", "Garbage collections.")
	goAllocated  = define("counter", "go_memstats_alloc_bytes_total", "Memory that was ever allocated on the heap.")
	processStart = define("gauge", "process_start_time_seconds", "When the process was started, in seconds since 1970.")
)

var started = time.Now()

// runtimeNames are asked for together, since that is one pass.
var runtimeNames = []string{"/sched/goroutines:goroutines", "/memory/classes/heap/objects:bytes", "/memory/classes/heap/unused:bytes",
	"/memory/classes/total:bytes", "/gc/cycles/total:gc-cycles", "/gc/heap/allocs:bytes"}

func (p *page) runtime() {
	samples := make([]metrics.Sample, len(runtimeNames))
	for i, name := range runtimeNames {
		samples[i].Name = name
	}
	metrics.Read(samples)
	at := func(i int) uint64 { return samples[i].Value.Uint64() }
	p.set(goInfo, 1, runtime.Version())
	p.count(goRoutines, at(0))
	p.count(goHeap, at(1)+at(2))
	p.count(goSys, at(3))
	p.count(goCollected, at(4))
	p.count(goAllocated, at(5))
	p.set(processStart, float64(started.UnixMilli())/1000)
	p.process()
}
