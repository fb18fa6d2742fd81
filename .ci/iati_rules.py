#!/usr/bin/env python3
"""Check an IATI 2.03 file by the rules of the official ruleset that neither its schema nor its codelists express.

usage: iati_rules.py FILE.xml YYYY-MM-DD      the day is today's; needs lxml; the numbers are those of the ruleset
"""
import sys
from decimal import Decimal

from lxml import etree

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def shares(nodes):
    """Percentages of one vocabulary: none or 100 for a single one, a sum of 100 for several (2.1, 3.1, 3.4)."""
    given = [node.get("percentage") for node in nodes]
    if len(nodes) == 1:
        return given[0] in (None, "100")
    return None not in given and sum(map(Decimal, given)) == 100


def findings(activity, today):
    reporter = activity.find("reporting-org").get("ref")
    identifier = activity.findtext("iati-identifier")
    if identifier == reporter or not identifier.startswith(f"{reporter}-"):
        yield "1.1: the identifier does not begin with the reporter's"
    for node in activity.xpath("iati-identifier/text() | */@ref"):
        if set("/&|?") & set(node):
            yield f"1.3: {node!r} has a character that no reference may have"
    for narrative in activity.iter("narrative"):
        if not narrative.get(LANGUAGE) and not activity.get(LANGUAGE):
            yield "4.1: a narrative without a language"
        if not (narrative.text or "").strip():
            yield "4.1: an empty narrative"
    dates = {node.get("type"): node.get("iso-date") for node in activity.findall("activity-date")}
    if not {"1", "2"} & set(dates):
        yield "6.11: neither a planned nor an actual start"
    for start, end in (("1", "3"), ("2", "4")):
        if start in dates and end in dates and dates[start] > dates[end]:
            yield "11.1: it starts after its end"
    for kind in "24":
        if dates.get(kind, "") > today:
            yield "11.1: an actual date in the future"
    sectors = activity.findall("sector")
    if not sectors:
        yield "6.2: no sector"
    for vocabulary in {node.get("vocabulary") for node in sectors}:
        if not shares([node for node in sectors if node.get("vocabulary") == vocabulary]):
            yield f"2.1: percentages of the sectors of vocabulary {vocabulary}"
    places = activity.findall("recipient-country") + activity.findall("recipient-region")
    if not places or not shares(places):
        yield "3: the places and their percentages"
    for transaction in activity.findall("transaction"):
        value = transaction.find("value")
        if not value.get("currency") or Decimal(value.text).is_nan():
            yield "7.8: a value without a currency"
        if transaction.find("transaction-date").get("iso-date") > today or value.get("value-date") > today:
            yield "11.2: a transaction in the future"


def main():
    activities = etree.parse(sys.argv[1], etree.XMLParser(huge_tree=True)).findall("iati-activity")
    found = [(activity.findtext("iati-identifier"), what) for activity in activities for what in findings(activity, sys.argv[2])]
    for identifier, what in found:
        print(f"{identifier}: {what}")
    identifiers = {activity.findtext("iati-identifier") for activity in activities}
    if len(identifiers) != len(activities):
        found.append("identifiers repeat")
    print(f"{len(activities)} activities, {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
