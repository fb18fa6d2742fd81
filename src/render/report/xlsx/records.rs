//! The sheets of projects, events, partners and amounts: a row a record.

use std::collections::HashMap;

use rust_xlsxwriter::Workbook;

use super::field::Field;
use super::grid::{Grid, Place};
use super::{MeetingView, tables};
use crate::domain::Decimal;
use crate::render::{Error, Labels};
use crate::report::{Money, ProjectEntry};
use crate::store::{Amount, Event, LineParty};

pub(super) fn write(
    view: &MeetingView,
    labels: &Labels,
    place: &Place,
    book: &mut Workbook,
) -> Result<(), Error> {
    projects(view, labels, place, book)?;
    events(view, labels, place, book)?;
    partners(view, labels, place, book)?;
    amounts(view, labels, place, book)
}

/// A sheet with these headings.
fn grid<'a>(
    book: &'a mut Workbook,
    name: &str,
    keys: &[&str],
    labels: &Labels,
    place: &Place,
) -> Result<Grid<'a>, Error> {
    let mut grid = Grid::new(book, &labels.text(name), place)?;
    grid.heads(&heads(keys, labels));
    Ok(grid)
}

/// The headings of these labels; one that stands for the exact day of the column before it says of which.
pub(super) fn heads(keys: &[&str], labels: &Labels) -> Vec<String> {
    let mut before = String::new();
    let mut head = |key: &&str| {
        let field = [("field", before.clone().into())];
        before = labels.with(key, &field);
        before.clone()
    };
    keys.iter().map(&mut head).collect()
}

fn yes_no(value: bool, labels: &Labels) -> Field {
    Field::Flag(labels.text(if value { "yes" } else { "no" }))
}

fn projects(
    view: &MeetingView,
    labels: &Labels,
    place: &Place,
    book: &mut Workbook,
) -> Result<(), Error> {
    let keys = [
        "field-code",
        "field-title",
        "field-forum",
        "field-list_number",
        "field-identified",
        "field-instrument",
        "field-mode",
        "field-sector",
        "field-hosts",
        "field-status",
        "field-since",
        "report-exact-day",
        "field-evidence",
        "report-exact-day",
        "section-parties",
    ];
    let mut grid = grid(book, "section-projects", &keys, labels, place)?;
    for project in &view.report.projects.projects {
        grid.line(project_row(project, labels))?;
    }
    grid.finish().map(drop)
}

fn project_row(project: &ProjectEntry, labels: &Labels) -> Vec<Field> {
    let hosts: Vec<String> = project
        .hosts
        .iter()
        .map(|host| labels.country(host.as_str()).to_owned())
        .collect();
    let hosts = (!hosts.is_empty()).then(|| labels.list(&hosts));
    let partners = Some(tables::partners(project, labels)).filter(|partners| !partners.is_empty());
    let number = project
        .list_number
        .and_then(|number| i32::try_from(number).ok());
    let mut row = vec![
        Field::text(project.code.as_str()),
        Field::text(labels.marked_title(&project.title, project.is_translated, project.identified)),
        Field::text(
            project
                .forum
                .clone()
                .unwrap_or_else(|| labels.text("summary-group-other")),
        ),
        number.map_or(Field::Blank, |number| Field::Number(number.into())),
        yes_no(project.identified, labels),
        Field::stated(project.instrument.map(|word| labels.word(word)), labels),
        Field::stated(project.mode.map(|word| labels.word(word)), labels),
        Field::stated(project.sector.map(|word| labels.word(word)), labels),
        Field::stated(hosts, labels),
        Field::stated(project.status.map(|word| labels.word(word)), labels),
    ];
    row.extend(Field::date(project.status_on, labels));
    row.extend(Field::date(project.evidence_on, labels));
    row.push(Field::stated(partners, labels));
    row
}

