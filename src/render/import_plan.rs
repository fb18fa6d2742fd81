//! Plans of imports, what became of them, and the mappings that are kept.

use serde_json::Value;

use super::listing::cell;
use super::{Block, Cell, Labels, Page, Sheet, View};
use crate::domain::Reason;
use crate::report::{ImportItem, ImportPart, ImportPlan, ImportResult, MappingList};

impl View for ImportPlan {
    fn page(&self, labels: &Labels, _width: usize) -> Page {
        let mut page = Page::default();
        let file = [("file", self.file.as_str().into())];
        page.add(Block::Title(labels.with("import-title", &file)));
        for part in &self.parts {
            if !part.items.is_empty() {
                part.add_to(&mut page, labels);
            }
        }
        if !self.parties.is_empty() {
            page.add(Block::Heading(labels.text("import-parties")));
            page.add(Block::Table(self.new_parties(labels)));
        }
        page.add(Block::Table(self.counts(labels)));
        let values = [
            ("parties", self.new_parties.into()),
            ("sources", self.new_sources.into()),
        ];
        page.add(Block::Paragraph(labels.with("import-new-names", &values)));
        page
    }

    fn data(&self) -> Sheet {
        let mut sheet = Sheet::new([
            "action",
            "rows",
            "decision",
            "code",
            "title",
            "matched_by",
            "what",
            "before",
            "after",
        ]);
        for part in &self.parts {
            for item in &part.items {
                let start = || {
                    vec![
                        Cell::from(part.action),
                        Cell::list(&item.rows),
                        Cell::from(item.decision.as_str()),
                        Cell::or_not_stated(item.code.as_ref()),
                        Cell::or_not_stated(item.title.as_ref()),
                        Cell::or_not_stated(item.matched_by),
                    ]
                };
                let mut lines = Vec::new();
                for (field, before, after) in &item.changes {
                    lines.push(vec![Cell::from(field.as_str()), cell(before), cell(after)]);
                }
                let words = item.words();
                lines.extend(words.map(|text| vec![Cell::from(text), Cell::Blank, Cell::Blank]));
                if lines.is_empty() {
                    lines.push(vec![Cell::Blank, Cell::Blank, Cell::Blank]);
                }
                let rows = lines.into_iter().map(|line| [start(), line].concat());
                sheet.rows.extend(rows);
            }
        }
        sheet
    }
}

impl ImportPlan {
    fn new_parties(&self, labels: &Labels) -> Sheet {
        let headings = [
            "import-key",
            "field-name",
            "field-country",
            "import-similar",
        ];
        let mut sheet = Sheet::new(headings.map(|heading| labels.text(heading)));
        for party in &self.parties {
            let country = party.country.as_deref();
            let similar = labels.list(&party.similar);
            sheet.rows.push(vec![
                Cell::from(party.key.as_str()),
                Cell::from(party.name.as_str()),
                Cell::or_not_stated(country.map(|country| labels.country(country))),
                if similar.is_empty() {
                    Cell::Blank
                } else {
                    Cell::from(similar)
                },
            ]);
        }
        sheet
    }

    /// How many projects and rows came to what; the rows add up.
    fn counts(&self, labels: &Labels) -> Sheet {
        let headings = ["import-what", "import-projects", "import-rows"];
        let mut sheet = Sheet::new(headings.map(|heading| labels.text(heading))).numbers_from(1);
        let count = |number: u64| Cell::Count(usize::try_from(number).unwrap_or(usize::MAX));
        for part in self.parts.iter().filter(|part| part.rows > 0) {
            sheet.rows.push(vec![
                Cell::from(part.label(labels)),
                count(part.projects),
                count(part.rows),
            ]);
        }
        if self.rows_skipped > 0 {
            let label = labels.text("import-skipped");
            sheet.rows.push(vec![
                Cell::from(label),
                Cell::Blank,
                count(self.rows_skipped),
            ]);
        }
        sheet.parts.push(sheet.rows.len());
        let label = labels.text("import-rows-read");
        sheet
            .rows
            .push(vec![Cell::from(label), Cell::Blank, count(self.rows_read)]);
        sheet
    }
}

impl ImportPart {
    fn label(&self, labels: &Labels) -> String {
        labels.text(&format!("import-{}", self.action))
    }

    fn add_to(&self, page: &mut Page, labels: &Labels) {
        page.add(Block::Heading(labels.with(
            "import-part",
            &[
                ("what", self.label(labels).into()),
                ("count", self.projects.into()),
            ],
        )));
        let headings = ["import-row", "field-code", "field-title", "import-proposed"];
        let mut sheet = Sheet::new(headings.map(|heading| labels.text(heading))).narrow([5, 7, 26]);
        for item in &self.items {
            let rows: Vec<String> = item.rows.iter().map(ToString::to_string).collect();
            sheet.rows.push(vec![
                Cell::from(rows.join(" ")),
                item.code.as_deref().map_or(Cell::Blank, Cell::from),
                item.title.as_deref().map_or(Cell::Blank, Cell::from),
                Cell::from(item.proposed(labels)),
            ]);
        }
        page.add(Block::Table(sheet));
        let shown = u64::try_from(self.items.len()).unwrap_or_default();
        if self.projects > shown && self.action != "same" {
            let count = [("count", (self.projects - shown).into())];
            page.add(Block::Paragraph(labels.with("import-more", &count)));
        }
    }
}

