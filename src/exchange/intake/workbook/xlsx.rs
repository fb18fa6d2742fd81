//! What the library does not tell of an XLSX sheet: hidden rows and columns, and texts of which a part is struck out.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek};
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::survey::{Rich, Survey, attribute, referred};
use super::unreadable;
use crate::message::Message;

type Archive<'a> = ZipArchive<BufReader<&'a mut File>>;

/// Looks through one sheet of the workbook.
pub(super) fn survey(file: &mut File, sheet: &str) -> Result<Survey, Message> {
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|error| unreadable(&error))?;
    part_of(&mut archive, sheet).and_then(|part| {
        let Some(part) = part else {
            return Ok(Survey::default());
        };
        let mut strings = Strings::default();
        if archive.index_for_name(SHARED).is_some() {
            each(&mut archive, SHARED, |event| strings.event(event))?;
        }
        let mut sheet = Sheet {
            strings: strings.rich,
            ..Sheet::default()
        };
        each(&mut archive, &part, |event| sheet.event(event))?;
        sheet.survey.hidden_rows.sort();
        sheet.survey.hidden_columns.sort();
        Ok(sheet.survey)
    })
}

const SHARED: &str = "xl/sharedStrings.xml";

/// Gives every piece of a part to `take`.
fn each<'a, R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    part: &str,
    mut take: impl FnMut(&Event<'_>) -> Result<(), Message> + 'a,
) -> Result<(), Message> {
    let entry = archive.by_name(part).map_err(|error| unreadable(&error))?;
    let mut reader = Reader::from_reader(BufReader::new(entry));
    let config = reader.config_mut();
    config.check_end_names = false;
    config.expand_empty_elements = true;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match next(&mut reader, &mut buffer)? {
            Event::Eof => return Ok(()),
            event => take(&event)?,
        }
    }
}

fn next<'b, R: BufRead>(
    reader: &mut Reader<R>,
    buffer: &'b mut Vec<u8>,
) -> Result<Event<'b>, Message> {
    reader
        .read_event_into(buffer)
        .map_err(|error| unreadable(&error))
}

/// The part of the workbook that holds the sheet.
fn part_of(archive: &mut Archive<'_>, sheet: &str) -> Result<Option<String>, Message> {
    let mut relation = String::new();
    each(archive, "xl/workbook.xml", |event| {
        if let Event::Start(tag) = event
            && tag.local_name().as_ref() == "sheet"
            && attribute(tag, "name")? == sheet
        {
            for found in tag.attributes().flatten() {
                if found.key.local_name().as_ref() == "id" {
                    relation = found.value.to_string();
                }
            }
        }
        Ok(())
    })?;
    let mut part = None;
    each(archive, "xl/_rels/workbook.xml.rels", |event| {
        if let Event::Start(tag) = event
            && tag.local_name().as_ref() == "Relationship"
            && attribute(tag, "Id")? == relation
        {
            let target = attribute(tag, "Target")?;
            part = Some(match target.strip_prefix('/') {
                Some(whole) => whole.to_owned(),
                None => format!("xl/{target}"),
            });
        }
        Ok(())
    })?;
    Ok(part.filter(|part| archive.index_for_name(part).is_some()))
}

/// Whether the attribute says yes.
fn says_yes(tag: &BytesStart<'_>, name: &str) -> Result<bool, Message> {
    Ok(matches!(attribute(tag, name)?.as_str(), "1" | "true"))
}

/// A text in pieces, as it is met.
#[derive(Default)]
struct Text {
    rich: Rich,
    /// Of the present piece.
    struck: Option<bool>,
    is_text: bool,
    is_phonetic: bool,
}

impl Text {
    fn event(&mut self, event: &Event<'_>) -> Result<(), Message> {
        match event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "r" => self.struck = None,
                "rPr" => self.struck = Some(false),
                "strike" => {
                    let says = attribute(tag, "val")?;
                    self.struck = Some(!matches!(says.as_str(), "0" | "false"));
                }
                "rPh" => self.is_phonetic = true,
                "t" => self.is_text = true,
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "rPh" => self.is_phonetic = false,
                "t" => self.is_text = false,
                "r" => self.struck = None,
                _ => {}
            },
            Event::Text(text) if self.is_text && !self.is_phonetic => {
                self.rich.push(&text.xml10_content(), self.struck);
            }
            Event::CData(text) if self.is_text && !self.is_phonetic => {
                self.rich.push(&text.xml10_content(), self.struck);
            }
            Event::GeneralRef(name) if self.is_text && !self.is_phonetic => {
                let letter = referred(name.as_ref());
                self.rich.push(
                    letter.map(String::from).unwrap_or_default().as_str(),
                    self.struck,
                );
            }
            _ => {}
        }
        Ok(())
    }
}

