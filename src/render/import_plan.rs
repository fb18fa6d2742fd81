//! Plans of imports, what became of them, and the mappings that are kept.

mod said;

use serde::Serialize;

use super::record_change::{Words, data_cells};
use super::{Block, Cell, Labels, Page, Sheet, View};
use crate::domain::Reason;
use crate::report::{
    Glossary, ImportFinding, ImportItem, ImportPart, ImportPlan, ImportResult, MappingList,
};
use crate::store::Kind;

/// A plan, and what is needed to read it.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct ImportPlanView {
    pub(crate) report: ImportPlan,
    #[serde(skip)]
    pub(crate) glossary: Glossary,
}

impl View for ImportPlanView {
    fn page(&self, labels: &Labels, _width: usize) -> Page {
        let report = &self.report;
        let mut page = Page::default();
        let file = [("file", report.file.as_str().into())];
        page.add(Block::Title(labels.with("import-title", &file)));
        page.add(Block::Paragraph(report.reading.sentence(labels)));
        let words = Words {
            kind: Kind::Project,
            labels,
            glossary: &self.glossary,
        };
        for part in &report.parts {
            if !part.items.is_empty() {
                part.add_to(&mut page, &words);
            }
        }
        if report.hides_findings() {
            page.add(Block::Heading(labels.text("import-findings")));
            page.add(Block::Table(report.findings(labels)));
        }
        if !report.parties.is_empty() {
            page.add(Block::Heading(labels.text("import-parties")));
            page.add(Block::Table(report.new_parties(labels)));
        }
        page.add(Block::Table(report.counts(labels)));
        let values = [
            ("parties", report.new_parties.into()),
            ("sources", report.new_sources.into()),
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
            "list",
            "item",
            "field",
            "field_change",
            "before",
            "after",
            "note",
        ]);
        for part in &self.report.parts {
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
                let blank = || [const { Cell::Blank }; 6].to_vec();
                let mut lines = Vec::new();
                for change in &item.changes {
                    lines.push([data_cells(change).to_vec(), vec![Cell::Blank]].concat());
                }
                let notes = item.words();
                lines.extend(notes.map(|text| [blank(), vec![Cell::from(text)]].concat()));
                if lines.is_empty() {
                    lines.push([blank(), vec![Cell::Blank]].concat());
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

    fn add_to(&self, page: &mut Page, words: &Words<'_>) {
        let labels = words.labels;
        page.add(Block::Heading(labels.with(
            "import-part",
            &[
                ("what", self.label(labels).into()),
                ("count", self.projects.into()),
            ],
        )));
        let (whole, short): (Vec<_>, Vec<_>) =
            self.items.iter().partition(|item| !item.changes.is_empty());
        for item in whole {
            page.add(Block::Paragraph(item.heading(labels)));
            page.add(Block::Table(self.changes(item, words)));
            let notes = item.notes(words);
            if !notes.is_empty() {
                page.add(Block::Lines(notes));
            }
        }
        if !short.is_empty() {
            page.add(Block::Table(Self::short(&short, words)));
        }
        let shown = u64::try_from(self.items.len()).unwrap_or_default();
        if self.projects > shown && self.action != "same" {
            let count = [("count", (self.projects - shown).into())];
            page.add(Block::Paragraph(labels.with("import-more", &count)));
        }
    }

    /// What would change, or what a new project would be.
    fn changes(&self, item: &ImportItem, words: &Words<'_>) -> Sheet {
        let what = Cell::Text;
        if self.action == "add" {
            let headings = ["difference-what", "difference-value"];
            let mut sheet = Sheet::new(headings.map(|key| words.labels.text(key))).narrow([22]);
            let rows = item.changes.iter();
            let row = |change| vec![what(words.name(change)), words.after(change)];
            sheet.rows.extend(rows.map(row));
            return sheet;
        }
        let headings = ["difference-what", "difference-before", "difference-after"];
        let mut sheet = Sheet::new(headings.map(|key| words.labels.text(key))).narrow([22]);
        for change in &item.changes {
            let name = what(words.name(change));
            sheet
                .rows
                .push(vec![name, words.before(change), words.after(change)]);
        }
        sheet
    }

    /// Projects of which there is little to say, a row each.
    fn short(items: &[&ImportItem], words: &Words<'_>) -> Sheet {
        let headings = ["import-row", "field-code", "field-title", "import-proposed"];
        let headings = headings.map(|heading| words.labels.text(heading));
        let mut sheet = Sheet::new(headings).narrow([5, 7, 26]);
        for item in items {
            let found = item.found_by(words.labels).into_iter();
            let said: Vec<String> = found.chain(item.notes(words)).collect();
            sheet.rows.push(vec![
                Cell::from(item.rows()),
                item.code.as_deref().map_or(Cell::Blank, Cell::from),
                item.title.as_deref().map_or(Cell::Blank, Cell::from),
                Cell::from(said.join(&words.labels.text("import-separator"))),
            ]);
        }
        sheet
    }
}

impl ImportItem {
    fn rows(&self) -> String {
        let rows: Vec<String> = self.rows.iter().map(ToString::to_string).collect();
        rows.join(" ")
    }

    fn found_by(&self, labels: &Labels) -> Option<String> {
        self.matched_by
            .map(|by| labels.text(&format!("import-by-{by}")))
    }

    /// The rows, the project, and what it was found by, in one line.
    fn heading(&self, labels: &Labels) -> String {
        let named = [self.code.as_deref(), self.title.as_deref()];
        let named: Vec<&str> = named.into_iter().flatten().collect();
        let values = [
            ("rows", self.rows().into()),
            ("project", named.join(" ").into()),
        ];
        let heading = labels.with("import-item", &values);
        match self.found_by(labels) {
            Some(by) => labels.noted(&heading, &by),
            None => heading,
        }
    }

    /// What is to be said besides the changes, in the language of the reader.
    fn notes(&self, words: &Words<'_>) -> Vec<String> {
        let labels = words.labels;
        let mut said = Vec::new();
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
        for step in &self.backward {
            let values = [
                ("status", labels.word(step.status).into()),
                ("date", step.on_date.to_string().into()),
                ("behind", labels.word(step.behind).into()),
                ("behind_date", step.behind_on.to_string().into()),
            ];
            said.push(labels.with("import-backward", &values));
        }
        said.extend(self.findings.iter().map(|finding| finding.sentence(labels)));
        for only in &self.only_in_registry {
            let what = words.item(&only.list, &only.item);
            said.push(labels.with("import-only-in-registry", &[("what", what.into())]));
        }
        said
    }

    /// The same in canonical words.
    fn words(&self) -> impl Iterator<Item = String> {
        let candidates = self
            .candidates
            .iter()
            .map(|(code, _, score, _)| format!("candidate {code} {score:.2}"));
        let backward = self.backward.iter().map(|step| {
            format!(
                "backward {} {} behind {} {}",
                step.status, step.on_date, step.behind, step.behind_on
            )
        });
        let findings = self.findings.iter().map(ImportFinding::words);
        let only = self
            .only_in_registry
            .iter()
            .map(|only| format!("only_in_registry {} {}", only.list, only.item));
        candidates.chain(backward).chain(findings).chain(only)
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
