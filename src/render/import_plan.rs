//! Plans of imports, what became of them, and the mappings that are kept.

mod chosen;
mod items;
mod overview;
mod result;
mod said;
mod table;
mod totals;

use serde::Serialize;

use super::record_change::Words;
use super::{Block, Cell, Labels, Page, Sheet, View};
use crate::report::{Glossary, ImportItem, ImportParty, ImportPlan};
pub(crate) use chosen::ImportChosenView;
pub(crate) use table::PlanTable;

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
        let left_out = report.reading.left_out(labels);
        if !left_out.is_empty() {
            page.add(Block::Lines(left_out));
        }
        let words = Words {
            kind: report.records,
            labels,
            glossary: &self.glossary,
        };
        if report.backward > 0 {
            let values = [
                ("count", report.backward.into()),
                ("rows", report.backward_rows.as_str().into()),
            ];
            page.add(Block::Paragraph(labels.with("import-steps-back", &values)));
        }
        report.what_changes(&mut page, &words);
        report.totals(labels, &mut page);
        report.to_decide(&mut page, &words);
        report.what_is_wrong(&mut page, labels);
        for part in &report.parts {
            // Rejected projects are among the findings, and questions among what is to be decided.
            if !matches!(part.action, "reject" | "possible") && !part.items.is_empty() {
                part.add_to(&mut page, &words);
            }
        }
        let others = report.parties.iter();
        let others = others.filter(|party| party.similar.is_empty());
        add_parties(&mut page, labels, "import-parties", others);
        page
    }

    fn data(&self) -> Sheet {
        let mut sheet = Sheet::new(table::HEADINGS);
        for part in &self.report.parts {
            let lines = part.items.iter();
            sheet
                .rows
                .extend(lines.flat_map(|item| table::lines(part.action, item)));
        }
        sheet
    }
}

/// Adds a table of new parties under a heading.
fn add_parties<'a>(
    page: &mut Page,
    labels: &Labels,
    heading: &str,
    parties: impl Iterator<Item = &'a ImportParty>,
) {
    let headings = [
        "import-key",
        "field-name",
        "field-country",
        "import-similar",
    ];
    let mut sheet = Sheet::new(headings.map(|heading| labels.text(heading)));
    for party in parties {
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
    if !sheet.rows.is_empty() {
        page.add(Block::Heading(labels.text(heading)));
        page.add(Block::Table(sheet.without_blank_columns()));
    }
}

/// A count as a cell.
fn count(number: u64) -> Cell {
    Cell::Count(usize::try_from(number).unwrap_or(usize::MAX))
}

/// A text as a cell; an empty one is blank.
fn text(text: &str) -> Cell {
    if text.is_empty() {
        Cell::Blank
    } else {
        Cell::from(text)
    }
}

impl ImportPlan {
    /// What a person must look at: steps back, questions, and new parties that resemble known ones.
    fn to_decide(&self, page: &mut Page, words: &Words<'_>) {
        let labels = words.labels;
        let possible = self.parts.iter().find(|part| part.action == "possible");
        let (projects, items) = possible.map_or((0, &[][..]), |part| (part.projects, &part.items));
        let (back, asked) = (&self.steps_back[..], &self.questions[..]);
        let sections = [
            ("import-to-decide-backward", self.backward, back),
            ("import-to-decide-asked", self.asked, asked),
            ("import-to-decide-possible", projects, items),
        ];
        for (heading, projects, items) in sections {
            if projects > 0 {
                let values = [("count", projects.into())];
                page.add(Block::Heading(labels.with(heading, &values)));
                let is_asked = heading == "import-to-decide-asked";
                let items: Vec<&ImportItem> = items.iter().collect();
                page.add(Block::Table(items::short(&items, is_asked, words)));
                items::add_more(page, labels, projects, items.len());
            }
        }
        let alike = self.parties.iter();
        let alike = alike.filter(|party| !party.similar.is_empty());
        add_parties(page, labels, "import-parties-alike", alike);
    }
}