impl ImportItem {
    /// What is proposed, in the language of the reader.
    fn proposed(&self, labels: &Labels) -> String {
        let mut said = Vec::new();
        if let Some(by) = self.matched_by {
            said.push(labels.text(&format!("import-by-{by}")));
        }
        // What kind of event it is and that a part is real goes without saying.
        let telling = self.changes.iter().filter(|(field, before, after)| {
            let is_new = before.is_null();
            let is_usual = field.ends_with(" kind") || *after == Value::Bool(false);
            !(is_new && is_usual)
        });
        for (field, before, after) in telling {
            let values = [
                ("field", field.as_str().into()),
                ("before", shown(before, labels).into()),
                ("after", shown(after, labels).into()),
            ];
            let key = if before.is_null() {
                "import-set"
            } else {
                "import-changed"
            };
            said.push(labels.with(key, &values));
        }
        for (code, title, score, reasons) in &self.candidates {
            let reasons: Vec<String> = reasons
                .iter()
                .map(|(word, weight)| format!("{} {weight:+.2}", reason(word, labels)))
                .collect();
            let values = [
                ("code", code.as_str().into()),
                ("title", title.as_str().into()),
                ("score", format!("{score:.2}").into()),
                ("reasons", labels.list(&reasons).into()),
            ];
            said.push(labels.with("import-candidate", &values));
        }
        for move_back in &self.backward {
            let what = [("what", move_back.as_str().into())];
            said.push(labels.with("import-backward", &what));
        }
        for (column, message) in &self.findings {
            said.push(match column {
                Some(column) => format!("{column}: {message}"),
                None => message.clone(),
            });
        }
        for only in &self.only_in_registry {
            let what = [("what", only.as_str().into())];
            said.push(labels.with("import-only-in-registry", &what));
        }
        said.join(&labels.text("import-separator"))
    }

    /// The same without the changes, in canonical words.
    fn words(&self) -> impl Iterator<Item = String> {
        let candidates = self
            .candidates
            .iter()
            .map(|(code, _, score, _)| format!("candidate {code} {score:.2}"));
        let backward = self.backward.iter().map(|what| format!("backward {what}"));
        let findings = self.findings.iter().map(|(column, message)| match column {
            Some(column) => format!("{column}: {message}"),
            None => message.clone(),
        });
        let only = self
            .only_in_registry
            .iter()
            .map(|what| format!("only in the registry {what}"));
        candidates.chain(backward).chain(findings).chain(only)
    }
}

fn shown(value: &Value, labels: &Labels) -> String {
    match value {
        Value::Null => labels.text("not-stated"),
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

/// The label of a part of a score.
fn reason(word: &str, labels: &Labels) -> String {
    Reason::of_word(word).map_or_else(|| word.to_owned(), |reason| labels.text(reason.label()))
}

impl ImportResult {
    fn lines(&self) -> [(&'static str, u64); 8] {
        [
            ("added", self.added),
            ("changed", self.changed),
            ("unchanged", self.unchanged),
            ("rejected", self.rejected),
            ("open", self.open),
            ("new_parties", self.new_parties),
            ("new_sources", self.new_sources),
            ("remembered", self.remembered),
        ]
    }
}

impl View for ImportResult {
    fn page(&self, labels: &Labels, _width: usize) -> Page {
        let mut page = Page::default();
        let lines = self.lines().into_iter().filter(|(_, count)| *count > 0);
        let fields: Vec<(String, String)> = lines
            .map(|(what, count)| {
                (
                    labels.text(&format!("import-done-{what}")),
                    count.to_string(),
                )
            })
            .collect();
        if fields.is_empty() {
            page.add(Block::Paragraph(labels.text("import-nothing")));
        } else {
            page.add(Block::Fields(fields));
        }
        page
    }

    fn data(&self) -> Sheet {
        let mut sheet = Sheet::new(["what", "count"]);
        for (what, count) in self.lines() {
            let count = usize::try_from(count).unwrap_or(usize::MAX);
            sheet.rows.push(vec![Cell::from(what), Cell::Count(count)]);
        }
        sheet
    }
}

impl View for MappingList {
    fn page(&self, labels: &Labels, _width: usize) -> Page {
        let mut page = Page::default();
        if self.0.is_empty() {
            page.add(Block::Paragraph(labels.text("mappings-none")));
            return page;
        }
        let headings = ["field-name", "import-lines", "import-about"];
        let mut sheet = Sheet::new(headings.map(|heading| labels.text(heading)));
        for kept in &self.0 {
            sheet.rows.push(vec![
                Cell::from(kept.name.as_str()),
                Cell::Count(kept.lines),
                kept.about.as_deref().map_or(Cell::Blank, Cell::from),
            ]);
        }
        page.add(Block::Table(sheet));
        page
    }

    fn data(&self) -> Sheet {
        let mut sheet = Sheet::new(["name", "lines", "about"]);
        for kept in &self.0 {
            sheet.rows.push(vec![
                Cell::from(kept.name.as_str()),
                Cell::Count(kept.lines),
                Cell::or_not_stated(kept.about.as_ref()),
            ]);
        }
        sheet
    }
}
