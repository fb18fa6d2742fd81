//! The report as a document: the same sections as the page of HTML, in tables and sentences.

use super::{MeetingView, tables, words};
use crate::render::summary::{headline, money as summary_money};
use crate::render::{Block, Labels, Page};

/// Rows of a table of the document, as far as it could be longer; the workbook has them all.
const MOST: usize = 1_000;

impl MeetingView {
    /// The report in blocks.
    pub(super) fn page(&self, labels: &Labels) -> Page {
        let mut page = Page::default();
        page.add(Block::Title(labels.text("report-title")));
        page.add(Block::Fields(words::trace(self, labels)));
        if !self.report.frame.conditions.is_empty() {
            let conditions = self.report.frame.conditions.join("; ");
            page.add(Block::Paragraph(
                labels.with("summary-filter", &[("conditions", conditions.into())]),
            ));
        }
        if self.report.summary.groups.is_empty() {
            let is_whole = self.report.frame.conditions.is_empty();
            let nothing = if is_whole {
                "summary-no-projects"
            } else {
                "list-empty"
            };
            page.add(Block::Paragraph(labels.text(nothing)));
        }
        for (group, other) in self.groups() {
            page.add(Block::Heading(self.group_name(group, labels)));
            page.add(Block::Paragraph(headline(group, labels)));
            page.add(Block::Table(tables::modes(self, group, labels)));
            page.add(Block::Table(tables::countries(self, group, labels, MOST)));
            let mut lines = vec![labels.with(
                "summary-note-once",
                &[("dimension", labels.text("dimension-country").into())],
            )];
            lines.extend(words::cut(MOST, tables::stated(group), labels));
            page.add(Block::Lines(lines));
            page.add(Block::Table(tables::years(other, labels)));
            page.add(Block::Lines(words::found_on_pace(group, other, labels)));
            page.add(Block::Table(tables::pace(other, labels)));
            let mut lines = words::on_pace(other, labels);
            lines.extend(words::on_standstill(self, other, labels));
            page.add(Block::Lines(lines));
            let (named, rest) = words::named_standstill(other, labels, MOST);
            if !named.is_empty() {
                let sheet = tables::standstill(&named, labels).without_blank_columns();
                page.add(Block::Table(sheet));
            }
            if !rest.is_empty() {
                page.add(Block::Lines(rest));
            }
            let unknown = words::not_known(self, group, other, labels);
            if !unknown.is_empty() {
                page.add(Block::Paragraph(labels.text("report-unknown")));
                page.add(Block::Lines(unknown));
            }
        }
        self.commitments(labels, &mut page);
        self.rest(labels, &mut page);
        page
    }

    /// What has been committed in money, when that was asked for.
    fn commitments(&self, labels: &Labels, page: &mut Page) {
        let money = self.report.summary.money.as_ref();
        let Some(money) = money.filter(|_| self.groups().next().is_some()) else {
            return;
        };
        page.add(Block::Heading(words::commitments(money, labels)));
        for (group, _) in self.groups() {
            page.add(Block::Paragraph(self.group_name(group, labels)));
            page.add(Block::Lines(summary_money::lines(group, money, labels)));
            let (amounts, all) = tables::money::amounts(self, group, money, labels, MOST);
            if all > 0 {
                let by_country = tables::money::by_country(self, group, money, labels);
                page.add(Block::Table(tables::money::by_mode(
                    self, group, money, labels,
                )));
                page.add(Block::Table(by_country));
                page.add(Block::Table(amounts));
                self.add_cut(all, labels, page);
            }
        }
        if !money.rates.is_empty() {
            page.add(Block::Paragraph(labels.text("report-rates")));
            page.add(Block::Table(tables::money::rates(self, money, labels)));
        }
        page.add(Block::Lines(words::on_commitments(money, labels)));
    }

    /// What is about all projects together.
    fn rest(&self, labels: &Labels, page: &mut Page) {
        if let Some(met) = self.met() {
            page.add(Block::Heading(
                labels.with("report-since-meeting", &[("date", met.into())]),
            ));
            let changes = tables::changes(self, labels, MOST);
            if changes.is_empty() {
                page.add(Block::Paragraph(labels.text("report-nothing-happened")));
            }
            for (key, count, sheet) in changes {
                page.add(Block::Paragraph(
                    labels.with(key, &[("count", count.into())]),
                ));
                page.add(Block::Table(sheet));
                self.add_cut(count, labels, page);
            }
        }
        let lists = [
            (
                "section-projects",
                self.report.projects.projects.len(),
                tables::projects(self, labels, MOST),
            ),
            (
                "section-sources",
                self.report.sources.len(),
                tables::sources(self, labels, MOST),
            ),
        ];
        for (heading, all, table) in lists.into_iter().filter(|(_, all, _)| *all > 0) {
            page.add(Block::Heading(labels.text(heading)));
            page.add(Block::Table(table));
            self.add_cut(all, labels, page);
        }
        page.add(Block::Heading(labels.text("report-about")));
        page.add(Block::Lines(words::notes(labels)));
        page.add(Block::Paragraph(labels.text("report-again")));
        page.add(Block::Lines(vec![words::again(self, labels, "md")]));
    }

    fn add_cut(&self, all: usize, labels: &Labels, page: &mut Page) {
        let cut = words::cut(MOST, all, labels);
        cut.into_iter()
            .for_each(|line| page.add(Block::Paragraph(line)));
    }
}
