//! Files that cannot be taken in: each is refused whole, with its name and the place, and nothing is changed or left behind.

use std::io::{Cursor, Write as _};

use rust_xlsxwriter::{Format, Workbook};

use crate::env::{Env, bytes};

/// A plan that must be refused: what is said on standard error.
fn refused(file: &str, content: &[u8]) -> String {
    let env = Env::seeded();
    env.write(file, content);
    let before = bytes(&env.path("registry.db"));
    let run = env.tpmc(&["import", "plan", file, "-o", "plan.json"]);
    assert_eq!(run.stdout, "", "{file}");
    let said = run.fails_with(1);
    assert!(said.starts_with(&format!("error: {file:?}")), "{said}");
    assert_eq!(before, bytes(&env.path("registry.db")), "{file}");
    let left: Vec<_> = std::fs::read_dir(env.path(""))
        .expect("the folder")
        .collect();
    assert_eq!(left.len(), 2, "the registry and the file: {left:?}");
    said
}

fn fixture(name: &str) -> Vec<u8> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/intake");
    bytes(&folder.join(name))
}

/// A packed file with these parts.
fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let options = zip::write::SimpleFileOptions::default();
        file.start_file(*name, options).expect("a part");
        file.write_all(content).expect("packed");
    }
    file.finish().expect("packed").into_inner()
}

#[test]
fn texts_that_cannot_be_read_are_refused_with_the_place() {
    let mixed = [
        "title_zh,hosts\n第三方市场合作协议,TH\n".as_bytes(),
        &encoding_rs::GB18030.encode("协议的签署仪式,TH\n").0,
    ]
    .concat();
    let cell = |quote: &str| {
        let long = "x".repeat(100 << 20);
        format!("title_en,hosts\nMade-up harbour,TH\n{quote}{long}{quote},TH\n").into_bytes()
    };
    let said: Vec<String> = [
        (
            "quote.csv",
            b"title_en,hosts\nok,TH\n\"never closed,TH\nnext,VN\n".to_vec(),
        ),
        ("nul.csv", b"title_en,hosts\nok,TH\na\0b,TH\n".to_vec()),
        ("encodings.csv", mixed),
        ("cell.csv", cell("")),
        ("quoted-cell.csv", cell("\"")),
        ("twice.csv", b"title_en,hosts,title_en\na,TH,b\n".to_vec()),
        ("nothing.csv", Vec::new()),
        (
            "letter.csv",
            b"Dear colleagues,\nplease find the list attached.\n".to_vec(),
        ),
        (
            "records.ndjson",
            b"{\"kind\":\"party\",\"format\":1,\"document\":{\"code\":\"x\"}}\n".to_vec(),
        ),
        (
            "broken.json",
            b"[{\"title_en\": \"a\"}, {\"title_en\": ]".to_vec(),
        ),
    ]
    .into_iter()
    .map(|(file, content)| refused(file, &content))
    .collect();
    insta::assert_snapshot!("texts", said.concat());
}

#[test]
fn workbooks_that_cannot_be_read_are_refused_with_the_place() {
    let sheet = |content: &[u8]| {
        packed(&[
            ("xl/workbook.xml", b"<workbook/>"),
            ("xl/worksheets/sheet1.xml", content),
        ])
    };
    let manifest = b"<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let cell = "<table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"16000\"><text:p>x</text:p></table:table-cell>";
    let many = format!(
        "<table:table table:name=\"A\"><table:table-row table:number-rows-repeated=\"1000000\">{cell}</table:table-row></table:table>"
    );
    let mut merged = Workbook::new();
    let page = merged.add_worksheet();
    page.write(0, 0, "title_en").expect("a cell");
    page.merge_range(1, 0, 2, 0, "Made-up harbour", &Format::new())
        .expect("merged");
    let merged = merged.save_to_buffer().expect("a workbook");
    let said: Vec<String> = [
        ("protected.xlsx", fixture("protected.xlsx")),
        (
            "protected.ods",
            packed(&[("META-INF/manifest.xml", manifest)]),
        ),
        ("merged.xlsx", merged),
        ("merged.xls", fixture("merged.xls")),
        ("merged.ods", fixture("merged.ods")),
        // Little that unpacks to much: one text, many texts, many cells.
        ("bomb.xlsx", sheet(&[b' '; 5 << 20])),
        (
            "texts.xlsx",
            packed(&[("xl/sharedStrings.xml", &b"<si/>".repeat(54 << 20))]),
        ),
        (
            "cells.ods",
            packed(&[("mimetype", b"x"), ("content.xml", many.as_bytes())]),
        ),
        (
            "letter.docx",
            packed(&[("word/document.xml", b"<document/>")]),
        ),
        ("cut.xlsx", fixture("list.ods").drain(..2000).collect()),
    ]
    .into_iter()
    .map(|(file, content)| refused(file, &content))
    .collect();
    insta::assert_snapshot!("workbooks", said.concat());
}

