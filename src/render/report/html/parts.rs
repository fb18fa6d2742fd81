//! Tables, pictures and sources as the template takes them: texts and class names, nothing to be worked out.

use super::chart::Drawing;
use crate::domain::{PartialDate, Status, Vocabulary as _};
use crate::render::money::units;
use crate::render::report::words::grouped;
use crate::render::{Cell, Labels, Sheet, printable};
use crate::store;

/// A chart with what stands for it where it cannot be seen.
pub(super) struct Figure {
    pub(super) id: String,
    pub(super) caption: String,
    pub(super) width: u32,
    pub(super) height: i32,
    /// Elements of SVG; the drawing backend escaped what is in them.
    pub(super) inner: String,
    /// The colours in it.
    pub(super) legend: Vec<Swatch>,
}

impl Figure {
    pub(super) fn of(id: String, caption: String, drawing: Drawing, legend: Vec<Swatch>) -> Self {
        Self {
            legend,
            id,
            caption,
            width: drawing.width,
            height: drawing.height,
            inner: drawing.inner,
        }
    }
}

/// A colour of the legend.
pub(super) struct Swatch {
    pub(super) class: &'static str,
    pub(super) label: String,
}

impl Swatch {
    pub(super) fn of(status: Option<Status>, labels: &Labels) -> Self {
        Self {
            class: class_of(status),
            label: labels.word_or_not_stated(status),
        }
    }
}

/// The class that gives a status its colour.
pub(super) fn class_of(status: Option<Status>) -> &'static str {
    status.map_or("unstated", Status::word)
}

/// A table of the page.
pub(super) struct Table {
    pub(super) caption: String,
    pub(super) heads: Vec<Head>,
    pub(super) rows: Vec<Line>,
    pub(super) note: Option<String>,
}

/// The head of a column.
pub(super) struct Head {
    pub(super) text: String,
    pub(super) class: &'static str,
}

/// A row of a table.
pub(super) struct Line {
    pub(super) is_total: bool,
    pub(super) head: String,
    pub(super) cells: Vec<Td>,
}

/// A cell after the first.
pub(super) struct Td {
    pub(super) text: String,
    pub(super) class: String,
    /// From 0 to 1, where it is to be shaded.
    number: Option<usize>,
}

impl Table {
    pub(super) fn of(sheet: &Sheet, caption: String, labels: &Labels) -> Self {
        let heads = sheet.columns.iter().map(|column| Head {
            text: printable(&column.heading),
            class: if column.is_number { "n" } else { "" },
        });
        let total = sheet.parts.first().copied().unwrap_or(usize::MAX);
        let rows = sheet.rows.iter().enumerate().map(|(place, row)| {
            let mut cells = row
                .iter()
                .zip(&sheet.columns)
                .map(|(cell, column)| Td::of(cell, column.is_number, labels));
            Line {
                is_total: place >= total,
                head: cells.next().map(|cell| cell.text).unwrap_or_default(),
                cells: cells.collect(),
            }
        });
        Self {
            caption: printable(&caption),
            heads: heads.collect(),
            rows: rows.collect(),
            note: None,
        }
    }

    /// Shades the numbers of projects by how many of `all` they are; totals and shares stay as they are.
    pub(super) fn shaded(mut self, all: usize) -> Self {
        let figures = self.heads.len().saturating_sub(4);
        for row in self.rows.iter_mut().filter(|row| !row.is_total) {
            for cell in row.cells.iter_mut().take(figures) {
                let step = match cell.number.unwrap_or_default() {
                    0 => continue,
                    count if count * 4 > all => 5,
                    count if count * 10 > all => 4,
                    count if count * 20 > all => 3,
                    1 => 1,
                    _ => 2,
                };
                cell.class.push_str(&format!(" h{step}"));
            }
        }
        self
    }
}

impl Td {
    fn of(cell: &Cell, is_number: bool, labels: &Labels) -> Self {
        let (text, mark, number) = match cell {
            Cell::Text(text) if text.parse::<PartialDate>().is_ok() => {
                (text.clone(), " date", None)
            }
            Cell::Text(text) => (printable(text), "", None),
            Cell::Count(0) => ("0".to_owned(), " zero", Some(0)),
            Cell::Count(number) => (grouped(number), "", Some(*number)),
            Cell::Share(share) | Cell::Bar(share) => (labels.percent(*share), "", None),
            Cell::Amount(amount) => (units(*amount), "", None),
            Cell::Blank => (String::new(), "", None),
            Cell::NotStated => (labels.text("not-stated"), " unknown", None),
        };
        let side = if is_number { "n" } else { "" };
        Self {
            text,
            class: format!("{side}{mark}"),
            number,
        }
    }
}

/// A source, with an address that may be followed.
pub(super) struct Source {
    pub(super) code: String,
    pub(super) title: String,
    /// Only of the web: nothing else becomes a link.
    pub(super) address: Option<String>,
    pub(super) publisher: String,
    pub(super) read_on: String,
    pub(super) confidence: String,
}

impl Source {
    pub(super) fn of(source: &store::Source, labels: &Labels) -> Self {
        let stated = |text: Option<String>| {
            text.map_or_else(|| labels.text("not-stated"), |text| printable(&text))
        };
        let address = source.url.as_deref().filter(|url| is_of_the_web(url));
        Self {
            code: source.code.clone(),
            title: stated(
                source
                    .title
                    .clone()
                    .or_else(|| source.url.as_deref().map(shortened)),
            ),
            address: address.map(str::to_owned),
            publisher: stated(source.publisher.clone()),
            read_on: stated(source.read_on.map(|day| day.to_string())),
            confidence: labels.word(source.confidence),
        }
    }
}

/// An address as it is shown where there is no title: without what all have in common, and not longer than two lines.
fn shortened(url: &str) -> String {
    const LONGEST: usize = 110;
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    let rest = rest.unwrap_or(url).trim_end_matches('/');
    match rest.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", rest.get(..end).unwrap_or(rest)),
        None => rest.to_owned(),
    }
}

/// Whether an address leads into the web and nowhere else: no script, no file, nothing that only looks like an address.
pub(super) fn is_of_the_web(url: &str) -> bool {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    let is_plain = |letter: char| {
        !letter.is_control()
            && !letter.is_whitespace()
            && printable(&letter.to_string()).len() == letter.len_utf8()
    };
    rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(is_plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_is_linked_to() {
        for url in ["https://example.org/a?b=1#c", "http://例え.jp/"] {
            assert!(is_of_the_web(url), "{url}");
        }
        for url in [
            "javascript:alert(1)",
            " https://example.org",
            "https://",
            "data:text/html,x",
            "//example.org",
            "https://a\u{202e}b",
            "https://a b",
            "file:///etc",
            "HTTPS:javascript",
        ] {
            assert!(!is_of_the_web(url), "{url}");
        }
    }
}
