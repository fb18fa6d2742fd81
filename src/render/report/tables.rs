//! The tables of the report, the same in every format: here what is counted, in [`lists`] what is listed, in [`money`] what has been
//! committed.

mod lists;
pub(super) mod money;

use super::MeetingView;
use crate::domain::{Dimension, Mode, Status, Vocabulary as _};
use crate::render::pace::median_cells;
use crate::render::{Cell, Labels, Sheet, key_label};
use crate::report::{Count, Group, Key, MeetingGroup, is_third_country};
pub(super) use lists::{changes, partners, projects, sources, standstill};

fn headings(keys: &[&str], labels: &Labels) -> Vec<String> {
    keys.iter().map(|key| labels.text(key)).collect()
}

/// Statuses that occur in a group, in the order of the words, "not stated" last.
pub(super) fn statuses_of(count: &Count) -> Vec<Option<Status>> {
    count.by_status.iter().map(|(status, _)| *status).collect()
}

/// How many of a count stand in a status.
pub(super) fn in_status(count: &Count, status: Option<Status>) -> usize {
    let found = count.by_status.iter().find(|(of, _)| *of == status);
    found.map_or(0, |(_, number)| *number)
}

fn share(count: &Count) -> Cell {
    count.implementation_rate().map_or(Cell::Blank, Cell::Share)
}

/// Modes by status, with the implemented and their share.
pub(super) fn modes(view: &MeetingView, group: &Group, labels: &Labels) -> Sheet {
    let statuses = statuses_of(&group.total);
    let figures = [
        "summary-row-projects",
        "report-implemented-column",
        "summary-row-share",
    ];
    let named = statuses
        .iter()
        .map(|status| labels.word_or_not_stated(*status));
    let all = [labels.text("field-mode")]
        .into_iter()
        .chain(named)
        .chain(headings(&figures, labels));
    let mut sheet = Sheet::new(all).numbers_from(1);
    let total = (labels.text("summary-row-projects"), &group.total);
    let rows = group
        .by_row
        .iter()
        .map(|(key, count)| (view.label(Dimension::Mode, key, labels), count));
    for (name, count) in rows.chain([total]) {
        let mut row = vec![Cell::from(name)];
        row.extend(
            statuses
                .iter()
                .map(|status| Cell::Count(in_status(count, *status))),
        );
        row.extend([
            Cell::Count(count.projects),
            Cell::Count(count.implemented),
            share(count),
        ]);
        sheet.rows.push(row);
    }
    sheet.parts = vec![group.by_row.len()];
    sheet
}

/// Countries by mode: numbers of projects, with the implemented and their share. The last row counts each project once.
pub(super) fn countries(view: &MeetingView, group: &Group, labels: &Labels, most: usize) -> Sheet {
    let (modes, hosts) = keys_of_countries(group, most);
    let figures = [
        "summary-row-projects",
        "report-implemented-column",
        "summary-row-share",
    ];
    let named = modes
        .iter()
        .map(|key| view.label(Dimension::Mode, key, labels));
    let all = [labels.text("dimension-country")]
        .into_iter()
        .chain(named)
        .chain(headings(&figures, labels));
    let mut sheet = Sheet::new(all).numbers_from(1);
    let cell = |mode: &Key, country: &Key| {
        let found = group
            .cells
            .iter()
            .find(|(row, column, _)| row == mode && column == country);
        found.map_or(0, |(.., count)| count.projects)
    };
    let figures = |count: &Count| {
        [
            Cell::Count(count.projects),
            Cell::Count(count.implemented),
            share(count),
        ]
    };
    let counted = |host: &&Key| group.by_column.iter().find(|(key, _)| key == *host);
    for (key, count) in hosts.iter().filter_map(counted) {
        let mut row = vec![Cell::from(view.label(Dimension::Country, key, labels))];
        row.extend(modes.iter().map(|mode| Cell::Count(cell(mode, key))));
        row.extend(figures(count));
        sheet.rows.push(row);
    }
    sheet.parts = vec![sheet.rows.len()];
    let by_mode = |mode: &Key| {
        group
            .by_row
            .iter()
            .find(|(key, _)| key == mode)
            .map_or(0, |(_, count)| count.projects)
    };
    let mut row = vec![Cell::from(labels.text("summary-row-projects"))];
    row.extend(modes.iter().map(|mode| Cell::Count(by_mode(mode))));
    row.extend(figures(&group.total));
    sheet.rows.push(row);
    sheet
}

