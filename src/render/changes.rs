//! What changed between two points of time: a table for each kind of change.

mod title;

use std::collections::BTreeSet;

use serde::Serialize;

use super::record_change::{COLUMNS, Words, data_cells};
use super::{Block, Cell, Labels, Page, Sheet, View};
use crate::domain::Status;
use crate::report::{
    Changes, Corrected, FieldChange, Glossary, Moved, Partner, Period, ProjectName,
};
use crate::store::Kind;
use title::{beginning, title};

/// The columns of what differs in a project.
const DIFFERENCE: [&str; 3] = ["difference-what", "difference-before", "difference-after"];

/// Changes, and what is needed to read them.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct ChangesView {
    pub(crate) changes: Changes,
    #[serde(skip)]
    pub(crate) glossary: Glossary,
}

impl View for ChangesView {
    fn page(&self, labels: &Labels, _width: usize) -> Page {
        let changes = &self.changes;
        let mut page = Page::default();
        page.add(Block::Title(title(&changes.period, labels)));
        page.add(Block::Paragraph(
            labels.with("changes-count", &[("count", changes.projects.into())]),
        ));
        let new = changes.new.iter().map(|one| {
            let status = status_since(one.status, one.status_on, labels);
            (&one.project, vec![status])
        });
        let is_effective = matches!(changes.period, Period::Effective { .. });
        let entered = if is_effective { "entered" } else { "new" };
        section(entered, &["field-status"], new, labels, &mut page);
        let moved = changes
            .moved
            .iter()
            .map(|one| (&one.project, vec![path(one, labels)]));
        section("moved", &["field-status"], moved, labels, &mut page);
        let partners = changes.partners.iter().flatten().map(|one| {
            let cells = [&one.gained, &one.lost].map(|partners| names(partners, labels));
            (&one.project, cells.into())
        });
        section(
            "partners",
            &["changes-gained", "changes-lost"],
            partners,
            labels,
            &mut page,
        );
        self.fields(
            "corrected",
            changes.corrected.iter().flatten(),
            labels,
            &mut page,
        );
        self.fields(
            "supplemented",
            changes.supplemented.iter().flatten(),
            labels,
            &mut page,
        );
        let events = changes.events.iter().flat_map(|project| {
            project.events.iter().map(|event| {
                let kind = labels.word(event.kind);
                let text = event.text.clone().unwrap_or(kind);
                let date = Cell::or_not_stated(event.on_date);
                (&project.project, vec![date, Cell::Text(text)])
            })
        });
        section(
            "events",
            &["field-date", "field-event"],
            events,
            labels,
            &mut page,
        );
        let removed = changes
            .removed
            .iter()
            .flatten()
            .map(|project| (project, Vec::new()));
        section("removed", &[], removed, labels, &mut page);
        if let Some(recorded) = &changes.recorded {
            self.recorded(recorded, labels, &mut page);
        }
        if is_effective {
            page.add(Block::Paragraph(labels.text("changes-note-effective")));
        }
        page
    }

    fn data(&self) -> Sheet {
        let keys = ["group", "code", "title"];
        let mut sheet = Sheet::new(keys.into_iter().chain(COLUMNS));
        let changes = &self.changes;
        for one in &changes.new {
            let after = Cell::or_not_stated(one.status);
            sheet.rows.push(row(
                "new",
                &one.project,
                status_cells("added", Cell::NotStated, after),
            ));
        }
        for one in &changes.moved {
            let (from, to) = (Cell::or_not_stated(one.from), Cell::or_not_stated(one.to));
            sheet.rows.push(row(
                "moved",
                &one.project,
                status_cells("changed", from, to),
            ));
        }
        for one in changes.partners.iter().flatten() {
            for (partners, change) in [(&one.gained, "added"), (&one.lost, "removed")] {
                for partner in partners {
                    sheet.rows.push(row(
                        "partners",
                        &one.project,
                        partner_cells(partner, change),
                    ));
                }
            }
        }
        for (group, list) in [
            ("corrected", &changes.corrected),
            ("supplemented", &changes.supplemented),
        ] {
            for one in list.iter().flatten() {
                let rows = one
                    .fields
                    .iter()
                    .map(|field| row(group, &one.project, data_cells(field)));
                sheet.rows.extend(rows);
            }
        }
        for one in &changes.events {
            for event in &one.events {
                let number = Cell::from(event.number.to_string());
                let text = Cell::or_not_stated(event.text.as_ref());
                let cells = [
                    "events".into(),
                    number,
                    "text".into(),
                    "added".into(),
                    Cell::NotStated,
                    text,
                ];
                sheet.rows.push(row("events", &one.project, cells));
            }
        }
        let recorded = changes.recorded.iter();
        for one in recorded.flat_map(|recorded| recorded.corrected.iter().flatten()) {
            let fields = one.fields.iter();
            let rows = fields.map(|field| row("corrected", &one.project, data_cells(field)));
            sheet.rows.extend(rows);
        }
        for project in changes.removed.iter().flatten() {
            let cells = status_cells("removed", Cell::NotStated, Cell::NotStated);
            sheet.rows.push(row("removed", project, cells));
        }
        sheet
    }
}

fn row(group: &str, project: &ProjectName, cells: [Cell; 6]) -> Vec<Cell> {
    let keys = [
        group.into(),
        project.code.as_str().into(),
        project.title.as_str().into(),
    ];
    keys.into_iter().chain(cells).collect()
}

fn status_cells(change: &str, before: Cell, after: Cell) -> [Cell; 6] {
    [
        Cell::Blank,
        Cell::Blank,
        "status".into(),
        change.into(),
        before,
        after,
    ]
}

