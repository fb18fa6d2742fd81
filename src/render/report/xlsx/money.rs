//! The sheets of commitments and of the rates that they were converted with, when a currency is named.

use rust_xlsxwriter::Workbook;

use super::super::{MeetingView, tables, words};
use super::field::Field;
use super::grid::{Grid, Place};
use super::group_rows;
use crate::render::{Error, Labels};
use crate::report::Money;
use crate::store::{ExchangeRate, Source};

pub(super) fn write(
    view: &MeetingView,
    labels: &Labels,
    place: &Place,
    book: &mut Workbook,
) -> Result<(), Error> {
    let Some(money) = &view.report.summary.money else {
        return Ok(());
    };
    sums(view, money, labels, place, book)?;
    rates(view, money, labels, place, book)
}

/// Modes and countries of all groups with their commitments, one table under the other.
fn sums(
    view: &MeetingView,
    money: &Money,
    labels: &Labels,
    place: &Place,
    book: &mut Workbook,
) -> Result<(), Error> {
    let mut grid = Grid::new(book, &words::commitments(money, labels), place)?;
    let mut headed = false;
    for (group, _) in view.groups() {
        for sheet in [
            tables::money::by_mode(view, group, money, labels),
            tables::money::by_country(view, group, money, labels),
        ] {
            let mut own = sheet.columns.iter().map(|column| column.heading.clone());
            let dimension = own.next().unwrap_or_default();
            if !headed {
                let heads = [labels.text("report-sheet-group"), labels.text("report-by")];
                let heads = heads.into_iter().chain([labels.text("report-value")]);
                grid.heads(&heads.chain(own).collect::<Vec<_>>());
                headed = true;
            }
            let rows = group_rows(view, group, &sheet, labels).into_iter();
            grid.lines(rows.map(|mut row| {
                row.insert(row.len().min(1), Field::text(&dimension));
                row
            }))?;
        }
    }
    if !headed {
        grid.heads(&[labels.text("report-sheet-group")]);
    }
    grid.finish().map(drop)
}

fn rates(
    view: &MeetingView,
    money: &Money,
    labels: &Labels,
    place: &Place,
    book: &mut Workbook,
) -> Result<(), Error> {
    let mut grid = Grid::new(book, &labels.text("report-rates"), place)?;
    let keys = [
        "field-rate",
        "report-rate-value",
        "field-date",
        "field-source",
        "field-title",
        "field-publisher",
        "field-address",
    ];
    grid.heads(&keys.map(|key| labels.text(key)));
    for rate in &money.rates {
        grid.line(row(rate, view, labels))?;
    }
    for note in words::on_commitments(money, labels) {
        grid.line(vec![Field::text(note)])?;
    }
    grid.finish().map(drop)
}

fn row(rate: &ExchangeRate, view: &MeetingView, labels: &Labels) -> Vec<Field> {
    let sources = &view.report.sources;
    let source = sources.iter().find(|source| source.code == rate.source);
    let value = rate.rate.to_string();
    vec![
        Field::text(&rate.code),
        value.parse().map_or(Field::Text(value), Field::Number),
        Field::Day(rate.on_date),
        Field::text(&rate.source),
        Field::stated(source.and_then(|source| source.title.as_ref()), labels),
        Field::stated(source.and_then(|source| source.publisher.as_ref()), labels),
        Field::stated(source.and_then(Source::shown_address), labels),
    ]
}
