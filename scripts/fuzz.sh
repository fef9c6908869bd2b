#!/usr/bin/env bash
# Runs every fuzz target of the module for the time given (10s). A package is
# built once for all of its targets.
set -euo pipefail
cd "$(dirname "$0")/.."
time=${1:-10s}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
module=$(go list -m)
found=$(go env GOCACHE)/fuzz # where go test keeps what it found before

# fuzz runs one target. Now and then Go takes the end of its own time for a
# failure ("context deadline exceeded", and no input that fails): then it is run
# again, twice at most.
fuzz() {
  local run=("$work/$3.test" -test.run '^$' -test.fuzz "^$2\$" -test.fuzztime "$time" -test.fuzzminimizetime 1s -test.fuzzcachedir "$found/$module/$1")
  for _ in 1 2 3; do
    if (cd "$1" && "${run[@]}") 2>&1 | tee "$work/log"; then return; fi
    grep -q 'context deadline exceeded' "$work/log" && ! grep -qE 'Failing input|panic' "$work/log" || return 1
  done
  return 1
}

ran=0 built=''
while IFS=: read -r file target; do
  package=$(dirname "$file")
  name=${package//\//-}
  if [ "$built" != "$name" ]; then
    rm -f "$work"/*.test
    go test -c -fuzz=. -o "$work/$name.test" "./$package"
    built=$name
  fi
  echo "== $package $target"
  fuzz "$package" "$target" "$name"
  ran=$((ran + 1))
done < <(git grep -oE '^func Fuzz[A-Za-z0-9_]*' -- '*_test.go' | sed -E 's/func //' | sort)
[ "$ran" -gt 0 ] || { echo "no fuzz target found" >&2; exit 1; }
echo "$ran fuzz targets ran"
