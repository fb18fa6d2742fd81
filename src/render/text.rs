//! Pages as text for a terminal. Columns stay straight whatever the script; nothing that a terminal would obey gets through.

use tabled::builder::Builder;
use tabled::settings::object::{Columns, Rows};
use tabled::settings::style::HorizontalLine;
use tabled::settings::{Alignment, Padding, Style, Theme};

use super::layout::{GAP, column_widths, folded, width_of};
use super::money::units;
use super::{Block, Cell, Labels, Page, Sheet, chart, printable};

/// The page, folded to `width` columns.
pub(super) fn write(page: &Page, labels: &Labels, width: usize) -> String {
    let blocks = page.blocks.iter().map(|block| match block {
        Block::Title(text) | Block::Heading(text) | Block::Paragraph(text) => {
            paragraph(text, width)
        }
        Block::Lines(lines) => lines.iter().map(|line| paragraph(line, width)).collect(),
        Block::Table(sheet) => table(sheet, labels, width),
        Block::Fields(fields) => pairs(fields, width),
    });
    blocks.collect::<Vec<_>>().join("\n")
}

/// What a cell shows.
pub(super) fn shown(cell: &Cell, labels: &Labels) -> String {
    match cell {
        Cell::Text(text) => printable(text),
        Cell::Count(number) => number.to_string(),
        Cell::Share(share) | Cell::Bar(share) => labels.percent(*share),
        Cell::Amount(amount) => units(*amount),
        Cell::Blank => String::new(),
        Cell::NotStated => labels.text("not-stated"),
    }
}

/// The longest bar beside a share.
const BAR: usize = 14;

/// What a cell shows to the eye: a share may have a bar.
fn drawn(cell: &Cell, labels: &Labels) -> String {
    match cell {
        Cell::Bar(share) => {
            let bar = chart::bar(*share, BAR, labels.charts);
            format!("{:>6} {bar}", labels.percent(*share))
        }
        _ => shown(cell, labels),
    }
}

fn table(sheet: &Sheet, labels: &Labels, width: usize) -> String {
    let heading = sheet
        .columns
        .iter()
        .map(|column| printable(&column.heading))
        .collect();
    let rows = sheet
        .rows
        .iter()
        .map(|row| row.iter().map(|cell| drawn(cell, labels)).collect());
    let texts: Vec<Vec<String>> = [heading].into_iter().chain(rows).collect();
    let natural = |index: usize| {
        texts
            .iter()
            .filter_map(|row| row.get(index))
            .map(|text| width_of(text))
            .max()
    };
    let natural: Vec<usize> = (0..sheet.columns.len())
        .map(|index| natural(index).unwrap_or_default())
        .collect();
    let widths = column_widths(&sheet.columns, &natural, width);
    let mut builder = Builder::new();
    for row in texts {
        builder.push_record(
            row.iter()
                .zip(&widths)
                .map(|(text, width)| folded(text, *width).join("\n")),
        );
    }
    let mut table = builder.build();
    let mut theme = Theme::from_style(Style::empty());
    for row in [0].iter().chain(&sheet.parts) {
        theme.insert_horizontal_line(row + 1, HorizontalLine::new('─'));
    }
    table.with(theme);
    for (index, column) in sheet.columns.iter().enumerate() {
        let gap = if index == 0 { 0 } else { GAP };
        table.modify(Columns::one(index), Padding::new(gap, 0, 0, 0));
        if column.is_number {
            table.modify(Columns::one(index), Alignment::right());
        }
    }
    table.modify(Rows::first(), Alignment::bottom());
    trimmed(&table.to_string())
}

/// Names and values: a name a line, its value folded beside it.
fn pairs(fields: &[(String, String)], width: usize) -> String {
    let name_width = fields
        .iter()
        .map(|(name, _)| width_of(&printable(name)))
        .max()
        .unwrap_or_default();
    let space = width.saturating_sub(name_width + GAP).max(20);
    let mut text = String::new();
    for (name, value) in fields {
        let name = printable(name);
        for (index, line) in folded(&printable(value), space).iter().enumerate() {
            let name = if index == 0 { name.as_str() } else { "" };
            let blanks = " ".repeat(name_width + GAP - width_of(name));
            text.push_str(&format!("{name}{blanks}{line}\n"));
        }
    }
    trimmed(&text)
}

fn paragraph(text: &str, width: usize) -> String {
    folded(&printable(text), width)
        .iter()
        .map(|line| format!("{line}\n"))
        .collect()
}

fn trimmed(text: &str) -> String {
    text.lines()
        .map(|line| format!("{}\n", line.trim_end()))
        .collect()
}
