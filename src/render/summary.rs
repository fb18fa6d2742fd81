//! The summary as a page: a table for each group, what is not known beneath it, and how to read it.

pub(super) mod money;
mod rows;
mod table;

use serde::Serialize;

use super::{Block, Cell, Labels, Page, Sheet, View};
use crate::domain::{Dimension, ProjectCode, ReportDay, Vocabulary as _};
use crate::report::{Count, Group, Key, Summary, World};
use table::{Layout, folded};

/// A summary and how much of it is wanted.
#[derive(Debug, Serialize)]
pub(crate) struct SummaryView {
    #[serde(flatten)]
    pub(crate) summary: Summary,
    /// What the names are taken from.
    #[serde(skip)]
    pub(crate) world: World,
    /// The conditions of the filter, in words.
    #[serde(skip)]
    pub(crate) conditions: Vec<String>,
    /// Every column, however many: several tables one under the other where they do not fit side by side.
    #[serde(skip)]
    pub(crate) all_columns: bool,
    /// The codes behind every cell.
    #[serde(skip)]
    pub(crate) codes: bool,
}

impl View for SummaryView {
    fn page(&self, labels: &Labels, width: usize) -> Page {
        let summary = &self.summary;
        let mut page = Page::default();
        page.add(Block::Title(labels.with(
            "summary-title",
            &[("date", summary.as_of.to_string().into())],
        )));
        if let Some(known_at) = summary.known_at {
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
        if summary.groups.is_empty() {
            let key = if self.conditions.is_empty() {
                "summary-no-projects"
            } else {
                "summary-empty"
            };
            page.add(Block::Paragraph(labels.text(key)));
            return page;
        }
        for group in &summary.groups {
            self.group(group, labels, width, &mut page);
        }
        let mut notes = vec![labels.text("summary-note-implemented")];
        let several: Vec<String> = [summary.rows, summary.columns]
            .into_iter()
            .filter(|dimension| dimension.has_several())
            .map(|dimension| labels.word(dimension))
            .collect();
        if !several.is_empty() {
            let several = labels.list(&several);
            notes.push(labels.with("summary-note-once", &[("dimension", several.into())]));
        }
        if let Some(money) = &summary.money {
            notes.extend(money::notes(money, labels));
        }
        if summary.groups.iter().any(|group| group.forum.is_none()) {
            notes.push(labels.text("summary-note-groups"));
        }
        page.add(Block::Lines(notes));
        page
    }

    fn data(&self) -> Sheet {
        let (rows, columns) = (self.summary.rows.word(), self.summary.columns.word());
        let figures = [
            "projects",
            "identified",
            "implemented",
            "implementation_rate",
            "codes",
        ];
        let money = self.summary.money.iter().flat_map(|_| money::COLUMNS);
        let headings = ["group", "level", rows, columns].into_iter();
        let headings = headings.chain(figures).chain(money);
        let mut sheet = Sheet::new(headings);
        for group in &self.summary.groups {
            let mut line = |level: &str, row: Cell, column: Cell, count: &Count| {
                let key = [Cell::from(group.group.as_str()), level.into(), row, column];
                let money = count.commitments.iter().flat_map(money::data);
                let cells = key.into_iter().chain(figures_of(count)).chain(money);
                sheet.rows.push(cells.collect());
            };
            line("total", Cell::Blank, Cell::Blank, &group.total);
            for (key, count) in &group.by_row {
                line("row", key_of(key), Cell::Blank, count);
            }
            for (key, count) in &group.by_column {
                line("column", Cell::Blank, key_of(key), count);
            }
            for (row, column, count) in &group.cells {
                line("cell", key_of(row), key_of(column), count);
            }
        }
        sheet
    }
}

/// In the CSV a blank cell means "all"; what is not stated is written out, or the two could not be told apart.
fn key_of(key: &Key) -> Cell {
    Cell::from(key.as_deref().unwrap_or(crate::store::NOT_STATED))
}

fn figures_of(count: &Count) -> [Cell; 5] {
    [
        Cell::Count(count.projects),
        Cell::Count(count.identified),
        Cell::Count(count.implemented),
        count.implementation_rate().map_or(Cell::Blank, Cell::Share),
        Cell::list(&count.codes),
    ]
}

impl SummaryView {
    fn group(&self, group: &Group, labels: &Labels, width: usize, page: &mut Page) {
        let heading = match &group.forum {
            Some(forum) => {
                let name = labels.name(forum.names()).to_owned();
                labels.with(
                    "summary-group-forum",
                    &[
                        ("name", name.into()),
                        ("date", forum.held_on.to_string().into()),
                    ],
                )
            }
            None => labels.text("summary-group-other"),
        };
        page.add(Block::Heading(heading));
        page.add(Block::Paragraph(headline(group, labels)));
        let layout = Layout {
            rows: self.summary.rows,
            columns: self.summary.columns,
            world: &self.world,
            labels,
            measure: self.summary.measure,
            money: self.summary.money.as_ref(),
        };
        let fold = folded(group, &layout, width, self.all_columns);
        for sheet in fold.sheets {
            page.add(Block::Table(sheet));
        }
        let mut lines = Vec::new();
        if let Some(money) = &self.summary.money {
            lines.extend(money::lines(group, money, labels));
        }
        if !fold.legend.is_empty() {
            let list = labels.list(&fold.legend);
            lines.push(labels.with("summary-legend", &[("list", list.into())]));
        }
        if fold.hidden > 0 {
            let count = group.by_column.len();
            lines.push(labels.with("summary-folded", &[("count", count.into())]));
            if layout.is_better_in_rows() {
                let by = format!("{},{}", layout.columns.word(), layout.rows.word());
                lines.push(labels.with("summary-swap", &[("by", by.into())]));
            }
        }
        lines.push(statuses(group, labels));
        lines.push(unknown(group, self.summary.as_of, labels));
        page.add(Block::Lines(lines));
        if self.codes {
            page.add(Block::Table(self.codes_of(group, labels)));
        }
    }
}

impl SummaryView {
    /// The codes behind every cell.
    fn codes_of(&self, group: &Group, labels: &Labels) -> Sheet {
        let (rows, columns) = (self.summary.rows, self.summary.columns);
        let headings = [labels.word(rows), labels.word(columns)];
        let others = ["field-projects", "field-codes"].map(|key| labels.text(key));
        let mut sheet = Sheet::new(headings.into_iter().chain(others));
        let is_count = sheet.columns.get_mut(2).into_iter();
        is_count.for_each(|column| column.is_number = true);
        for (row, column, count) in &group.cells {
            let codes: Vec<&str> = count.codes.iter().map(ProjectCode::as_str).collect();
            sheet.rows.push(vec![
                Cell::from(key_label(rows, row, &self.world, labels)),
                Cell::from(key_label(columns, column, &self.world, labels)),
                Cell::Count(count.projects),
                Cell::from(codes.join(" ")),
            ]);
        }
        sheet
    }
}

pub(super) fn headline(group: &Group, labels: &Labels) -> String {
    let total = &group.total;
    let share = total
        .implementation_rate()
        .map_or_else(String::new, |share| {
            labels.noted("", &labels.percent(share))
        });
    let key = if group.forum.is_some() {
        "summary-headline-forum"
    } else {
        "summary-headline"
    };
    let values = [
        ("projects", total.projects.into()),
        ("identified", total.identified.into()),
        ("implemented", total.implemented.into()),
        ("share", share.into()),
    ];
    labels.with(key, &values)
}

fn statuses(group: &Group, labels: &Labels) -> String {
    let one = |(status, number): &(Option<_>, usize)| {
        format!("{} {number}", labels.word_or_not_stated(*status))
    };
    let list: Vec<String> = group.total.by_status.iter().map(one).collect();
    labels.with("summary-statuses", &[("list", labels.list(&list).into())])
}

fn unknown(group: &Group, as_of: ReportDay, labels: &Labels) -> String {
    let not_known = &group.not_known;
    let figures = [
        ("identified", not_known.identified),
        ("mode", not_known.mode),
        ("country", not_known.country),
        ("status", not_known.status),
        ("since-signing", not_known.status_since_signing),
    ];
    let projects = group.total.projects;
    let one = |(what, count): &(&str, usize)| {
        labels.with(
            &format!("summary-unknown-{what}"),
            &[
                ("count", (*count).into()),
                ("projects", projects.into()),
                ("date", as_of.to_string().into()),
            ],
        )
    };
    let mut list: Vec<String> = figures
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(one)
        .collect();
    if list.is_empty() {
        list.push(labels.text("summary-unknown-nothing"));
    }
    labels.with("summary-unknown", &[("list", labels.list(&list).into())])
}

/// The label of a value of a dimension.
pub(crate) fn key_label(dimension: Dimension, key: &Key, world: &World, labels: &Labels) -> String {
    let Some(key) = key.as_deref() else {
        // That a project belongs to no forum is known.
        return labels.text(match dimension {
            Dimension::Forum => "summary-group-other",
            _ => "not-stated",
        });
    };
    match dimension {
        Dimension::Country => labels.country(key).to_owned(),
        Dimension::Party => world.party(key).to_owned(),
        Dimension::Forum => labels.name(world.forum(key)).to_owned(),
        Dimension::Year => key.to_owned(),
        _ => labels.text(&format!("{}-{key}", dimension.word())),
    }
}
