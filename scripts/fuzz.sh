#!/usr/bin/env bash
# Runs every fuzz target of the module for the time given (10s).
set -euo pipefail
cd "$(dirname "$0")/.."
time=${1:-10s}
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# fuzz runs one target. Now and then go test takes the end of its own time for a
# failure ("context deadline exceeded", and no input that fails): then it is run
# once more, and that counts.
fuzz() {
  local run=(go test "$1" -run '^$' -fuzz "^$2\$" -fuzztime "$time")
  if "${run[@]}" 2>&1 | tee "$log"; then return; fi
  if grep -q 'context deadline exceeded' "$log" && ! grep -qE 'Failing input|panic' "$log"; then
    "${run[@]}"
  else
    return 1
  fi
}

ran=0
while IFS=: read -r file target; do
  package=./$(dirname "$file")
  echo "== $package $target"
  fuzz "$package" "$target"
  ran=$((ran + 1))
done < <(git grep -oE '^func Fuzz[A-Za-z0-9_]*' -- '*_test.go' | sed -E 's/func //')
[ "$ran" -gt 0 ] || { echo "no fuzz target found" >&2; exit 1; }
echo "$ran fuzz targets ran"
