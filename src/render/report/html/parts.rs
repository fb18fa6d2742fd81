//! Tables, pictures and sources as the template takes them: texts and class names, nothing to be worked out.

use super::links::{Choice, Links};
use crate::domain::{PartialDate, Status};
use crate::render::money::units;
use crate::render::report::chart::{Bars, Drawing};
use crate::render::report::palette::class_of;
use crate::render::report::words::grouped;
use crate::render::{Cell, Labels, Sheet, printable};
use crate::store;

/// Bars with what stands for them where they cannot be seen.
pub(super) struct Figure {
    pub(super) id: String,
    pub(super) caption: String,
    pub(super) bars: Bars,
    /// The colours in it.
    pub(super) legend: Vec<Swatch>,
}

impl Figure {
    /// Returns its role: parts of it may lead somewhere.
    pub(super) fn role(&self) -> &'static str {
        let mut blocks = self.bars.bars.iter().flat_map(|bar| &bar.blocks);
        let leads = blocks.any(|block| block.link.is_some());
        if leads { "group" } else { "img" }
    }
}

/// Curves with what stands for them where they cannot be seen.
pub(super) struct Curves {
    pub(super) id: String,
    pub(super) caption: String,
    pub(super) drawing: Drawing,
}

/// A colour of the legend.
pub(super) struct Swatch {
    pub(super) class: &'static str,
    pub(super) label: String,
    /// The projects in this status.
    pub(super) link: Option<String>,
}

impl Swatch {
    /// Returns the colour of a status, which leads to those of the projects of `among` that are in it.
    pub(super) fn of(
        status: Option<Status>,
        among: Option<&Choice>,
        links: &Links<'_>,
        labels: &Labels,
    ) -> Self {
        let choice = among.map(|among| Choice {
            status: Some(status),
            ..among.clone()
        });
        Self {
            class: class_of(status),
            label: labels.word_or_not_stated(status),
            link: choice.and_then(|choice| links.to(&choice)),
        }
    }
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
    pub(super) class: String,
    pub(super) link: Option<String>,
    pub(super) cells: Vec<Td>,
}

/// A cell after the first.
pub(super) struct Td {
    pub(super) text: String,
    pub(super) class: String,
    pub(super) link: Option<String>,
    /// A number of projects, which may be shaded.
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
            let head = cells.next();
            Line {
                is_total: place >= total,
                class: head
                    .as_ref()
                    .map(|cell| cell.class.clone())
                    .unwrap_or_default(),
                head: head.map(|cell| cell.text).unwrap_or_default(),
                link: None,
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

    /// Lets each number lead to the projects that `choice` gives for its row and column. Of the columns after the first, the last three
    /// are all, the implemented and their share.
    pub(super) fn linked(
        mut self,
        links: &Links<'_>,
        choice: impl Fn(usize, Option<usize>) -> Choice,
    ) -> Self {
        for (place, row) in self.rows.iter_mut().enumerate() {
            let of_row = |column| choice(place, column);
            let last = row.cells.len().saturating_sub(3);
            row.link = links.to(&of_row(None));
            for (column, cell) in row.cells.iter_mut().enumerate() {
                let wanted = match column.checked_sub(last) {
                    None => of_row(Some(column)),
                    Some(0) => of_row(None),
                    Some(1) => Choice {
                        is_implemented: true,
                        ..of_row(None)
                    },
                    _ => continue,
                };
                cell.link = links.to(&wanted);
            }
        }
        self
    }

    /// Lets the code at the beginning of each row lead to the card of its project.
    pub(super) fn leading_to_cards(mut self, links: &Links<'_>) -> Self {
        for row in &mut self.rows {
            row.link = links.card(&row.head);
        }
        self
    }

    /// Lets references like `[3]` lead to the sources on the card of a project.
    pub(super) fn refer_to(&mut self, code: &str) {
        let cells = self.rows.iter_mut().flat_map(|row| &mut row.cells);
        for cell in cells {
            let number = cell
                .text
                .strip_prefix('[')
                .and_then(|text| text.strip_suffix(']'));
            let number = number.filter(|text| text.parse::<usize>().is_ok());
            cell.link = number.map(|number| format!("#{code}.{number}"));
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
            Cell::Days(days) => (labels.short_duration(*days), "", None),
            Cell::Share(share) | Cell::Bar(share) => (labels.percent(*share), "", None),
            Cell::Amount(amount) => (units(*amount), "", None),
            Cell::Linked(cell, _) => return Self::of(cell, is_number, labels),
            Cell::Blank | Cell::Offers(_) => (String::new(), "", None),
            Cell::NotStated => (labels.text("not-stated"), " unknown", None),
        };
        let side = if is_number { "n" } else { "" };
        Self {
            text,
            class: format!("{side}{mark}"),
            link: None,
            number,
        }
    }
}

/// A source, with an address that may be followed.
pub(super) struct Source {
    pub(super) title: String,
    /// Only of the web: nothing else becomes a link.
    pub(super) address: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) confidence: String,
}

impl Source {
    pub(super) fn of(source: &store::Source, labels: &Labels) -> Self {
        let stated = |text: Option<String>| {
            text.map_or_else(|| labels.text("not-stated"), |text| printable(&text))
        };
        let address = source.link_address().filter(|url| is_of_the_web(url));
        Self {
            title: stated(
                source
                    .title
                    .clone()
                    .or_else(|| source.shown_address().as_deref().map(shortened)),
            ),
            address: address.map(str::to_owned),
            publisher: source.publisher.as_deref().map(printable),
            confidence: labels.word(source.confidence),
        }
    }
}

/// An address as it is shown where there is no title: without what all have in common, and not longer than a line.
fn shortened(url: &str) -> String {
    const LONGEST: usize = 60;
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
