//! The packed cells of the project sheet, read without a detour: fields of an item stand in the order of `exchange::tables`.

use std::borrow::Cow;
use std::ops::RangeInclusive;
use std::str::FromStr;

use crate::domain::*;
use crate::exchange::intake::people::decimal_places;
use crate::exchange::intake::{
    IncomingAmount, IncomingEvent, IncomingParticipation, IncomingRisk, PartyMention, References,
    SourceMention,
};
use crate::exchange::project_sheet::packed::each_item;
use crate::message::{Explain as _, Message};
use crate::store::Identifier;

type Fields<'a, 'b> = &'a [Option<Cow<'b, str>>];

/// Reads every item of a cell. An item has `count` fields: those that were added to the form later may be missing.
fn items<'a>(
    cell: &'a str,
    count: RangeInclusive<usize>,
    mut each: impl FnMut(Fields<'_, 'a>) -> Result<(), Message>,
) -> Result<(), Message> {
    if cell.trim().is_empty() {
        return Ok(());
    }
    each_item(unguarded(cell), |fields| {
        if !count.contains(&fields.len()) {
            return Err(message!(
                "why-packed-fields",
                found = fields.len(),
                wanted = *count.end()
            ));
        }
        each(fields)
    })
}

fn text(fields: Fields<'_, '_>, place: usize) -> Option<String> {
    fields.get(place)?.as_deref().map(str::to_owned)
}

fn may<T: FromStr<Err = Invalid>>(
    fields: Fields<'_, '_>,
    place: usize,
) -> Result<Option<T>, Message> {
    let field = fields.get(place).and_then(Option::as_deref);
    field
        .map(str::parse)
        .transpose()
        .map_err(|error: Invalid| error.message())
}

fn must<T: FromStr<Err = Invalid>>(fields: Fields<'_, '_>, place: usize) -> Result<T, Message> {
    may(fields, place)?.ok_or_else(|| message!("why-packed-not-stated", field = place + 1))
}

fn number(fields: Fields<'_, '_>) -> Result<Option<i32>, Message> {
    let field = fields.first().and_then(Option::as_deref);
    let read = field.map(str::parse::<i32>).transpose();
    read.map_err(|_| {
        let number = field.unwrap_or_default();
        message!("why-packed-number", number)
    })
}

fn yes(fields: Fields<'_, '_>, place: usize) -> Result<bool, Message> {
    match fields.get(place).and_then(Option::as_deref) {
        Some("true") => Ok(true),
        Some("false") => Ok(false),
        _ => Err(message!("why-packed-flag", field = place + 1)),
    }
}

fn source(fields: Fields<'_, '_>, place: usize) -> Option<SourceMention> {
    text(fields, place).map(|code| SourceMention {
        code: Some(code),
        ..SourceMention::default()
    })
}

pub(super) fn participations(
    cell: &str,
    into: &mut Vec<IncomingParticipation>,
) -> Result<(), Message> {
    items(cell, 6..=6, |fields| {
        into.push(IncomingParticipation {
            number: number(fields)?,
            party: PartyMention {
                code: text(fields, 1),
                ..PartyMention::default()
            },
            role: must(fields, 2)?,
            share_percent: may(fields, 3)?,
            prospective: yes(fields, 4)?,
            note: text(fields, 5),
        });
        Ok(())
    })
}

pub(super) fn events(cell: &str, into: &mut Vec<IncomingEvent>) -> Result<(), Message> {
    items(cell, 9..=9, |fields| {
        into.push(IncomingEvent {
            number: number(fields)?,
            on_date: may(fields, 1)?,
            due_on: may(fields, 2)?,
            kind: must(fields, 3)?,
            status: may(fields, 4)?,
            text: text(fields, 5),
            source: source(fields, 6),
            confidence: may(fields, 7)?,
            evidence: may(fields, 8)?,
        });
        Ok(())
    })
}

pub(super) fn amounts(
    references: &References,
    cell: &str,
    into: &mut Vec<IncomingAmount>,
) -> Result<(), Message> {
    items(cell, 9..=10, |fields| {
        let currency: CurrencyCode = must(fields, 3)?;
        let places = decimal_places(references, &currency)
            .map_err(|_| message!("why-packed-currency", currency))?;
        let units = fields.get(4).and_then(Option::as_deref).unwrap_or_default();
        let minor_units = units
            .parse()
            .map_err(|_| message!("why-packed-units", units))?;
        into.push(IncomingAmount {
            number: number(fields)?,
            kind: must(fields, 1)?,
            basis: must(fields, 2)?,
            currency,
            minor_units,
            units: Decimal::from_minor_units(minor_units, places),
            is_of_project: false,
            rounded_from: None,
            estimated: yes(fields, 5)?,
            on_date: may(fields, 6)?,
            source: source(fields, 7),
            note: text(fields, 8),
            party: text(fields, 9).map(|code| PartyMention {
                code: Some(code),
                ..PartyMention::default()
            }),
        });
        Ok(())
    })
}

pub(super) fn risks(cell: &str, into: &mut Vec<IncomingRisk>) -> Result<(), Message> {
    items(cell, 7..=7, |fields| {
        into.push(IncomingRisk {
            number: number(fields)?,
            category: must(fields, 1)?,
            level: must(fields, 2)?,
            state: must(fields, 3)?,
            on_date: may(fields, 4)?,
            text: text(fields, 5).ok_or("why-packed-risk")?,
            source: source(fields, 6),
        });
        Ok(())
    })
}

pub(super) fn identifiers(cell: &str, into: &mut Vec<Identifier>) -> Result<(), Message> {
    items(cell, 2..=2, |fields| {
        let (Some(scheme), Some(identifier)) = (text(fields, 0), text(fields, 1)) else {
            return Err("why-packed-identifier".into());
        };
        into.push(Identifier { scheme, identifier });
        Ok(())
    })
}

pub(super) fn citations(cell: &str, into: &mut Vec<SourceMention>) -> Result<(), Message> {
    items(cell, 1..=1, |fields| {
        into.extend(source(fields, 0));
        Ok(())
    })
}
