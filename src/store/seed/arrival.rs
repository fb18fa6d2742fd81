//! The records of a release, compared with what a registry has under their codes: what can be taken in, and what people decide.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use sha2::{Digest as _, Sha256};

use super::SEEDING;
use super::choices::{Choices, Decision, Key, Why};
use crate::domain::RecordId;
use crate::store::journal::EntryRow;
use crate::store::record::{Document, Kind, Refusal};
use crate::store::schema::{batch, entry};
use crate::store::{Error, Writer};

/// A shipped record about which people decide.
#[derive(Debug)]
pub(crate) struct Open {
    /// What the registry has under its code, where it has something.
    pub(crate) mine: Option<Document>,
    pub(crate) shipped: Document,
    pub(crate) why: Why,
}

/// How a shipped record compares with the registry.
enum Standing {
    /// The registry says the same, or the release says nothing new about a record that was changed here.
    Settled,
    /// It is not there, or as an earlier release had it.
    Ready,
    Undecided(Option<Document>, Why),
}

/// What is taken in, and what is not.
#[derive(Debug, Default)]
pub(super) struct Arrival {
    pub(super) ready: Vec<Document>,
    /// Shipped records in whose place people keep their own.
    pub(super) kept: Vec<Document>,
    pub(super) open: Vec<Open>,
}

impl Arrival {
    /// Compares `shipped` with the registry. `choices` are the decisions that were made.
    pub(super) fn of(
        shipped: Vec<Document>,
        choices: &mut Choices,
        writer: &mut Writer<'_>,
    ) -> Result<Self, Error> {
        let in_effect = seeding_in_effect(writer)?;
        let mut arrival = Self::default();
        for document in shipped {
            let key = (document.kind(), document.code().to_owned());
            match standing(&document, &in_effect, writer)? {
                Standing::Settled => {}
                Standing::Ready => arrival.ready.push(document),
                Standing::Undecided(mine, why) => match choices.of(&key, &why) {
                    Decision::Shipped | Decision::Moved => arrival.ready.push(document),
                    Decision::Mine => arrival.kept.push(document),
                    Decision::None => arrival.open.push(Open {
                        mine,
                        shipped: document,
                        why,
                    }),
                },
            }
        }
        arrival.same_addresses(choices, writer)?;
        arrival.hold_back(writer)?;
        Ok(arrival)
    }

    /// Holds back the sources whose address a source of the registry has under another code.
    fn same_addresses(
        &mut self,
        choices: &mut Choices,
        writer: &mut Writer<'_>,
    ) -> Result<(), Error> {
        // Sources whose address this release changes give it up.
        let updated: BTreeMap<RecordId, Option<String>> = self
            .ready
            .iter()
            .filter_map(|document| match document {
                Document::Source(source) => Some((source.id, source.url.clone())),
                _ => None,
            })
            .collect();
        for document in std::mem::take(&mut self.ready) {
            let Document::Source(source) = &document else {
                self.ready.push(document);
                continue;
            };
            let there = match &source.url {
                Some(url) => writer.reader().source_at(url)?,
                None => None,
            };
            let other = there.filter(|there| {
                let gives_up = updated.get(&there.id).is_some_and(|url| *url != there.url);
                there.code != source.code && !gives_up
            });
            match other {
                Some(other) if !choices.joins(&other.code, &source.code) => self.open.push(Open {
                    why: Why::SameAddress(other.code.clone()),
                    mine: Some(other.into()),
                    shipped: document,
                }),
                _ => self.ready.push(document),
            }
        }
        Ok(())
    }

    /// Holds back the records that refer to what is not there, and those that refer to these.
    fn hold_back(&mut self, writer: &mut Writer<'_>) -> Result<(), Error> {
        let key = |document: &Document| (document.kind(), document.code().to_owned());
        loop {
            let coming: BTreeSet<Key> = self.ready.iter().map(key).collect();
            // A code that belongs to another record stands for another thing.
            let other: BTreeSet<Key> = self
                .open
                .iter()
                .filter(|open| open.why == Why::Taken)
                .map(|open| key(&open.shipped))
                .collect();
            let held_before = self.open.len();
            for document in std::mem::take(&mut self.ready) {
                let mut missing = None;
                for wanted in document.references() {
                    let is_there = coming.contains(&wanted)
                        || (!other.contains(&wanted)
                            && writer.reader().document(wanted.0, &wanted.1)?.is_some());
                    if !is_there {
                        missing = Some(wanted);
                        break;
                    }
                }
                let Some(missing) = missing else {
                    self.ready.push(document);
                    continue;
                };
                let mine = writer.reader().document(document.kind(), document.code())?;
                let (shipped, why) = (document, Why::Needs(missing));
                self.open.push(Open { mine, shipped, why });
            }
            if self.open.len() == held_before {
                return Ok(());
            }
        }
    }
}

