//! What is to be known of a sheet before its cells are read: merged cells, what is hidden, and what is struck out.

use std::collections::HashMap;
use std::rc::Rc;

use calamine::Dimensions;
use quick_xml::events::BytesStart;

use super::cells::Look;
use super::unreadable;
use crate::message::Message;

/// What is to be known of a sheet.
#[derive(Debug, Default)]
pub(super) struct Survey {
    pub(super) merged: Vec<Dimensions>,
    pub(super) hidden_rows: Ranges,
    pub(super) hidden_columns: Ranges,
    /// How cells look, where the library does not tell it.
    pub(super) looks: HashMap<(u32, u32), Rc<Look>>,
    /// Texts of which a part looks otherwise than the rest.
    pub(super) rich: HashMap<(u32, u32), Rc<Rich>>,
}

/// Rows or columns from one to another, counted from 0, in their order.
#[derive(Debug, Default)]
pub(super) struct Ranges(Vec<(u64, u64)>);

impl Ranges {
    /// Adds `count` of them from `first` on.
    pub(super) fn add(&mut self, first: u64, count: u64) {
        let last = first.saturating_add(count.saturating_sub(1));
        match self.0.last_mut() {
            Some((_, end)) if end.saturating_add(1) == first => *end = last,
            _ => self.0.push((first, last)),
        }
    }

    pub(super) fn contains(&self, place: u32) -> bool {
        let place = u64::from(place);
        let before = self.0.partition_point(|(first, _)| *first <= place);
        let range = before.checked_sub(1).and_then(|index| self.0.get(index));
        range.is_some_and(|(_, last)| place <= *last)
    }

    /// Brings ranges into their order that were added in another.
    pub(super) fn sort(&mut self) {
        self.0.sort_unstable();
    }
}

/// A text in pieces, each of which is struck out or not, or looks as its cell does (none).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Rich(Vec<(String, Option<bool>)>);

impl Rich {
    pub(super) fn push(&mut self, text: &str, struck: Option<bool>) {
        match self.0.last_mut() {
            Some((last, same)) if *same == struck => last.push_str(text),
            _ => self.0.push((text.to_owned(), struck)),
        }
    }

    /// Whether a part of it may look otherwise than its cell.
    pub(super) fn is_mixed(&self) -> bool {
        self.0.iter().any(|(_, struck)| struck.is_some())
    }

    /// What is not struck out, in a cell that is or is not; none where that is everything.
    pub(super) fn kept(&self, cell_is_struck: bool) -> Option<String> {
        let is_struck = |struck: &Option<bool>| struck.unwrap_or(cell_is_struck);
        let mut pieces = self.0.iter();
        if !pieces.any(|(text, struck)| is_struck(struck) && !text.trim().is_empty()) {
            return None;
        }
        let kept = self.0.iter().filter(|(_, struck)| !is_struck(struck));
        Some(kept.map(|(text, _)| text.as_str()).collect())
    }
}

/// The attribute; empty where there is none.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Result<String, Message> {
    let found = tag
        .try_get_attribute(name)
        .map_err(|error| unreadable(&error))?;
    match found {
        None => Ok(String::new()),
        Some(found) => found
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .map(std::borrow::Cow::into_owned)
            .map_err(|error| unreadable(&error)),
    }
}

/// What a reference to a character stands for: `&amp;` or `&#20013;`.
pub(super) fn referred(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        name => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_hold_what_was_added() {
        let mut ranges = Ranges::default();
        ranges.add(2, 1);
        ranges.add(3, 2);
        ranges.add(9, 1);
        let held: Vec<u32> = (0..12).filter(|place| ranges.contains(*place)).collect();
        assert_eq!(held, [2, 3, 4, 9]);
    }

    #[test]
    fn what_is_not_struck_out_stays() {
        let mut rich = Rich::default();
        rich.push("1", Some(true));
        rich.push("00", Some(true));
        rich.push("90", None);
        assert_eq!(rich.kept(false).as_deref(), Some("90"));
        assert_eq!(rich.kept(true).as_deref(), Some(""));
    }
}
