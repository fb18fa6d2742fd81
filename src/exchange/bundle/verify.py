#!/usr/bin/env python3
"""Check a bundle of a tpmc registry without tpmc. Needs Python 3.8 and one package: cryptography (for Ed25519).

usage: verify.py AUDIT.zip [VKEY]    VKEY is the verifier key that the registry's office published, or a file that holds it.
Without it the key in the bundle is taken, which proves nothing about who signed. Exit status: 0 all agrees, 1 not, 2 usage.
"""
import base64, csv, hashlib, io, json, os, sys, zipfile
from urllib.parse import quote

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

# Every table of datapackage/: the kind of its records, and the list of a record that it holds (None: the records themselves).
TABLES = {
    # TABLES
}
found = []


def wrong(text):
    found.append(text)
    if len(found) <= 100:
        print("WRONG", text)


def leaf_hash(entry):  # RFC 6962, section 2.1
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def grow(tree, leaf):  # the tree is a list of full subtrees from left to right: [leaves, root]
    tree.append([1, leaf])
    while len(tree) > 1 and tree[-1][0] == tree[-2][0]:
        (size, left), (_, right) = tree[-2:]
        tree[-2:] = [[2 * size, node_hash(left, right)]]


def root_of(tree):
    root = tree[-1][1] if tree else hashlib.sha256(b"").digest()
    for _, left in reversed(tree[:-1]):
        root = node_hash(left, root)
    return root


def climb(leaf, index, size, path):  # RFC 9162, section 2.1.3.2: the root that a proof leads to
    node, last = index, size - 1
    for sibling in path:
        if last == 0:
            return None
        if node & 1 or node == last:
            leaf = node_hash(sibling, leaf)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            leaf = node_hash(leaf, sibling)
        node, last = node >> 1, last >> 1
    return leaf if last == 0 else None


def signed(note, vkey):  # c2sp.org/signed-note and c2sp.org/tlog-checkpoint: origin, size, root
    text, signatures = note[: note.rindex(b"\n\n") + 1], note[note.rindex(b"\n\n") + 2 :].decode().splitlines()
    name, key_id, key = vkey.split("+", 2)
    key = base64.b64decode(key)
    good = key[0] == 1 and hashlib.sha256(name.encode() + b"\n" + key).digest()[:4].hex() == key_id
    blobs = [base64.b64decode(line.split(" ")[2]) for line in signatures if line.split(" ")[1] == name]
    blobs = [blob[4:] for blob in blobs if blob[:4].hex() == key_id]
    try:
        for blob in blobs:
            Ed25519PublicKey.from_public_bytes(key[1:]).verify(blob, text)
    except InvalidSignature:
        good = False
    origin, size, root = text.decode().split("\n")[:3]
    if not good or not blobs or origin != name:
        wrong("checkpoint: it is not signed by " + vkey)
    return origin, int(size), base64.b64decode(root)


def cell(value):  # as the README of tpmc says: empty is not stated, and formulas have an apostrophe in front
    if value is None or value is True or value is False:
        return {None: "", True: "true", False: "false"}[value]
    text = str(value)
    sign, _, digits = text[:1], text[1:], text[1:].replace(".", "", 1)
    number = sign in "+-" and digits.isascii() and digits.isdigit() and text[1] != "." and text[-1] != "."
    guard = isinstance(value, str) and (text == "" or text[0] in "'=+-@\t\r\n＝＋－＠") and not number
    return "'" + text if guard else text


def rows_of(document, header, field):  # the rows of a table that a record's document stands for
    if field is None:
        lists = {name for kind, name in TABLES.values() if name}
        scalars = {name for name in document if name not in lists or not isinstance(document[name], list)}
        return [[cell(document[name]) for name in header] if scalars == set(header) else ["?"]]
    rows = []
    for place, item in enumerate(document[field], 1):
        values = [item] if not isinstance(item, dict) else [item[name] for name in header[2:]]
        number = item.get("number", place) if isinstance(item, dict) else place
        rows.append([cell(value) for value in [document["code"], number] + values])
    return rows


