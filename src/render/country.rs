//! One host country as a page.

mod context;

use super::{Block, Cell, Labels, Page, Sheet, View};
use crate::domain::{Mode, Names, Translated};
use crate::report::CountryReport;

/// How many partners a page shows; the other formats have them all.
const SHOWN: usize = 12;

impl View for CountryReport {
    fn page(&self, labels: &Labels, width: usize) -> Page {
        let mut page = Page::default();
        let name = labels.country(&self.country.code);
        let values = [
            ("country", name.to_owned().into()),
            ("date", self.as_of.to_string().into()),
        ];
        page.add(Block::Title(labels.with("country-title", &values)));
        if let Some(known_at) = self.known_at {
            page.add(Block::Paragraph(labels.with(
                "summary-known-at",
                &[("time", labels.time(known_at).into())],
            )));
        }
        page.add(Block::Lines(self.groups(labels)));
        self.projects(labels, &mut page);
        self.partners(
            labels,
            if width > 1000 { usize::MAX } else { SHOWN },
            &mut page,
        );
        self.context(labels, &mut page);
        page
    }

    fn data(&self) -> Sheet {
        let mut sheet = Sheet::new(["section", "key", "value", "unit", "note"]);
        let mut row = |cells: [&str; 5]| {
            let cell = |text: &str| {
                if text.is_empty() {
                    Cell::Blank
                } else {
                    text.into()
                }
            };
            sheet.rows.push(cells.map(cell).to_vec());
        };
        for group in &self.groups {
            row([
                "projects",
                &group.group,
                &group.total.projects.to_string(),
                "",
                "",
            ]);
            row([
                "implemented",
                &group.group,
                &group.total.implemented.to_string(),
                "",
                "",
            ]);
        }
        for project in &self.projects {
            let status = project
                .status
                .map_or_else(String::new, |status| status.to_string());
            row([
                "project",
                project.code.as_str(),
                &status,
                "",
                &project.title,
            ]);
        }
        for partner in &self.partners {
            row([
                "partner",
                &partner.party,
                &partner.projects.join(";"),
                "",
                "",
            ]);
        }
        for score in &self.business_environment {
            row([
                "business_environment_score",
                &score.year,
                &score.score.to_string(),
                "score 0-100",
                &format!("rank {} of {}", score.rank, score.of),
            ]);
        }
        for (section, figures) in [
            ("debt_ratio", &self.debt_ratio),
            ("inflation", &self.inflation),
        ] {
            for figure in figures {
                row([
                    section,
                    &figure.year,
                    &figure.value.to_string(),
                    &figure.unit,
                    "",
                ]);
            }
        }
        for signal in &self.signals {
            row([
                "signal",
                &signal.year,
                &signal.value.to_string(),
                signal.signal,
                &format!("above {}", signal.threshold),
            ]);
        }
        sheet
    }
}

impl CountryReport {
    fn groups(&self, labels: &Labels) -> Vec<String> {
        if self.groups.is_empty() {
            return vec![labels.text("country-none")];
        }
        let group = |group: &crate::report::CountryGroup| {
            let one = |(status, number): &(Option<_>, usize)| {
                format!("{} {number}", labels.word_or_not_stated(*status))
            };
            let statuses: Vec<String> = group.total.by_status.iter().map(one).collect();
            let values = [
                (
                    "group",
                    if group.group == "other" {
                        labels.text("summary-group-other")
                    } else {
                        labels.forum(&group.group).to_owned()
                    }
                    .into(),
                ),
                ("projects", group.total.projects.into()),
                ("implemented", group.total.implemented.into()),
                ("statuses", labels.list(&statuses).into()),
            ];
            labels.with("country-group", &values)
        };
        let mut lines: Vec<String> = self.groups.iter().map(group).collect();
        lines.push(self.modes(labels));
        lines
    }

    /// In which modes: all projects here, most of a mode first.
    fn modes(&self, labels: &Labels) -> String {
        let mut counts: Vec<(Option<Mode>, usize)> = Vec::new();
        for project in &self.projects {
            match counts.iter_mut().find(|(mode, _)| *mode == project.mode) {
                Some((_, count)) => *count += 1,
                None => counts.push((project.mode, 1)),
            }
        }
        counts.sort_by_key(|(mode, count)| (mode.is_none(), std::cmp::Reverse(*count), *mode));
        let one = |(mode, count): &(Option<Mode>, usize)| {
            format!("{} {count}", labels.word_or_not_stated(*mode))
        };
        let list: Vec<String> = counts.iter().map(one).collect();
        labels.with("country-modes", &[("list", labels.list(&list).into())])
    }

    fn projects(&self, labels: &Labels, page: &mut Page) {
        if self.projects.is_empty() {
            return;
        }
        let fields = ["field-code", "field-status", "field-mode", "field-title"];
        let mut sheet = Sheet::new(fields.map(|field| labels.text(field))).narrow([7, 12, 11]);
        for project in &self.projects {
            let since = project
                .status
                .zip(project.status_on)
                .map(|(status, on)| format!("{} {on}", labels.word(status)));
            sheet.rows.push(vec![
                Cell::from(project.code.as_str()),
                Cell::or_not_stated(since),
                Cell::or_not_stated(project.mode.map(|mode| labels.word(mode))),
                Cell::from(labels.marked_title(
                    &project.title,
                    project.is_translated,
                    project.identified,
                )),
            ]);
        }
        page.add(Block::Table(sheet));
    }

    fn partners(&self, labels: &Labels, shown: usize, page: &mut Page) {
        if self.partners.is_empty() {
            return;
        }
        page.add(Block::Heading(labels.text("section-parties")));
        let fields = [
            "field-party",
            "field-country",
            "field-side",
            "section-projects",
        ];
        let mut sheet = Sheet::new(fields.map(|field| labels.text(field)));
        for partner in self.partners.iter().take(shown) {
            let names = Names {
                en: partner.name_en.as_deref(),
                zh: partner.name_zh.as_deref(),
                ja: partner.name_ja.as_deref(),
                native: partner.name_native.as_deref(),
                translated: Translated::default(),
            };
            sheet.rows.push(vec![
                Cell::from(labels.name(names)),
                Cell::or_not_stated(partner.country.as_ref()),
                Cell::or_not_stated(partner.side.map(|side| labels.word(side))),
                Cell::from(partner.projects.join(" ")),
            ]);
        }
        page.add(Block::Table(sheet));
        if self.partners.len() > shown {
            let more = self.partners.len() - shown;
            page.add(Block::Paragraph(
                labels.with("country-more", &[("count", more.into())]),
            ));
        }
    }
}
