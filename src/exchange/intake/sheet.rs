//! Rows of the project sheet: our own columns, packed by the program or written by people.

mod human;
mod packed;

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};

use csv::StringRecord;

use super::cell::{self, Cells, finding, flag, free_text, pieces, word};
use super::garbled::is_garbled;
use super::table::{Naming, Taker, columns, no_such_column, quoted, repeated};
use super::{Effect, Incoming, References};
use crate::domain::*;
use crate::exchange::project_sheet::COLUMNS;
use crate::message::{Message, Value};
use crate::report::{Flaw, Said};
use human::People;

/// Columns that say more than people need to read: they follow from the others and say nothing of their own.
const LEFT_ASIDE: [&str; 4] = ["evidence_on", "completeness", "source_quality", "evidence"];

/// Reads rows of the project sheet.
pub(super) struct Sheet<'a> {
    references: &'a References,
    each: &'a mut dyn FnMut(Incoming) -> bool,
    columns: Vec<&'static str>,
    names: Vec<String>,
    seen: HashMap<u64, u64>,
    hasher: RandomState,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(
        references: &'a References,
        each: &'a mut dyn FnMut(Incoming) -> bool,
    ) -> Self {
        Self {
            references,
            each,
            columns: Vec::new(),
            names: Vec::new(),
            seen: HashMap::new(),
            hasher: RandomState::new(),
        }
    }

    /// Finds out whether a code, an identifier or a number stood in an earlier row.
    fn repeated(&mut self, incoming: &mut Incoming, row: u64) {
        let keys = [
            ("code", incoming.code.as_ref().map(ToString::to_string)),
            ("id", incoming.id.map(|id| id.to_string())),
            (
                "list_number",
                incoming.list_number.map(|number| {
                    let forum = incoming.forum.as_deref().unwrap_or_default();
                    format!("{forum} {number}")
                }),
            ),
        ];
        for (column, key) in keys {
            let Some(key) = key else { continue };
            let hash = self.hasher.hash_one((column, &key));
            if let Some(earlier) = self.seen.insert(hash, row) {
                let said = Flaw::Repeated.with("row", earlier);
                incoming
                    .findings
                    .push(finding(row, column, key.trim(), said, Effect::DropRow));
            }
        }
    }
}

fn known(heading: &str) -> Option<&'static str> {
    let heading = heading.trim();
    COLUMNS.iter().copied().find(|column| *column == heading)
}

impl Taker for Sheet<'_> {
    fn score(&self, row: &StringRecord) -> usize {
        let cells = row.iter().filter(|cell| !cell.trim().is_empty());
        let (known, all) = cells.fold((0, 0), |(count, all), cell| {
            (count + usize::from(known(cell).is_some()), all + 1)
        });
        if known * 2 >= all { known } else { 0 }
    }

    fn headings(&mut self, names: &[String], _: &[String]) -> Result<(), Message> {
        let mut wrong = Vec::new();
        for (name, places) in repeated(names) {
            let columns = columns(&places);
            wrong.push(message!("why-list-two-columns", columns, name));
        }
        for (index, name) in names.iter().enumerate() {
            let column = known(name).unwrap_or_default();
            if column.is_empty() && !name.is_empty() {
                wrong.push(no_such_column(index, name, COLUMNS));
            }
            self.columns.push(column);
        }
        self.names = names.to_vec();
        if wrong.is_empty() {
            Ok(())
        } else {
            Err(message!("foreign", text = Value::clauses(&wrong)))
        }
    }

    fn naming(&self) -> Naming {
        let places = |wanted: &[&str]| {
            let columns = self.columns.iter().enumerate();
            let found = columns.filter(|(_, column)| wanted.contains(column));
            found.map(|(place, _)| place).collect()
        };
        Naming {
            titles: places(&["title_en", "title_zh", "title_ja", "title_original"]),
            keys: places(&["list_number"]),
            ours: places(&["code", "id"]),
        }
    }

    fn row(
        &mut self,
        number: u64,
        cells: &StringRecord,
        fault: Option<Said>,
    ) -> Result<bool, Message> {
        let mut incoming = Incoming {
            rows: vec![number],
            original: vec![cells.clone()],
            ..Incoming::default()
        };
        if let Some(fault) = fault {
            incoming
                .findings
                .push(finding(number, "", "", fault, Effect::DropRow));
            return Ok((self.each)(incoming));
        }
        let mut people = People::default();
        for (index, (column, text)) in self.columns.iter().zip(cells).enumerate() {
            if text.is_empty() {
                continue;
            }
            if column.is_empty() && !text.trim().is_empty() {
                let column = super::table::letters(index);
                let said = Flaw::NoHeading.with("heading", column);
                incoming
                    .findings
                    .push(finding(number, "", text, said, Effect::DropRow));
            } else if let Err(fault) =
                take(&mut incoming, &mut people, self.references, column, text)
            {
                incoming.findings.push(fault.on(number, column, text));
            }
        }
        // What a title rests on says nothing where the title is left empty.
        incoming.title_zh_basis = incoming
            .title_zh_basis
            .filter(|_| incoming.title_zh.is_some());
        incoming.title_ja_basis = incoming
            .title_ja_basis
            .filter(|_| incoming.title_ja.is_some());
        people.into(&mut incoming, self.references, number);
        for amount in &incoming.amounts {
            incoming.money.read(amount.currency.as_str(), amount.units);
        }
        self.repeated(&mut incoming, number);
        Ok((self.each)(incoming))
    }

    fn no_headings(&self, rows: &[(u64, StringRecord)]) -> Message {
        let Some((_, first)) = rows.first() else {
            return "why-list-no-rows".into();
        };
        message!("why-list-no-project-headings", first = quoted(first))
    }
}