def main():
    if len(sys.argv) not in (2, 3):
        print(__doc__)
        return 2
    csv.field_size_limit(2**31 - 1)
    bundle = zipfile.ZipFile(sys.argv[1])
    names = bundle.namelist()
    if len(names) != len(set(names)):
        wrong("a name stands in the archive twice")
    own = bundle.read("registry.vkey").decode().strip()
    vkey = sys.argv[2] if len(sys.argv) == 3 else own
    vkey = open(vkey, encoding="utf-8").read().strip() if os.path.exists(vkey) else vkey
    print("key", vkey, "" if len(sys.argv) == 3 else "(from the bundle itself: compare it with the published one)")
    if own != vkey:
        wrong("registry.vkey: the bundle holds another key: " + own)
    note = bundle.read("checkpoint")
    origin, size, root = signed(note, vkey)

    tree, leaves, last = [], [], {}  # last: the last entry about each record
    with bundle.open("journal.ndjson") as journal:
        for index, line in enumerate(journal):
            entry = line[:-1] if line.endswith(b"\n") else line + b"?"
            leaves.append(leaf_hash(entry))
            grow(tree, leaves[-1])
            said = json.loads(line)
            if said["kind"] != "batch":  # a record is its entry without the number of the batch, which stands in front
                record = b"{" + entry.split(b",", 1)[1] if said["document"] is not None else None
                last[said["kind"], said["code"]] = index, record and hashlib.sha256(record).digest()
    if len(leaves) != size:
        wrong(f"journal.ndjson: it has {len(leaves)} entries, {size} were signed")
    if root_of(tree) != root:
        wrong("journal.ndjson: it is not the journal that was signed")

    current = {record: index for record, (index, line) in last.items() if line is not None}
    missing = dict(current)
    tables = {name: csv.reader(io.TextIOWrapper(bundle.open(f"datapackage/{name}.csv"), "utf-8", newline="")) for name in TABLES}
    headers = {name: next(table) for name, table in tables.items()}
    with bundle.open("records.ndjson") as records:
        for line in records:
            said = json.loads(line)
            record = said["kind"], said["code"]
            if missing.pop(record, None) is None:
                wrong(f"records.ndjson: the journal does not have {record[0]} {record[1]}, or it stands there twice")
            elif last[record][1] != hashlib.sha256(line[:-1]).digest():
                wrong(f"records.ndjson: {record[0]} {record[1]} is not what the journal says (entry {current[record]})")
            for name in [name for name in tables if TABLES[name][0] == record[0]]:
                rows = rows_of(said["document"], headers[name], TABLES[name][1])
                if [next(tables[name], None) for _ in rows] != rows:
                    wrong(f"datapackage/{name}.csv: {record[0]} {record[1]} is not what records.ndjson says (the rest was not compared)")
                    del tables[name]
    for record in missing:
        wrong(f"records.ndjson: {record[0]} {record[1]} is missing (entry {current[record]})")
    for name, table in tables.items():
        if next(table, None) is not None:
            wrong(f"datapackage/{name}.csv: it has rows of no record")

    tiled = any(name.startswith("tile/") for name in names)  # the tree was worked out above
    for (kind, code), index in current.items() if not tiled else ():
        try:
            name = quote(code, safe="")
            name = name if len(name) <= 200 else hashlib.sha256(code.encode()).hexdigest()
            proof = bundle.read(f"proofs/{kind}/{name}.tlog-proof")
            head, _, checkpoint = proof.partition(b"\n\n")
            lines = head.decode().split("\n")  # c2sp.org/tlog-proof
            path = [base64.b64decode(line, validate=True) for line in lines[2:]]
            good = lines[:2] == ["c2sp.org/tlog-proof@v1", f"index {index}"] and checkpoint == note
            good = good and climb(leaves[index], index, size, path) == root
        except (KeyError, ValueError):
            good = False
        if not good:
            wrong(f"the proof of {kind} {code} does not hold (entry {index})")

    print(f"{origin}: {len(leaves)} entries, {len(current)} records, {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
