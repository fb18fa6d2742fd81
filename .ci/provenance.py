#!/usr/bin/env python3
"""Work the scores of every project out again from its export, as the README defines them, and compare.

usage: provenance.py FOLDER YYYY-MM-DD     FOLDER holds records.csv, records.json and package/; the day is that of the export
"""
import calendar
import csv
import json
import pathlib
import sys
from collections import defaultdict
from fractions import Fraction

csv.field_size_limit(2**31 - 1)
WEIGHT = {"high": 2, "medium": 1, "low": 0}


def share(part, whole):
    """Rounded to four decimals, halves up; None of nothing."""
    return float(Fraction(int(Fraction(part, whole) * 10_000 + Fraction(1, 2)), 10_000)) if whole else None


def last_day(date):
    parts = [int(part) for part in date.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return (year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])


def number(cell):
    return float(cell) if cell else None


def main():
    folder, today = pathlib.Path(sys.argv[1]), last_day(sys.argv[2])

    def tidy(name):
        with open(folder / "package" / f"{name}.csv", encoding="utf-8", newline="") as file:
            rows = [{key: text[1:] if text.startswith("'") else text for key, text in row.items()} for row in csv.DictReader(file)]
        grouped = defaultdict(list)
        for row in rows:
            grouped[row.get("project")].append(row)
        return rows, grouped

    confidence = {row["code"]: row["confidence"] for row in tidy("source")[0]}
    hosts, parts, events, amounts, risks, citations = (
        tidy(name)[1] for name in ("project_host", "participation", "event", "amount", "risk", "citation")
    )
    stated, named = tidy("provenance")[1], tidy("named_source")[1]
    with open(folder / "records.csv", encoding="utf-8-sig", newline="") as file:
        sheet = {row["code"]: row for row in csv.DictReader(file)}
    document = json.loads((folder / "records.json").read_text(encoding="utf-8"))
    document = {project["code"]: project["provenance"] for project in document["records"]["project"]}
    projects = tidy("project")[0]
    for project in projects:
        code = project["code"]
        lists = [[row["source"] for row in rows[code] if row["source"]] for rows in (citations, events, amounts, risks)]
        sources = list(dict.fromkeys(source for rows in lists for source in rows))
        status, since = "", None
        for event in events[code]:
            day = last_day(event["on_date"]) if event["on_date"] else None
            if event["status"] and day and day <= today and (since is None or day >= since):
                status, since = event["status"], day
        taking_part = {part["party"] for part in parts[code] if part["prospective"] == "false"}
        facts = [project["instrument"], project["mode"], project["sector"], hosts[code], len(taking_part) >= 2, status, amounts[code], sources]
        of_status = [bool(event["source"]) for event in events[code] if event["kind"] == "status"]
        quality = share(sum(WEIGHT[confidence[source]] for source in sources), 2 * len(sources))
        expected = [share(sum(map(bool, facts)), 8), quality, share(sum(of_status), len(of_status))]
        names = ("completeness", "source_quality", "evidence")
        rows = {"package": stated[code][0], "csv": sheet[code]}
        for where, row in rows.items():
            assert [number(row[name]) for name in names] == expected, f"{code}: scores of the {where}, expected {expected}"
            assert row["status"] == status, f"{code}: status of the {where}, expected {status!r}"
        assert [document[code][name] for name in names] == expected, f"{code}: scores of the document"
        assert [row["source"] for row in named[code]] == sources, f"{code}: sources of the package"
        assert all(row["confidence"] == confidence[row["source"]] for row in named[code]), f"{code}: confidence"
        assert [row["source"] for row in document[code]["sources"]] == sources, f"{code}: sources of the document"
    print(f"{len(projects)} projects: scores, statuses and sources are what follows from the records")


if __name__ == "__main__":
    main()
