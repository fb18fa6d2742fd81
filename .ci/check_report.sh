#!/usr/bin/env bash
# The report of a meeting and the web desk, in the programs that people will open it with: Chromium, LibreOffice, and a reader of workbooks.
#
# usage: .ci/check_report.sh          installs what it needs by package name; the program must have been built
set -euo pipefail
cd "$(dirname "$0")/.."
tools=$PWD/target/tools
program=$PWD/target/debug/tpmc
[ -x "$program" ] || cargo build --quiet

missing=()
command -v chromium > /dev/null || missing+=(chromium)
command -v soffice > /dev/null || missing+=(libreoffice-calc-nogui)
[ -e /usr/lib/libreoffice/program/libswlo.so ] || missing+=(libreoffice-writer-nogui)
command -v pdfinfo > /dev/null || missing+=(poppler-utils)
fc-list 2> /dev/null | grep -q "Noto Sans CJK" || missing+=(fonts-noto-cjk)
command -v node > /dev/null || missing+=(nodejs)
command -v npm > /dev/null || missing+=(npm)
if [ ${#missing[@]} -gt 0 ]; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null
fi
mkdir -p "$tools/report"
if [ ! -d "$tools/report/node_modules/axe-core" ] || [ ! -d "$tools/report/node_modules/playwright-core" ]; then
    npm install --silent --no-audit --no-fund --prefix "$tools/report" playwright-core@1 axe-core@4 > /dev/null
fi
python=$tools/report/python/bin/python
if ! "$python" -c 'import openpyxl' 2> /dev/null; then
    python3 -m venv "$tools/report/python" || { apt-get update -qq; apt-get install -y -qq python3-venv > /dev/null; python3 -m venv "$tools/report/python"; }
    "$python" -m pip install --quiet --disable-pip-version-check openpyxl
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export TPMC_NOW=2026-11-23T22:00:00Z TPMC_ACTOR=secretariat TPMC_REGISTRY=$folder/registry.db
"$program" init --quiet
for language in en zh ja; do
    for ending in html xlsx; do
        "$program" report --quiet --lang "$language" -o "$folder/$language.$ending"
    done
    for ending in html docx; do
        "$program" brief --quiet --lang "$language" -o "$folder/brief-$language.$ending"
    done
done
"$program" brief --quiet --country TH -o "$folder/brief-TH.html"
"$program" report --quiet --format json > "$folder/report.json"
"$program" --quiet init --registry "$folder/none.db" --empty
"$program" report --quiet --registry "$folder/none.db" -o "$folder/none.html"

# Commitments in money, converted by a rate of a registry of its own.
cp "$folder/registry.db" "$folder/money.db"
"$program" rate add USD JPY 112 --on 2018-10-26 --source https://example.org/rates --quiet --registry "$folder/money.db" > /dev/null
for ending in html xlsx json; do
    "$program" report --quiet --lang en --currency USD --registry "$folder/money.db" -o "$folder/money.$ending"
done

# Titles that mean harm, in a registry of their own.
cp "$folder/registry.db" "$folder/hostile.db"
export TPMC_REGISTRY=$folder/hostile.db
"$program" project set F1-001 --quiet --title-en '<script>document.title = "obeyed"</script>' > /dev/null
"$program" project set F1-002 --quiet --title-en '"><img src=x onerror="document.title = 1">' > /dev/null
"$program" project set F1-003 --quiet --title-en '=HYPERLINK("http://example.org/", "click")' > /dev/null
"$program" project set F1-004 --quiet --title-en 'A & B &lt;b&gt; '\'' {{ 7*7 }} ${7*7}' > /dev/null
long='Ｌong & <b>very</b> long title that goes on and on until nobody reads it any more, with a second clause and a third one'
for code in F1-016 F1-017 F1-023 P-0035 P-0033 P-0067 P-0014 P-0015 P-0072 P-0058 P-0053; do
    "$program" project set "$code" --quiet --title-en "$long" > /dev/null
done
"$program" brief --quiet --lang en -o "$folder/brief-hostile.html"
"$program" report --quiet --lang en -o "$folder/hostile.html"
"$program" report --quiet --lang en -o "$folder/hostile.xlsx"

NODE_PATH=$tools/report/node_modules node .ci/report_in_browser.js "$folder" "$(command -v chromium)"
mkdir "$folder/desk"
cp "$folder/money.db" "$folder/desk/registry.db"
NODE_PATH=$tools/report/node_modules node .ci/desk_in_browser.js "$program" "$folder/desk" "$(command -v chromium)"
for language in en zh ja; do
    soffice --headless -env:UserInstallation="file://$folder/office" --convert-to pdf --outdir "$folder" "$folder/brief-$language.docx" > /dev/null 2>&1
    pages=$(pdfinfo "$folder/brief-$language.pdf" | sed -n 's/^Pages: *//p')
    [ "$pages" = 1 ] || { echo "the brief in $language is $pages pages long in LibreOffice"; exit 1; }
done
for name in en zh ja money hostile; do
    soffice --headless -env:UserInstallation="file://$folder/office" --convert-to ods --outdir "$folder" "$folder/$name.xlsx" > /dev/null 2>&1
    soffice --headless -env:UserInstallation="file://$folder/office" --convert-to xlsx --outdir "$folder/again" "$folder/$name.ods" > /dev/null 2>&1
done
"$python" .ci/report_in_workbook.py "$folder"
