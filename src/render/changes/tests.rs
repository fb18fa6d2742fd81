//! Changes on the recorded clock as a page: a project that moved, changed partners, was corrected and supplemented.

use std::collections::BTreeMap;

use serde_json::json;

use super::*;
use crate::domain::Language;
use crate::render::{Format, bytes};
use crate::store::{Document, Step, shipped};

fn view(language: Language) -> ChangesView {
    let documents = shipped();
    let mut glossary = Glossary::default();
    documents
        .iter()
        .for_each(|document| glossary.add(document, language));
    let find = |code: &str| {
        documents
            .iter()
            .find(|document| document.code() == code)
            .expect(code)
    };
    let changed = |code: &str, change: &dyn Fn(&mut serde_json::Value)| {
        let mut after = find(code).to_value().expect("JSON");
        change(&mut after);
        Step {
            kind: Kind::Project,
            code: code.to_owned(),
            before: Some(find(code).clone()),
            after: Some(Kind::Project.document(after).expect("a project")),
        }
    };
    let gone = |code: &str, before: Option<&Document>, after: Option<&Document>| Step {
        kind: Kind::Project,
        code: code.to_owned(),
        before: before.cloned(),
        after: after.cloned(),
    };
    let steps = [
        changed("P-0014", &|project| {
            project["sector"] = "environment".into();
            project["events"][0]["on_date"] = "2024".into();
            project["participations"]
                .as_array_mut()
                .expect("a list")
                .remove(0);
        }),
        changed("F1-001", &|project| {
            project["objectives"] = json!(["connectivity"]);
            project["events"].as_array_mut().expect("a list").push(json!({"number": 3, "on_date": "2026-11-20",
                "due_on": null, "kind": "status", "status": "committed", "text": "Contract", "source": null,
                "confidence": "high", "evidence": "direct"}));
        }),
        gone("P-0001", None, Some(find("P-0001"))),
        gone("P-0056", Some(find("P-0056")), None),
    ];
    let period = Period::Recorded {
        from: "2026-11-01T10:00:00Z".parse().ok(),
        to: None,
        first_day: None,
        last_day: None,
        after_meeting: None,
        from_batch: 3,
        to_batch: 7,
    };
    let changes = Changes::recorded(&steps, period, &glossary, language);
    ChangesView { changes, glossary }
}

fn written(language: Language, format: Format) -> String {
    let labels = Labels::new(language, BTreeMap::new());
    let written = bytes(&view(language), &labels, format, 80).expect("a page");
    String::from_utf8(written).expect("UTF-8")
}

#[test]
fn every_group_has_a_table() {
    insta::assert_snapshot!("english", written(Language::English, Format::Text));
    insta::assert_snapshot!("chinese", written(Language::Chinese, Format::Text));
    insta::assert_snapshot!("japanese", written(Language::Japanese, Format::Text));
    insta::assert_snapshot!("csv", written(Language::English, Format::Csv));
}