/// The columns and the rows of the table of countries: modes, and at most so many countries.
pub(super) fn keys_of_countries(group: &Group, most: usize) -> (Vec<Key>, Vec<&Key>) {
    let modes = Mode::ALL.iter().map(|mode| Some(mode.word().to_owned()));
    let modes = modes
        .chain([None])
        .filter(|mode| group.by_row.iter().any(|(key, _)| key == mode));
    // China, Japan and "not stated" stand last and are never cut: they are what the reader must not overlook.
    let keys = group.by_column.iter().map(|(key, _)| key);
    let (third, apart): (Vec<&Key>, Vec<&Key>) = keys.partition(|key| is_third_country(key));
    (
        modes.collect(),
        third.into_iter().take(most).chain(apart).collect(),
    )
}

/// Ends of years by status.
pub(super) fn years(group: &MeetingGroup, labels: &Labels) -> Sheet {
    let statuses = group.timeline.statuses();
    let named = statuses.iter().map(|status| labels.word(*status));
    let all = [labels.text("report-at-the-end-of")]
        .into_iter()
        .chain(named);
    let mut sheet = Sheet::new(all.chain([labels.text("summary-row-projects")])).numbers_from(1);
    for year in &group.timeline.years {
        let mut row = vec![Cell::from(year.day.to_string())];
        row.extend(
            statuses
                .iter()
                .map(|status| Cell::Count(year.count(*status))),
        );
        row.push(Cell::Count(year.total()));
        sheet.rows.push(row);
    }
    sheet
}

/// How long it takes to be committed, started and completed.
pub(super) fn pace(group: &MeetingGroup, labels: &Labels) -> Sheet {
    let keys = [
        "report-reaching",
        "field-projects",
        "pace-reached",
        "pace-cancelled",
        "pace-open",
        "pace-median",
        "pace-limits",
    ];
    let sheet = Sheet::new(headings(&keys, labels)).numbers_from(1);
    let mut sheet = sheet.durations_at([5]);
    for paced in &group.pace {
        let total = &paced.section.total;
        let mut row = vec![Cell::from(labels.word(paced.stretch.to))];
        row.extend([total.projects, total.reached, total.cancelled, total.open].map(Cell::Count));
        row.extend(median_cells(total, labels));
        sheet.rows.push(row);
    }
    sheet
}

impl MeetingView {
    /// The label of a value of a dimension.
    pub(super) fn label(&self, dimension: Dimension, key: &Key, labels: &Labels) -> String {
        key_label(dimension, key, &self.world, labels)
    }

    /// What a group is called.
    pub(super) fn group_name(&self, group: &Group, labels: &Labels) -> String {
        match &group.forum {
            Some(forum) => labels.name(forum.names()).to_owned(),
            None => labels.text("summary-group-other"),
        }
    }

    /// The groups of the summary with what else the report has on them.
    pub(super) fn groups(&self) -> impl Iterator<Item = (&Group, &MeetingGroup)> {
        let other = |group: &Group| {
            self.report
                .groups
                .iter()
                .find(|other| other.group == group.group)
        };
        self.report
            .summary
            .groups
            .iter()
            .filter_map(move |group| Some((group, other(group)?)))
    }
}

/// How many countries a group names.
pub(super) fn stated(group: &Group) -> usize {
    group
        .by_column
        .iter()
        .filter(|(key, _)| key.is_some())
        .count()
}
