#!/usr/bin/env python3
"""Check an OC4IDS 0.9.5 project package by the official library, with the schema in `standards/`.

usage: oc4ids_schema.py FILE.json    ends with 1 when something is wrong; needs libcoveoc4ids, which takes its schema from a server
"""
import functools
import http.server
import json
import pathlib
import sys
import tempfile
import threading

STANDARD = pathlib.Path(__file__).resolve().parent / "standards/oc4ids-0.9.5"


class Files(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Says nothing about what is asked for."""


def checked(file, address):
    from libcoveoc4ids.api import oc4ids_json_output
    from libcoveoc4ids.config import LibCoveOC4IDSConfig

    config = LibCoveOC4IDSConfig(
        {
            "schema_host": address,
            "schema_version_choices": {"0.9.5": ("0.9.5", address)},
            "schema_codelists": {"0.9": f"{address}codelists/"},
        }
    )
    with tempfile.TemporaryDirectory() as folder:
        return oc4ids_json_output(folder, file, lib_cove_oc4ids_config=config)


def main():
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    files = functools.partial(Files, directory=str(STANDARD))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), files) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        result = checked(sys.argv[1], f"http://127.0.0.1:{server.server_port}/")
        server.shutdown()
    wrong = {name: result.get(name) for name in ("validation_errors", "additional_closed_codelist_values")}
    wrong = {name: value for name, value in wrong.items() if value}
    if wrong:
        print(json.dumps(wrong, indent=1, default=str)[:6000])
    projects = len(json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")).get("projects", []))
    print(f"{projects} projects, {len(wrong)} kinds of findings")
    return 1 if wrong or not projects else 0


if __name__ == "__main__":
    sys.exit(main())
