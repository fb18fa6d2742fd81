//! Rows of the party sheet: as the program wrote them, or typed by people.

use csv::StringRecord;

use super::cell::{self, finding, free_text, word};
use super::table::{Naming, Taker, letters, no_such_column};
use super::{CellFinding, Effect, References};
use crate::domain::{
    CountryCode, Invalid, NameKind, OrganisationId, PartyKind, RecordId, Side, unguarded,
};
use crate::exchange::party_sheet::PARTY_COLUMNS;
use crate::exchange::project_sheet::packed::each_item;
use crate::message::{Explain as _, Message};
use crate::report::{Flaw, Said};
use crate::store::{Identifier, OtherName};

/// A party as a row states it. None and an empty list: the file says nothing of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct IncomingParty {
    pub(crate) row: u64,
    /// The cells of the row as they stood.
    pub(crate) original: StringRecord,
    pub(crate) code: Option<String>,
    pub(crate) id: Option<RecordId>,
    pub(crate) name_en: Option<String>,
    pub(crate) name_zh: Option<String>,
    pub(crate) name_ja: Option<String>,
    pub(crate) name_native: Option<String>,
    pub(crate) country: Option<CountryCode>,
    pub(crate) side: Option<Side>,
    pub(crate) kind: Option<PartyKind>,
    pub(crate) note: Option<String>,
    pub(crate) other_names: Vec<OtherName>,
    pub(crate) identifiers: Vec<Identifier>,
    pub(crate) findings: Vec<CellFinding>,
}

/// Columns that only a party sheet has.
const NAMES: [&str; 4] = ["name_en", "name_zh", "name_ja", "name_native"];

fn known(heading: &str) -> Option<&'static str> {
    let heading = heading.trim();
    PARTY_COLUMNS
        .iter()
        .copied()
        .find(|column| *column == heading)
}

/// How many headings of a party sheet a row has: 0, unless one is a name, and half of them are ours.
fn headings_in(row: &StringRecord) -> usize {
    let cells = row.iter().map(str::trim).filter(|cell| !cell.is_empty());
    let (known, all) = cells.fold((0, 0), |(count, all), cell| {
        (count + usize::from(known(cell).is_some()), all + 1)
    });
    let has_name = row.iter().any(|cell| NAMES.contains(&cell.trim()));
    if has_name && known * 2 >= all {
        known
    } else {
        0
    }
}

/// Looks whether a table is a party sheet.
#[derive(Debug, Default)]
pub(super) struct Looking {
    pub(super) found: bool,
}

impl Taker for Looking {
    fn score(&self, row: &StringRecord) -> usize {
        headings_in(row)
    }

    fn headings(&mut self, headings: &[String], _: &[String]) -> Result<(), Message> {
        self.found = headings_in(&StringRecord::from(headings.to_vec())) > 0;
        Ok(())
    }

    fn naming(&self) -> Naming {
        Naming::default()
    }

    fn row(&mut self, _: u64, _: &StringRecord, _: Option<Said>) -> Result<bool, Message> {
        Ok(false)
    }

    fn no_headings(&self, _: &[(u64, StringRecord)]) -> Message {
        "why-list-no-headings".into()
    }
}

/// Reads rows of the party sheet.
pub(super) struct PartyRows<'a> {
    references: &'a References,
    each: &'a mut dyn FnMut(IncomingParty) -> bool,
    columns: Vec<&'static str>,
}

impl<'a> PartyRows<'a> {
    pub(super) fn new(
        references: &'a References,
        each: &'a mut dyn FnMut(IncomingParty) -> bool,
    ) -> Self {
        Self {
            references,
            each,
            columns: Vec::new(),
        }
    }
}

