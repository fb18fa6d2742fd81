//! The report as a workbook: typed sheets that can be filtered, summed up and printed, and a chart that the spreadsheet draws.
//!
//! Dates of reduced precision stand as text, with the last day that they can mean as a real date beside them. Text that a
//! spreadsheet would take for a formula is guarded: see [`crate::domain::guarded`].

mod cover;
mod field;
mod grid;
mod money;
mod records;

use chrono::Datelike as _;
use rust_xlsxwriter::{
    Chart, ChartFormat, ChartLegendPosition, ChartSolidFill, ChartType, Color, DocProperties,
    ExcelDateTime, Workbook,
};

use super::palette;
use super::{MeetingView, tables, words};
use crate::domain::Status;
use crate::render::{Cell, Column, Error, Labels, Sheet};
use crate::report::news;
use crate::report::{Group, MeetingGroup};
use field::Field;
use grid::{Grid, Place};

/// The workbook as bytes.
pub(super) fn write(view: &MeetingView, labels: &Labels) -> Result<Vec<u8>, Error> {
    let mut book = Workbook::new();
    // As Excel itself: much faster than the default, a few hundredths larger.
    book.set_zip_compression_level(3);
    book.set_properties(&properties(view, labels)?);
    let place = Place {
        title: format!(
            "{} – {}",
            labels.text("report-title"),
            view.report.frame.as_of
        ),
        origin: view.report.frame.trace.origin.clone(),
    };
    cover::write(view, labels, &place, &mut book)?;
    for (group, _) in view.groups() {
        let part = match &group.forum {
            Some(forum) => forum.code.clone(),
            None => labels.text("summary-group-other"),
        };
        let name = format!("{} {part}", labels.text("report-countries"));
        let sheet = tables::countries(view, group, labels, usize::MAX);
        Grid::new(&mut book, &name, &place)?.fill(&sheet, labels)?;
    }
    statuses(view, labels, &place, &mut book)?;
    by_group(
        view,
        labels,
        (&place, &mut book),
        "report-sheet-pace",
        |group, other| pace(group, other, labels),
    )?;
    changes(view, labels, &place, &mut book)?;
    let standstill = |_: &Group, other: &MeetingGroup| {
        tables::standstill(&other.standstill.iter().collect::<Vec<_>>(), labels)
    };
    by_group(
        view,
        labels,
        (&place, &mut book),
        "report-sheet-standstill",
        standstill,
    )?;
    let unknown = |group: &Group, other: &MeetingGroup| not_known(view, group, other, labels);
    by_group(view, labels, (&place, &mut book), "report-unknown", unknown)?;
    records::write(view, labels, &place, &mut book)?;
    money::write(view, labels, &place, &mut book)?;
    sources(view, labels, &place, &mut book)?;
    Ok(book.save_to_buffer()?)
}

/// What the file says of itself. The time of making would be different each time: it is that of the knowledge.
fn properties(view: &MeetingView, labels: &Labels) -> Result<DocProperties, Error> {
    let day = view
        .report
        .frame
        .as_of
        .zone
        .day_of(view.report.frame.known_at);
    let created = ExcelDateTime::from_ymd(
        u16::try_from(day.year()).unwrap_or(2018),
        u8::try_from(day.month()).unwrap_or(1),
        u8::try_from(day.day()).unwrap_or(1),
    )?;
    Ok(DocProperties::new()
        .set_title(labels.text("report-title"))
        .set_subject(view.report.frame.as_of.to_string())
        .set_creation_datetime(&created))
}

/// Modes by status of all groups in one table, with a chart of each group beneath it.
fn statuses(
    view: &MeetingView,
    labels: &Labels,
    place: &Place,
    book: &mut Workbook,
) -> Result<(), Error> {
    let name = labels.text("report-sheet-modes");
    let occurring: Vec<Option<Status>> = tables::statuses_of(&view.report.summary.total);
    let mut grid = Grid::new(book, &name, place)?;
    let mut heads = vec![labels.text("report-sheet-group"), labels.text("field-mode")];
    heads.extend(
        occurring
            .iter()
            .map(|status| labels.word_or_not_stated(*status)),
    );
    heads.extend(
        [
            "summary-row-projects",
            "report-implemented-column",
            "summary-row-share",
        ]
        .map(|key| labels.text(key)),
    );
    grid.heads(&heads);
    let mut charts = Vec::new();
    for (group, _) in view.groups() {
        let first = grid.row();
        for (key, count) in &group.by_row {
            let mut row = vec![
                Field::text(view.group_name(group, labels)),
                Field::text(view.label(crate::domain::Dimension::Mode, key, labels)),
            ];
            row.extend(
                occurring
                    .iter()
                    .map(|status| Field::count(tables::in_status(count, *status))),
            );
            row.extend([
                Field::count(count.projects),
                Field::count(count.implemented),
            ]);
            row.push(
                count
                    .implementation_rate()
                    .map_or(Field::Blank, Field::Share),
            );
            grid.line(row)?;
        }
        charts.push((
            view.group_name(group, labels),
            first,
            grid.row().saturating_sub(1),
        ));
    }
    let mut at = grid.row() + 1;
    let sheet = grid.finish()?;
    for (title, first, last) in charts {
        let chart = chart(&sheet_name(&name), &title, (first, last), &occurring);
        sheet.insert_chart(at, 1, &chart)?;
        at += 18;
    }
    Ok(())
}

