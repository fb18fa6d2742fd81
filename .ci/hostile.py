#!/usr/bin/env python3
"""Write records (NDJSON for `tpmc import`) in which every field is filled with difficult text.

usage: hostile.py SEEDED.ndjson > HOSTILE.ndjson     SEEDED is `tpmc export ndjson` of a registry made by `tpmc init`
"""
import json
import sys
import uuid

NASTY = [
    "=HYPERLINK(\"http://a\",\"b\")", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1＋1", "'quoted", "'",
    "a;b|c\\d;", "\\", ";", "|", "a,b\"c\"", "line\nline\r\nline\rline", "<tag attr=\"x\">&amp;</tag>", "]]>", "<!-- -->",
    "丸紅・伊藤忠 ﾏﾙﾍﾞﾆ 中国铁建", "\u202eesrever", "\u200f\u061c", "e\u0301 é \U0001f30f \U00020bb7", "\x1b[31m\x07\x0b\x7f\x85",
    "\ufeffbom", "\ufffe\uffff", "null", "NA", "true", "1e5", "007", "2018-10-26", "#REF!", "{{x}} ${x} %s %n", "x" * 40_000,
    " lead and trail ", "'; DROP TABLE project; --", "../../etc/passwd",
]
URLS = ["http://a.example/=1?q=<&>\"'#f#g", "https://例え.jp/路", "javascript:alert(1)", "=cmd|' /C calc'!A0", "https://a.example/ü%zz\\^`{|}"]


def ident(kind, code):
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{kind}/{code}"))


def line(kind, document):
    print(json.dumps({"code": document["code"], "document": document, "format": 1, "id": document["id"], "kind": kind},
                     ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def main():
    for text in open(sys.argv[1], encoding="utf-8"):
        if json.loads(text)["kind"] in ("country", "currency"):
            sys.stdout.write(text)
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    count = len(NASTY)
    source = lambda i: f"={i}'S"
    party = lambda i: f"-p;{i}|"
    for i, text in enumerate(NASTY):
        line("source", {"code": source(i), "id": ident("source", i), "url": URLS[i % 5] + f"{i}", "title": text, "publisher": text,
                        "publisher_kind": "press", "language": "ja", "read_on": "2020-01-01", "confidence": ["high", "medium", "low"][i % 3], "note": text})
    line("forum", {"code": "F1", "id": ident("forum", 1), "name_en": NASTY[0], "name_zh": NASTY[9], "name_ja": NASTY[13],
                   "held_on": "2018-10-26", "agreements": 1, "source": source(0)})
    for i, text in enumerate(NASTY):
        line("party", {"code": party(i), "id": ident("party", i), "name_en": text, "name_zh": text, "name_ja": text, "name_native": text,
                       "country": ["CN", "JP", "TH", None][i % 4], "side": None, "kind": ["company", "bank", "government", "other"][i % 4], "note": text,
                       "other_names": [{"name": text, "language": "en", "kind": "alias"}],
                       "identifiers": [{"scheme": text + "#", "identifier": f"{i}{text}"}]})
    statuses = ["proposed", "signed", "committed", "implementing", "completed", "suspended", "cancelled"]
    for i, text in enumerate(NASTY):
        other = NASTY[(i + 1) % count]
        line("project", {
            "code": f"P-{i + 1:04}", "id": ident("project", i), "list_number": None, "forum": None, "identified": i % 2 == 0, "umbrella": None,
            "instrument": "contract", "title_en": text if i % 3 else None, "title_zh": text if i % 4 else None, "title_ja": None, "title_original": text,
            "mode": "investment", "mode_basis": "coded", "sector": ["energy", "other", None][i % 3], "host_note": text, "membership": None,
            "confidence": "low", "note": text, "hosts": [[], ["TH"], ["TH", "VN", "LA"]][i % 3],
            "objectives": ["connectivity"], "identifiers": [{"scheme": text, "identifier": f"{i}{text}"}],
            "participations": [
                {"number": 1, "party": party(i), "role": "owner", "share_percent": "0.10", "prospective": False, "note": text},
                {"number": 3, "party": party((i + 1) % count), "role": "customer", "share_percent": None, "prospective": i % 2 == 0, "note": None}],
            "events": [] if i == 5 else [
                {"number": 1, "on_date": "2018", "due_on": None, "kind": "status", "status": "signed", "text": text, "source": source(i), "confidence": "low", "evidence": "direct"},
                {"number": 2, "on_date": "2019-02", "due_on": None, "kind": "status", "status": statuses[i % 7], "text": other, "source": None, "confidence": None, "evidence": None},
                {"number": 4, "on_date": None, "due_on": "2030-05", "kind": "milestone", "status": None, "text": text, "source": None, "confidence": None, "evidence": None}],
            "amounts": [
                {"number": 1, "kind": "loan", "basis": ["pledge", "commitment", "disbursement"][i % 3], "currency": ["JPY", "USD", "KWD", "ZWG", "XAU", "DEM"][i % 6],
                 "minor_units": [9_223_372_036_854_775_807, 0, 1][i % 3], "estimated": True, "on_date": "2019-03", "source": source(i), "note": text},
                {"number": 2, "kind": "total_cost", "basis": "pledge", "currency": "JPY", "minor_units": 12345, "estimated": False, "on_date": None, "source": None, "note": text}],
            "risks": [{"number": 1, "category": "political", "level": "high", "state": "open", "on_date": None, "text": text, "source": source(i)}],
            "citations": [source(i), source((i + 7) % count)]})
    for i, text in enumerate(NASTY):
        line("mechanism_event", {"code": f"@{i}", "id": ident("mechanism_event", i), "on_date": "2018", "title": text, "kind": "policy", "place": text,
                                 "participants": text, "outcome": text, "mentions_third_country_cooperation": "no", "confidence": "low", "note": text, "sources": [source(i)]})
        line("guideline_case", {"code": f"+{i}", "id": ident("guideline_case", i), "standing": "candidate", "project": None, "title_en": text, "mode": None,
                                "mode_basis": None, "sector": None, "partners": text, "japan_related": "no", "host_note": text, "status": None, "status_on": None,
                                "confidence": "low", "note": text, "hosts": ["TH"], "partner_countries": ["JP"], "sources": [source(i)]})
        line("indicator_observation", {"code": f"{text}/{i}", "id": ident("indicator_observation", i), "place": text, "indicator": f"{i}", "period": "2018",
                                       "value": "-0.10", "unit": text, "derived": False, "printed_in": text, "original_source": text, "source": source(i), "note": text})


if __name__ == "__main__":
    main()
