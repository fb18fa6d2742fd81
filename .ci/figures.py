#!/usr/bin/env python3
"""Count the shipped records without the program: the golden figures of tests/fixtures/figures.json.

usage: figures.py > tests/fixtures/figures.json          Python's standard library only
"""
import calendar
import csv
import json
import pathlib
import sys

SEEDS = pathlib.Path(__file__).resolve().parent.parent / "seeds"
IMPLEMENTED = ("implementing", "completed")
YEARS = (2012, 2016, 2018, 2019, 2021, 2023, 2025)


def table(name):
    with open(SEEDS / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def last_day(date):
    parts = [int(part) for part in date.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1]
    return f"{year:04}-{month:02}-{day:02}"


def status(code, by):
    happened = [
        (last_day(event["on_date"]), event["status"])
        for event in table_events[code]
        if event["kind"] == "status" and last_day(event["on_date"]) <= by
    ]
    return max(happened)[1] if happened else "not_stated"


def count(projects, key):
    figures = {}
    for project in projects:
        for value in key(project):
            figures[value or "not_stated"] = figures.get(value or "not_stated", 0) + 1
    return dict(sorted(figures.items()))


table_events = {}
for row in table("event"):
    table_events.setdefault(row["project"], []).append(row)
asean = {row["code"] for row in table("country") if row["asean_since"]}
everything = table("project")
for row in everything:
    row["status"] = status(row["code"], "2999-12-31") if row["code"] in table_events else "not_stated"
    row["host_list"] = row["hosts"].split(";")


def regions(project):
    return {"not_stated" if not host else "asean" if host in asean else "other" for host in project["host_list"]}


def figures(projects):
    implemented = [project for project in projects if project["status"] in IMPLEMENTED]
    return {
        "projects": len(projects),
        "identified": sum(project["identified"] == "true" for project in projects),
        "implemented": len(implemented),
        "by_status": count(projects, lambda project: [project["status"]]),
        "by_mode": count(projects, lambda project: [project["mode"]]),
        "by_mode_implemented": count(implemented, lambda project: [project["mode"]]),
        "by_mode_and_status": count(projects, lambda project: [f"{project['mode'] or 'not_stated'}/{project['status']}"]),
        "by_mode_and_country": count(
            projects, lambda project: [f"{project['mode'] or 'not_stated'}/{host or 'not_stated'}" for host in project["host_list"]]
        ),
        "by_country": count(projects, lambda project: project["host_list"]),
        "by_country_implemented": count(implemented, lambda project: project["host_list"]),
        "by_sector": count(projects, lambda project: [project["sector"]]),
        "by_region": count(projects, regions),
    }


def main():
    groups = {
        "F1": [project for project in everything if project["forum"] == "F1"],
        "other": [project for project in everything if not project["forum"]],
    }
    result = {group: figures(projects) for group, projects in groups.items()}
    for year in YEARS:
        standing = [dict(project, status=status(project["code"], f"{year}-12-31") if project["code"] in table_events else "not_stated") for project in everything]
        result[f"all at the end of {year}"] = count(standing, lambda project: [project["status"]])
    json.dump(result, sys.stdout, indent=1, ensure_ascii=False)
    print()


main()
