#!/usr/bin/env python3
"""Make src/domain/han_variants.txt: classes of Han characters that are forms of one another.

usage: han_variants.py FOLDER > han_variants.txt     FOLDER has the character tables of OpenCC (Apache-2.0), as in the package
opencc-python-reimplemented of PyPI: pip download --no-deps opencc-python-reimplemented, then unpack opencc/dictionary
"""
import pathlib
import sys
import unicodedata

TABLES = ["STCharacters", "TSCharacters", "JPVariants", "HKVariants", "TWVariants"]
HEAD = pathlib.Path(__file__).resolve().parent.parent / "src/domain/han_variants.txt"


def head():
    """The comment lines of the file as it is; the last of them holds Japanese forms that OpenCC lacks, a class a word."""
    return [line for line in HEAD.read_text(encoding="utf-8").splitlines() if line.startswith("#")]


def main():
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    parent = {}

    def root(one):
        while parent.setdefault(one, one) != one:
            one = parent[one]
        return one

    def join(one, other):
        a, b = sorted([root(one), root(other)])
        parent[b] = a

    def forms(text):
        normal = unicodedata.normalize("NFKC", text)
        return normal if len(normal) == 1 else None

    for name in TABLES:
        for line in (pathlib.Path(sys.argv[1]) / f"{name}.txt").read_text(encoding="utf-8").splitlines():
            if not line.strip() or line.startswith("#"):
                continue
            one, others = line.split("\t")
            for other in others.split():
                pair = forms(one), forms(other)
                if None not in pair:
                    join(*pair)
    comments = head()
    for word in comments[-1].lstrip("# ").split():
        for other in word[1:]:
            join(word[0], other)
    classes = {}
    for one in parent:
        classes.setdefault(root(one), set()).add(one)
    print("\n".join(comments))
    for first, members in sorted(classes.items()):
        if len(members) > 1:
            print("".join([first, *sorted(members - {first})]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
