//! The sheet read back is the record.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::domain::cleaned;
use crate::exchange::intake::{Incoming, IntakeOptions, read};

/// Columns that follow from the others or repeat them for people.
const WORKED_OUT: [&str; 9] = [
    "status",
    "status_on",
    "evidence_on",
    "parties",
    "money",
    "sources",
    "completeness",
    "source_quality",
    "evidence",
];

#[test]
fn every_column_is_a_field_a_list_or_worked_out() {
    let fields = Table::of(Kind::Project).expect("a table").columns;
    let lists = Table::lists_of(Kind::Project).map(|(_, list)| list.field);
    // A sheet says what is so, not which list said it.
    let lists = lists.filter(|list| *list != "origins");
    let fields = fields.iter().map(|column| column.name);
    let mut wanted: Vec<&str> = fields.chain(lists).chain(WORKED_OUT).collect();
    let mut columns = COLUMNS.to_vec();
    wanted.sort_unstable();
    columns.sort_unstable();
    assert_eq!(columns, wanted);
}

#[test]
fn the_reference_names_every_column() {
    let page = include_str!("../../../docs/src/reference/sheet.md");
    let missing = COLUMNS
        .iter()
        .filter(|column| !page.contains(&format!("`{column}`")));
    assert_eq!(missing.collect::<Vec<_>>(), Vec::<&&str>::new());
}

/// A project whose free texts are all `text`.
fn project(text: &str, stated: bool) -> Value {
    let free = if stated { json!(text) } else { Value::Null };
    json!({
        "code": "P-0001", "id": "01234567-89ab-7def-8123-456789abcdef", "list_number": 3, "forum": free,
        "identified": true, "umbrella": null, "instrument": "contract", "title_en": text, "title_zh": free,
        "title_ja": free, "title_original": free, "mode": null, "mode_basis": null, "sector": "it",
        "host_note": free, "membership": null, "confidence": "low", "note": free,
        "hosts": ["TH", "VN"], "objectives": [], "identifiers": [{"scheme": text, "identifier": text}],
        "participations": [{"number": 2, "party": text, "role": "owner", "share_percent": "0.10", "prospective": false, "note": free}],
        "events": [
            {"number": 1, "on_date": "2018", "due_on": null, "kind": "status", "status": "signed", "text": free, "source": free, "confidence": null, "evidence": null},
            {"number": 7, "on_date": null, "due_on": "2019-02", "kind": "milestone", "status": null, "text": text, "source": null, "confidence": "low", "evidence": "direct"}
        ],
        "amounts": [{"number": 1, "kind": "loan", "basis": "pledge", "currency": "JPY", "minor_units": 9_223_372_036_854_775_807_i64, "estimated": true, "on_date": null, "source": null, "note": text}],
        "risks": [{"number": 1, "category": "economic", "level": "high", "state": "open", "on_date": null, "text": text, "source": free}],
        "citations": [text, "S-0001"],
    })
}

/// The sheet of a project.
fn written(document: &Document) -> Vec<u8> {
    let provided = Provided {
        horizon: crate::domain::Horizon {
            as_of: chrono::NaiveDate::MAX,
            known: chrono::NaiveDate::MAX,
            zone: crate::domain::Zone::UTC,
        },
        recorded_at: None,
        parties: [].into(),
        sources: [].into(),
        countries: [].into(),
        currencies: [].into(),
        homes: crate::domain::Homes::default(),
    };
    let mut bytes = Vec::new();
    let mut sheet = ProjectSheet::new(&mut bytes).expect("the headings");
    sheet.record(document, &provided).expect("a row");
    sheet.finish().expect("written");
    drop(sheet);
    bytes
}

/// What an import of the sheet understands.
fn understood(document: &Document) -> Incoming {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), written(document)).expect("written");
    let mut all = Vec::new();
    let options = IntakeOptions::default();
    let references = crate::exchange::intake::tests::some();
    read(file.path(), &options, &references, None, &mut |incoming| {
        all.push(incoming);
        true
    })
    .expect("a sheet");
    all.pop().expect("a row")
}

proptest! {
    #[test]
    fn any_text_that_can_be_recorded_is_understood(text in "[-=;|\\\\'e,\" \t\r\n]{0,6}[a-zA-Z第協力]\\PC{0,4}x") {
        let text = cleaned(&text).into_owned(); // as every text is recorded
        let text = text.as_str();
        // Signs of a text that was read in a wrong encoding are asked for, also where a cell has the text twice.
        prop_assume!(!text.contains(['\u{fffd}', 'ƒ', '‚']));
        let document = Kind::Project.document(project(text, true)).expect("a project");
        let Document::Project(project) = &document else { panic!("a project") };
        let mut reader = csv::Reader::from_reader(std::io::Cursor::new(written(&document)));
        let row = reader.records().next().expect("a row").expect("CSV");
        prop_assert!(row.iter().all(|cell| !cell.starts_with(['=', '@', '\t'])));
        let incoming = understood(&document);
        prop_assert_eq!(&incoming.findings, &[]);
        prop_assert_eq!(incoming.title_en.as_deref(), Some(text));
        prop_assert_eq!(incoming.note.as_deref(), Some(text));
        prop_assert_eq!(incoming.forum.as_deref(), Some(text));
        prop_assert_eq!(&incoming.hosts, &project.hosts);
        prop_assert_eq!(&incoming.identifiers, &project.identifiers);
        prop_assert_eq!(incoming.participations[0].party.code.as_deref(), Some(text));
        prop_assert_eq!(incoming.participations[0].note.as_deref(), Some(text));
        prop_assert_eq!(incoming.events.len(), 2);
        prop_assert_eq!(incoming.events[1].text.as_deref(), Some(text));
        prop_assert_eq!(incoming.amounts[0].note.as_deref(), Some(text));
        prop_assert_eq!(incoming.amounts[0].minor_units, i64::MAX);
        prop_assert_eq!(&incoming.risks[0].text, text);
        prop_assert_eq!(incoming.citations.len(), 2);
    }
}
