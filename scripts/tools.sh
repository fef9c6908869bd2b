#!/usr/bin/env bash
# Installs what the tests need and this machine lacks: on Debian as root by
# itself, elsewhere it says what is missing. Quick when nothing is.
set -euo pipefail
cd "$(dirname "$0")/.."

declare -A package=(
  [gcc]="gcc libc6-dev"
  [/usr/lib/postgresql/15/bin/postgres]="postgresql-15-postgis-3"
  [ogrinfo]="gdal-bin"
  [chromium]="chromium"
)
missing=()
for tool in "${!package[@]}"; do
  command -v "$tool" >/dev/null || missing+=(${package[$tool]})
done
# PostgreSQL may be there without PostGIS.
[ -e /usr/share/postgresql/15/extension/postgis.control ] || missing+=(postgresql-15-postgis-3)
# The validator of GeoPackages is one of the samples of GDAL for Python.
[ -e /usr/lib/python3/dist-packages/osgeo_utils/samples/validate_gpkg.py ] || missing+=(python3-gdal)

if [ ${#missing[@]} -gt 0 ]; then
  if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
    echo "missing: ${missing[*]} (Debian package names). Install them, or run this as root on Debian." >&2
    exit 1
  fi
  echo "installing ${missing[*]}" >&2
  export DEBIAN_FRONTEND=noninteractive
  # No cluster of our own: tests start private ones.
  mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

for tool in node npm; do
  command -v $tool >/dev/null || { echo "missing: $tool (Node 20 or newer)" >&2; exit 1; }
done
if ! cmp -s frontend/package-lock.json frontend/node_modules/.installed; then
  echo "installing the browser tests' npm packages" >&2
  (cd frontend && npm ci --no-audit --no-fund --loglevel=error)
  cp frontend/package-lock.json frontend/node_modules/.installed
fi
