//! Progress: a table of statuses, then what is silent, stalled and late, by name.

use std::collections::BTreeSet;

use super::{Block, Cell, Labels, Page, Sheet, View};
use crate::domain::PartialDate;
use crate::report::{Days, Named, ProgressGroup, ProgressReport};

/// How many names a list on a page shows; the other formats have them all, and so has a page that is to list all.
const SHOWN: usize = 10;

impl View for ProgressReport {
    fn page(&self, labels: &Labels, width: usize) -> Page {
        let mut page = Page::default();
        page.add(Block::Title(labels.with(
            "progress-title",
            &[("date", self.as_of.to_string().into())],
        )));
        if let Some(known_at) = self.known_at {
            page.add(Block::Paragraph(labels.with(
                "summary-known-at",
                &[("time", labels.time(known_at).into())],
            )));
        }
        if !self.conditions.is_empty() {
            let conditions = self.conditions.join("; ");
            page.add(Block::Paragraph(
                labels.with("summary-filter", &[("conditions", conditions.into())]),
            ));
        }
        if self.groups.iter().all(|group| group.projects == 0) {
            let key = if self.conditions.is_empty() {
                "summary-no-projects"
            } else {
                "list-empty"
            };
            page.add(Block::Paragraph(labels.text(key)));
            return page;
        }
        let shown = if width > 1000 || self.lists_all {
            usize::MAX
        } else {
            SHOWN
        };
        for group in &self.groups {
            self.group(group, labels, shown, &mut page);
        }
        page.add(Block::Lines(vec![
            labels.text("progress-note-days"),
            labels.text("progress-note-evidence"),
        ]));
        page
    }

    fn data(&self) -> Sheet {
        let fields = [
            "group",
            "section",
            "status",
            "code",
            "number",
            "since",
            "days",
            "projects",
            "median_days",
            "longest_days",
        ];
        let mut sheet = Sheet::new(fields);
        for group in &self.groups {
            let name = || Cell::from(group.group.as_str());
            for line in &group.by_status {
                let mut row = vec![
                    name(),
                    "status".into(),
                    Cell::or_not_stated(line.status),
                    Cell::or_not_stated(line.longest_code.as_ref()),
                ];
                row.extend([
                    Cell::Blank,
                    Cell::Blank,
                    Cell::Blank,
                    Cell::Count(line.projects),
                ]);
                row.extend([
                    Cell::or_not_stated(line.days.median),
                    Cell::or_not_stated(line.days.longest),
                ]);
                sheet.rows.push(row);
            }
            for (section, list) in [("silent", &group.silent), ("stalled", &group.stalled)] {
                for named in list {
                    let mut row = vec![
                        name(),
                        section.into(),
                        Cell::or_not_stated(named.status),
                        Cell::from(named.code.as_str()),
                    ];
                    row.extend([
                        Cell::Blank,
                        Cell::or_not_stated(named.since),
                        Cell::or_not_stated(named.days),
                    ]);
                    row.extend([Cell::Blank, Cell::Blank, Cell::Blank]);
                    sheet.rows.push(row);
                }
            }
            for late in &group.slipped {
                let mut row = vec![
                    name(),
                    "slipped".into(),
                    Cell::Blank,
                    Cell::from(late.code.as_str()),
                    Cell::from(late.number.to_string()),
                ];
                row.extend([
                    Cell::from(late.due_on.to_string()),
                    Cell::Days(late.days),
                    Cell::Blank,
                    Cell::Blank,
                    Cell::Blank,
                ]);
                sheet.rows.push(row);
            }
        }
        sheet
    }
}

impl ProgressReport {
    fn group(&self, group: &ProgressGroup, labels: &Labels, shown: usize, page: &mut Page) {
        let count = [
            ("projects", group.projects.into()),
            ("group", labels.forum(&group.group).to_owned().into()),
        ];
        let key = if group.group == "all" {
            "progress-group-all"
        } else {
            "progress-group-forum"
        };
        page.add(Block::Heading(labels.with(key, &count)));
        page.add(Block::Table(statuses(group, labels)));
        let mut lines = Vec::new();
        if let (Some(median), Some(longest)) =
            (group.evidence_age.median, group.evidence_age.longest)
        {
            let values = [
                ("median", labels.duration(median).into()),
                ("longest", labels.duration(longest).into()),
                ("without", group.without_evidence.into()),
            ];
            lines.push(labels.with("progress-evidence", &values));
        }
        if group.earlier_history_not_known > 0 {
            lines.push(labels.with(
                "progress-history",
                &[("count", group.earlier_history_not_known.into())],
            ));
        }
        page.add(Block::Lines(lines));
        // What is named of one group is not named again of the next.
        let before = self
            .groups
            .iter()
            .take_while(|other| other.group != group.group);
        let named = before.flat_map(|other| other.silent.iter().chain(&other.stalled));
        let codes = named.map(|named| named.code.as_str()).collect();
        lists(group, labels, shown, self, page, &codes);
    }
}

