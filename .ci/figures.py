#!/usr/bin/env python3
"""Count the shipped records without the program: the golden figures of tests/fixtures/figures.json.

usage: figures.py > tests/fixtures/figures.json          Python's standard library only
"""
import calendar
import csv
import datetime
import json
import pathlib
import statistics
import sys

SEEDS = pathlib.Path(__file__).resolve().parent.parent / "seeds"
IMPLEMENTED = ("implementing", "completed")
TODAY = "2026-11-23"  # the day as of which the records stand
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
amounts = table("amount")
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
        "by_instrument": count(projects, lambda project: [project["instrument"]]),
        "by_membership": count(projects, lambda project: [project["membership"]]),
    }


def last_days(project):
    """The project's status events that had happened, with the last day that each date can mean, in order."""
    return sorted(
        (
            (last_day(event["on_date"]), event["status"])
            for event in table_events.get(project["code"], [])
            if event["kind"] == "status" and last_day(event["on_date"]) <= TODAY
        ),
        key=lambda move: move[0],
    )


def days(since, until=None):
    return (datetime.date.fromisoformat(until or TODAY) - datetime.date.fromisoformat(since)).days


def median(numbers):
    """Of an even number the mean of the two in the middle, rounded down."""
    return int(statistics.median_low(numbers) + statistics.median_high(numbers)) // 2 if numbers else None


def evidence(project):
    dated = [last_day(event["on_date"]) for event in table_events.get(project["code"], []) if event["on_date"] and event["source"]]
    return max((day for day in dated if day <= TODAY), default=None)


def months_before(months):
    day = datetime.date.fromisoformat(TODAY)
    month = day.year * 12 + day.month - 1 - months
    year, month = divmod(month, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1])).isoformat()


def progress(projects):
    standing = {}
    for project in projects:
        moves = [move for place, move in enumerate(last_days(project)) if place == 0 or move[1] != last_days(project)[place - 1][1]]
        ends = [day for day, _ in moves[1:]] + [TODAY]
        there = [days(day, end) for (day, state), end in zip(moves, ends) if state == project["status"]]
        standing.setdefault(project["status"], []).append((sum(there) if there else None, project["code"]))
    of_status = {}
    for state, known in standing.items():
        counted = [number for number, _ in known if number is not None]
        of_status[state] = {"projects": len(known), "median": median(counted), "longest": max(counted, default=None)}
    ages = [days(evidence(project)) for project in projects if evidence(project)]
    is_open = lambda project: project["status"] not in ("completed", "cancelled")
    return {
        "by_status": of_status,
        "evidence_age": {"median": median(ages), "longest": max(ages)},
        "without_evidence": len(projects) - len(ages),
        "silent": sorted(p["code"] for p in projects if is_open(p) and (not evidence(p) or evidence(p) < months_before(12))),
        "stalled": sorted(p["code"] for p in projects if p["status"] in ("proposed", "signed") and last_days(p)[-1][0] < months_before(24)),
        "earlier_history_not_known": sum(bool(last_days(p)) and last_days(p)[0][1] not in ("proposed", "signed") for p in projects),
    }


RUNGS = {"total_cost": 0, "contract": 1, "loan": 2, "equity": 2, "grant": 2, "other": 2, "guarantee": 3}


def commitments(projects):
    """In USD without any rate: of each project the amounts of its lowest rung; pledges never enter."""
    total, estimated, made_of, left_out = 0, 0, set(), {}
    for project in projects:
        of_project = [a for a in amounts if a["project"] == project["code"] and a["basis"] == "commitment"]
        of_project = [a for a in of_project if a["on_date"] or project["status"] not in ("not_stated", "proposed", "signed")]
        lowest = min((RUNGS[a["kind"]] for a in of_project), default=None)
        for amount in of_project:
            if RUNGS[amount["kind"]] != lowest:
                continue
            if amount["currency"] == "USD":
                total += int(amount["amount"])
                estimated += int(amount["amount"]) * (amount["estimated"] == "true")
                made_of.add(project["code"])
            else:
                left_out[amount["currency"]] = left_out.get(amount["currency"], 0) + int(amount["amount"])
    return {"amount": str(total), "estimated": str(estimated), "projects": len(made_of), "left_out": {c: str(n) for c, n in sorted(left_out.items())}}


def of_records():
    groups = {p["code"]: p["forum"] or "other" for p in everything}
    party = {row["code"]: row for row in table("party")}
    roles = table("participation")
    in_groups = lambda rows, value: {
        group: count([row for row in rows if groups[row["project"]] == group], lambda row: [value(row)]) for group in ("F1", "other")
    }
    by_country = {
        group: count([party[code] for code in {r["party"] for r in roles if groups[r["project"]] == group}], lambda row: [row["country"]])
        for group in ("F1", "other")
    }
    events = [event for of_project in table_events.values() for event in of_project]
    return {
        "parties_by_country": by_country | {"all": count(party.values(), lambda row: [row["country"]])},
        "parties_by_kind": count(party.values(), lambda row: [row["kind"]]),
        "participations_by_role": in_groups(roles, lambda row: row["role"]),
        "events_by_kind": in_groups(events, lambda row: row["kind"]),
        "events_by_evidence": count(events, lambda row: [row["evidence"]]),
        "amounts_by_basis": count(amounts, lambda row: [row["basis"]]),
        "amounts_by_currency": count(amounts, lambda row: [row["currency"]]),
        "sources_by_publisher_kind": count(table("source"), lambda row: [row["publisher_kind"]]),
        "sources_by_kind": count(table("source"), lambda row: [row["kind"]]),
        "sources_by_link": count(table("source"), lambda row: [row["link"]]),
        "titles_zh_by_basis": count(everything, lambda row: [row["title_zh_basis"]]),
        "titles_ja_by_basis": count(everything, lambda row: [row["title_ja_basis"]]),
    }


def main():
    groups = {
        "F1": [project for project in everything if project["forum"] == "F1"],
        "other": [project for project in everything if not project["forum"]],
    }
    result = {group: figures(projects) | {"commitments_usd": commitments(projects)} for group, projects in groups.items()}
    for year in YEARS:
        standing = [dict(project, status=status(project["code"], f"{year}-12-31") if project["code"] in table_events else "not_stated") for project in everything]
        result[f"all at the end of {year}"] = count(standing, lambda project: [project["status"]])
    result["progress"] = {"F1": progress(groups["F1"]), "all": progress(everything)}
    result["records"] = of_records()
    json.dump(result, sys.stdout, indent=1, ensure_ascii=False)
    print()


main()
