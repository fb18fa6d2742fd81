#!/usr/bin/env python3
"""Read the workbooks of the report with openpyxl, as they are and as LibreOffice writes them again, and compare rows and totals.

usage: report_in_workbook.py FOLDER     FOLDER holds {en,zh,ja,money,hostile}.xlsx, again/, report.json and money.json
"""
import datetime
import json
import pathlib
import sys

import openpyxl


def cells(sheet):
    """The values of a sheet, without the empty rows and columns that a program may add at the end."""
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    while rows and all(value is None for value in rows[-1]):
        rows.pop()
    width = max((place + 1 for row in rows for place, value in enumerate(row) if value is not None), default=0)
    return [row[:width] + [None] * (width - len(row)) for row in rows]


def same(one, other):
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return abs(one - other) < 1e-9
    if isinstance(one, datetime.datetime) and isinstance(other, datetime.datetime):
        return one == other
    return (one or "") == (other or "")


def totals(report, group):
    return report["summary"]["groups"][group]["total"]


def english(book, report):
    """The figures of the English workbook are those of the report."""
    projects = report["projects"]
    names = book.sheetnames
    assert names == ["Overview", "Mode by country F1", "Mode by country Other projects", "Statuses", "Pace", "Since the last meeting",
                     "Stalled and silent", "What is not known", "Projects", "Events", "Parties", "Amounts", "Sources"], names
    for group, name in enumerate(names[1:3]):
        last = cells(book[name])[-1]
        total = totals(report, group)
        assert last[0] == "All" and last[-3:-1] == [total["projects"], total["implemented"]], last
        assert abs(last[-1] - total["implementation_rate"]) < 1e-9, last
        assert sum(last[1:-3]) == total["projects"], last
    statuses = cells(book["Statuses"])
    table = [row for row in statuses[1:] if row[0]]
    assert sum(row[-3] for row in table) == len(projects)
    for row in table:
        assert sum(row[2:-3]) == row[-3], row
    rows = {"Projects": len(projects), "Sources": len(report["sources"]),
            "Parties": sum(len(project["parties"]) for project in projects),
            "Pace": sum(len(group["pace"]) for group in report["groups"]),
            "Since the last meeting": len(report["changes"]["moved"]) + len(report["changes"]["new"])
            + sum(len(one["events"]) for one in report["changes"]["events"]),
            "Stalled and silent": sum(len(group["standstill"]) for group in report["groups"])}
    for name, wanted in rows.items():
        found = len(cells(book[name])) - 1
        assert found == wanted, f"{name}: {found} rows, not {wanted}"
    dates = [row for row in book["Projects"].iter_rows(min_row=2) if row[11].value is not None]
    assert dates and all(row[11].is_date for row in dates), "real dates beside the dates as text"
    assert all(isinstance(row[10].value, str) for row in dates), "dates as they are given"
    amounts = cells(book["Amounts"])[1:]
    assert amounts and all(isinstance(row[5], (int, float)) for row in amounts), "amounts are numbers"
    # A text that a spreadsheet might obey, as a hash that begins with a plus, has an apostrophe in front.
    overview = [value.removeprefix("'") if isinstance(value, str) else value
             for row in cells(book["Overview"]) for value in row if value]
    for value in (report["trace"]["origin"], report["trace"]["root"], report["as_of"], report["known_at"],
                  "5 of 52 agreements implemented (9.6%)"):
        assert value in overview, value


def money(book, report):
    """Commitments are numbers, add up to what the report says, and name their rates."""
    summary = report["summary"]
    sums = cells(book["Commitments in USD"])
    for group in summary["groups"]:
        wanted = float(group["total"]["commitments"]["amount"])
        totals = [row for row in sums if row[2] == "All" and row[6] == group["total"]["projects"]]
        assert len(totals) == 2 and all(abs(row[3] - wanted) < 0.005 for row in totals), (group["group"], wanted, totals)
        modes = [row[3] for row in sums if row[0] == totals[0][0] and row[1] == "Mode" and row[2] != "All"]
        assert abs(sum(amount for amount in modes if isinstance(amount, (int, float))) - wanted) < 0.005, modes
    rates = cells(book["Rates that were used"])
    assert rates[1][:2] == ["USD/JPY/2018-10-26", 112] and rates[1][6] == "https://example.org/rates", rates
    assert isinstance(rates[1][2], datetime.datetime), rates
    amounts = cells(book["Amounts"])
    assert amounts[0][-1] == "In USD", amounts[0]
    counted = [row for row in amounts[1:] if row[11] == "yes"]
    assert len(counted) == len(summary["money"]["amounts"]), len(counted)
    converted = sum(float(one["converted"]) for one in summary["money"]["amounts"] if one["converted"])
    assert abs(sum(row[13] for row in counted if row[13] is not None) - converted) < 0.005


def main():
    folder = pathlib.Path(sys.argv[1])
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    counted = 0
    for name in ("en", "zh", "ja", "money", "hostile"):
        book = openpyxl.load_workbook(folder / f"{name}.xlsx")
        again = openpyxl.load_workbook(folder / "again" / f"{name}.xlsx")
        assert book.sheetnames == again.sheetnames, again.sheetnames
        for sheet in book:
            assert sheet is book.worksheets[0] or sheet.freeze_panes == "B2" and sheet.auto_filter.ref, sheet.title
            heads = [cell.value for cell in sheet[1] if cell.value is not None]
            assert len(set(heads)) == len(heads), f"{name}, {sheet.title}: two columns of one heading in {heads}"
            widths = sum(column.width for column in sheet.column_dimensions.values())
            assert widths <= 200, f"{name}, {sheet.title}: {widths} characters are too small to read on A4"
            assert not sheet._hyperlinks, f"{name}, {sheet.title}: an address that is a link"
            assert sheet.page_setup.orientation == "landscape" and str(sheet.page_setup.paperSize) == "9", sheet.title
            assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"], f"formulas in {sheet.title}"
            rows, others = cells(sheet), cells(again[sheet.title])
            assert len(rows) == len(others), f"{name}, {sheet.title}: {len(rows)} rows, {len(others)} in LibreOffice"
            for row, other in zip(rows, others):
                assert all(map(same, row, other)), f"{name}, {sheet.title}: {row} {other}"
                counted += 1
        assert len(book.worksheets[3]._charts) == 2, "a chart of each group"
    english(openpyxl.load_workbook(folder / "en.xlsx"), report)
    told = json.loads((folder / "money.json").read_text(encoding="utf-8"))
    money(openpyxl.load_workbook(folder / "money.xlsx"), told)
    titles = [row[1] for row in cells(openpyxl.load_workbook(folder / "hostile.xlsx")["Projects"])]
    assert "'=HYPERLINK(\"http://example.org/\", \"click\")" in titles, "a formula is guarded"
    assert '<script>document.title = "obeyed"</script>' in titles
    print(f"report in workbooks: {counted} rows are the same for openpyxl and LibreOffice")


if __name__ == "__main__":
    main()
