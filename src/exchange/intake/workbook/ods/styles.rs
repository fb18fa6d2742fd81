//! Styles of an ODS workbook: how much of a date, and how many digits of a number, they show, and what they strike out.

use std::collections::HashMap;
use std::rc::Rc;

use quick_xml::events::BytesStart;

use super::super::cells::{Look, NumberLook, Shown};
use super::super::survey::attribute;
use super::count;
use crate::message::Message;

/// The most digits that a format fills with zeros.
const MOST_DIGITS: u64 = 64;

/// The styles that were met, by their names.
#[derive(Default)]
pub(super) struct Styles {
    dates: HashMap<String, Shown>,
    numbers: HashMap<String, NumberLook>,
    cells: HashMap<String, Rc<Look>>,
    /// Of pieces of a text.
    texts: HashMap<String, bool>,
    open: Open,
}

/// The format or the style that is being read.
#[derive(Default)]
enum Open {
    #[default]
    Nothing,
    Date(String, [bool; 4]),
    Number(String, Vec<Option<char>>, bool),
    Cell(String, Look),
    Text(String),
}

impl Styles {
    /// Takes the beginning of an element; answers whether it is one of styles.
    pub(super) fn start(&mut self, tag: &BytesStart<'_>) -> Result<bool, Message> {
        match tag.name().as_ref() {
            "number:date-style" => {
                self.open = Open::Date(attribute(tag, "style:name")?, [false; 4]);
            }
            "number:number-style" => {
                self.open = Open::Number(attribute(tag, "style:name")?, Vec::new(), true);
            }
            "number:percentage-style" => {
                let name = attribute(tag, "style:name")?;
                self.numbers.insert(name, NumberLook::Percent);
            }
            "number:number" => self.number(tag)?,
            "number:year" | "number:era" => self.shows(0),
            "number:month" => self.shows(1),
            "number:day" => self.shows(2),
            "number:hours" | "number:seconds" => self.shows(3),
            "style:style" => self.style(tag)?,
            "style:text-properties" => self.text_properties(tag)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Takes a text within a format: `P-` in front of the digits.
    pub(super) fn text(&mut self, text: &str) {
        if let Open::Number(_, digits, _) = &mut self.open
            && !text.contains('\n')
        {
            digits.extend(text.chars().map(Some));
        }
    }

    pub(super) fn end(&mut self, tag: &str) {
        if !matches!(
            tag,
            "number:date-style" | "number:number-style" | "style:style"
        ) {
            return;
        }
        match std::mem::take(&mut self.open) {
            Open::Date(name, [year, month, day, time]) => {
                self.dates
                    .insert(name, Shown::of_parts(year, month, day, time));
            }
            Open::Number(name, digits, true) => {
                self.numbers.insert(name, NumberLook::of_digits(digits));
            }
            Open::Cell(name, look) => drop(self.cells.insert(name, Rc::new(look))),
            _ => {}
        }
    }

    /// How a cell of the style looks. None: there is no style.
    pub(super) fn look(&self, name: &str) -> Option<Rc<Look>> {
        (!name.is_empty()).then(|| self.cells.get(name).cloned().unwrap_or_default())
    }

    /// Whether the style of a piece of text strikes it out; none where it does not say it.
    pub(super) fn struck_text(&self, name: &str) -> Option<bool> {
        self.texts.get(name).copied()
    }

    fn number(&mut self, tag: &BytesStart<'_>) -> Result<(), Message> {
        if let Open::Number(_, digits, is_plain) = &mut self.open {
            let decimals = attribute(tag, "number:decimal-places")?;
            *is_plain &= matches!(decimals.as_str(), "" | "0")
                && attribute(tag, "number:grouping")? != "true";
            let places = count(tag, "number:min-integer-digits")?.min(MOST_DIGITS);
            digits.extend((0..places).map(|_| None));
        }
        Ok(())
    }

    fn style(&mut self, tag: &BytesStart<'_>) -> Result<(), Message> {
        let name = attribute(tag, "style:name")?;
        let family = attribute(tag, "style:family")?;
        self.open = match family.as_str() {
            "text" => Open::Text(name),
            "table-cell" => {
                let parent = self.look(&attribute(tag, "style:parent-style-name")?);
                let mut look = parent.map_or_else(Look::default, |look| (*look).clone());
                let format = attribute(tag, "style:data-style-name")?;
                if let Some(shown) = self.dates.get(&format) {
                    look.shown = *shown;
                }
                if let Some(number) = self.numbers.get(&format) {
                    look.number = number.clone();
                }
                Open::Cell(name, look)
            }
            _ => Open::Nothing,
        };
        Ok(())
    }

    fn text_properties(&mut self, tag: &BytesStart<'_>) -> Result<(), Message> {
        let style = attribute(tag, "style:text-line-through-style")?;
        let kind = attribute(tag, "style:text-line-through-type")?;
        let struck = match (style.as_str(), kind.as_str()) {
            ("", "") => return Ok(()),
            ("none", _) | ("", "none") => false,
            _ => true,
        };
        match &mut self.open {
            Open::Cell(_, look) => look.struck = struck,
            Open::Text(name) => drop(self.texts.insert(name.clone(), struck)),
            _ => {}
        }
        Ok(())
    }

    fn shows(&mut self, part: usize) {
        if let Open::Date(_, parts) = &mut self.open
            && let Some(shown) = parts.get_mut(part)
        {
            *shown = true;
        }
    }
}
