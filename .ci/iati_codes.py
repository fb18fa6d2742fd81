#!/usr/bin/env python3
"""Check an IATI 2.03 file by the official schema, and every coded value by the official code lists.

usage: iati_codes.py FILE.xml        ends with 1 and a line a finding when something is wrong; needs lxml
"""
import json
import pathlib
import sys

from lxml import etree

STANDARD = pathlib.Path(__file__).resolve().parent / "standards/iati-2.03"
XML = "{http://www.w3.org/XML/1998/namespace}"


def of_schema(document):
    schema = etree.XMLSchema(etree.parse(STANDARD / "iati-activities-schema.xsd"))
    schema.validate(document)
    return [f"line {error.line}: {error.message}" for error in schema.error_log]


def values(document, rule):
    """The coded values at the places of a rule, each with its line."""
    place, _, attribute = rule["path"].partition("/@")
    attribute = attribute.replace("xml:", XML)
    condition = f"[{rule['condition']}]" if rule["condition"] else ""
    for node in document.xpath(place + condition):
        value = node.get(attribute) if attribute else (node.text or "").strip()
        if value:
            yield node.sourceline, value


def main():
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    document = etree.parse(sys.argv[1])
    official = json.loads((STANDARD / "codelists.json").read_text(encoding="utf-8"))
    wrong, checked = of_schema(document), 0
    for rule in official["rules"]:
        codes = set(official["lists"][rule["list"]])
        for line, value in values(document, rule):
            checked += 1
            if value not in codes and not (rule["list"] == "Language" and value.lower() in codes):
                wrong.append(f"line {line}: {value!r} at {rule['path']} is not in the code list {rule['list']}")
    print("\n".join(wrong[:200]), end="\n" if wrong else "")
    activities = len(document.findall("iati-activity"))
    print(f"{activities} activities, {checked} coded values, {len(wrong)} wrong")
    return 1 if wrong or not activities or not checked else 0


if __name__ == "__main__":
    sys.exit(main())
