#!/usr/bin/env python3
"""Check a signed checkpoint with an implementation of its own of C2SP signed notes (https://c2sp.org/signed-note).

usage: note.py VKEY FILE             ends with 0 when a signature by the key is good; needs cryptography
"""
import base64
import hashlib
import pathlib
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def is_signed(note, name, key_id, key):
    """Whether a line of the note is a good signature by the key; a line of another form is an error."""
    text, _, lines = note.rpartition(b"\n\n")
    for line in lines.decode().splitlines():
        dash, signer, signature = line.split(" ")
        if dash != "\N{EM DASH}":
            raise ValueError(f"{line!r} is no signature")
        signature = base64.b64decode(signature, validate=True)
        if (signer, signature[:4].hex()) == (name, key_id):
            Ed25519PublicKey.from_public_bytes(key).verify(signature[4:], text + b"\n")
            return True
    return False


def main():
    if len(sys.argv) != 3:
        print(__doc__)
        return 2
    name, key_id, key = sys.argv[1].split("+", 2)
    key = base64.b64decode(key, validate=True)
    # Algorithm 1 is Ed25519; the id is a digest of name, algorithm and key.
    if key[:1] != b"\x01" or hashlib.sha256(name.encode() + b"\n" + key).hexdigest()[:8] != key_id:
        print("the verifier key is malformed")
        return 1
    try:
        good = is_signed(pathlib.Path(sys.argv[2]).read_bytes(), name, key_id, key[1:])
    except (InvalidSignature, ValueError) as error:
        print(f"not signed: {error or 'the signature is wrong'}")
        return 1
    print("signed" if good else "not signed by this key")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