/// The batches of shipped records that are in effect.
fn seeding_in_effect(writer: &mut Writer<'_>) -> Result<BTreeSet<i64>, Error> {
    let numbers: Vec<i64> = batch::table
        .filter(batch::command.eq_any(SEEDING))
        .select(batch::number)
        .load(writer.db())?;
    let mut in_effect = BTreeSet::new();
    for number in numbers {
        if writer.reader().undone_by(number, i64::MAX)?.is_none() {
            in_effect.insert(number);
        }
    }
    Ok(in_effect)
}

/// How a shipped record compares with what the journal says of its code.
fn standing(
    shipped: &Document,
    in_effect: &BTreeSet<i64>,
    writer: &mut Writer<'_>,
) -> Result<Standing, Error> {
    let (kind, code) = (shipped.kind(), shipped.code());
    let rows: Vec<(EntryRow, i64, String, Option<i64>)> = entry::table
        .inner_join(batch::table.on(batch::number.eq(entry::batch)))
        .filter(entry::kind.eq(kind).and(entry::code.eq(code)))
        .order(entry::number.desc())
        .select((
            EntryRow::as_select(),
            batch::number,
            batch::command,
            batch::undoes,
        ))
        .load(writer.db())?;
    let Some((last, _, _, undoes)) = rows.first() else {
        return Ok(Standing::Ready);
    };
    let mut was_shipped = false;
    let mut says_nothing_new = false;
    let mut was_there = false;
    let mine = last.document()?;
    for (row, number, command, _) in &rows {
        let document = row.document()?;
        was_there |= document
            .as_ref()
            .is_some_and(|document| document.id() == shipped.id());
        if SEEDING.contains(&command.as_str()) {
            was_shipped |= mine.is_some() && document == mine;
            says_nothing_new |= in_effect.contains(number) && document.as_ref() == Some(shipped);
        }
    }
    let Some(mine) = mine else {
        // The undo of a batch of shipped records says nothing about any of them.
        let takes_back = rows.iter().any(|(_, number, command, _)| {
            *undoes == Some(*number) && SEEDING.contains(&command.as_str())
        });
        return Ok(if takes_back || !was_there {
            Standing::Ready
        } else if is_refused(shipped, writer)? {
            Standing::Settled
        } else {
            Standing::Undecided(None, Why::Removed)
        });
    };
    let is_settled = mine == *shipped || (says_nothing_new && !was_shipped);
    if is_settled || is_refused(shipped, writer)? {
        return Ok(Standing::Settled);
    }
    Ok(if mine.id() != shipped.id() {
        Standing::Undecided(Some(mine), Why::Taken)
    } else if was_shipped {
        Standing::Ready
    } else {
        Standing::Undecided(Some(mine), Why::Changed)
    })
}

/// Whether somebody kept the registry's own record although the release has this one.
fn is_refused(shipped: &Document, writer: &mut Writer<'_>) -> Result<bool, Error> {
    let code = refusal(shipped)?.code;
    Ok(writer.reader().find::<Refusal>(&code)?.is_some())
}

/// The record that somebody kept the registry's own record, and so will not be asked again.
pub(super) fn refusal(shipped: &Document) -> Result<Refusal, Error> {
    let text = shipped.to_json().map_err(|cause| Error::Document {
        kind: shipped.kind(),
        code: shipped.code().to_owned(),
        cause,
    })?;
    let digest = Sha256::digest(text);
    let digest = digest.iter().map(|byte| format!("{byte:02x}"));
    let is_project = shipped.kind() == Kind::Project;
    Ok(Refusal::of(
        is_project.then(|| shipped.code().to_owned()),
        digest.collect(),
        "shipped records".to_owned(),
        Some(format!("{} {}", shipped.kind(), shipped.code())),
        Some("The registry keeps its own record.".to_owned()),
    ))
}
