#!/usr/bin/env bash
# Runs every fuzz target of the module for the time given (10s).
set -euo pipefail
cd "$(dirname "$0")/.."
time=${1:-10s}
ran=0
while IFS=: read -r file target; do
  package=./$(dirname "$file")
  echo "== $package $target"
  go test "$package" -run '^$' -fuzz "^$target\$" -fuzztime "$time"
  ran=$((ran + 1))
done < <(git grep -oE '^func Fuzz[A-Za-z0-9_]*' -- '*_test.go' | sed -E 's/func //')
[ "$ran" -gt 0 ] || { echo "no fuzz target found" >&2; exit 1; }
echo "$ran fuzz targets ran"
