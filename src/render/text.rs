//! Pages as text for a terminal. Columns stay straight whatever the script; nothing that a terminal would obey gets through.

use tabled::builder::Builder;
use tabled::settings::object::{Columns, Rows};
use tabled::settings::style::HorizontalLine;
use tabled::settings::{Alignment, Padding, Style, Theme};

use super::layout::{GAP, column_widths, folded, least_width, width_of};
use super::money::units;
use super::{Block, Cell, Labels, Page, Sheet, chart, printable};
use crate::language::Charts;

/// The page, folded to `width` columns.
pub(super) fn write(page: &Page, labels: &Labels, width: usize) -> String {
    let blocks = page.blocks.iter().map(|block| match block {
        Block::Title(text) | Block::Heading(text) | Block::Paragraph(text) => {
            paragraph(text, width)
        }
        Block::Lines(lines) => lines.iter().map(|line| paragraph(line, width)).collect(),
        Block::Verbatim(lines) => lines
            .iter()
            .map(|line| format!("{}\n", printable(line)))
            .collect(),
        Block::Table(sheet) => table(sheet, labels, width),
        Block::Fields(fields) => pairs(fields, width),
    });
    blocks.collect::<Vec<_>>().join("\n")
}

/// What a cell shows.
pub(super) fn shown(cell: &Cell, labels: &Labels) -> String {
    match cell {
        Cell::Text(text) => narrow(&printable(text), labels),
        Cell::Count(number) => number.to_string(),
        Cell::Days(days) => labels.short_duration(*days),
        Cell::Share(share) | Cell::Bar(share) => labels.percent(*share),
        Cell::Amount(amount) => units(*amount),
        Cell::Linked(cell, _) => shown(cell, labels),
        Cell::Blank | Cell::Offers(_) => String::new(),
        Cell::NotStated => labels.text("not-stated"),
    }
}

/// The text without signs that some terminals draw one column wide and others two, where that was asked for.
fn narrow(text: &str, labels: &Labels) -> String {
    if labels.charts != Charts::Narrow {
        return text.to_owned();
    }
    const SIGNS: [(&str, &str); 10] = [
        ("“", "\""),
        ("”", "\""),
        ("‘", "'"),
        ("’", "'"),
        ("…", "..."),
        ("–", "-"),
        ("—", "-"),
        ("→", "->"),
        ("×", "x"),
        ("·", "."),
    ];
    let signs = SIGNS.iter();
    signs.fold(text.to_owned(), |text, (sign, plain)| {
        text.replace(sign, plain)
    })
}

/// The longest bar beside a share.
const BAR: usize = 14;
/// The width of a share without its bar: `100.0%`.
const PERCENT: usize = 6;

/// What a cell shows to the eye in `width` columns: a share may have a bar, as long as there is room.
fn drawn(cell: &Cell, labels: &Labels, width: usize) -> String {
    match cell {
        Cell::Bar(share) => {
            let space = width.saturating_sub(PERCENT + 1).min(BAR);
            let bar = chart::bar(*share, space, labels.charts);
            format!("{:>PERCENT$} {bar}", labels.percent(*share))
        }
        _ => shown(cell, labels),
    }
}

fn table(sheet: &Sheet, labels: &Labels, width: usize) -> String {
    let heading = sheet
        .columns
        .iter()
        .map(|column| narrow(&printable(&column.heading), labels))
        .collect();
    let rows = sheet.rows.iter().map(|row| {
        row.iter()
            .map(|cell| drawn(cell, labels, usize::MAX))
            .collect()
    });
    let texts: Vec<Vec<String>> = [heading].into_iter().chain(rows).collect();
    let column = |index: usize| texts.iter().filter_map(move |row| row.get(index));
    let places = 0..sheet.columns.len();
    let natural: Vec<usize> = places
        .clone()
        .map(|index| {
            column(index)
                .map(|text| width_of(text))
                .max()
                .unwrap_or_default()
        })
        .collect();
    let least: Vec<usize> = places.map(|index| least(sheet, &texts, index)).collect();
    let Some(widths) = column_widths(&sheet.columns, &natural, &least, width) else {
        return records(sheet, &texts, width);
    };
    let mut builder = Builder::new();
    for (index, row) in texts.iter().enumerate() {
        let cells = index.checked_sub(1).and_then(|index| sheet.rows.get(index));
        builder.push_record(
            row.iter()
                .zip(&widths)
                .enumerate()
                .map(
                    |(place, (text, width))| match cells.and_then(|cells| cells.get(place)) {
                        Some(cell @ Cell::Bar(_)) if width_of(text) > *width => {
                            drawn(cell, labels, *width)
                        }
                        _ => folded(text, *width).join("\n"),
                    },
                ),
        );
    }
    let mut table = builder.build();
    let mut theme = Theme::from_style(Style::empty());
    let rule = if labels.charts == Charts::Narrow {
        '-'
    } else {
        '─'
    };
    for row in [0].iter().chain(&sheet.parts) {
        theme.insert_horizontal_line(row + 1, HorizontalLine::new(rule));
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

/// Returns how narrow a column may become, its heading aside.
fn least(sheet: &Sheet, texts: &[Vec<String>], index: usize) -> usize {
    let rows = sheet.rows.iter().zip(texts.iter().skip(1));
    let cells = rows.filter_map(|(cells, texts)| Some((cells.get(index)?, texts.get(index)?)));
    let least = cells.map(|(cell, text)| match cell.plain() {
        Cell::Text(_) | Cell::Days(_) | Cell::Offers(_) | Cell::Blank | Cell::NotStated => {
            least_width(text)
        }
        Cell::Bar(_) => PERCENT,
        Cell::Count(_) | Cell::Share(_) | Cell::Amount(_) | Cell::Linked(..) => width_of(text),
    });
    least.max().unwrap_or_default()
}

/// A table that is wider than the terminal: each row as lines of heading and value.
fn records(sheet: &Sheet, texts: &[Vec<String>], width: usize) -> String {
    let Some((headings, rows)) = texts.split_first() else {
        return String::new();
    };
    let rows = rows.iter().map(|row| {
        let fields = headings
            .iter()
            .zip(row)
            .filter(|(_, text)| !text.is_empty());
        let fields: Vec<_> = fields
            .map(|(heading, text)| (heading.clone(), text.clone()))
            .collect();
        pairs(&fields, width)
    });
    let rule = format!("{}\n", "─".repeat(width.min(20)));
    let mut text = String::new();
    for (index, row) in rows.enumerate() {
        if sheet.parts.contains(&index) {
            text.push_str(&rule);
        } else if index > 0 {
            text.push('\n');
        }
        text.push_str(&row);
    }
    text
}

/// The least space for a value beside its name; where there is less, values stand under their names.
const VALUE: usize = 20;

/// Names and values: a name a line, its value folded beside it.
fn pairs(fields: &[(String, String)], width: usize) -> String {
    let name_width = fields
        .iter()
        .map(|(name, _)| width_of(&printable(name)))
        .max()
        .unwrap_or_default();
    if name_width + GAP + VALUE > width {
        return pairs_in_turn(fields, width);
    }
    let space = width - name_width - GAP;
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

/// Names and values on a narrow terminal: a name, and its value under it.
fn pairs_in_turn(fields: &[(String, String)], width: usize) -> String {
    let mut text = String::new();
    for (name, value) in fields {
        text.push_str(&paragraph(name, width));
        for line in folded(&printable(value), width.saturating_sub(GAP)) {
            text.push_str(&format!("{}{line}\n", " ".repeat(GAP)));
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
