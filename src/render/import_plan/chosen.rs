//! Projects of a plan one by one, and in the web desk the buttons that decide on them.

use serde::Serialize;

use super::{Block, Cell, Labels, Page, Sheet, View, Words, table};
use crate::render::Offer;
use crate::render::text::shown;
use crate::report::{Glossary, ImportChoice, ImportChosen};

/// Candidates that have a button.
const OFFERED: usize = 3;

/// Projects that were chosen, and what is needed to read them.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct ImportChosenView {
    pub(crate) report: ImportChosen,
    #[serde(skip)]
    pub(crate) glossary: Glossary,
    /// Whether it stands within a page on which somebody decides.
    #[serde(skip)]
    pub(crate) is_page: bool,
}

impl View for ImportChosenView {
    fn page(&self, labels: &Labels, _width: usize) -> Page {
        let report = &self.report;
        let words = Words {
            kind: report.records,
            labels,
            glossary: &self.glossary,
        };
        let mut page = Page::default();
        let count = u64::try_from(report.items.len()).unwrap_or(u64::MAX);
        let values = [
            ("chosen", report.chosen.into()),
            ("from", (report.skipped + 1).min(report.chosen).into()),
            ("to", (report.skipped + count).into()),
        ];
        page.add(Block::Title(labels.with("import-chosen", &values)));
        let headings = [
            "import-row",
            "field-code",
            "field-title",
            "import-proposed",
            "import-decision",
            "",
        ];
        let mut sheet = sheet(&headings, labels).narrow([5, 7, 26, 40]);
        for choice in &report.items {
            let (item, rows) = (&choice.item, Cell::list(&choice.item.rows));
            sheet.rows.push(vec![
                rows,
                text(item.code.as_deref()),
                text(item.title.as_deref()),
                Cell::from(choice.said(&words)),
                Cell::from(choice.decision(labels)),
                self.offers(choice.offers(labels)),
            ]);
        }
        if !sheet.rows.is_empty() {
            page.add(Block::Table(sheet.without_blank_columns()));
        }
        self.parties(&mut page, labels);
        page
    }

    fn data(&self) -> Sheet {
        let mut sheet = Sheet::new(table::HEADINGS);
        for choice in &self.report.items {
            let lines = table::lines(choice.action, &choice.item);
            sheet.rows.extend(lines);
        }
        sheet
    }
}

impl ImportChosenView {
    /// Adds the new parties that resemble known ones.
    fn parties(&self, page: &mut Page, labels: &Labels) {
        let headings = [
            "import-key",
            "field-name",
            "import-similar",
            "import-decision",
            "",
        ];
        let mut sheet = sheet(&headings, labels);
        for (party, decision) in &self.report.parties {
            let key = party.key.as_str();
            let similar = party.similar.iter().take(OFFERED);
            let same = similar.map(|code| same(key, code, labels));
            let new = std::iter::once(button(key, "new", labels));
            sheet.rows.push(vec![
                Cell::from(key),
                Cell::from(party.name.as_str()),
                Cell::from(labels.list(&party.similar)),
                Cell::from(decision_text(decision, labels)),
                self.offers(same.chain(new).collect()),
            ]);
        }
        if !sheet.rows.is_empty() {
            page.add(Block::Heading(labels.text("import-parties-alike")));
            page.add(Block::Table(sheet.without_blank_columns()));
        }
    }

    fn offers(&self, offers: Vec<Offer>) -> Cell {
        match self.is_page && !offers.is_empty() {
            true => Cell::Offers(offers),
            false => Cell::Blank,
        }
    }
}

impl ImportChoice {
    /// Says what becomes of the project, what would change, and what is asked.
    fn said(&self, words: &Words<'_>) -> String {
        let labels = words.labels;
        let changes = self.item.changes.iter().map(|change| {
            let value = |cell: Cell| shown(&cell, labels);
            let (before, after) = (value(words.before(change)), value(words.after(change)));
            let (key, was) = match change.before.is_null() {
                true => ("import-states", String::new()),
                false => ("import-changes", before),
            };
            let what = words.name(change);
            let values = [
                ("what", what.into()),
                ("before", was.into()),
                ("after", after.into()),
            ];
            labels.with(key, &values)
        });
        let findings = self.item.findings.iter();
        let findings = findings.map(|finding| finding.sentence(labels));
        let found = self.item.found_by(labels);
        let what = std::iter::once(labels.text(&format!("import-{}", self.action))).chain(found);
        let said = what.chain(changes).chain(self.item.notes(words));
        let said: Vec<String> = said.chain(findings).chain(self.reason.clone()).collect();
        said.join(&labels.text("import-separator"))
    }

    fn decision(&self, labels: &Labels) -> String {
        decision_text(&self.item.decision, labels)
    }

    /// Returns the buttons: what can still be decided.
    fn offers(&self, labels: &Labels) -> Vec<Offer> {
        let Some(row) = self.item.rows.first().map(ToString::to_string) else {
            return Vec::new();
        };
        let candidates = self.item.candidates.iter().take(OFFERED);
        let same = candidates.map(|(code, ..)| same(&row, code, labels));
        let others: &[&str] = match self.action {
            "reject" => &[],
            "same" => &["new"],
            "possible" => &["new", "reject"],
            "change" => &["accept", "new", "reject"],
            _ => &["accept", "reject"],
        };
        let others = others.iter().map(|verb| button(&row, verb, labels));
        let is_open = self.item.decision == "open" || self.action == "reject";
        let open = (!is_open).then(|| button(&row, "open", labels));
        same.chain(others).chain(open).collect()
    }
}

/// Returns a decision in words: `accept`, or `same P-0012`.
fn decision_text(decision: &str, labels: &Labels) -> String {
    let (verb, code) = decision.split_once(' ').unwrap_or((decision, ""));
    labels.with(&format!("import-decided-{verb}"), &[("code", code.into())])
}

fn button(row: &str, verb: &str, labels: &Labels) -> Offer {
    Offer {
        label: labels.text(&format!("import-decide-{verb}")),
        address: "record/import/decide".to_owned(),
        sends: Some(format!("{row}\n{verb}")),
    }
}

fn same(row: &str, code: &str, labels: &Labels) -> Offer {
    let mut query = form_urlencoded::Serializer::new(String::new());
    Offer {
        label: labels.with("import-decide-same", &[("code", code.into())]),
        address: format!(
            "record/import/decide?{}",
            query.append_pair("as", code).finish()
        ),
        sends: Some(format!("{row}\nsame")),
    }
}

fn sheet(headings: &[&str], labels: &Labels) -> Sheet {
    Sheet::new(headings.iter().map(|key| match *key {
        "" => String::new(),
        key => labels.text(key),
    }))
}

fn text(text: Option<&str>) -> Cell {
    text.map_or(Cell::Blank, Cell::from)
}