/// What is wrong with a cell, or with a piece of it.
struct Fault {
    piece: Option<String>,
    said: Said,
}

impl From<Said> for Fault {
    fn from(said: Said) -> Self {
        Self { piece: None, said }
    }
}

impl Fault {
    /// The finding. What stands for something that is not known is left out; anything else is a slip, and the row waits.
    fn on(self, row: u64, column: &str, text: &str) -> super::CellFinding {
        let is_asked = self.said.what == Flaw::PerhapsNamibia;
        let (said, effect) = if cell::is_not_known(text) && !is_asked {
            (Flaw::NotKnown.into(), Effect::DropValue)
        } else {
            (self.said, Effect::DropRow)
        };
        let value = self.piece.as_deref().unwrap_or(text);
        finding(row, column, value, said, effect)
    }
}

/// Takes in the cell of a column.
fn take<'a>(
    incoming: &mut Incoming,
    people: &mut People<'a>,
    references: &References,
    column: &str,
    text: &'a str,
) -> Result<(), Fault> {
    if is_garbled(text) {
        return Err(Said::from(Flaw::Garbled).into());
    }
    let packed = |read: Result<(), Message>| {
        read.map_err(|why| Fault::from(Said::from(message!("flaw-packed", why))))
    };
    match column {
        "forum" => incoming.forum = free_text(text)?,
        "participations" => {
            return packed(packed::participations(text, &mut incoming.participations));
        }
        "events" => return packed(packed::events(text, &mut incoming.events)),
        "amounts" => return packed(packed::amounts(references, text, &mut incoming.amounts)),
        "risks" => return packed(packed::risks(text, &mut incoming.risks)),
        "identifiers" => {
            packed(packed::identifiers(text, &mut incoming.identifiers))?;
            for other in &incoming.identifiers {
                cell::identifier(&other.identifier)?;
            }
        }
        "citations" => return packed(packed::citations(text, &mut incoming.citations)),
        "hosts" => {
            for piece in pieces(text) {
                let host = cell::typed_country(references, &piece).map_err(|said| Fault {
                    piece: Some(piece.clone().into_owned()),
                    said,
                })?;
                if !incoming.hosts.contains(&host) {
                    incoming.hosts.push(host);
                }
            }
        }
        "objectives" => {
            for piece in pieces(text) {
                incoming.objectives.push(word(&piece)?);
            }
        }
        "parties" | "money" | "sources" if cell::is_not_known(text) => {
            return Err(Said::from(Flaw::NotKnown).into());
        }
        "parties" => people.parties = text,
        "money" => people.money = text,
        "sources" => people.sources = text,
        "status" => people.status = text,
        "status_on" => people.status_on = text,
        column if LEFT_ASIDE.contains(&column) => {}
        column => return plain(incoming, column, text),
    }
    Ok(())
}

/// Takes in a cell that holds one value.
fn plain(incoming: &mut Incoming, column: &str, text: &str) -> Result<(), Fault> {
    fn why(error: Invalid) -> Said {
        error.why.into()
    }
    if cleaned(text).trim().is_empty() {
        return Ok(());
    }
    macro_rules! take {
        ($($(#[$attribute:meta])* $field:ident: $type:ty, $about:literal;)+) => {
            match column {
                "code" => incoming.code = Some(text.trim().parse().map_err(why)?),
                "id" => incoming.id = Some(text.trim().parse().map_err(why)?),
                "list_number" => incoming.list_number = Some(cell::list_number(text.trim())?),
                "identified" => incoming.identified = Some(flag(text)?),
                $(stringify!($field) => incoming.$field = Some(<$type>::read(&Cells, text)?),)+
                _ => {}
            }
        };
    }
    project_fields!(take);
    Ok(())
}

#[cfg(test)]
mod tests;
