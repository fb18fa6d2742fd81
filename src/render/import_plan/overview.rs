//! The overview of a plan: outcomes, changes by field and by transition of status, and each bad value once.

use std::collections::BTreeMap;

use super::{Block, Cell, Labels, Page, Sheet, Words, count, text};
use crate::domain::Status;
use crate::report::ImportPlan;
use crate::store::Kind;

/// Different values that are shown of one kind of finding in one column.
const VALUES: usize = 60;

/// Ranges of rows that are shown of one value.
const RANGES: usize = 8;

impl ImportPlan {
    /// Outcomes, fields and transitions.
    pub(super) fn what_changes(&self, page: &mut Page, words: &Words<'_>) {
        let labels = words.labels;
        page.add(Block::Heading(labels.text("import-what-changes")));
        page.add(Block::Table(self.outcomes(labels)));
        if !self.fields.is_empty() {
            page.add(Block::Table(self.changed_fields(words)));
        }
        if !self.transitions.is_empty() {
            page.add(Block::Table(self.changed_status(labels)));
        }
        if self.records == Kind::Project {
            let values = [
                ("parties", self.new_parties.into()),
                ("sources", self.new_sources.into()),
            ];
            page.add(Block::Paragraph(labels.with("import-new-names", &values)));
        }
    }

    /// How many projects and rows come to what; the rows add up.
    fn outcomes(&self, labels: &Labels) -> Sheet {
        let headings = match self.records {
            Kind::Party => ["import-what-party", "import-parties-count", "import-rows"],
            _ => ["import-what", "import-projects", "import-rows"],
        };
        let mut sheet = Sheet::new(headings.map(|heading| labels.text(heading))).numbers_from(1);
        for part in self.parts.iter().filter(|part| part.rows > 0) {
            sheet.rows.push(vec![
                Cell::from(part.label(labels)),
                count(part.projects),
                count(part.rows),
            ]);
        }
        let possible = self.parts.iter().filter(|part| part.action == "possible");
        let possible: u64 = possible.map(|part| part.rows).sum();
        if self.outcome.asked > possible {
            let label = Cell::from(labels.text("import-of-which-asked"));
            let asked = count(self.outcome.asked);
            sheet.rows.push(vec![label, Cell::Blank, asked]);
        }
        let left_out = self.reading.left_out.rows();
        let skipped = self.rows_skipped.saturating_sub(left_out);
        for (key, rows) in [("import-left-out", left_out), ("import-skipped", skipped)] {
            if rows > 0 {
                let label = Cell::from(labels.text(key));
                sheet.rows.push(vec![label, Cell::Blank, count(rows)]);
            }
        }
        sheet.parts.push(sheet.rows.len());
        let label = Cell::from(labels.text("import-rows-read"));
        sheet
            .rows
            .push(vec![label, Cell::Blank, count(self.rows_read)]);
        sheet
    }

    fn changed_fields(&self, words: &Words<'_>) -> Sheet {
        let headings = [
            "import-field",
            match self.records {
                Kind::Party => "import-parties-count",
                _ => "import-projects",
            },
            "change-added",
            "change-changed",
            "change-removed",
        ];
        let headings = headings.map(|heading| words.labels.text(heading));
        let mut sheet = Sheet::new(headings).numbers_from(1);
        let some = |number| {
            if number == 0 {
                Cell::Blank
            } else {
                count(number)
            }
        };
        for field in &self.fields {
            sheet.rows.push(vec![
                Cell::from(words.field(&field.field)),
                count(field.projects),
                some(field.added),
                some(field.changed),
                some(field.removed),
            ]);
        }
        sheet
    }

    fn changed_status(&self, labels: &Labels) -> Sheet {
        let headings = ["import-status-from", "import-status-to", "import-projects"];
        let mut sheet = Sheet::new(headings.map(|heading| labels.text(heading))).numbers_from(2);
        let word =
            |status: Option<Status>| Cell::or_not_stated(status.map(|status| labels.word(status)));
        for transition in &self.transitions {
            sheet.rows.push(vec![
                if transition.is_new {
                    Cell::from(labels.text("import-status-new"))
                } else {
                    word(transition.status.from)
                },
                word(transition.status.to),
                count(transition.projects),
            ]);
        }
        sheet
    }

    /// Each bad value once, with its rows, and lines that complete the mapping with them.
    pub(super) fn what_is_wrong(&self, page: &mut Page, labels: &Labels) {
        if self.findings.is_empty() {
            return;
        }
        page.add(Block::Heading(labels.text("import-findings")));
        page.add(Block::Table(self.bad_values(labels)));
        if self.more_findings > 0 {
            let values = [("count", self.more_findings.into())];
            page.add(Block::Paragraph(
                labels.with("import-more-findings", &values),
            ));
        }
        if !self.completion.is_empty() {
            page.add(Block::Heading(labels.text("import-completion")));
            page.add(Block::Verbatim(self.completion.clone()));
        }
    }

    fn bad_values(&self, labels: &Labels) -> Sheet {
        let headings = [
            "import-column",
            "import-value",
            "import-wrong",
            "import-in-rows",
            "import-times",
        ];
        let mut sheet = Sheet::new(headings.map(|heading| labels.text(heading)))
            .numbers_from(4)
            .narrow([14, 16, 80, 12]);
        let mut shown = BTreeMap::<_, (usize, u64)>::new();
        for findings in &self.findings {
            let first = &findings.first;
            let kind = (first.column.as_deref(), first.said.what);
            let (values, more) = shown.entry(kind).or_default();
            *values += 1;
            if *values > VALUES {
                *more += findings.count;
                continue;
            }
            sheet.rows.push(vec![
                text(first.column.as_deref().unwrap_or_default()),
                text(&first.value),
                Cell::from(first.what(labels)),
                Cell::from(findings.rows.shortened(RANGES)),
                count(findings.count),
            ]);
        }
        for ((column, _), (values, more)) in shown.into_iter().filter(|(_, (_, more))| *more > 0) {
            let others = [("count", (values - VALUES).into())];
            sheet.rows.push(vec![
                text(column.unwrap_or_default()),
                Cell::from(labels.with("import-more-values", &others)),
                Cell::Blank,
                Cell::Blank,
                count(more),
            ]);
        }
        sheet.without_blank_columns()
    }
}
