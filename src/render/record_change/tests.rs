//! Every field and every word of a record has a label, in the order list and in the language files.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::value::{Field, vocabulary};
use super::*;
use crate::domain::{Language, every_vocabulary};
use crate::report::place;
use crate::store::{Document, Step, shipped};

/// Records with every list of every kind: what is shipped, and a project with what nobody has recorded yet.
fn documents() -> Vec<Document> {
    let mut documents = shipped();
    let more = documents
        .iter()
        .find(|document| document.code() == "F1-001");
    let mut project = more
        .and_then(|project| project.to_value().ok())
        .expect("F1-001");
    project["risks"] = serde_json::json!([{"number": 1, "category": "political", "level": "low", "state": "open",
        "on_date": "2019", "text": "a change of policy", "source": "S-0001"}]);
    project["identifiers"] = serde_json::json!([{"scheme": "XM-DAC", "identifier": "1"}]);
    project["objectives"] = serde_json::json!(["connectivity"]);
    documents.push(Kind::Project.document(project).expect("a project"));
    let party = serde_json::json!({"code": "unit", "id": "018f0000-0000-7000-8000-000000000000", "name_en": "A unit",
        "side": "chinese", "kind": "company", "other_names": [], "identifiers": []});
    documents.push(Kind::Party.document(party).expect("a party"));
    documents
}

#[test]
fn every_field_has_a_label_and_a_place() {
    let labels = Labels::new(Language::English, BTreeMap::new());
    let glossary = Glossary::default();
    let mut fields = BTreeSet::new();
    for document in documents() {
        let words = Words {
            kind: document.kind(),
            labels: &labels,
            glossary: &glossary,
        };
        let value = document.to_value().expect("JSON");
        for (name, value) in value.as_object().expect("an object") {
            fields.insert(name.clone());
            let first = value.as_array().and_then(|items| items.first());
            let item = first.and_then(Value::as_object);
            fields.extend(item.into_iter().flat_map(|item| item.keys().cloned()));
            if item.is_some_and(|item| item.contains_key("number")) {
                assert!(is_numbered(name), "{name}");
                let item = format!("item-{name}");
                assert_ne!(labels.text(&item), item);
            }
        }
        for field in &fields {
            let label = words.field(field);
            let is_told = !label.starts_with("field-") || field == "number";
            assert!(is_told, "{field} has no label");
        }
    }
    for field in fields
        .iter()
        .filter(|field| !["number", "code", "id"].contains(&&***field))
    {
        assert!(
            place(field) < crate::report::ORDER.len(),
            "{field} has no place"
        );
    }
}

#[test]
fn every_word_of_a_vocabulary_is_shown_as_a_word() {
    let lists: BTreeMap<_, _> = every_vocabulary().into_iter().collect();
    let mut seen = BTreeSet::new();
    let mut check = |kind: Kind, list: Option<&str>, name: &str, value: &Value| {
        if let (Some(key), Value::String(word)) = (vocabulary(Field { kind, list, name }), value) {
            assert!(
                lists[key].contains(&word.as_str()),
                "{name} is no {key}: {word}"
            );
            seen.insert(key);
        }
    };
    for document in documents() {
        let kind = document.kind();
        let value = document.to_value().expect("JSON");
        for (name, value) in value.as_object().expect("an object") {
            check(kind, None, name, value);
            for item in value.as_array().into_iter().flatten() {
                check(kind, Some(name), "", item);
                for (field, value) in item.as_object().into_iter().flatten() {
                    check(kind, Some(name), field, value);
                }
            }
        }
    }
    // All lists but the few that only the command line knows.
    assert!(seen.len() >= 20, "{seen:?}");
}

fn changed(language: Language, change: impl Fn(&mut Value)) -> String {
    let before = documents()
        .into_iter()
        .find(|document| document.code() == "P-0002")
        .expect("P-0002");
    let mut after = before.to_value().expect("JSON");
    change(&mut after);
    let after = Kind::Project.document(after).expect("a project");
    let mut glossary = Glossary::default();
    for document in documents() {
        glossary.add(&document, language);
    }
    let step = Step {
        kind: Kind::Project,
        code: "P-0002".to_owned(),
        before: Some(before),
        after: Some(after),
    };
    let labels = Labels::new(language, BTreeMap::new());
    let sheet = table(&RecordChange::of(&step, None), &labels, &glossary);
    let mut page = crate::render::Page::default();
    page.add(crate::render::Block::Table(sheet));
    crate::render::text::write(&page, &labels, 80)
}

#[test]
fn a_change_is_told_in_words() {
    let change = |project: &mut Value| {
        project["mode"] = "engineering".into();
        project["sector"] = Value::Null;
        project["hosts"] = serde_json::json!(["TH", "VN"]);
        project["events"][0]["on_date"] = "2017-01".into();
        project["amounts"][0]["minor_units"] = 123_456_789.into();
        project["events"].as_array_mut().expect("events").push(serde_json::json!({
            "number": 9, "on_date": "2020-02-03", "due_on": null, "kind": "status", "status": "suspended",
            "text": "Work stopped", "source": "S-0002", "confidence": "medium", "evidence": "direct"}));
        project["participations"]
            .as_array_mut()
            .expect("participations")
            .remove(0);
    };
    insta::assert_snapshot!("english", changed(Language::English, change));
    insta::assert_snapshot!("chinese", changed(Language::Chinese, change));
    insta::assert_snapshot!("japanese", changed(Language::Japanese, change));
}
