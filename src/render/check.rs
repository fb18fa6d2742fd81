//! Findings of the checks, and the waivers.

use super::{Block, Cell, Labels, Page, Sheet, View};
use crate::domain::{Severity, Vocabulary as _};
use crate::report::{CheckReport, Finding};

impl View for CheckReport {
    fn page(&self, labels: &Labels, _width: usize) -> Page {
        let mut page = Page::default();
        for findings in self.findings.chunk_by(|one, next| one.rule == next.rule) {
            let Some(first) = findings.first() else {
                continue;
            };
            let values = [
                ("severity", labels.word(first.severity).into()),
                ("rule", first.rule.into()),
                ("count", findings.len().into()),
            ];
            page.add(Block::Heading(labels.with("rule-heading", &values)));
            let line = |finding: &Finding| (finding.record.clone(), in_words(finding, labels));
            page.add(Block::Fields(findings.iter().map(line).collect()));
            page.add(Block::Paragraph(
                labels.with("rule-hint", &[("hint", first.hint.as_str().into())]),
            ));
        }
        page.add(Block::Paragraph(self.total(labels)));
        page
    }

    fn data(&self) -> Sheet {
        let mut sheet = Sheet::new([
            "rule",
            "severity",
            "kind",
            "record",
            "message",
            "hint",
            "waived_by",
            "waived_until",
            "waived_because",
        ]);
        for finding in &self.findings {
            let waiver = finding.waiver.as_ref();
            let stated = |text: Option<String>| text.map_or(Cell::Blank, Cell::Text);
            sheet.rows.push(vec![
                Cell::from(finding.rule),
                Cell::from(finding.severity.word()),
                Cell::from(finding.kind),
                Cell::from(finding.record.as_str()),
                Cell::from(finding.message.as_str()),
                Cell::from(finding.hint.as_str()),
                stated(waiver.map(|waiver| waiver.owner.clone())),
                stated(waiver.map(|waiver| waiver.until_date.to_string())),
                stated(waiver.map(|waiver| waiver.reason.clone())),
            ]);
        }
        sheet
    }
}

fn in_words(finding: &Finding, labels: &Labels) -> String {
    match &finding.waiver {
        None => finding.message.clone(),
        Some(waiver) => labels.with(
            "rule-waived",
            &[
                ("message", finding.message.as_str().into()),
                ("owner", waiver.owner.as_str().into()),
                ("date", waiver.until_date.to_string().into()),
                ("reason", waiver.reason.as_str().into()),
            ],
        ),
    }
}

impl CheckReport {
    fn total(&self, labels: &Labels) -> String {
        let counts = Severity::ALL.iter().filter_map(|severity| {
            let count = self.standing.get(severity.word())?;
            Some(labels.with(
                "rule-count",
                &[
                    ("severity", labels.word(*severity).into()),
                    ("count", (*count).into()),
                ],
            ))
        });
        let counts: Vec<String> = counts.collect();
        let found = if counts.is_empty() {
            labels.text("none")
        } else {
            labels.list(&counts)
        };
        let values = [
            ("date", self.as_of.to_string().into()),
            ("rules", self.rules.into()),
            ("found", found.into()),
            ("waived", self.waived.into()),
        ];
        labels.with("rule-total", &values)
    }
}
