#!/usr/bin/env python3
"""Check a bundle of a tpmc registry without tpmc. Needs Python 3.8 and one package: cryptography (for Ed25519).

usage: verify.py AUDIT.zip [VKEY ...] [EARLIER.checkpoint ...]

VKEY is a verifier key that must have signed the checkpoint, or a file that holds it: that of the registry's office, and those of
its witnesses. Without one, the key in the bundle is taken, which proves nothing about who signed. EARLIER.checkpoint is a file that
was published before: the journal must begin with the entries that it states, and the same keys must have signed it.
Exit status: 0 all agrees, 1 not, 2 usage.
"""
import base64, csv, datetime, hashlib, io, json, os, sys, zipfile
from urllib.parse import quote

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

# Every table of datapackage/: the kind of its records, and the list of a record that it holds (None: the records themselves).
TABLES = {
    # TABLES
}
# SHA-256 of datapackage.json, and of the README without its four lines of figures.
PACKAGE, README = "# PACKAGE", "# README"
KINDS = {kind for kind, _ in TABLES.values()}
LISTS = {(kind, field): name for name, (kind, field) in TABLES.items() if field}
CLOSING = {"actor", "command", "entries", "first_entry", "reason", "recorded_at", "undoes"}
found = []


def wrong(text):
    found.append(text)
    if len(found) <= 100:
        print("WRONG", text.encode("unicode_escape").decode() if not text.isprintable() else text)


def need(is_so, text):
    if not is_so:
        raise ValueError(text)


def sha256(content):
    return hashlib.sha256(content).hexdigest()


# --- The hash tree: RFC 6962, section 2.1 ---


def leaf_hash(entry):
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


def tiles(leaves):  # c2sp.org/tlog-tiles: names and contents
    level, hashes = 0, leaves
    while hashes:
        above = []
        for start in range(0, len(hashes), 256):
            tile, number = hashes[start : start + 256], start // 256
            name = f"{number % 1000:03}"
            while number := number // 1000:
                name = f"x{number % 1000:03}/{name}"
            yield f"tile/{level}/{name}" + (f".p/{len(tile)}" if len(tile) < 256 else ""), b"".join(tile)
            if len(tile) == 256:
                tree = []
                for hash in tile:
                    grow(tree, hash)
                above.append(root_of(tree))
        level, hashes = level + 1, above


# --- Signatures: c2sp.org/signed-note, c2sp.org/tlog-checkpoint and c2sp.org/tlog-cosignature ---


def signed(place, note, vkeys):
    text, _, lines = note.rpartition(b"\n\n")
    text += b"\n"
    origin, size, root = text.decode().split("\n")[:3]
    signers = set()
    for vkey in vkeys:
        name, key_id, key = vkey.split("+", 2)
        key = base64.b64decode(key, validate=True)
        need(key[0] in (1, 4) and sha256(name.encode() + b"\n" + key)[:8] == key_id, "this is no verifier key: " + vkey)
        blobs = [line.split(" ") for line in lines.decode().splitlines()]
        blobs = [base64.b64decode(blob, validate=True) for _, signer, blob in blobs if signer == name]
        for blob in (blob[4:] for blob in blobs if blob[:4].hex() == key_id):
            message, time = text, ""
            if key[0] == 4:  # a witness says when it signed
                time, blob = int.from_bytes(blob[:8], "big"), blob[8:]
                message = f"cosignature/v1\ntime {time}\n".encode() + text
                time = f" at {datetime.datetime.fromtimestamp(time, datetime.timezone.utc):%Y-%m-%dT%H:%M:%SZ}"
            try:
                Ed25519PublicKey.from_public_bytes(key[1:]).verify(blob, message)
                signers.add(vkey)
                print(f"{place} signed by {name}{time}")
            except InvalidSignature:
                wrong(f"{place}: the signature by {name} is wrong")
        if vkey not in signers:
            wrong(f"{place}: it is not signed by {vkey}")
    if not any(vkey.startswith(origin + "+") for vkey in signers):
        wrong(f"{place}: its log, {origin}, did not sign it")
    need(size == str(int(size)), "the size is no number")
    return origin, int(size), base64.b64decode(root, validate=True)


