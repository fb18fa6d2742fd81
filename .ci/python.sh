#!/usr/bin/env bash
# Prints a Python 3 that has the named packages, in a virtual environment under target/ that is made when it is not there.
# Debian keeps the module for that in a package of its own, which is installed only when it is missing.
#
# usage: python=$(.ci/python.sh NAME PACKAGE...)     NAME is the folder under target/
set -euo pipefail
cd "$(dirname "$0")/.."
venv=$PWD/target/$1
shift

install_python() {
    command -v apt-get > /dev/null || { echo "install Python 3 with its venv module" >&2; exit 1; }
    local root=()
    [ "$(id -u)" -eq 0 ] || root=(sudo)
    "${root[@]}" apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -qq python3 python3-venv >&2
}

if [ "$(cat "$venv/installed" 2> /dev/null)" != "$*" ] || ! "$venv/bin/python" -c '' 2> /dev/null; then
    rm -rf "$venv"
    python3 -c 'import ensurepip, venv' 2> /dev/null || install_python
    python3 -m venv "$venv" >&2
    "$venv/bin/pip" install --quiet --disable-pip-version-check "$@" >&2
    echo "$*" > "$venv/installed"
fi
echo "$venv/bin/python"
