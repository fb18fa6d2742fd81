#!/usr/bin/env python3
"""Read the exports of a registry with other programs and compare rows, sums and texts.

usage: read_back.py FOLDER      FOLDER holds records.{csv,json,xlsx} and package/; needs openpyxl and duckdb
"""
import csv
import json
import pathlib
import sys

import duckdb
import openpyxl

csv.field_size_limit(sys.maxsize)
# The longest text of an XLSX cell, and what openpyxl reads in the place of characters that XML cannot hold.
LONGEST = 32_767


def unguarded(cell):
    return cell[1:] if cell.startswith("'") else cell


def main():
    folder = pathlib.Path(sys.argv[1])
    records = json.loads((folder / "records.json").read_text(encoding="utf-8"))["records"]
    projects = {project["code"]: project for project in records["project"]}
    minor_units = sum(amount["minor_units"] for project in projects.values() for amount in project["amounts"])

    with open(folder / "records.csv", encoding="utf-8-sig", newline="") as file:
        sheet = list(csv.DictReader(file))
    assert [row["code"] for row in sheet] == sorted(projects), "projects of the sheet"
    for row in sheet:
        assert not row["title_original"].startswith(("=", "+", "-", "@", "\t", "\r")), row["code"]
        original = projects[row["code"]]["title_original"]
        assert unguarded(row["title_original"]) == (original or ""), row["code"]

    def tidy(name):
        with open(folder / "package" / f"{name}.csv", encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    amounts = tidy("amount")
    assert sum(int(row["minor_units"]) for row in amounts) == minor_units, "sum of the amounts, by csv"
    texts = [unguarded(row["text"]) for row in tidy("event")]
    assert texts == [event["text"] or "" for code in sorted(projects) for event in projects[code]["events"]], "texts of events"

    book = openpyxl.load_workbook(folder / "records.xlsx", read_only=False)
    formulas = [cell.coordinate for page in book for row in page.iter_rows() for cell in row if cell.data_type == "f"]
    assert not formulas, f"formulas: {formulas}"
    for name in ("project", "amount", "event", "party", "source", "participation"):
        rows = len(tidy(name))
        page = book[name]
        assert page.max_row - 1 == rows, f"{name}: {page.max_row - 1} rows in the workbook, {rows} in the package"
        path = str(folder / "package" / f"{name}.csv")
        counted = duckdb.sql(
            f"SELECT count(*) FROM read_csv('{path}', header = true, all_varchar = true, quote = '\"', escape = '\"', "
            "strict_mode = true, parallel = false, new_line = '\\n', max_line_size = 10000000)"
        ).fetchall()[0][0]
        assert counted == rows, f"{name}: {counted} rows in DuckDB, {rows} by csv"
    column = [cell.value for cell in book["amount"][1]].index("minor_units")
    values = [row[column] for row in book["amount"].iter_rows(min_row=2, values_only=True)]
    assert sum(int(value) for value in values) == minor_units, "sum of the amounts, by openpyxl"
    path = str(folder / "package" / "amount.csv")
    summed = duckdb.sql(f"SELECT coalesce(sum(minor_units::HUGEINT), 0)::VARCHAR FROM read_csv('{path}', header = true, all_varchar = true, "
                        "quote = '\"', escape = '\"', parallel = false, max_line_size = 10000000)").fetchall()[0][0]
    assert int(summed) == minor_units, "sum of the amounts, by DuckDB"
    print(f"{len(projects)} projects, {len(amounts)} amounts, {minor_units} smallest units: the same everywhere")


if __name__ == "__main__":
    main()
