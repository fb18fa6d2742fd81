//! Keys, checkpoints and proofs for people and as data. At a terminal and in a file they are printed as they are.

use super::{Block, Cell, Labels, Page, Sheet, View};
use crate::report::{Artefact, KeyReport};

impl View for KeyReport {
    fn page(&self, labels: &Labels, _width: usize) -> Page {
        let mut page = Page::default();
        let field = |key: &str, value: &str| (labels.text(key), value.to_owned());
        page.add(Block::Fields(vec![
            field("proof-key-name", &self.name),
            field("proof-log-key", &self.log_key),
            field("proof-witness-key", &self.witness_key),
        ]));
        page
    }

    fn data(&self) -> Sheet {
        let mut sheet = Sheet::new(["name", "log_key", "witness_key"]);
        let row = [&self.name, &self.log_key, &self.witness_key];
        sheet
            .rows
            .push(row.map(|text| Cell::from(text.as_str())).into());
        sheet
    }
}

impl View for Artefact {
    fn page(&self, labels: &Labels, _width: usize) -> Page {
        let fields = [
            ("proof-origin", Some(self.origin.clone())),
            ("proof-from", self.from.map(|from| from.to_string())),
            ("proof-entries", Some(self.entries.to_string())),
            ("proof-root", Some(self.root.clone())),
            ("proof-entry", self.entry.map(|entry| entry.to_string())),
            (
                "proof-record",
                self.kind
                    .as_ref()
                    .zip(self.code.as_ref())
                    .map(|(kind, code)| super::verification::record(labels, kind, code)),
            ),
            (
                "proof-signatures",
                Some(labels.list(&self.signatures)).filter(|list| !list.is_empty()),
            ),
        ];
        let fields = fields
            .into_iter()
            .filter_map(|(key, value)| Some((labels.text(key), value?)));
        let mut page = Page::default();
        page.add(Block::Fields(fields.collect()));
        page.add(Block::Lines(self.text.lines().map(str::to_owned).collect()));
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
            "text",
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
            Cell::from(self.text.as_str()),
        ]);
        sheet
    }
}