fn chart(
    sheet: &str,
    title: &str,
    (first, last): (u32, u32),
    statuses: &[Option<Status>],
) -> Chart {
    let mut chart = Chart::new(ChartType::BarStacked);
    for (column, status) in (2_u16..).zip(statuses) {
        let colour = Color::RGB(palette::fill(*status));
        chart
            .add_series()
            .set_name((sheet, 0, column))
            .set_categories((sheet, first, 1, last, 1))
            .set_values((sheet, first, column, last, column))
            .set_gap(60)
            .set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(colour)));
    }
    chart.title().set_name(title);
    chart.legend().set_position(ChartLegendPosition::Bottom);
    chart.y_axis().set_reverse();
    chart.set_width(760).set_height(330).set_alt_text(title);
    chart
}

/// A sheet with a table of each group, one under the other.
fn by_group(
    view: &MeetingView,
    labels: &Labels,
    (place, book): (&Place, &mut Workbook),
    name: &str,
    table: impl Fn(&Group, &MeetingGroup) -> Sheet,
) -> Result<(), Error> {
    let mut grid = Grid::new(book, &labels.text(name), place)?;
    let mut heads = vec![labels.text("report-sheet-group")];
    for (group, other) in view.groups() {
        let sheet = table(group, other);
        heads.truncate(1);
        heads.extend(grid::headings(&sheet, labels));
        grid.heads(&heads);
        grid.lines(group_rows(view, group, &sheet, labels))?;
    }
    grid.heads(&heads);
    grid.finish().map(drop)
}

/// The pace of each group, with what was found in words.
fn pace(group: &Group, other: &MeetingGroup, labels: &Labels) -> Sheet {
    let mut sheet = tables::pace(other, labels);
    sheet
        .columns
        .push(Column::text(labels.text("report-in-words")));
    let found = words::found_on_pace(group, other, labels);
    for (row, found) in sheet.rows.iter_mut().zip(found) {
        row.push(Cell::from(found));
    }
    sheet
}

/// What is not known of a group, a row each.
fn not_known(view: &MeetingView, group: &Group, other: &MeetingGroup, labels: &Labels) -> Sheet {
    let mut sheet = Sheet::new(
        ["report-unknown", "field-projects", "report-of-all"].map(|key| labels.text(key)),
    );
    let known = words::not_known_counts(group, other);
    let said = words::not_known(view, group, other, labels);
    sheet.rows.extend(known.zip(said).map(|((_, count), said)| {
        vec![
            Cell::from(said),
            Cell::Count(count),
            Cell::Count(group.total.projects),
        ]
    }));
    sheet
}

/// What happened since the last meeting, a row each.
fn changes(
    view: &MeetingView,
    labels: &Labels,
    place: &Place,
    book: &mut Workbook,
) -> Result<(), Error> {
    let keys = [
        "field-date",
        "report-exact-day",
        "field-code",
        "field-title",
        "report-what",
        "field-event",
    ];
    let mut grid = Grid::new(book, &labels.text("report-sheet-changes"), place)?;
    grid.heads(&records::heads(&keys, labels));
    let news = view.report.changes.as_ref().map(news).unwrap_or_default();
    for one in news {
        let mut row: Vec<Field> = Field::date(one.on_date, labels).into();
        let title = labels.marked_title(&one.project.title, one.project.is_translated, true);
        let kind = labels.text(&format!("report-news-{}", one.what.word()));
        row.extend(
            [
                one.project.code.to_string(),
                title,
                kind,
                words::happened(&one.what, labels),
            ]
            .map(Field::text),
        );
        grid.line(row)?;
    }
    grid.finish().map(drop)
}

fn group_rows(
    view: &MeetingView,
    group: &Group,
    sheet: &Sheet,
    labels: &Labels,
) -> Vec<Vec<Field>> {
    let name = view.group_name(group, labels);
    let row = |row: &Vec<Cell>| {
        let own = row.iter().map(|cell| Field::of(cell, labels));
        [Field::text(&name)].into_iter().chain(own).collect()
    };
    sheet.rows.iter().map(row).collect()
}

fn sources(
    view: &MeetingView,
    labels: &Labels,
    place: &Place,
    book: &mut Workbook,
) -> Result<(), Error> {
    let mut grid = Grid::new(book, &labels.text("section-sources"), place)?;
    let keys = [
        "field-code",
        "field-title",
        "field-publisher",
        "field-publisher_kind",
        "field-language",
        "field-read_on",
        "field-confidence",
        "field-address",
    ];
    grid.heads(&keys.map(|key| labels.text(key)));
    for source in &view.report.sources {
        grid.line(vec![
            Field::text(&source.code),
            Field::stated(source.title.as_ref(), labels),
            Field::stated(source.publisher.as_ref(), labels),
            Field::stated(source.publisher_kind.map(|kind| labels.word(kind)), labels),
            Field::stated(source.language.as_ref(), labels),
            source.read_on.map_or(Field::Blank, Field::Day),
            Field::text(labels.word(source.confidence)),
            Field::stated(source.shown_address(), labels),
        ])?;
    }
    grid.finish().map(drop)
}

/// A name that a sheet may have: at most 31 characters, none of those that formulas use.
fn sheet_name(name: &str) -> String {
    let allowed = |letter: &char| !"[]:*?/\\'".contains(*letter) && !letter.is_control();
    name.chars().filter(allowed).take(31).collect()
}
