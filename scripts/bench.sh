#!/usr/bin/env bash
# Prints the measured figures, each beside what it is compared to in the same
# run: tiles against PostGIS and a bare handler, the Go benchmarks, gaps
# against PostGIS, what a planner waits for, what a visitor waits for against pg_trgm
# and pgRouting. Last,
# every tile of the real villages (PETADESA_TESTDATA) is judged by PostGIS.
set -euo pipefail
cd "$(dirname "$0")/.."
go run ./bench/tiles
go test ./geo ./tiles/... ./api ./data/... -run '^$' -bench . -benchtime 1s -benchmem
go run ./bench/gaps
go run ./bench/planner
go run ./bench/guide
go run ./bench/valid