impl Taker for PartyRows<'_> {
    fn score(&self, row: &StringRecord) -> usize {
        headings_in(row)
    }

    fn headings(&mut self, names: &[String], _: &[String]) -> Result<(), Message> {
        for (index, name) in names.iter().enumerate() {
            let column = match known(name) {
                Some(column) if self.columns.contains(&column) => {
                    return Err(message!("why-list-two-columns-of-name", name));
                }
                Some(column) => column,
                None if name.is_empty() => "",
                None => {
                    return Err(no_such_column(index, name, PARTY_COLUMNS));
                }
            };
            self.columns.push(column);
        }
        Ok(())
    }

    fn naming(&self) -> Naming {
        let places = |wanted: &[&str]| {
            let columns = self.columns.iter().enumerate();
            let found = columns.filter(|(_, column)| wanted.contains(column));
            found.map(|(place, _)| place).collect()
        };
        Naming {
            titles: places(&NAMES),
            keys: Vec::new(),
            ours: places(&["code", "id", "country", "kind", "identifiers"]),
        }
    }

    fn row(
        &mut self,
        number: u64,
        cells: &StringRecord,
        fault: Option<Said>,
    ) -> Result<bool, Message> {
        let mut party = IncomingParty {
            row: number,
            original: cells.clone(),
            ..IncomingParty::default()
        };
        if let Some(fault) = fault {
            let fault = finding(number, "", "", fault, Effect::DropRow);
            party.findings.push(fault);
            return Ok((self.each)(party));
        }
        for (index, (column, text)) in self.columns.iter().zip(cells).enumerate() {
            if text.trim().is_empty() {
                continue;
            }
            if column.is_empty() {
                let said = Flaw::NoHeading.with("heading", letters(index));
                let fault = finding(number, "", text, said, Effect::DropRow);
                party.findings.push(fault);
            } else if let Err(said) = take(&mut party, self.references, column, text) {
                // Without its country or what stands for something unknown, a party is still a party.
                let effect = if cell::is_not_known(text) || *column == "country" {
                    Effect::DropValue
                } else {
                    Effect::DropRow
                };
                party
                    .findings
                    .push(finding(number, column, text, said, effect));
            }
        }
        Ok((self.each)(party))
    }

    fn no_headings(&self, _: &[(u64, StringRecord)]) -> Message {
        message!(
            "why-list-no-party-headings",
            columns = PARTY_COLUMNS.join(", ")
        )
    }
}

/// Takes in the cell of a column.
fn take(
    party: &mut IncomingParty,
    references: &References,
    column: &str,
    text: &str,
) -> Result<(), Said> {
    let plain = unguarded(text.trim());
    match column {
        "code" => party.code = Some(plain.to_owned()),
        "id" => {
            let id = plain.parse::<RecordId>();
            party.id = Some(id.map_err(|error| Said::from(error.why))?);
        }
        "name_en" => party.name_en = free_text(text)?,
        "name_zh" => party.name_zh = free_text(text)?,
        "name_ja" => party.name_ja = free_text(text)?,
        "name_native" => party.name_native = free_text(text)?,
        "note" => party.note = free_text(text)?,
        _ if cell::is_not_known(plain) && column != "country" => return Err(Flaw::NotKnown.into()),
        "country" => party.country = Some(cell::typed_country(references, plain)?),
        "side" => party.side = Some(word(plain)?),
        "kind" => party.kind = Some(word(plain)?),
        "other_names" => packed(other_names(text, &mut party.other_names))?,
        _ => packed(identifiers(text, &mut party.identifiers))?,
    }
    Ok(())
}

fn packed(read: Result<(), Message>) -> Result<(), Said> {
    read.map_err(|why| message!("flaw-packed", why).into())
}

/// `name|language|kind|basis;…`, the basis where one is stated, or names alone, which are aliases in a language that is not stated.
fn other_names(cell: &str, into: &mut Vec<OtherName>) -> Result<(), Message> {
    each_item(unguarded(cell), |fields| {
        let field = |place: usize| fields.get(place).and_then(Option::as_deref).map(str::trim);
        let name = field(0).filter(|name| !name.is_empty());
        let name = name.ok_or("why-packed-name")?;
        let kind = match (fields.len(), field(2)) {
            (1, _) => NameKind::Alias,
            (3 | 4, Some(kind)) => kind.parse().map_err(|error: Invalid| error.message())?,
            _ => return Err("why-packed-other-name".into()),
        };
        let name = OtherName {
            name: name.to_owned(),
            language: field(1).unwrap_or("und").to_owned(),
            kind,
            basis: field(3)
                .filter(|basis| !basis.is_empty())
                .map(|basis| basis.parse().map_err(|error: Invalid| error.message()))
                .transpose()?,
        };
        if !into.contains(&name) {
            into.push(name);
        }
        Ok(())
    })
}

/// `scheme|identifier;…`, or `SCHEME:IDENTIFIER;…`, with right check digits.
fn identifiers(cell: &str, into: &mut Vec<Identifier>) -> Result<(), Message> {
    each_item(unguarded(cell), |fields| {
        let field = |place: usize| fields.get(place).and_then(Option::as_deref).map(str::trim);
        let (scheme, identifier) = match (field(0), field(1), fields.len()) {
            (Some(scheme), Some(identifier), 2) => (scheme, identifier),
            (Some(both), None, 1) => both
                .split_once([':', '：'])
                .ok_or("why-packed-identifier")?,
            _ => return Err("why-packed-identifier".into()),
        };
        let OrganisationId { scheme, identifier } =
            OrganisationId::new(scheme, identifier).map_err(|error| error.message())?;
        let identifier = Identifier { scheme, identifier };
        if !into.contains(&identifier) {
            into.push(identifier);
        }
        Ok(())
    })
}