/// Rows that are not taken, each with what is wrong, as the plan says it.
fn findings(env: &Env, arguments: &[&str]) -> Vec<String> {
    let plan = ["import", "plan", "-o", "plan.json"];
    env.tpmc(&[&plan[..], arguments].concat()).succeeds();
    let text = std::fs::read_to_string(env.path("plan.json")).expect("the plan");
    let lines = text.lines().map(|line| {
        let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
        line
    });
    let mut said = Vec::new();
    for line in lines.filter(|line| line["line"] == "project") {
        let action = line["action"].as_str().expect("a word").to_owned();
        let title = line["title"].as_str().unwrap_or("-");
        let findings = line["findings"].as_array().into_iter().flatten();
        let findings: Vec<String> = findings
            .map(|finding| {
                let text = |key: &str| finding[key].as_str().unwrap_or("-").to_owned();
                format!("{} {:?} {}", text("column"), text("value"), text("what"))
            })
            .collect();
        let findings = findings.join("; ");
        said.push(format!("{} {action} {title} {findings}", line["rows"]));
    }
    said
}

#[test]
fn rows_that_are_not_clear_are_left_out_and_the_others_taken() {
    let env = Env::seeded();
    let of = |name: &str, content: &str| {
        env.write(name, content);
        format!("{name}\n{}\n", findings(&env, &[name]).join("\n"))
    };
    let said = [
        of(
            "ragged.csv",
            "title_en,hosts,note\nA,TH\nB,TH,x,y\nC,TH,x\n",
        ),
        of("nameless.csv", "title_en,hosts,,\nA,TH,,\nB,TH,x,\n"),
        of(
            "ids.csv",
            "code,title_en,hosts\nP-0012,,OM\nP-0013,,\nP-0012,,SA\n",
        ),
        of(
            "ends.csv",
            "title_en,hosts\r\nA,TH\rB,one\nC,two\r\n\rD,three\n\"E\r\ne\",four\n\nF,five",
        ),
        of(
            "unknown.csv",
            "title_en,hosts,list_number,parties,status,money\n\
             A,N/A,TBD,\" \",\" \",Unknown\n\
             B,TH,,TBD [JP] (owner),,\n\
             C,TH,,N/A,TBD,\n\
             TBD,TH,,,,\n\
             \" \",TH,,,,\n\
             E,NA,,,,\n",
        ),
        of(
            "rules.csv",
            "code,forum,list_number,title_en,hosts,status,status_on\n\
             ,,,Made-up harbour,KE,signed,2030-01\n\
             ,F9,,Made-up road,KE,,\n\
             ,,7,Made-up dam,KE,,\n\
             F1-002,F1,1,,,,\n",
        ),
        of(
            "formula.csv",
            "title_en,hosts,note\n=cmd|' /c calc'!A1,TH,+1+1\n",
        ),
    ];
    insta::assert_snapshot!("rows", said.concat());
}

#[test]
fn a_table_of_others_is_read_as_carefully() {
    let env = Env::seeded();
    let mapping = "header_rows = 2\n[key]\nscheme = \"X-TEST\"\ncolumns = [\"No\"]\n[fields]\ntitle_en = \"Project / Name\"\nhosts = \"Project / Country\"\n\
        [[amounts]]\nnumber = \"Money / Amount\"\ncurrency = \"Money / Currency\"\nkind = { constant = \"loan\" }\nbasis = { constant = \"pledge\" }\n\
        on = { column = \"Money / Signed\", formats = [\"D/M/Y\", \"M/D/Y\"] }\n";
    env.write("m.toml", mapping);
    env.write(
        "two.csv",
        ",Project,,Money,,\nNo,Name,Country,Amount,Currency,Signed\n\
         1,Made-up harbour,TH,5,USD,13/1/2018\n\
         1,Made-up road,TH,5,USD,\n\
         3,Made-up dam,NA,5, D,1/4/2018\n\
         4,'=1+1,Unknown,N/A,USD,\n\
         ,Made-up bridge,XX,about 5,,\n",
    );
    let said = findings(&env, &["two.csv", "--map", "m.toml"]).join("\n");
    insta::assert_snapshot!("others", said);
    // What was given back is known again: guarded, with its reason, and corrected or not.
    env.tpmc(&["import", "decide", "plan.json", "6", "reject"])
        .succeeds();
    env.tpmc(&["import", "apply", "plan.json", "--rejects", "rejects.csv"])
        .succeeds();
    insta::assert_snapshot!(
        "given_back",
        std::fs::read_to_string(env.path("rejects.csv")).expect("the rejects")
    );
    let said = findings(&env, &["rejects.csv", "--map", "m.toml"]).join("\n");
    insta::assert_snapshot!("fed_again", said);
}

#[test]
fn lists_with_headings_in_row_six_are_read_from_every_workbook() {
    for name in ["list.xls", "list.ods"] {
        let env = Env::seeded();
        env.write(name, fixture(name));
        let said = findings(&env, &[name]);
        assert_eq!(said[0], "[7] add Made-up harbour ", "{name}");
        assert_eq!(
            said[1], "[9] add =cmd|' /c calc'!A1 hosts \"N/A\" not_known",
            "{name}"
        );
        // A day that shows no year is no date; XLS does not tell what is shown.
        assert_eq!(
            said.get(2).map(String::as_str),
            (name == "list.ods").then_some("[10] reject Made-up road status_on \"1-Apr\" no_date"),
        );
        env.tpmc(&["import", "apply", "plan.json"]).succeeds();
        let list = env.tpmc(&["project", "list", "--format", "json"]).json();
        let added = list.as_array().expect("projects").iter();
        let harbour = added.clone().find(|one| one["title"] == "Made-up harbour");
        let harbour = harbour.expect("the harbour");
        assert_eq!(harbour["status"], "signed");
        assert_eq!(harbour["status_on"], "2018-10-26");
        assert_eq!(harbour["hosts"], serde_json::json!(["TH"]));
    }
}
