# Beckon. `make run` serves the demo page; `make test` runs the short tests; `make help` lists the rest.

ADDR   ?= 127.0.0.1:8080
DATA   ?= data
BRIDGE ?= plain

# Set to 1 to see the output of parts that pass.
export V ?=

# With LAN=1 the relay finds its address by itself, unless ADDR is given.
RUN_AT      = $(if $(LAN),-lan $(if $(filter-out file,$(origin ADDR)),-addr '$(ADDR)'),-addr '$(ADDR)')

PART        = ./.ci/part
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2
# js/wasm tests run in Node, whose start fails when the environment is large.
WASM_TEST   = env -i PATH="$$PATH" HOME="$$HOME" GOOS=js GOARCH=wasm go test -exec="$$(go env GOROOT)/lib/wasm/go_js_wasm_exec"

GO_SOURCES  = $(shell find core jsbridge wasm -name '*.go' -not -name '*_test.go')
WEB_SOURCES = $(shell find web/src web/demo web/docs -type f) $(wildcard web/build/*.mjs web/build/*.css) web/package.json web/package-lock.json
NODE_MODULES = web/node_modules/.package-lock.json

NODE_TESTS  = $(filter-out %.chromium.test.mjs %.page.test.mjs,$(patsubst web/%,%,$(wildcard web/test/*.test.mjs)))

.PHONY: help all run build dist generate docs fmt lint test test-all test-firefox screenshots soak attack bench release clean tools

all: generate fmt lint test

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

run: build ## serve the demo page at http://ADDR (127.0.0.1:8080), state in DATA (data); LAN=1: to the network, for an hour
	@exec bin/beckon $(RUN_AT) -data '$(DATA)'

build: bin/beckon ## build the package (web/dist) and the relay (bin/beckon)

bin/beckon: web/dist/build-info.json $(shell find server core -name '*.go' -not -name '*_test.go') web/embed.go go.mod go.sum
	@go build -o bin/beckon ./server

web/dist/build-info.json: $(GO_SOURCES) $(WEB_SOURCES) go.mod go.sum | tools $(NODE_MODULES)
	@node web/build/build.mjs --bridge plain --check

dist: tools $(NODE_MODULES) ## build the npm package in web/dist; BRIDGE=golang-wasm takes the other bridge
	@node web/build/build.mjs --bridge '$(BRIDGE)' --check

# The other bridge, for the tests that run on both.
web/build/golang-wasm/build-info.json: $(GO_SOURCES) $(WEB_SOURCES) go.mod go.sum | tools $(NODE_MODULES)
	@node web/build/build.mjs --bridge golang-wasm --out web/build/golang-wasm --no-docs --check

tools:
	@./.ci/need

$(NODE_MODULES): web/package.json web/package-lock.json | tools
	@cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

generate: $(NODE_MODULES) ## write what is generated from the wire table, the machine and the types
	@go generate ./core/wire ./core/charts
	@node web/build/docs.mjs --write

docs: build ## check the documentation: generated pages, links, and every sample, by running it
	@$(PART) 'docs: protocol and states as generated' go test -count=1 -run TestGenerated ./core/wire/... ./core/charts
	@$(PART) 'docs: API as generated, links' node web/build/docs.mjs
	@$(PART) 'docs: samples' sh -c 'cd web && node --test --test-concurrency=2 $(filter test/docs.%,$(NODE_TESTS))'
	@$(PART) 'docs: samples in Chromium' sh -c 'CHROMIUM=$$(./.ci/chromium) && export CHROMIUM && cd web && node --test test/docs.*.page.test.mjs test/docs.*.chromium.test.mjs'

fmt: ## format the Go code
	@gofmt -w core jsbridge server wasm web/*.go

bin/staticcheck: Makefile | tools
	@GOBIN='$(CURDIR)/bin' go install $(STATICCHECK)
	@touch $@

lint: tools $(NODE_MODULES) bin/staticcheck ## gofmt, vet and staticcheck on both platforms, tsc, generated files, imports, budgets
	@$(PART) 'gofmt' sh -c 'out=$$(gofmt -l core jsbridge server wasm web/*.go); echo "$$out"; test -z "$$out"'
	@$(PART) 'go vet' go vet ./...
	@$(PART) 'go vet, js/wasm' env GOOS=js GOARCH=wasm go vet ./core/... ./jsbridge/... ./wasm/...
	@$(PART) 'staticcheck' bin/staticcheck ./...
	@$(PART) 'staticcheck, js/wasm' env GOOS=js GOARCH=wasm bin/staticcheck ./core/... ./jsbridge/... ./wasm/...
	@$(PART) 'tsc' sh -c 'cd web && npm run --silent check && node_modules/.bin/tsc -p demo/tsconfig.json'
	@$(PART) 'generated files are current' go test -count=1 -run TestGenerated ./core/wire/... ./core/charts
	@$(PART) 'docs: API as generated, links' node web/build/docs.mjs
	@$(PART) 'import rules and diet' go test -count=1 -run 'Pure|Heavy|Import|Links' ./core ./jsbridge
	@$(PART) 'package within its budgets' $(MAKE) --no-print-directory web/dist/build-info.json

# The suite in its short form. Each part prints its time; V=1 shows all output.
test: tools $(NODE_MODULES) ## the tests, short (at most 8 minutes when warm)
	@$(PART) 'Go' go test -short ./...
	@$(PART) 'Go, race detector' go test -short -race $$(go list ./server/... ./wasm/... | grep -v server/bench)
	@$(PART) 'Go, js/wasm in Node' sh -c '$(WASM_TEST) -short ./core/... ./jsbridge/... ./wasm/...'
	@$(PART) 'build: package and relay' $(MAKE) --no-print-directory build
	@$(PART) 'build: package on golang-wasm' $(MAKE) --no-print-directory web/build/golang-wasm/build-info.json
	@$(PART) 'Node: bridge, facade, calls' sh -c 'cd web && node --test --test-concurrency=2 $(NODE_TESTS)'
	@$(PART) 'Chromium: the package in pages' sh -c 'CHROMIUM=$$(./.ci/chromium) && export CHROMIUM && cd web && node --test --test-concurrency=2 test/*.page.test.mjs'
	@$(PART) 'Chromium: the demo page' sh -c 'CHROMIUM=$$(./.ci/chromium) && export CHROMIUM && node web/test/with-relay.mjs web/test/demo.*.chromium.test.mjs'

# What any judging names, in full.
test-all: test ## the tests, long
	@$(PART) 'Go, long' go test -count=1 -timeout 60m ./...
	@$(PART) 'Dashboard queries' sh -c 'cd server/deploy/promql && go test ./...'
	@$(PART) 'Chromium: the demo page, long' sh -c 'CHROMIUM=$$(./.ci/chromium) && export CHROMIUM && BECKON_LONG=1 node web/test/with-relay.mjs web/test/demo.*.chromium.test.mjs'
	@$(PART) 'Chromium: shared tabs, long' sh -c 'CHROMIUM=$$(./.ci/chromium) && export CHROMIUM && cd web && BECKON_LONG=1 node --test test/tabs.page.test.mjs'
	@$(PART) 'Node: both dialects on hostile networks' sh -c 'cd web && BECKON_LONG=1 node --test test/*.hostile.test.mjs'
	@$(PART) 'Node: memory over 50,000 calls' sh -c 'cd web && node test/memory.mjs'
	@$(MAKE) --no-print-directory test-firefox
	@$(MAKE) --no-print-directory docs
	@$(PART) 'Chromium: the package in five toolchains' sh -c 'CHROMIUM=$$(./.ci/chromium) && export CHROMIUM && cd web && npm run --silent test:projects'

test-firefox: build ## the demo's calls in Firefox, and from there to Chromium; shared tabs
	@$(PART) 'Firefox: the demo page' sh -c 'CHROMIUM=$$(./.ci/chromium) && FIREFOX=$$(./.ci/firefox) && export CHROMIUM FIREFOX && node web/test/with-relay.mjs web/test/demo.firefox.mjs'
	@$(PART) 'Firefox: shared tabs' sh -c 'FIREFOX=$$(./.ci/firefox) && export FIREFOX && node web/test/with-relay.mjs web/test/tabs.firefox.mjs'

screenshots: build ## pictures of the demo page, into web/test/screenshots
	@CHROMIUM=$$(./.ci/chromium) && export CHROMIUM && node web/test/with-relay.mjs web/test/demo/pictures.mjs

SOAK ?= 10m

soak: tools ## wear relays out for SOAK (10m): kills, pauses, full and slow disks, 10,000 simulated worlds
	@bash -o pipefail -c "go test -count=1 -timeout 0 -v -run 'TestWorlds|TestSoak' ./server/sim ./server/soak -args -soak '$(SOAK)' \
	  | grep -v -e '^=== ' -e '^ *--- PASS'"

attack: tools ## judge what strangers can do to honest users: five to eight minutes, on loopback alone
	@go run ./server/attack

LIGHTHOUSE = server/bench/lighthouse

bench: build web/build/golang-wasm/build-info.json $(LIGHTHOUSE)/node_modules/.package-lock.json ## measure against the floors, and what grows; writes server/bench/*.json
	@go run ./server/bench
	@go run ./server/bench -growth

$(LIGHTHOUSE)/node_modules/.package-lock.json: $(LIGHTHOUSE)/package-lock.json | tools
	@cd $(LIGHTHOUSE) && npm ci --no-audit --no-fund --loglevel=error --ignore-scripts
	@touch $@

VERSION ?= 0.0.0-dev

release: web/dist/build-info.json ## build release archives of VERSION in release/
	@server/deploy/release.sh '$(VERSION)'

clean: ## remove what was built
	rm -rf bin release web/build/golang-wasm
	find web/dist -mindepth 1 -not -name .gitkeep -delete
