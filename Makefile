# whybox. `make` alone lists what there is; `make run` needs only Go, git and make.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

ADDR ?= localhost:8080
WASM := env GOOS=js GOARCH=wasm
# What the page is built with: a go.mod that leaves fonts out, and no PDF or TeX.
SLIM := -modfile=build/wasm.mod -tags=minimal

# Packages that also run in the browser, so their tests run under Node too. Left
# out are those that start processes, read the source tree or only write files.
WASM_PACKAGES := $(WASM) go list ./internal/... ./examples/... ./web/ui/... \
	| grep -vE '/internal/(bench|bench/run|browser|bundle|draw/stylesheet|draw/widths|kernel/gen|layers|spec/schema|spec/schemagen)$$'

# Starts a program under Node. wasm_exec.js takes little environment, so the
# tests get only what they need.
NODE_ENV := env -i PATH=$$PATH HOME=$${HOME:-/tmp} WASM_EXEC=$$(go env GOROOT)/lib/wasm/wasm_exec.js
NODE_EXEC := node --stack-size=8192 $(CURDIR)/.ci/node_exec.js

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: page ## build the page and serve it on http://localhost:8080
	@exec build/whybox serve --addr $(ADDR)

.PHONY: serve
serve: build/whybox ## serve the page as it was last built
	@exec build/whybox serve --addr $(ADDR)

.PHONY: page
page: build/whybox ## build the page into web/dist
	build/whybox build

.PHONY: build/whybox
build/whybox:
	@go build -o $@ ./cmd/whybox

.PHONY: test
test: test-native test-wasm ## run every test: native, in Node and in Chromium
	@echo "all tests passed"

# The tests of wasm/ start Chromium and load web/dist, so the page comes first.
# They measure how fast the page answers, so they run one package at a time and
# print what they measured.
.PHONY: test-native
test-native: tools page
	@echo "== native"
	go test -timeout 20m $$(go list ./... | grep -v '/wasm/')
	@echo "== in Chromium"
	go test -p 1 -v -timeout 20m ./wasm/... | grep -v '^=== '

.PHONY: test-wasm
test-wasm: tools
	@echo "== in Node, as WebAssembly"
	@go run ./web/slimplot
	$(WASM) go test $(SLIM) -vet=off -timeout 30m -exec "$(NODE_ENV) $(NODE_EXEC)" $$($(WASM_PACKAGES))
	@echo "== in Node, without vector instructions"
	$(WASM) go test $(SLIM) -vet=off -timeout 30m -exec "$(NODE_ENV) WITHOUT_SIMD=1 $(NODE_EXEC)" ./internal/kernel ./internal/model/nn ./internal/figure

.PHONY: tools
tools:
	@.ci/tools

.PHONY: check
check: check-modules check-format check-vet check-static check-text check-layers check-fma check-generated size ## look for everything a test does not: format, vet, staticcheck, layers, fused arithmetic, generated files, size
	@echo "all checks passed"

.PHONY: check-modules
check-modules:
	@echo "== go.mod"
	@go mod tidy -diff

.PHONY: check-format
check-format:
	@echo "== gofmt"
	@unformatted=$$(gofmt -l cmd internal wasm web examples | grep -v '_gen[.]go$$' || true); \
	if [[ -n $$unformatted ]]; then echo "not formatted; run gofmt -w on:"; echo "$$unformatted"; exit 1; fi

.PHONY: check-vet
check-vet:
	@echo "== go vet"
	go vet ./...
	$(WASM) go vet ./wasm/... ./web/ui/... $$($(WASM_PACKAGES))

.PHONY: check-static
check-static:
	@echo "== staticcheck"
	@go build -o build/staticcheck honnef.co/go/tools/cmd/staticcheck
	build/staticcheck ./...
	$(WASM) build/staticcheck ./wasm/... ./internal/kernel/...

.PHONY: check-text
check-text:
	@echo "== lengths of files, notes left behind"
	@.ci/check-text

.PHONY: check-layers
check-layers:
	@echo "== layers"
	go test -count=1 ./internal/layers

.PHONY: check-fma
check-fma:
	@echo "== fused multiplication and addition"
	@.ci/check-fma

.PHONY: check-generated
check-generated:
	@echo "== generated files"
	@.ci/check-generated

.PHONY: generate
generate: ## write the generated files again: vugu components, JSON Schema, colours, widths
	go generate ./...

.PHONY: bench
bench: tools page ## measure against TensorFlow.js and ONNX Runtime in Chromium, and the page; writes build/bench.json
	go run ./internal/bench/run

.PHONY: bench-go
bench-go: ## measure the inner loops, training and explaining with Go's own benchmarks
	go test -run '^$$' -bench . -benchmem ./internal/...

.PHONY: size
size: page ## build the page, print what it transfers, fail above the budget

.PHONY: clean
clean: ## remove everything that was built
	rm -rf build web/dist
