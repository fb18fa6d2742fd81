//! Taking in what arrived: records of the registry make way under another code, then the shipped ones are saved.

use std::collections::BTreeSet;

use diesel::prelude::*;
use serde_json::Value;

use super::Outcome;
use super::arrival::{Arrival, refusal};
use super::choices::{Choices, Key};
use crate::store::record::{Document, Kind, Waiver};
use crate::store::schema::entry;
use crate::store::{Error, Writer};

/// A record of the registry that got another code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Moved {
    pub(crate) kind: Kind,
    pub(crate) from: String,
    pub(crate) to: String,
    /// How many records refer to it, and do so by the new code now.
    pub(crate) users: usize,
}

impl Arrival {
    /// Saves what can be taken in; `shipped` are the codes of the whole release.
    pub(super) fn take_in(
        self,
        choices: &Choices,
        shipped: &BTreeSet<Key>,
        writer: &mut Writer<'_>,
    ) -> Result<Outcome, Error> {
        let mut outcome = Outcome::default();
        for document in &self.ready {
            outcome
                .moved
                .extend(make_way(document, choices, shipped, writer)?);
        }
        for document in self.ready {
            outcome.saved += usize::from(writer.save(document)?);
        }
        for document in &self.kept {
            writer.save(refusal(document)?)?;
        }
        outcome.open = self.open;
        for open in &mut outcome.open {
            if let Some(mine) = &mut open.mine
                && let Some(now) = writer.reader().document(mine.kind(), mine.code())?
            {
                *mine = now;
            }
        }
        Ok(outcome)
    }
}

/// Frees the code of a shipped record, and its address, of the records of the registry that have them.
fn make_way(
    document: &Document,
    choices: &Choices,
    shipped: &BTreeSet<Key>,
    writer: &mut Writer<'_>,
) -> Result<Vec<Moved>, Error> {
    let kind = document.kind();
    let mut moved = Vec::new();
    let holder = writer.reader().document(kind, document.code())?;
    if let Some(holder) = holder.filter(|holder| holder.id() != document.id()) {
        match choices.move_of(holder.code()) {
            Some(new) => {
                let to = match new {
                    Some(new) => new.to_owned(),
                    None => free_code(kind, holder.code(), shipped, writer)?,
                };
                moved.push(move_to(&holder, to, shipped, writer)?);
            }
            // It was decided that both are the same.
            None => writer.remove(kind, holder.code())?,
        }
    }
    if let Document::Source(source) = document
        && let Some(url) = &source.url
        && let Some(other) = writer.reader().source_at(url)?
        && choices.move_of(&other.code) == Some(Some(source.code.as_str()))
    {
        moved.push(move_to(
            &other.into(),
            source.code.clone(),
            shipped,
            writer,
        )?);
    }
    Ok(moved)
}

/// Gives a record of the registry the code `to`, and has everything follow that refers to it. A source can get the code of a
/// shipped one, which then stands in its place.
fn move_to(
    own: &Document,
    to: String,
    shipped: &BTreeSet<Key>,
    writer: &mut Writer<'_>,
) -> Result<Moved, Error> {
    let (kind, from) = (own.kind(), own.code().to_owned());
    let refused = |why| Error::Decision {
        code: from.clone(),
        why,
    };
    let joins = shipped.contains(&(kind, to.clone()));
    if joins && kind != Kind::Source {
        return Err(refused("why-code-of-release"));
    }
    if !joins && writer.reader().document(kind, &to)?.is_some() {
        return Err(refused("why-code-of-another"));
    }
    let users = writer.reader().users_of(kind, &from, i64::MAX)?;
    writer.remove(kind, &from)?;
    if !joins {
        let renamed = altered(own, |value| value["code"] = Value::from(to.as_str()));
        writer.save(renamed.map_err(|_| refused("why-code-form"))?)?;
    }
    for (user, code) in &users {
        if let Some(document) = writer.reader().document(*user, code)? {
            let following = altered(&document, |value| {
                follow(value, fields_of(kind), &from, &to);
            });
            writer.save(following?)?;
        }
    }
    for waiver in writer.reader().all::<Waiver>()? {
        if waiver.record == from {
            writer.remove(Kind::Waiver, &waiver.code)?;
            let Waiver {
                rule,
                owner,
                reason,
                until_date,
                ..
            } = waiver;
            writer.save(Waiver::of(&rule, &to, owner, reason, until_date))?;
        }
    }
    let users = users.len();
    Ok(Moved {
        kind,
        from,
        to,
        users,
    })
}

/// The document after `change` to its JSON.
fn altered(document: &Document, change: impl FnOnce(&mut Value)) -> Result<Document, Error> {
    let kind = document.kind();
    let failed = |cause| Error::Document {
        kind,
        code: document.code().to_owned(),
        cause,
    };
    let mut value = document.to_value().map_err(failed)?;
    change(&mut value);
    kind.document(value).map_err(failed)
}

/// The fields of documents that name a record of this kind.
fn fields_of(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Source => &["source", "sources", "citations"],
        Kind::Party => &["party"],
        Kind::Project => &["project"],
        Kind::Forum => &["forum"],
        _ => &[],
    }
}

/// Puts the code `to` for `from` in these fields, however deep. What a list names twice then, it names once.
fn follow(value: &mut Value, fields: &[&str], from: &str, to: &str) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                if fields.contains(&name.as_str()) {
                    replace(value, from, to);
                } else {
                    follow(value, fields, from, to);
                }
            }
        }
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| follow(item, fields, from, to)),
        _ => {}
    }
}

fn replace(value: &mut Value, from: &str, to: &str) {
    match value {
        Value::String(code) if code == from => to.clone_into(code),
        Value::Array(codes) => {
            codes.iter_mut().for_each(|code| replace(code, from, to));
            let mut seen = BTreeSet::new();
            codes.retain(|code| {
                code.as_str()
                    .is_none_or(|code| seen.insert(code.to_owned()))
            });
        }
        _ => {}
    }
}

/// A code like `code` that neither the release nor the registry has or had.
fn free_code(
    kind: Kind,
    code: &str,
    shipped: &BTreeSet<Key>,
    writer: &mut Writer<'_>,
) -> Result<String, Error> {
    let known: Vec<String> = entry::table
        .filter(entry::kind.eq(kind))
        .select(entry::code)
        .distinct()
        .load(writer.db())?;
    let of_kind = shipped
        .iter()
        .filter(|(of, _)| *of == kind)
        .map(|(_, code)| code);
    let taken: BTreeSet<&String> = known.iter().chain(of_kind).collect();
    let stem = code.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let digits = code.len() - stem.len();
    let is_numbered = stem.ends_with('-') && digits > 0;
    let numbers = taken
        .iter()
        .filter_map(|code| code.strip_prefix(stem)?.parse::<u64>().ok());
    let mut number = if is_numbered {
        numbers.max().unwrap_or(0)
    } else {
        1
    };
    loop {
        number += 1;
        let new = if is_numbered {
            format!("{stem}{number:0digits$}")
        } else {
            format!("{code}-{number}")
        };
        if !taken.contains(&new) {
            return Ok(new);
        }
    }
}
