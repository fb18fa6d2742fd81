#!/usr/bin/env bash
# Exports checked by the official validators and read back by other programs: of the shipped records, and of records in which
# every field is filled with difficult text. Needs Python 3; what it installs goes into a virtual environment under target/.
#
# usage: .ci/check_exports.sh [TPMC]      the program; the default is target/debug/tpmc, which is built first
set -euo pipefail
cd "$(dirname "$0")/.."
if [ $# -eq 0 ]; then
    cargo build --quiet
fi
tpmc=$(realpath "${1:-target/debug/tpmc}")
ci=$PWD/.ci

python=$(.ci/python.sh exports-venv 'lxml>=5' libcoveoc4ids==0.9.1 frictionless==5.21.0 cryptography openpyxl duckdb)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export TPMC_NOW=2026-11-23T22:00:00Z TPMC_ACTOR=check

"$tpmc" -q init --registry "$work/seeded.db"
"$tpmc" -q export ndjson --registry "$work/seeded.db" -o "$work/seeded.ndjson"
"$python" "$ci/hostile.py" "$work/seeded.ndjson" > "$work/hostile.ndjson"
"$tpmc" -q import records "$work/hostile.ndjson" --registry "$work/hostile.db"

for registry in seeded hostile; do
    out=$work/$registry
    mkdir "$out"
    export TPMC_REGISTRY=$work/$registry.db
    for format in csv json ndjson xlsx; do
        "$tpmc" -q export "$format" -o "$out/records.$format" --loss "$out/$format.loss.csv"
    done
    "$tpmc" -q export datapackage -o "$out/package"
    "$tpmc" -q export iati -o "$out/iati.xml" --loss "$out/iati.loss.csv"
    "$tpmc" -q export oc4ids -o "$out/oc4ids.json" --loss "$out/oc4ids.loss.csv"

    echo "-- $registry: IATI, by the official schema and codelists"
    "$python" "$ci/iati_codes.py" "$out/iati.xml"
    "$python" "$ci/iati_rules.py" "$out/iati.xml" "${TPMC_NOW%T*}"
    echo "-- $registry: OC4IDS, by the official library and schema"
    "$python" "$ci/oc4ids_schema.py" "$out/oc4ids.json" | tail -n 1
    echo "-- $registry: Data Package, by frictionless"
    "${python%/*}/frictionless" validate "$out/package/datapackage.json" > "$out/frictionless.log" || { cat "$out/frictionless.log"; exit 1; }
    echo "-- $registry: CSV and XLSX, by csv, openpyxl and DuckDB"
    "$python" "$ci/read_back.py" "$out"
    echo "-- $registry: scores and sources, worked out again"
    "$python" "$ci/provenance.py" "$out" "${TPMC_NOW%T*}"
    echo "-- $registry: the auditors' bundle, by the script that stands in it"
    key=$("$tpmc" -q key new -o "$work/$registry.key")
    "$tpmc" -q bundle --key "$work/$registry.key" -o "$out/AUDIT.zip"
    "$python" -m zipfile -e "$out/AUDIT.zip" "$out/audit"
    "$python" "$out/audit/verify.py" "$out/AUDIT.zip" "$key" | tail -n 1
    "$tpmc" -q verify --bundle "$out/AUDIT.zip" --key "$key" > "$out/verified.txt" || { cat "$out/verified.txt"; exit 1; }
    echo "-- $registry: rebuilt from its exports"
    for export in records.json records.ndjson package; do
        rm -f "$work/rebuilt.db"
        "$tpmc" -q import records "$out/$export" --registry "$work/rebuilt.db"
        "$tpmc" -q export ndjson --registry "$work/rebuilt.db" -o "$work/rebuilt.ndjson"
        cmp "$out/records.ndjson" "$work/rebuilt.ndjson"
    done
done
