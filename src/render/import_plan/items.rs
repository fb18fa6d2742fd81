//! The projects of a plan, one by one.

use super::{Block, Cell, Labels, Page, Sheet, Words};
use crate::domain::Reason;
use crate::report::{ImportFinding, ImportItem, ImportPart};

impl ImportPart {
    pub(super) fn label(&self, labels: &Labels) -> String {
        labels.text(&format!("import-{}", self.action))
    }

    pub(super) fn add_to(&self, page: &mut Page, words: &Words<'_>) {
        let labels = words.labels;
        page.add(Block::Heading(labels.with(
            "import-part",
            &[
                ("what", self.label(labels).into()),
                ("count", self.projects.into()),
            ],
        )));
        // What only goes back is among what is to be decided.
        let items = self.items.iter();
        let items = items.filter(|item| item.backward.is_empty() || !item.changes.is_empty());
        let (whole, short_ones): (Vec<_>, Vec<_>) =
            items.partition(|item| !item.changes.is_empty());
        for item in whole {
            page.add(Block::Paragraph(item.heading(labels)));
            page.add(Block::Table(self.changes(item, words)));
            let notes = item.notes(words);
            if !notes.is_empty() {
                page.add(Block::Lines(notes));
            }
        }
        if !short_ones.is_empty() {
            page.add(Block::Table(short(&short_ones, false, words)));
        }
        if self.action != "same" {
            add_more(page, labels, self.projects, self.items.len());
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
}

/// Projects of which there is little to say, a row each. With `is_asked`, their findings are what is asked.
pub(super) fn short(items: &[&ImportItem], is_asked: bool, words: &Words<'_>) -> Sheet {
    let headings = ["import-row", "field-code", "field-title", "import-proposed"];
    let headings = headings.map(|heading| words.labels.text(heading));
    let mut sheet = Sheet::new(headings).narrow([5, 7, 26]);
    for item in items {
        let found = item.found_by(words.labels).into_iter();
        // A finding that names another row is the question itself; the others are listed once for all rows.
        let findings = item.findings.iter();
        let about_rows =
            findings.filter(|finding| is_asked || finding.said.with.contains_key("row"));
        let about_rows = about_rows.map(|finding| finding.sentence(words.labels));
        let said = found.chain(item.notes(words)).chain(about_rows);
        let said: Vec<String> = said.collect();
        sheet.rows.push(vec![
            Cell::from(item.rows()),
            item.code.as_deref().map_or(Cell::Blank, Cell::from),
            item.title.as_deref().map_or(Cell::Blank, Cell::from),
            Cell::from(said.join(&words.labels.text("import-separator"))),
        ]);
    }
    sheet
}

/// Says that more projects are in the plan than are shown.
pub(super) fn add_more(page: &mut Page, labels: &Labels, projects: u64, shown: usize) {
    let more = projects.saturating_sub(u64::try_from(shown).unwrap_or(u64::MAX));
    if more > 0 {
        let count = [("count", more.into())];
        page.add(Block::Paragraph(labels.with("import-more", &count)));
    }
}

impl ImportItem {
    fn rows(&self) -> String {
        let rows: Vec<String> = self.rows.iter().map(ToString::to_string).collect();
        rows.join(" ")
    }

    pub(super) fn found_by(&self, labels: &Labels) -> Option<String> {
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

    /// What there is to say besides the changes, in the language of the reader. Findings have a table of their own.
    pub(super) fn notes(&self, words: &Words<'_>) -> Vec<String> {
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
        let steps = self.backward.iter();
        said.extend(steps.map(|step| step.sentence(labels)));
        for only in &self.only_in_registry {
            let what = words.item(&only.list, &only.item);
            let key = if only.no_longer_in_list {
                "import-no-longer-in-list"
            } else {
                "import-only-in-registry"
            };
            said.push(labels.with(key, &[("what", what.into())]));
        }
        said
    }

    /// The same in canonical words.
    pub(super) fn words(&self) -> impl Iterator<Item = String> {
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