fn events(
    view: &MeetingView,
    labels: &Labels,
    place: &Place,
    book: &mut Workbook,
) -> Result<(), Error> {
    let keys = [
        "field-code",
        "field-number",
        "field-kind",
        "field-status",
        "field-date",
        "report-exact-day",
        "field-due",
        "report-exact-day",
        "field-event",
        "field-source",
        "field-confidence",
    ];
    let mut grid = grid(book, "section-events", &keys, labels, place)?;
    for project in &view.report.records {
        let row = |event: &Event| {
            let mut row = vec![
                Field::text(project.facts.code.as_str()),
                Field::Number(event.number.into()),
                Field::text(labels.word(event.kind)),
                event
                    .status
                    .map_or(Field::Blank, |status| Field::text(labels.word(status))),
            ];
            row.extend(Field::date(event.on_date, labels));
            row.extend(match event.due_on {
                Some(due) => Field::date(Some(due), labels),
                None => [Field::Blank, Field::Blank],
            });
            row.push(event.text.as_ref().map_or(Field::Blank, Field::text));
            row.push(Field::stated(event.source.as_ref(), labels));
            row.push(
                event
                    .confidence
                    .map_or(Field::Blank, |word| Field::text(labels.word(word))),
            );
            row
        };
        grid.lines(project.events.iter().map(row))?;
    }
    grid.finish().map(drop)
}

fn partners(
    view: &MeetingView,
    labels: &Labels,
    place: &Place,
    book: &mut Workbook,
) -> Result<(), Error> {
    let keys = [
        "field-code",
        "field-party",
        "field-name",
        "field-country",
        "field-side",
        "field-role",
        "field-prospective",
    ];
    let mut grid = grid(book, "section-parties", &keys, labels, place)?;
    for project in &view.report.projects.projects {
        let row = |party: &LineParty| {
            let roles: Vec<String> = party.roles.iter().map(|role| labels.word(*role)).collect();
            let country = party
                .country
                .as_ref()
                .map(|country| labels.country(country.as_str()).to_owned());
            vec![
                Field::text(project.code.as_str()),
                Field::text(&party.party),
                Field::text(labels.name(party.names())),
                Field::stated(country, labels),
                Field::stated(party.side.map(|side| labels.word(side)), labels),
                Field::text(labels.list(&roles)),
                yes_no(party.prospective, labels),
            ]
        };
        grid.lines(project.parties.iter().map(row))?;
    }
    grid.finish().map(drop)
}

fn amounts(
    view: &MeetingView,
    labels: &Labels,
    place: &Place,
    book: &mut Workbook,
) -> Result<(), Error> {
    let keys = [
        "field-code",
        "field-number",
        "field-kind",
        "field-basis",
        "field-currency",
        "field-amount",
        "field-estimated",
        "field-date",
        "report-exact-day",
        "field-source",
        "field-note",
    ];
    let mut grid = Grid::new(book, &labels.text("section-amounts"), place)?;
    let mut heads = heads(&keys, labels);
    let money = view.report.summary.money.as_ref();
    if let Some(money) = money {
        let currency = [("currency", money.terms.currency.to_string().into())];
        heads.extend(["report-counts", "field-rate"].map(|key| labels.text(key)));
        heads.push(labels.with("report-in-currency", &currency));
    }
    grid.heads(&heads);
    let counted: HashMap<_, _> = money
        .into_iter()
        .flat_map(Money::amounts)
        .map(|(code, counted)| ((code, counted.number), counted))
        .collect();
    for project in &view.report.records {
        let row = |amount: &Amount| {
            let mut row = vec![
                Field::text(project.facts.code.as_str()),
                Field::Number(amount.number.into()),
                Field::text(labels.word(amount.kind)),
                Field::text(labels.word(amount.basis)),
                Field::text(amount.currency.as_str()),
                units(amount, view),
                yes_no(amount.estimated, labels),
            ];
            row.extend(Field::date(amount.on_date, labels));
            row.push(Field::stated(amount.source.as_ref(), labels));
            row.push(amount.note.as_ref().map_or(Field::Blank, Field::text));
            if money.is_some() {
                let counted = counted.get(&(&project.facts.code, amount.number));
                row.push(yes_no(counted.is_some(), labels));
                let converted = counted.map(|counted| tables::money::converted(counted, labels));
                let converted = converted.iter().flatten();
                row.extend(converted.map(|cell| Field::of(cell, labels)));
            }
            row
        };
        grid.lines(project.amounts.iter().map(row))?;
    }
    grid.finish().map(drop)
}

/// An amount in units of its currency.
fn units(amount: &Amount, view: &MeetingView) -> Field {
    let places = view.report.decimals(amount.currency.as_str());
    Field::money(Decimal::from_minor_units(amount.minor_units, places))
}
