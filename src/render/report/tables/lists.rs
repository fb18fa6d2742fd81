//! Tables of single projects, changes and sources.

use std::borrow::Cow;

use super::{MeetingView, headings};
use crate::domain::Status;
use crate::render::{Cell, Labels, Sheet};
use crate::report::{ProjectEntry, Standstill};

/// What is stalled or silent.
pub(in crate::render::report) fn standstill(list: &[&Standstill], labels: &Labels) -> Sheet {
    let keys = [
        "field-code",
        "field-title",
        "field-status",
        "report-not-moved-since",
        "report-days-stalled",
        "field-evidence",
        "report-days-silent",
    ];
    let sheet = Sheet::new(headings(&keys, labels)).narrow([7, usize::MAX, 12, 10, 8, 10, 8]);
    let mut sheet = sheet.durations_at([4, 6]);
    for one in list {
        let evidence = match (one.is_silent, one.evidence_on) {
            (false, _) => Cell::Blank,
            (true, None) => Cell::from(labels.text("report-no-evidence")),
            (true, Some(date)) => Cell::from(date.to_string()),
        };
        sheet.rows.push(vec![
            Cell::from(one.code.as_str()),
            Cell::from(labels.marked_title(&one.title, one.is_translated, one.identified)),
            Cell::from(labels.word_or_not_stated(one.status)),
            one.stalled_since
                .map_or(Cell::Blank, |date| Cell::from(date.to_string())),
            one.stalled_days.map_or(Cell::Blank, Cell::Days),
            evidence,
            one.silent_days.map_or(Cell::Blank, Cell::Days),
        ]);
    }
    sheet
}

/// What happened since the last meeting: a key, its number, and its table of at most so many rows.
pub(in crate::render::report) fn changes(
    view: &MeetingView,
    labels: &Labels,
    most: usize,
) -> Vec<(&'static str, usize, Sheet)> {
    let Some(changes) = &view.report.changes else {
        return Vec::new();
    };
    let head = |key: &str| Sheet::new(headings(&["field-code", "field-title", key], labels));
    let since = |status: Option<Status>, on: Option<crate::domain::PartialDate>| {
        let on = on.map_or_else(String::new, |date| format!(" {date}"));
        Cell::from(format!("{}{on}", labels.word_or_not_stated(status)))
    };
    let row = |project: &crate::report::ProjectName, cell: Cell| {
        vec![
            Cell::from(project.code.as_str()),
            Cell::from(project.title.as_str()),
            cell,
        ]
    };
    let mut moved = head("field-status");
    moved
        .rows
        .extend(changes.moved.iter().take(most).map(|one| {
            let way: Vec<String> = one.path.iter().map(|status| labels.word(*status)).collect();
            let on = one
                .status_on
                .map_or_else(String::new, |date| format!(" {date}"));
            row(&one.project, Cell::from(format!("{}{on}", way.join(" → "))))
        }));
    let mut new = head("field-status");
    new.rows.extend(
        changes
            .new
            .iter()
            .take(most)
            .map(|one| row(&one.project, since(one.status, one.status_on))),
    );
    let mut events = Sheet::new(headings(
        &["field-code", "field-title", "field-date", "field-event"],
        labels,
    ));
    let happened = changes
        .events
        .iter()
        .flat_map(|one| one.events.iter().map(move |event| (&one.project, event)));
    events
        .rows
        .extend(happened.clone().take(most).map(|(project, event)| {
            let text = event
                .text
                .clone()
                .unwrap_or_else(|| labels.word(event.kind));
            let mut cells = row(project, Cell::or_not_stated(event.on_date));
            cells.push(Cell::from(text));
            cells
        }));
    let all = [
        ("changes-moved", changes.moved.len(), moved),
        ("changes-entered", changes.new.len(), new),
        ("changes-events", happened.count(), events),
    ];
    all.into_iter().filter(|(_, count, _)| *count > 0).collect()
}

/// All projects, at most so many, in the order of their codes.
pub(in crate::render::report) fn projects(
    view: &MeetingView,
    labels: &Labels,
    most: usize,
) -> Sheet {
    let keys = [
        "field-code",
        "field-title",
        "field-mode",
        "field-hosts",
        "field-status",
        "field-since",
        "field-evidence",
    ];
    let mut sheet = Sheet::new(headings(&keys, labels)).narrow([7, 12, 8, 9, 12, 10, 10]);
    for project in view.report.projects.projects.iter().take(most) {
        sheet.rows.push(vec![
            Cell::from(project.code.as_str()),
            Cell::from(labels.marked_title(
                &project.title,
                project.is_translated,
                project.identified,
            )),
            project
                .mode
                .map_or(Cell::NotStated, |mode| Cell::from(labels.word(mode))),
            hosts(project, labels),
            project
                .status
                .map_or(Cell::NotStated, |status| Cell::from(labels.word(status))),
            Cell::or_not_stated(project.status_on),
            Cell::or_not_stated(project.evidence_on),
        ]);
    }
    sheet
}

fn hosts(project: &ProjectEntry, labels: &Labels) -> Cell {
    let names: Vec<String> = project
        .hosts
        .iter()
        .map(|host| labels.country(host.as_str()).to_owned())
        .collect();
    if names.is_empty() {
        Cell::NotStated
    } else {
        Cell::from(labels.list(&names))
    }
}

/// Those that take part in a project, in words.
pub(in crate::render::report) fn partners(project: &ProjectEntry, labels: &Labels) -> String {
    let working = project.parties.iter().filter(|party| !party.prospective);
    let names: Vec<String> = working
        .map(|party| labels.name(party.names()).to_owned())
        .collect();
    labels.list(&names)
}

/// The sources, at most so many.
pub(in crate::render::report) fn sources(
    view: &MeetingView,
    labels: &Labels,
    most: usize,
) -> Sheet {
    let keys = [
        "field-code",
        "field-title",
        "field-publisher",
        "field-read_on",
        "field-confidence",
    ];
    let mut sheet = Sheet::new(headings(&keys, labels));
    for source in view.report.sources.iter().take(most) {
        let title = source.title.as_deref().map(Cow::Borrowed);
        let title = title.or_else(|| source.shown_address());
        sheet.rows.push(vec![
            Cell::from(source.code.as_str()),
            Cell::or_not_stated(title),
            Cell::or_not_stated(source.publisher.as_deref()),
            Cell::or_not_stated(source.read_on),
            Cell::from(labels.word(source.confidence)),
        ]);
    }
    sheet
}
