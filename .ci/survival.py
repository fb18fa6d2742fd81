#!/usr/bin/env python3
"""What other programs compute for the estimators of `tpmc pace`: tests/fixtures/survival.json.

usage: survival.py > tests/fixtures/survival.json          needs lifelines and scikit-survival (see the fixture for versions)

Kaplan-Meier with log(-log) limits and the log-rank test come from lifelines, cumulative incidence with competing risks from
scikit-survival, which treats ties exactly. Where both offer a figure, they must agree here. Limits of a curve that stands at
1 or 0 are not defined (R's survfit says NA) and left out.
"""
import csv
import json
import math
import pathlib
import random
import sys
from datetime import date

import lifelines
import numpy
import sksurv
from lifelines.statistics import logrank_test
from sksurv.compare import compare_survival
from sksurv.nonparametric import cumulative_incidence_competing_risks, kaplan_meier_estimator
from sksurv.util import Surv

SEEDS = pathlib.Path(__file__).resolve().parent.parent / "seeds"
OPEN, REACHED, CANCELLED = 0, 1, 2
RUNGS = {"proposed": 0, "signed": 1, "committed": 2, "implementing": 3, "completed": 4}


def leukaemia():
    """Freireich and others, Blood 21 (1963), 699-716: weeks of remission, with and without 6-mercaptopurine."""
    treated = [(t, 1) for t in (6, 6, 6, 7, 10, 13, 16, 22, 23)] + [(t, 0) for t in (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)]
    untreated = [(t, 1) for t in (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)]
    return treated, untreated


def made_up(seed, size, slow):
    """Random times with many ties, open ends and a competing risk."""
    source = random.Random(seed)
    return [(source.randint(1, slow), source.choice((0, 0, 1, 1, 1, 2))) for _ in range(size)]


def shipped(forum, start, goal, until="2026-11-23"):
    """Durations of the shipped projects; all dates of these moves are taken as the last day that they can mean."""
    def last_day(text):
        parts = [int(part) for part in text.split("-")]
        if len(parts) == 3:
            return date(*parts)
        year, month = (parts[0], parts[1] + 1) if len(parts) == 2 else (parts[0], 13)
        return date.fromordinal(date(year + (month == 13), 1 if month == 13 else month, 1).toordinal() - 1)

    def table(name):
        with open(SEEDS / f"{name}.csv", encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    moves, end, durations = {}, date.fromisoformat(until), []
    for row in table("event"):
        if row["kind"] == "status" and last_day(row["on_date"]) <= end:
            moves.setdefault(row["project"], []).append((last_day(row["on_date"]), row["status"]))
    for project in table("project"):
        if bool(project["forum"]) != forum:
            continue
        of_project = sorted(moves.get(project["code"], []), key=lambda move: move[0])
        since = next((day for day, status in of_project if status == start), None)
        if since is None:
            continue
        later = [(day, status) for day, status in of_project if day >= since]
        there = [(day, REACHED) for day, status in later if RUNGS.get(status, -1) >= RUNGS[goal]]
        ends = sorted(there + [(day, CANCELLED) for day, status in later if status == "cancelled"])
        day, how = ends[0] if ends else (end, OPEN)
        durations.append(((day - since).days, how))
    return durations


def described(observations):
    days = numpy.array([day for day, _ in observations])
    how = numpy.array([how for _, how in observations])
    fitted = lifelines.KaplanMeierFitter().fit(days, how == REACHED)
    limits = fitted.confidence_interval_
    other_times, other = kaplan_meier_estimator(how == REACHED, days)
    event_days = sorted(set(days[how != OPEN].tolist()))
    if (how == CANCELLED).any():
        at, incidence = cumulative_incidence_competing_risks(how, days)
        reached, cancelled = incidence[1], incidence[2]
    else:
        at, reached, cancelled = other_times, 1 - other, 0 * other
    curve = []
    for day in event_days:
        survival = float(fitted.survival_function_at_times(day).iloc[0])
        place = numpy.searchsorted(other_times, day, side="right") - 1
        assert math.isclose(survival, other[place], abs_tol=1e-12), (survival, other[place])
        defined = 1e-12 < survival < 1 - 1e-12
        low, high = (float(value) for value in limits.loc[:day].iloc[-1]) if defined else (None, None)
        place = numpy.searchsorted(at, day, side="right") - 1
        curve.append([day, int((days >= day).sum()), survival, low, high, float(reached[place]), float(cancelled[place])])
    first = lambda column: next((step[0] for step in curve if step[column] is not None and step[column] <= 0.5 + 1e-12), None)
    median = first(2)
    told = fitted.median_survival_time_
    assert median == (None if math.isinf(told) else int(told)), (median, told)
    return {"observations": [[int(d), int(h)] for d, h in observations], "curve": curve, "median": [median, first(3), first(4)]}


def compared(one, other):
    days = [day for day, _ in one + other]
    reached = [how == REACHED for _, how in one + other]
    groups = [0] * len(one) + [1] * len(other)
    test = logrank_test([d for d, _ in one], [d for d, _ in other], [h == REACHED for _, h in one], [h == REACHED for _, h in other])
    statistic, p_value = compare_survival(Surv.from_arrays(reached, days), numpy.array(groups))
    assert math.isclose(test.test_statistic, statistic, rel_tol=1e-9), (test.test_statistic, statistic)
    return {"statistic": float(statistic), "p_value": float(p_value)}


def main():
    treated, untreated = leukaemia()
    tied, other_tied = made_up(1, 60, 25), made_up(2, 45, 40)
    sets = {
        "leukaemia, treated": treated,
        "leukaemia, untreated": untreated,
        "made up, 60 with ties": tied,
        "made up, 45 with ties": other_tied,
        "one alone": [(273, REACHED)],
        "forum, signed to implementing": shipped(True, "signed", "implementing"),
        "other, committed to completed": shipped(False, "committed", "completed"),
        "other, committed to implementing": shipped(False, "committed", "implementing"),
    }
    result = {
        "made_by": f".ci/survival.py with lifelines {lifelines.__version__} and scikit-survival {sksurv.__version__}",
        "curve": "days, at risk, survival, low, high, incidence reached, incidence cancelled",
        "sets": {name: described(observations) for name, observations in sets.items()},
        "log_rank": {
            "leukaemia, treated/leukaemia, untreated": compared(treated, untreated),
            "made up, 60 with ties/made up, 45 with ties": compared(tied, other_tied),
        },
    }
    json.dump(result, sys.stdout, ensure_ascii=False)
    print()


main()
