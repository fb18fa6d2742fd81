//! The fields of a project that a mapping can fill.

use super::apply::Row;
use super::rule::Rule;
use super::value::Holds;
use crate::domain::{Invalid, stated_text};
use crate::exchange::intake::Incoming;
use crate::exchange::intake::cell::{country, flag, list_number, word};
use crate::report::{Flaw, Said};

/// A field by its name in the mapping.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) holds: Holds,
}

const fn field(name: &'static str, holds: Holds) -> Field {
    Field { name, holds }
}

/// All of them, in the order of the project sheet.
pub(super) const FIELDS: [Field; 20] = [
    field("code", Holds::Code),
    field("id", Holds::Id),
    field("list_number", Holds::ListNumber),
    field("forum", Holds::Text),
    field("title_en", Holds::Text),
    field("title_zh", Holds::Text),
    field("title_ja", Holds::Text),
    field("title_original", Holds::Text),
    field("instrument", Holds::Instrument),
    field("mode", Holds::Mode),
    field("mode_basis", Holds::ModeBasis),
    field("sector", Holds::Sector),
    field("hosts", Holds::Country),
    field("host_note", Holds::Text),
    field("objectives", Holds::Objective),
    field("identified", Holds::Flag),
    field("umbrella", Holds::Flag),
    field("membership", Holds::Membership),
    field("confidence", Holds::Confidence),
    field("note", Holds::Text),
];

/// Fills the field from a row.
pub(super) fn fill(incoming: &mut Incoming, name: &str, rule: &Rule, row: &mut Row<'_>) {
    fn text(text: &str) -> Result<String, Said> {
        stated_text(text).map_err(|error| error.why.into())
    }
    fn code<T: std::str::FromStr<Err = Invalid>>(text: &str) -> Result<T, Said> {
        text.parse().map_err(|error: Invalid| error.why.into())
    }
    let references = row.references;
    match name {
        "code" => incoming.code = row.one(rule, code),
        "id" => incoming.id = row.one(rule, code),
        "list_number" => incoming.list_number = row.one(rule, list_number),
        "forum" => incoming.forum = row.one(rule, text),
        "title_en" => incoming.title_en = row.one(rule, text),
        "title_zh" => incoming.title_zh = row.one(rule, text),
        "title_ja" => incoming.title_ja = row.one(rule, text),
        "title_original" => incoming.title_original = row.one(rule, text),
        "instrument" => incoming.instrument = row.one(rule, word),
        "mode" => incoming.mode = row.one(rule, word),
        "mode_basis" => incoming.mode_basis = row.one(rule, word),
        "sector" => incoming.sector = row.one(rule, word),
        "hosts" => {
            for column in &rule.columns {
                let text = row.cell(column);
                let mut pieces = text.split(rule.split.as_deref().unwrap_or("\u{0}"));
                if pieces.any(|piece| row.is_perhaps_namibia(piece.trim(), Some(rule))) {
                    row.report(column, text, Flaw::PerhapsNamibia, rule.on_finding);
                }
            }
            for host in row.many(rule, |text| country(references, text)) {
                if !incoming.hosts.contains(&host) {
                    incoming.hosts.push(host);
                }
            }
        }
        "host_note" => incoming.host_note = row.one(rule, text),
        "objectives" => incoming.objectives = row.many(rule, word),
        "identified" => incoming.identified = row.one(rule, flag),
        "umbrella" => incoming.umbrella = row.one(rule, flag),
        "membership" => incoming.membership = row.one(rule, word),
        "confidence" => incoming.confidence = row.one(rule, word),
        "note" => incoming.note = row.one(rule, text),
        _ => {}
    }
}