/// The shared texts of which a part looks otherwise than the rest, by their place.
#[derive(Default)]
struct Strings {
    rich: HashMap<usize, Rc<Rich>>,
    place: usize,
    text: Text,
}

impl Strings {
    fn event(&mut self, event: &Event<'_>) -> Result<(), Message> {
        match event {
            Event::Start(tag) if tag.local_name().as_ref() == "si" => self.text = Text::default(),
            Event::End(tag) if tag.local_name().as_ref() == "si" => {
                let text = std::mem::take(&mut self.text);
                if text.rich.is_mixed() {
                    self.rich.insert(self.place, Rc::new(text.rich));
                }
                self.place += 1;
            }
            event => self.text.event(event)?,
        }
        Ok(())
    }
}

#[derive(Default)]
struct Sheet {
    strings: HashMap<usize, Rc<Rich>>,
    survey: Survey,
    /// The place of the next row, and of the next cell.
    row: u64,
    cell: (u32, u32),
    kind: CellKind,
    value: String,
    is_value: bool,
    text: Text,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum CellKind {
    Shared,
    Inline,
    #[default]
    Other,
}

impl Sheet {
    fn event(&mut self, event: &Event<'_>) -> Result<(), Message> {
        match event {
            Event::Start(tag) => self.start(tag, event),
            Event::End(tag) => {
                match tag.local_name().as_ref() {
                    "row" => {
                        self.row += 1;
                        self.cell.1 = 0;
                    }
                    "c" => self.end_of_cell(),
                    "v" => self.is_value = false,
                    _ if self.kind == CellKind::Inline => self.text.event(event)?,
                    _ => {}
                }
                Ok(())
            }
            Event::Text(text) if self.is_value => {
                self.value.push_str(&text.xml10_content());
                Ok(())
            }
            event if self.kind == CellKind::Inline => self.text.event(event),
            _ => Ok(()),
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, event: &Event<'_>) -> Result<(), Message> {
        match tag.local_name().as_ref() {
            "col" => {
                let first: u64 = attribute(tag, "min")?.parse().unwrap_or(1);
                let last: u64 = attribute(tag, "max")?.parse().unwrap_or(first);
                if says_yes(tag, "hidden")? || is_nothing(&attribute(tag, "width")?) {
                    let count = last.saturating_add(1).saturating_sub(first);
                    self.survey
                        .hidden_columns
                        .add(first.saturating_sub(1), count);
                }
            }
            "row" => {
                if let Ok(number) = attribute(tag, "r")?.parse::<u64>() {
                    self.row = number.saturating_sub(1);
                }
                self.cell = (u32::try_from(self.row).unwrap_or(u32::MAX), 0);
                if says_yes(tag, "hidden")? || is_nothing(&attribute(tag, "ht")?) {
                    self.survey.hidden_rows.add(self.row, 1);
                }
            }
            "c" => {
                self.kind = match attribute(tag, "t")?.as_str() {
                    "s" if !self.strings.is_empty() => CellKind::Shared,
                    "inlineStr" => CellKind::Inline,
                    _ => CellKind::Other,
                };
                if self.kind != CellKind::Other {
                    if let Some(place) = place(&attribute(tag, "r")?) {
                        self.cell = place;
                    }
                    self.text = Text::default();
                }
                self.value.clear();
            }
            "v" => self.is_value = self.kind == CellKind::Shared,
            _ if self.kind == CellKind::Inline => self.text.event(event)?,
            _ => {}
        }
        Ok(())
    }

    fn end_of_cell(&mut self) {
        let rich = match self.kind {
            CellKind::Shared => {
                let index = self.value.trim().parse::<usize>().ok();
                index.and_then(|index| self.strings.get(&index).cloned())
            }
            CellKind::Inline => {
                let rich = std::mem::take(&mut self.text.rich);
                rich.is_mixed().then(|| Rc::new(rich))
            }
            CellKind::Other => None,
        };
        if let Some(rich) = rich {
            self.survey.rich.insert(self.cell, rich);
        }
        self.kind = CellKind::Other;
        self.cell.1 = self.cell.1.saturating_add(1);
    }
}

/// Whether a width or a height is stated, and is nothing.
fn is_nothing(size: &str) -> bool {
    size.parse::<f64>().is_ok_and(|size| size <= 0.0)
}

/// Row and column of a cell, from 0: those of `B3` are 2 and 1.
fn place(name: &str) -> Option<(u32, u32)> {
    let digits = name.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, number) = name.split_at(digits);
    let mut column = 0_u32;
    for letter in letters.bytes() {
        let digit = u32::from(letter.to_ascii_uppercase().checked_sub(b'A')?) + 1;
        column = column.checked_mul(26)?.checked_add(digit)?;
    }
    Some((
        number.parse::<u32>().ok()?.checked_sub(1)?,
        column.checked_sub(1)?,
    ))
}