fn lists(
    group: &ProgressGroup,
    labels: &Labels,
    shown: usize,
    report: &ProgressReport,
    page: &mut Page,
    above: &BTreeSet<&str>,
) {
    let limits = report.limits;
    for (key, months, list) in [
        ("stalled", limits.stalled_months, &group.stalled),
        ("silent", limits.silent_months, &group.silent),
    ] {
        let values = [("count", list.len().into()), ("months", months.into())];
        let mut said = vec![labels.with(&format!("progress-{key}"), &values)];
        let all = list.len();
        let is_new = |named: &&Named| !above.contains(named.code.as_str());
        let list: Vec<&Named> = list.iter().filter(is_new).collect();
        if list.len() < all {
            let count = [("count", (all - list.len()).into())];
            said.push(labels.with("progress-above", &count));
        }
        page.add(Block::Lines(said));
        if list.is_empty() {
            continue;
        }
        let fields = [
            "field-code",
            "field-since",
            "field-duration",
            "field-status",
            "field-title",
        ];
        let sheet = Sheet::new(fields.map(|field| labels.text(field))).narrow([7, 10, 13, 12]);
        let mut sheet = sheet.durations_at([2]);
        for named in list.iter().take(shown) {
            sheet.rows.push(vec![
                Cell::from(named.code.as_str()),
                Cell::or_not_stated(named.since),
                named.days.map_or(Cell::Blank, Cell::Days),
                Cell::from(labels.word_or_not_stated(named.status)),
                Cell::from(labels.title(named.titles(), named.identified)),
            ]);
        }
        page.add(Block::Table(sheet));
        if list.len() > shown {
            let more = list.len() - shown;
            page.add(Block::Paragraph(
                labels.with("progress-more", &[("count", more.into())]),
            ));
        }
    }
    slipped(group, labels, page);
}

fn slipped(group: &ProgressGroup, labels: &Labels, page: &mut Page) {
    if group.slipped.is_empty() {
        return;
    }
    page.add(Block::Paragraph(labels.with(
        "progress-slipped",
        &[("count", group.slipped.len().into())],
    )));
    let fields = [
        "field-code",
        "field-due",
        "field-met",
        "field-duration",
        "field-event",
    ];
    let mut sheet = Sheet::new(fields.map(|field| labels.text(field)));
    for late in &group.slipped {
        sheet.rows.push(vec![
            Cell::from(late.code.as_str()),
            Cell::from(late.due_on.to_string()),
            late.met_on.map_or_else(
                || Cell::from(labels.text("not-yet")),
                |date: PartialDate| Cell::from(date.to_string()),
            ),
            Cell::Days(late.days),
            Cell::from(late.text.clone().unwrap_or_default()),
        ]);
    }
    page.add(Block::Table(sheet));
}

fn exact(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::from(u32::MAX), f64::from)
}

fn statuses(group: &ProgressGroup, labels: &Labels) -> Sheet {
    let fields = [
        "field-status",
        "field-projects",
        "field-median",
        "field-longest-days",
        "field-longest",
        "field-share",
    ];
    let mut sheet = Sheet::new(fields.map(|field| labels.text(field))).numbers_from(1);
    // The bar gives way before a word does.
    if let Some(bar) = sheet.columns.last_mut() {
        bar.narrow = Some(11);
    }
    let share = |number: usize| exact(number) / exact(group.projects.max(1));
    sheet
        .columns
        .iter_mut()
        .skip(4)
        .for_each(|column| column.is_number = false);
    for line in &group.by_status {
        let Days { median, longest } = line.days;
        let days = |days: Option<i64>| days.map_or(Cell::Blank, Cell::Days);
        sheet.rows.push(vec![
            Cell::from(labels.word_or_not_stated(line.status)),
            Cell::Count(line.projects),
            days(median),
            days(longest),
            line.longest_code
                .as_ref()
                .map_or(Cell::Blank, |code| Cell::from(code.as_str())),
            Cell::Bar(share(line.projects)),
        ]);
    }
    sheet
}
