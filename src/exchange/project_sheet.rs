//! The project sheet: one flat table, one row a project, for people with a spreadsheet and for imports.
//!
//! A list of the record is one cell. Items are separated by `;`, the fields of an item by `|`, in the order of the columns of
//! the list's table after its number (an item of `hosts`, `objectives` or `citations` is a single field, and one of
//! `identifiers` has no number). Inside a field `\;`, `\|` and `\\` stand for the characters themselves, `\e` for a text that
//! is stated and empty; an empty field is what is not stated. Beside them are cells for people (status, parties,
//! money, sources): an import reads them where the packed cell says nothing, and for the name that belongs to a code. The three
//! scores follow from the rest, and an import leaves them aside.

pub(super) mod packed;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use super::cells::cell;
use super::tables::{Column, List, Table};
use super::{Error, Exporter, Provided, Sink};
use crate::domain::{Confidence, Language, guarded};
use crate::report::Provenance;
use crate::store::{Document, Kind, Project};

/// All columns in their order.
pub(super) const COLUMNS: [&str; 38] = [
    "code",
    "list_number",
    "forum",
    "title_en",
    "title_zh",
    "title_ja",
    "title_original",
    "instrument",
    "mode",
    "mode_basis",
    "sector",
    "hosts",
    "host_note",
    "objectives",
    "status",
    "status_on",
    "evidence_on",
    "parties",
    "money",
    "identified",
    "umbrella",
    "membership",
    "confidence",
    "note",
    "sources",
    "completeness",
    "source_quality",
    "evidence",
    "title_zh_basis",
    "title_ja_basis",
    "desk",
    "id",
    "identifiers",
    "participations",
    "events",
    "amounts",
    "risks",
    "citations",
];

/// Where the cell of a column comes from.
enum From {
    Field(&'static Column),
    List(&'static Table, &'static List),
    WorkedOut,
}

/// Writes the project sheet.
pub(crate) struct ProjectSheet<'a> {
    writer: csv::Writer<Sink<'a>>,
    columns: Vec<(&'static str, From)>,
    row: csv::StringRecord,
}

impl<'a> ProjectSheet<'a> {
    pub(crate) fn new(sink: Sink<'a>) -> Result<Self, Error> {
        let mut writer = csv::Writer::from_writer(sink);
        writer.write_record(COLUMNS)?;
        Ok(Self {
            writer,
            columns: sources_of_columns(),
            row: csv::StringRecord::new(),
        })
    }
}

fn sources_of_columns() -> Vec<(&'static str, From)> {
    let fields = Table::of(Kind::Project).map_or(&[][..], |table| table.columns);
    let of = |name: &'static str| {
        let list = Table::lists_of(Kind::Project).find(|(_, list)| list.field == name);
        let field = fields.iter().find(|column| column.name == name);
        match (field, list) {
            (Some(column), _) => From::Field(column),
            (None, Some((table, list))) => From::List(table, list),
            (None, None) => From::WorkedOut,
        }
    };
    COLUMNS.map(|name| (name, of(name))).into()
}

impl Exporter for ProjectSheet<'_> {
    fn wants(&self, kind: Kind) -> bool {
        kind == Kind::Project
    }

    fn record(&mut self, document: &Document, provided: &Provided) -> Result<(), Error> {
        let Document::Project(project) = document else {
            return Ok(());
        };
        let value = document.to_value()?;
        let provenance = provided.provenance(project);
        self.row.clear();
        for (name, from) in &self.columns {
            match from {
                From::Field(column) => self.row.push_field(&cell(column, value.get(name))),
                From::List(table, list) => {
                    let mut packed = packed::write(table, list, value.get(name));
                    if *name == "hosts" {
                        packed = packed
                            .split(';')
                            .map(readable)
                            .collect::<Vec<_>>()
                            .join(";");
                    }
                    self.row.push_field(&guarded(&packed));
                }
                From::WorkedOut => {
                    let text = worked_out(name, project, &provenance, provided);
                    self.row.push_field(&guarded(&text));
                }
            }
        }
        self.writer.write_record(&self.row)?;
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Error> {
        Ok(self.writer.flush()?)
    }
}

/// The cell of a column that follows from the record.
fn worked_out(
    name: &str,
    project: &Project,
    provenance: &Provenance,
    provided: &Provided,
) -> String {
    fn stated(value: Option<impl ToString>) -> String {
        value.map_or_else(String::new, |value| value.to_string())
    }
    match name {
        "status" => stated(provenance.status),
        "status_on" => stated(provenance.status_on),
        "evidence_on" => stated(provenance.evidence_on),
        "completeness" => stated(provenance.completeness),
        "source_quality" => stated(provenance.source_quality),
        "evidence" => stated(provenance.evidence),
        "sources" => packed::joined(
            provenance
                .sources
                .iter()
                .map(|named| source(&named.source, named.confidence, provided)),
        ),
        "parties" => packed::joined(parties(project, provided)),
        _ => packed::joined(money(project, provided)),
    }
}

/// The code of a country as the sheet has it: that of Namibia has three letters, since `NA` reads as "not available".
pub(super) fn readable(country: &str) -> &str {
    if country == "NA" { "NAM" } else { country }
}

/// `S-0001 (high) https://…`: the address, or the title of a source that has none.
fn source(code: &str, confidence: Confidence, provided: &Provided) -> String {
    let source = provided.sources.get(code);
    let where_read = source.and_then(|source| {
        let other = source.title.as_deref().or(source.publisher.as_deref());
        source.shown_address().or_else(|| other.map(Cow::Borrowed))
    });
    let where_read = where_read.map_or_else(String::new, |text| format!(" {text}"));
    format!("{code} ({confidence}){where_read}")
}

/// `Name [CC] (role, share%)` of each party.
fn parties(project: &Project, provided: &Provided) -> impl Iterator<Item = String> {
    project.participations.iter().map(|part| {
        let party = provided.parties.get(&part.party);
        let name = party.map_or(part.party.as_str(), |party| {
            party.names().for_reader(Language::English)
        });
        let country = party.and_then(|party| party.facts.country.as_ref());
        let country = country.map_or_else(String::new, |country| {
            format!(" [{}]", readable(country.as_str()))
        });
        let share = part
            .share_percent
            .map_or_else(String::new, |share| format!(", {share}%"));
        let prospective = if part.prospective {
            ", prospective"
        } else {
            ""
        };
        format!("{name}{country} ({}{share}{prospective})", part.role)
    })
}

/// `USD 1234.50 (loan, commitment)` of each amount.
fn money(project: &Project, provided: &Provided) -> impl Iterator<Item = String> {
    project.amounts.iter().map(|amount| {
        let units = provided
            .units(amount)
            .unwrap_or_else(|| format!("{} smallest units", amount.minor_units));
        let estimated = if amount.estimated { ", estimated" } else { "" };
        format!(
            "{} {units} ({}, {}{estimated})",
            amount.currency, amount.kind, amount.basis
        )
    })
}
