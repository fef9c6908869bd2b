# Everything a developer does. Plain `make` lists it.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
export CGO_ENABLED ?= 0

ADDR ?= :8080
BIN := petadesa
FUZZTIME ?= 10s
GOFUMPT := go run mvdan.cc/gofumpt@v0.12.0
STATICCHECK := go run honnef.co/go/tools/cmd/staticcheck@v0.8.2

.PHONY: help
help: ## this list
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.PHONY: run
run: build ## build and serve the bundled map on http://localhost:8080
	./$(BIN) serve --addr $(ADDR)

.PHONY: build
build: ## build the petadesa binary, from Go alone
	@command -v go >/dev/null || { echo "Go 1.26 or newer is missing: see https://go.dev/dl/" >&2; exit 1; }
	go build -trimpath -ldflags '-s -w' -o $(BIN) ./cmd/petadesa

.PHONY: test
test: tools ## all tests: Go with the race detector, both stores, the browser
	CGO_ENABLED=1 go test -race -timeout 20m ./...
	$(MAKE) --no-print-directory e2e

.PHONY: quick
quick: ## the everyday loop: Go's short tests, without the race detector
	go test -short ./...

.PHONY: e2e
e2e: tools build ## the browser tests alone
	cd frontend && PETADESA_BIN=$(CURDIR)/$(BIN) npm run --silent e2e

.PHONY: check
check: tools ## formatting, vet, staticcheck and types
	@bad=$$($(GOFUMPT) -l $$(git ls-files '*.go')); if [ -n "$$bad" ]; then echo "not gofumpt-ed:"; echo "$$bad"; exit 1; fi
	go vet ./...
	$(STATICCHECK) ./...
	cd frontend && npx --no-install tsc --noEmit

.PHONY: fuzz
fuzz: ## every fuzz target for FUZZTIME (10s)
	scripts/fuzz.sh $(FUZZTIME)

.PHONY: golden
golden: ## accept what golden tests now answer
	go test ./... -update

.PHONY: bench
bench: tools ## the tables of measured figures, each beside what it is compared to
	scripts/bench.sh

.PHONY: bench-page
bench-page: tools build ## the page's budgets, measured in a browser
	cd frontend && PETADESA_BIN=$(CURDIR)/$(BIN) npm run --silent bench

.PHONY: generate
generate: ## make the bundle and the built frontend again
	go generate ./data/bundle
	go run ./frontend/build

.PHONY: tools
tools: ## install what tests need and is missing (Debian, as root)
	@scripts/tools.sh
