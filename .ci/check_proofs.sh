#!/usr/bin/env bash
# A signed checkpoint, checked by an independent implementation of C2SP signed notes.
#
# usage: .ci/check_proofs.sh [TPMC]     the program; the default is target/debug/tpmc, which is built first
set -euo pipefail
cd "$(dirname "$0")/.."
checker=$(realpath .ci/note.py)
if [ $# -eq 0 ]; then
    cargo build --quiet
fi
tpmc=$(realpath "${1:-target/debug/tpmc}")
python=python3
python3 -c 'import cryptography' 2> /dev/null || python=$(.ci/python.sh proofs-venv cryptography)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export TPMC_REGISTRY=registry.db TPMC_ACTOR=ci TPMC_KEY_MEMORY=signed
"$tpmc" init --quiet
key=$("$tpmc" key new -o log.key --quiet)
witness=$("$tpmc" key new -o witness.key --name witness.example/ci --witness --quiet)
"$tpmc" checkpoint --key log.key -o signed.checkpoint --quiet
"$python" "$checker" "$key" signed.checkpoint
# A second signature, of a kind that the checker does not know, must not stand in its way.
"$tpmc" witness signed.checkpoint --key witness.key --log-key "$key" -o cosigned.checkpoint --quiet
"$python" "$checker" "$key" cosigned.checkpoint
# What a proof ends with is a checkpoint, too.
"$tpmc" prove P-0002 --key log.key -o P-0002.tlog-proof --quiet
sed '1,/^$/d' P-0002.tlog-proof > proved.checkpoint
"$python" "$checker" "$key" proved.checkpoint
if "$python" "$checker" "$witness" signed.checkpoint; then
    echo "the checker accepts a key that did not sign"
    exit 1
fi
sed '2s/.*/1/' signed.checkpoint > altered.checkpoint
if "$python" "$checker" "$key" altered.checkpoint; then
    echo "the checker accepts an altered checkpoint"
    exit 1
fi
# The auditors' bundle, by the script that stands in it: with a proof for each record, and with tiles in their place.
for proofs in each tiles; do
    "$tpmc" bundle --key log.key --proofs "$proofs" -o bundle.zip --quiet
    "$python" -m zipfile -e bundle.zip bundle
    "$python" bundle/verify.py bundle.zip "$key" signed.checkpoint
    "$tpmc" verify --bundle bundle.zip --key "$key" --quiet > verified.txt
    sed -i 's/Atyrau refinery/Other refinery/' bundle/records.ndjson
    (cd bundle && "$python" -m zipfile -c ../altered.zip ./*)
    if "$python" bundle/verify.py altered.zip "$key" > refused.txt || ! grep -q 'project P-0002' refused.txt; then
        cat refused.txt
        echo "the script in the bundle does not name the record that was altered"
        exit 1
    fi
    # The witness did not sign the checkpoint in the bundle.
    if "$python" bundle/verify.py bundle.zip "$key" "$witness" > refused.txt; then
        echo "the script in the bundle accepts a key that did not sign"
        exit 1
    fi
    rm -r bundle
done
# One that a witness cosigned, checked with both keys.
"$tpmc" bundle --checkpoint cosigned.checkpoint --log-key "$key" -o bundle.zip --quiet
"$python" -m zipfile -e bundle.zip bundle
"$python" bundle/verify.py bundle.zip "$key" "$witness" cosigned.checkpoint
