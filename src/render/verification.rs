//! The result of a check: the findings as sentences, or what was proved.

use serde_json::Value;

use super::{Block, Cell, Labels, Page, Sheet, View, record_change};
use crate::message::Message;
use crate::report::{Found, Glossary, ProofReport, Verification};

/// Letters of a value that a sentence shows.
const SHOWN: usize = 60;

/// A finding in words, record and field named.
pub(crate) fn message(labels: &Labels, finding: &Found) -> String {
    let quoted = [
        "field_changed",
        "entry_column",
        "batch_column",
        "bundle_field",
    ]
    .contains(&finding.id);
    let value = |value: &Option<Message>| {
        let Some(said) = value else {
            return labels.text("not-stated");
        };
        let text = labels.say(said);
        // A value of a record may be a page long; what we say ourselves is short and said whole.
        if !quoted {
            return text;
        }
        let mut shown: String = text.chars().take(SHOWN).collect();
        if shown.len() < text.len() {
            shown.push('…');
        }
        labels.with("quoted-value", &[("text", shown.into())])
    };
    let record = match (&finding.kind, &finding.code, finding.batch) {
        (Some(kind), Some(code), _) => record(labels, kind, code),
        (_, _, Some(batch)) => {
            labels.with("finding-of-batch", &[("batch", batch.to_string().into())])
        }
        _ => String::new(),
    };
    let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    let values = [
        ("record", record.into()),
        ("field", finding.field.clone().unwrap_or_default().into()),
        ("entry", number(finding.entry).into()),
        ("batch", number(finding.batch).into()),
        ("expected", value(&finding.expected).into()),
        ("found", value(&finding.found).into()),
    ];
    labels.with(&format!("finding-{}", finding.id), &values)
}

/// A record in words: "project F1-001".
pub(super) fn record(labels: &Labels, kind: &str, code: &str) -> String {
    let key = format!("record-{kind}");
    let label = labels.text(&key);
    // A kind that somebody made up has no label.
    format!("{} {code}", if label == key { kind } else { &label })
}

impl View for Verification {
    fn page(&self, labels: &Labels, _width: usize) -> Page {
        let mut page = Page::default();
        if !self.findings.is_empty() {
            let lines = self.findings.iter().map(|finding| finding.message.clone());
            page.add(Block::Lines(lines.collect()));
        }
        if self.more > 0 {
            let more = labels.with("finding-more", &[("count", self.more.into())]);
            page.add(Block::Paragraph(more));
        }
        let count = self.findings.len() + self.more;
        let verdict = if self.verified {
            labels.text("proof-verified")
        } else {
            labels.with("proof-findings", &[("count", count.into())])
        };
        let mut fields = vec![
            (labels.text("proof-verdict"), verdict),
            (
                labels.text("proof-origin"),
                self.origin
                    .clone()
                    .unwrap_or_else(|| labels.text("not-stated")),
            ),
            (labels.text("proof-batches"), self.batches.to_string()),
            (labels.text("proof-entries"), self.entries.to_string()),
            (labels.text("proof-records"), self.records.to_string()),
            (labels.text("proof-root"), self.root.clone()),
        ];
        if !self.against.is_empty() {
            fields.push((labels.text("proof-against"), labels.list(&self.against)));
        }
        if let Some(first) = self.signatures.first() {
            let is_one = self
                .signatures
                .iter()
                .all(|other| other.checkpoint == first.checkpoint);
            let signed = self.signatures.iter().map(|one| {
                let place = if is_one {
                    String::new()
                } else {
                    format!("{}: ", one.checkpoint)
                };
                let time = one
                    .time
                    .map(|time| format!(" ({time})"))
                    .unwrap_or_default();
                format!("{place}{}{time}", one.name)
            });
            let signed: Vec<String> = signed.collect();
            fields.push((labels.text("proof-signatures"), labels.list(&signed)));
        }
        page.add(Block::Fields(fields));
        page
    }

