#!/usr/bin/env bash
# The registry on a server: a cluster of its own on a socket, and the tests that need one.
#
# usage: .ci/postgres.sh [FILTER…]    other tests of the command line by their names, each with a database in the place of its file
set -euo pipefail
cd "$(dirname "$0")/.."

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
if ! ls -d /usr/lib/postgresql/*/bin > /dev/null 2>&1 || ! command -v pg_config > /dev/null; then
    as_root apt-get -qq update
    as_root apt-get -qq install -y postgresql libpq-dev > /dev/null
fi
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)

folder=$(mktemp -d)
# The server refuses to run as root.
server() { if [ "$(id -u)" = 0 ]; then (cd "$folder" && runuser -u postgres -- "$@"); else "$@"; fi; }
[ "$(id -u)" != 0 ] || chown postgres "$folder"
cleanup() {
    server "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop > /dev/null 2>&1 || true
    rm -rf "$folder"
}
trap cleanup EXIT
server "$bin/initdb" -D "$folder/data" -E UTF8 --locale=C -A trust -U tpmc > /dev/null
server "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w start > /dev/null -o \
    "-c listen_addresses='' -c unix_socket_directories='$folder' -c fsync=off -c max_connections=300 -c shared_preload_libraries=pg_stat_statements"
socket=${folder//\//%2F}
export TPMC_TEST_SERVER="postgres://tpmc@$socket"

echo "lints"
cargo clippy --features postgres --all-targets -- -D warnings
echo "the room of PostgreSQL"
cargo test --features postgres --lib postgres::
echo "servers"
cargo test --features postgres --test cli server

for filter in "$@"; do
    cargo test --features postgres --test cli "$filter"
done