fn partner_cells(partner: &Partner, change: &str) -> [Cell; 6] {
    let party = Cell::from(partner.party.as_str());
    let (before, after) = if change == "added" {
        (Cell::NotStated, party)
    } else {
        (party, Cell::NotStated)
    };
    [
        "participations".into(),
        Cell::Blank,
        "party".into(),
        change.into(),
        before,
        after,
    ]
}

fn status_since(status: Option<Status>, on: Option<impl ToString>, labels: &Labels) -> Cell {
    Cell::or_not_stated(status.map(|status| {
        let since = on.map(|on| format!(" {}", on.to_string()));
        format!("{}{}", labels.word(status), since.unwrap_or_default())
    }))
}

fn path(moved: &Moved, labels: &Labels) -> Cell {
    let mut words: Vec<String> = moved
        .path
        .iter()
        .map(|status| labels.word(*status))
        .collect();
    if moved.from.is_none() {
        words.insert(0, labels.text("not-stated"));
    }
    if moved.to.is_none() {
        words.push(labels.text("not-stated"));
    }
    let date = moved
        .status_on
        .map_or_else(String::new, |on| format!(" {on}"));
    Cell::Text(format!("{}{date}", words.join(" → ")))
}

fn names(partners: &[Partner], labels: &Labels) -> Cell {
    let one = |partner: &Partner| {
        let roles: Vec<String> = partner
            .roles
            .iter()
            .map(|role| labels.word(*role))
            .collect();
        format!("{} ({})", partner.name, labels.list(&roles))
    };
    if partners.is_empty() {
        return Cell::Blank;
    }
    Cell::Text(partners.iter().map(one).collect::<Vec<_>>().join("; "))
}

/// A heading with the number of projects, and a table of them; nothing when there is none.
fn section<'a>(
    name: &str,
    columns: &[&str],
    rows: impl Iterator<Item = (&'a ProjectName, Vec<Cell>)>,
    labels: &Labels,
    page: &mut Page,
) {
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return;
    }
    let mut codes: Vec<_> = rows.iter().map(|(project, _)| &project.code).collect();
    codes.dedup();
    let count = [("count", codes.len().into())];
    let heading = labels.with(&format!("changes-{name}"), &count);
    listed(heading, columns, rows, labels, page);
}

/// A heading, and a table of the projects under it.
fn listed(
    heading: String,
    columns: &[&str],
    rows: Vec<(&ProjectName, Vec<Cell>)>,
    labels: &Labels,
    page: &mut Page,
) {
    page.add(Block::Heading(heading));
    let headings = ["field-code", "field-title"].iter().chain(columns);
    let mut sheet = Sheet::new(headings.map(|key| labels.text(key))).narrow([7]);
    let mut last = None;
    for (project, cells) in rows {
        // Of several rows of one project the first names it.
        let is_first = last != Some(&project.code);
        let title = labels.marked_title(&project.title, project.is_translated, true);
        let named = [project.code.as_str(), &title];
        let named = named.map(|text| if is_first { text.into() } else { Cell::Blank });
        last = Some(&project.code);
        sheet.rows.push(named.into_iter().chain(cells).collect());
    }
    page.add(Block::Table(sheet));
}

impl ChangesView {
    /// What was corrected, by the time of recording: statuses that the events above do not tell, fields, and what is gone.
    fn recorded(&self, recorded: &Changes, labels: &Labels, page: &mut Page) {
        let told = self.changes.new.iter().map(|one| &one.project.code);
        let told = told.chain(self.changes.moved.iter().map(|one| &one.project.code));
        let told: BTreeSet<_> = told.collect();
        let moved = recorded.moved.iter();
        let moved = moved.filter(|one| !told.contains(&one.project.code));
        let moved = moved.map(|one| (&one.project, vec![path(one, labels)]));
        let corrected = recorded.corrected.iter().flatten();
        let corrected = corrected.flat_map(|one| self.cells(one, labels));
        let removed = recorded.removed.iter().flatten();
        let removed = removed.map(|project| (project, Vec::new()));
        let from = beginning(&recorded.period, labels);
        let from = || ("from", from.clone().into());
        let parts: [(&str, &[&str], Vec<_>); 3] = [
            ("moved", &["field-status"], moved.collect()),
            ("corrected", &DIFFERENCE, corrected.collect()),
            ("removed", &[], removed.collect()),
        ];
        if parts.iter().all(|(_, _, rows)| rows.is_empty()) {
            let none = labels.with("changes-recorded-none", &[from()]);
            page.add(Block::Paragraph(none));
        }
        for (name, columns, rows) in parts {
            let mut codes: Vec<_> = rows.iter().map(|(project, _)| &project.code).collect();
            codes.dedup();
            if codes.is_empty() {
                continue;
            }
            let values = [from(), ("count", codes.len().into())];
            let heading = labels.with(&format!("changes-recorded-{name}"), &values);
            listed(heading, columns, rows, labels, page);
        }
    }

    /// A row for each field of a project that differs.
    fn cells<'a>(&self, one: &'a Corrected, labels: &Labels) -> Vec<(&'a ProjectName, Vec<Cell>)> {
        let words = Words {
            kind: Kind::Project,
            labels,
            glossary: &self.glossary,
        };
        let cells = |field: &FieldChange| {
            vec![
                Cell::Text(words.name(field)),
                words.before(field),
                words.after(field),
            ]
        };
        let fields = one.fields.iter();
        fields.map(|field| (&one.project, cells(field))).collect()
    }

    fn fields<'a>(
        &self,
        name: &str,
        projects: impl Iterator<Item = &'a Corrected>,
        labels: &Labels,
        page: &mut Page,
    ) {
        let rows = projects.flat_map(|one| self.cells(one, labels));
        section(name, &DIFFERENCE, rows, labels, page);
    }
}

#[cfg(test)]
mod tests;