    fn data(&self) -> Sheet {
        let columns = [
            "id", "kind", "code", "field", "entry", "batch", "expected", "found", "message",
        ];
        let mut sheet = Sheet::new(columns);
        for finding in &self.findings {
            sheet.rows.push(vec![
                Cell::from(finding.id),
                Cell::or_not_stated(finding.kind.as_ref()),
                Cell::or_not_stated(finding.code.as_ref()),
                Cell::or_not_stated(finding.field.as_ref()),
                Cell::or_not_stated(finding.entry),
                Cell::or_not_stated(finding.batch),
                Cell::or_not_stated(finding.expected.as_ref().map(Message::to_string)),
                Cell::or_not_stated(finding.found.as_ref().map(Message::to_string)),
                Cell::from(finding.message.as_str()),
            ]);
        }
        sheet
    }
}

impl View for ProofReport {
    fn page(&self, labels: &Labels, _width: usize) -> Page {
        let number = |number: Option<u64>| number.map(|number| number.to_string());
        let record = self.kind.as_ref().zip(self.code.as_ref());
        let fields = [
            (
                "proof-record",
                record.map(|(kind, code)| self::record(labels, kind, code)),
            ),
            ("proof-entry", number(self.entry)),
            ("proof-batch", self.batch.map(|batch| batch.to_string())),
            ("proof-origin", Some(self.origin.clone())),
            ("proof-from", number(self.from)),
            ("proof-entries", Some(self.entries.to_string())),
            ("proof-root", Some(self.root.clone())),
            ("proof-signatures", Some(labels.list(&self.signatures))),
        ];
        let fields = fields
            .into_iter()
            .filter_map(|(key, value)| Some((labels.text(key), value?)));
        let mut page = Page::default();
        page.add(Block::Fields(fields.collect()));
        match &self.document {
            Some(Value::Object(document)) => {
                page.add(Block::Heading(labels.text("proof-says")));
                page.add(match self.says() {
                    // Names of what it refers to stand in a registry, which nobody needs here.
                    Some(record) => {
                        Block::Table(record_change::table(&record, labels, &Glossary::default()))
                    }
                    None => {
                        let fields = document.iter().flat_map(|(key, value)| stated(key, value));
                        Block::Fields(fields.collect())
                    }
                });
            }
            Some(_) => page.add(Block::Paragraph(labels.text("proof-removed"))),
            None => {}
        }
        page
    }

    fn data(&self) -> Sheet {
        let columns = [
            "origin",
            "entries",
            "root",
            "signatures",
            "from",
            "entry",
            "kind",
            "code",
            "batch",
            "document",
            "later_entries",
        ];
        let mut sheet = Sheet::new(columns);
        sheet.rows.push(vec![
            Cell::from(self.origin.as_str()),
            Cell::from(self.entries.to_string()),
            Cell::from(self.root.as_str()),
            Cell::list(&self.signatures),
            Cell::or_not_stated(self.from),
            Cell::or_not_stated(self.entry),
            Cell::or_not_stated(self.kind.as_ref()),
            Cell::or_not_stated(self.code.as_ref()),
            Cell::or_not_stated(self.batch),
            Cell::or_not_stated(self.document.as_ref()),
            Cell::or_not_stated(self.later_entries),
        ]);
        sheet
    }
}

/// What is stated of a field: one line, or one for each item of a list.
fn stated(key: &str, value: &Value) -> Vec<(String, String)> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(items) if items.iter().any(Value::is_object) => {
            let item =
                |(place, item): (usize, &Value)| (format!("{key}[{}]", place + 1), plain(item));
            items.iter().enumerate().map(item).collect()
        }
        Value::Array(items) if items.is_empty() => Vec::new(),
        value => vec![(key.to_owned(), plain(value))],
    }
}

/// A value as people read it.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => {
            let stated = fields.iter().filter(|(_, value)| !value.is_null());
            let stated = stated.map(|(key, value)| format!("{key}: {}", plain(value)));
            stated.collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}