# --- The journal: each entry as tpmc writes it, and in its place ---


def once(pairs):
    need(len({name for name, _ in pairs}) == len(pairs), "a name stands twice in an object")
    return dict(pairs)


def canonical(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


class Journal:
    def __init__(self, fields):
        self.fields = fields  # of the documents of each kind
        self.batch, self.first, self.time, self.registry, self.ids, self.undone = 1, 0, "", None, {}, {}

    def entry(self, index, line, said):
        need(canonical(said) == line, "it is not canonical JSON")
        names = {"batch", "code", "document", "format", "kind"} | (set() if said["kind"] == "batch" else {"id"})
        need(set(said) == names and said["format"] == 1, "its form is not known")
        need(said["batch"] == self.batch, f"it belongs to batch {said['batch']}, not {self.batch}")
        if said["kind"] == "batch":
            return self.close(index, said["code"], said["document"])
        need(said["kind"] in KINDS, f"the kind {said['kind']} is not known")
        record, document = (said["kind"], said["code"]), said["document"]
        known = self.ids.get(record)
        need(known in (None, said["id"]), "the record had another id")
        if document is None:
            need(self.ids.pop(record, None), "it removes a record that is not there")
            return
        need((document["code"], document["id"]) == (said["code"], said["id"]), "its document is that of another record")
        need(set(document) <= self.fields[said["kind"]], "its document has fields that are not known")
        self.ids[record] = said["id"]

    def close(self, index, code, said):
        number, first = self.batch, self.first
        self.batch, self.first = number + 1, index + 1
        need(code == str(number) and set(said) == CLOSING | ({"registry"} if number == 1 else set()), "it does not close a batch")
        self.registry = said.get("registry", self.registry)
        need((said["first_entry"], said["entries"]) == (first, index + 1 - first) and index > first, f"batch {number} is miscounted")
        need(said["actor"].strip(" ") and said["command"].strip(" "), f"batch {number} does not say who recorded what")
        time, self.time = self.time, max(self.time, said["recorded_at"])
        datetime.datetime.strptime(said["recorded_at"], "%Y-%m-%dT%H:%M:%SZ")
        need(said["recorded_at"] >= time, f"batch {number} was recorded before the one before it")
        undoes = said["undoes"]
        if undoes is not None:
            need(0 < undoes < number and self.in_effect(undoes), f"batch {number} undoes batch {undoes}, which is not in effect")
            self.undone[undoes] = number

    def in_effect(self, batch):
        by = self.undone.get(batch)
        return by is None or not self.in_effect(by)


# --- The data package ---


def cell(value):  # as the README of tpmc says: empty is not stated, and formulas have an apostrophe in front
    if value is None or value is True or value is False:
        return {None: "", True: "true", False: "false"}[value]
    text = str(value)
    sign, _, digits = text[:1], text[1:], text[1:].replace(".", "", 1)
    number = sign in "+-" and digits.isascii() and digits.isdigit() and text[1] != "." and text[-1] != "."
    guard = isinstance(value, str) and (text == "" or text[0] in "'=+-@\t\r\n＝＋－＠") and not number
    return "'" + text if guard else text


def rows_of(kind, document, header, field):  # the rows of a table that a record's document stands for
    if field is None:
        scalars = {name for name in document if (kind, name) not in LISTS}
        return [[cell(document.get(name)) for name in header] if scalars <= set(header) else ["?"]]
    rows = []
    for place, item in enumerate(document.get(field) or [], 1):
        values = [item] if not isinstance(item, dict) else [item.get(name) for name in header[2:]]
        number = item.get("number", place) if isinstance(item, dict) else place
        known = not isinstance(item, dict) or set(item) <= {"number", *header[2:]}
        rows.append([cell(value) for value in [document["code"], number] + values] if known else ["?"])
    return rows


def headings(bundle):  # those of each table, as datapackage.json states them
    described = bundle.read("datapackage/datapackage.json")
    if sha256(described) != PACKAGE:
        wrong("datapackage/datapackage.json: it does not describe the tables as this release does")
    resources = json.loads(described)["resources"]
    return {table["name"]: [field["name"] for field in table["schema"]["fields"]] for table in resources}


def readme(text, figures):
    lines = text.decode().split("\n")
    stated = [f"    {name:<11} {value}" for name, value in zip(("registry", "entries", "root", "key"), figures)]
    at = lines.index(stated[0]) if stated[0] in lines else 0
    if lines[at : at + 4] != stated or sha256("\n".join(lines[:at] + lines[at + 4 :]).encode()) != README:
        wrong("README.md: it is not what tpmc writes for this checkpoint and this key")


def check(path, vkeys, earlier):
    csv.field_size_limit(2**31 - 1)
    bundle = zipfile.ZipFile(path)
    names = [name for name in bundle.namelist() if not name.endswith("/")]
    need(len(names) == len(set(names)), "a name stands in the archive twice")
    own = bundle.read("registry.vkey").decode().strip()
    print("key", own if not vkeys else " ".join(vkeys), "" if vkeys else "(from the bundle itself: compare it with the published one)")
    if vkeys and own not in vkeys:
        wrong("registry.vkey: the bundle holds another key: " + own)
    note = bundle.read("checkpoint")
    origin, size, root = signed("checkpoint", note, vkeys or [own])
    before = [(place, signed(place, old, vkeys or [own])) for place, old in earlier]
    readme(bundle.read("README.md"), (origin, size, base64.b64encode(root).decode(), own))

    stated = headings(bundle)
    tables = {name: csv.reader(io.TextIOWrapper(bundle.open(f"datapackage/{name}.csv"), "utf-8", newline="")) for name in TABLES}
    for name, table in list(tables.items()):
        if next(table, None) != stated.get(name):
            wrong(f"datapackage/{name}.csv: its headings are not those of datapackage.json (the rest was not compared)")
            del tables[name]
    fields = {kind: set() for kind in KINDS}
    for name, (kind, field) in TABLES.items():
        fields[kind] |= {field} if field else set(stated.get(name, []))

    entries, tree, leaves, last, roots = Journal(fields), [], [], {}, {0: root_of([])}  # last: the last entry about each record
    with bundle.open("journal.ndjson") as journal:
        for index, line in enumerate(journal):
            entry = line[:-1] if line.endswith(b"\n") else line + b"?"
            leaves.append(leaf_hash(entry))
            grow(tree, leaves[-1])
            if any(index + 1 == old[1] for _, old in before):
                roots[index + 1] = root_of(tree)
            try:
                said = json.loads(entry, object_pairs_hook=once)
                if said["kind"] != "batch":  # a record is its entry without the number of the batch, which stands in front
                    record = b"{" + entry.split(b",", 1)[1] if said["document"] is not None else None
                    last[said["kind"], said["code"]] = index, record and sha256(record)
                entries.entry(index, entry, said)
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
                wrong(f"journal.ndjson, entry {index}: {error}")
    if entries.first != len(leaves):
        wrong(f"journal.ndjson: batch {entries.batch} is not closed")
    if len(leaves) != size:
        wrong(f"journal.ndjson: it has {len(leaves)} entries, {size} were signed")
    if root_of(tree) != root:
        wrong("journal.ndjson: it is not the journal that was signed")
    if origin != f"tpmc.registry/{entries.registry}":
        wrong(f"checkpoint: it is of {origin}, the journal of {entries.registry}")
    for place, old in before:
        if old[0] != origin or roots.get(old[1]) != old[2]:
            wrong(f"{place}: the journal does not begin with the {old[1]} entries of {old[0]} that it states")

    current = {record: index for record, (index, line) in last.items() if line is not None}
    missing, documents = dict(current), {}
    with bundle.open("records.ndjson") as records:
        for line in records:
            said = json.loads(line, object_pairs_hook=once)
            record = said["kind"], said["code"]
            if record[0] == "source" and said["document"].get("file_sha256"):
                documents[said["document"]["file_sha256"]] = record[1]
            if missing.pop(record, None) is None:
                wrong(f"records.ndjson: the journal does not have {record[0]} {record[1]}, or it stands there twice")
            elif last[record][1] != sha256(line[:-1]):
                wrong(f"records.ndjson: {record[0]} {record[1]} is not what the journal says (entry {current[record]})")
            for name in [name for name in tables if TABLES[name][0] == record[0]]:
                rows = rows_of(record[0], said["document"], stated[name], TABLES[name][1])
                if [next(tables[name], None) for _ in rows] != rows:
                    wrong(f"datapackage/{name}.csv: {record[0]} {record[1]} is not what records.ndjson says (the rest was not compared)")
                    del tables[name]
    for record in missing:
        wrong(f"records.ndjson: {record[0]} {record[1]} is missing (entry {current[record]})")
    for name, table in tables.items():
        if next(table, None) is not None:
            wrong(f"datapackage/{name}.csv: it has rows of no record")

    expected = {"README.md", "verify.py", "checkpoint", "registry.vkey", "journal.ndjson", "records.ndjson"}
    expected |= {"datapackage/datapackage.json"} | {f"datapackage/{name}.csv" for name in TABLES}
    for name in [name for name in names if name.startswith("documents/")]:
        digest = name[len("documents/") :].partition(".")[0]
        if digest in documents:
            expected.add(name)
            if sha256(bundle.read(name)) != digest:
                wrong(f"{name}: it is not the document that source {documents[digest]} names")
            del documents[digest]
    for digest, code in documents.items():
        wrong(f"documents/{digest}: the document of source {code} is missing")
    if any(name.startswith("tile/") for name in names):
        for name, content in tiles(leaves):
            expected.add(name)
            if name in names and bundle.read(name) != content:
                wrong(f"{name}: it does not follow from the journal")
    if any(name.startswith("proofs/") for name in names) or not any(name.startswith("tile/") for name in names):
        for (kind, code), index in current.items():
            name = quote(code, safe="")
            name = f"proofs/{kind}/{name if len(name) <= 200 else sha256(code.encode())}.tlog-proof"
            expected.add(name)
            try:
                head, _, checkpoint = bundle.read(name).partition(b"\n\n")
                lines = head.decode().split("\n")  # c2sp.org/tlog-proof
                path = [base64.b64decode(line, validate=True) for line in lines[2:]]
                good = lines[:2] == ["c2sp.org/tlog-proof@v1", f"index {index}"] and checkpoint == note
                good = good and climb(leaves[index], index, size, path) == root
            except (KeyError, ValueError):
                good = False
            if not good:
                wrong(f"the proof of {kind} {code} does not hold (entry {index})")
    for name in sorted(expected.symmetric_difference(names)):
        wrong(f"{name}: it is missing" if name in expected else f"{name}: it has no place in a bundle")
    print(f"last recorded at {entries.time}")
    print(f"{origin}: {len(leaves)} entries, {len(current)} records, {len(found)} findings")


def main():
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    vkeys, earlier = [], []
    for argument in sys.argv[2:]:
        text = open(argument, "rb").read() if os.path.exists(argument) else argument.encode()
        if text.strip().count(b"\n") == 0:
            vkeys.append(text.decode().strip())
        else:
            earlier.append((argument, text))
    try:
        check(sys.argv[1], vkeys, earlier)
    except (ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        wrong(f"what is wrong with the bundle kept it from being read further: {error}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
