//! The tables against the journal's last documents, record by record and field by field.

use std::cmp::Ordering;

use super::diff::differences;
use super::feed::{Feed, LastEntry, Row, last_entries, rows};
use super::tally::{self, Counted};
use crate::message::Message;
use crate::store::Error;
use crate::store::backend::Db;
use crate::store::canonical::canonical;
use crate::store::finding::{Fault, Finding, Sink};
use crate::store::journal::Said;
use crate::store::record::{Document, Kind};

/// Compares every record, and then the tally; returns how many records there are.
pub(super) fn check(db: &mut Db, sink: &mut Sink<'_>) -> Result<usize, Error> {
    let (mut records, mut counted) = (0, Counted::default());
    for kind in Kind::ALL.iter().copied() {
        let mut journal = Feed::new(kind, last_entries, |entry: &LastEntry| &entry.code);
        let mut tables = Feed::new(kind, rows, |row: &Row| &row.code);
        loop {
            let order = match (journal.peek(db)?, tables.peek(db)?) {
                (None, None) => break,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(said), Some(held)) => said.cmp(held),
            };
            let said = if order.is_le() { journal.next() } else { None };
            let held = if order.is_ge() { tables.next() } else { None };
            records += usize::from(held.is_some());
            compare(kind, said, held, &mut counted, sink);
            sink.advance(1);
        }
    }
    tally::check(counted, db, sink)?;
    Ok(records)
}

fn compare(
    kind: Kind,
    said: Option<LastEntry>,
    held: Option<Row>,
    counted: &mut Counted,
    sink: &mut Sink<'_>,
) {
    let Some(entry) = said else {
        if let Some(row) = held {
            counted.different(None, row.document.as_ref().ok());
            sink.add(Finding::new(Fault::RecordUnknown).record(kind.word(), row.code));
        }
        return;
    };
    let at = |fault| {
        let finding = Finding::new(fault).record(kind.word(), &entry.code);
        finding.entry(entry.number)
    };
    // An entry that cannot be read was found when the journal was looked through.
    let Ok(said) = Said::read(&entry.bytes) else {
        counted.different(
            None,
            held.as_ref().and_then(|row| row.document.as_ref().ok()),
        );
        return;
    };
    match held {
        None if said.is_removal() => {}
        None => {
            sink.add(at(Fault::RecordMissing));
            count(kind, said.document.get(), counted);
        }
        Some(row) if said.is_removal() => {
            counted.different(None, row.document.as_ref().ok());
            sink.add(at(Fault::RecordRemoved));
        }
        Some(row) => match &row.document {
            Err(cause) => {
                sink.add(at(Fault::RecordUnreadable).found(cause));
                count(kind, said.document.get(), counted);
            }
            Ok(held) => {
                let result = fields(kind, said.document.get(), held, &row, &at, counted, sink);
                if let Err(error) = result {
                    counted.different(None, Some(held));
                    sink.add(at(Fault::EntryUnreadable).found(Message::foreign(error)));
                }
            }
        },
    }
}

/// Counts what the journal says, where it can be read: where not, that was found when the journal was looked through.
fn count(kind: Kind, said: &str, counted: &mut Counted) {
    counted.different(kind.read(said).ok().as_ref(), None);
}

fn fields(
    kind: Kind,
    said: &str,
    held: &Document,
    row: &Row,
    at: &dyn Fn(Fault) -> Finding,
    counted: &mut Counted,
    sink: &mut Sink<'_>,
) -> serde_json::Result<()> {
    // The same bytes are the same document, which spares reading most of the journal a second time.
    if canonical(held)?.0 == said {
        counted.same(held);
        derived(held, row, at, sink);
        return Ok(());
    }
    let (said, value) = (kind.read(said)?, held.to_value()?);
    counted.different(Some(&said), Some(held));
    let expected = said.to_value()?;
    for difference in differences(&expected, &value) {
        let mut finding = at(Fault::FieldChanged).field(difference.field);
        finding.expected = difference.journal.map(stated);
        finding.found = difference.tables.map(stated);
        sink.add(finding);
    }
    derived(&said, row, at, sink);
    Ok(())
}

/// A value of a record, as it is shown.
fn stated(text: String) -> Message {
    message!("foreign", text)
}

/// The columns of a project that follow from its events, which the document does not have.
fn derived(said: &Document, row: &Row, at: &dyn Fn(Fault) -> Finding, sink: &mut Sink<'_>) {
    let (Document::Project(project), Some(held)) = (said, &row.derived) else {
        return;
    };
    let standing = project.standing(None);
    let expected = [
        ("status", standing.status.map(|status| status.to_string())),
        ("status_on", standing.status_on.map(|date| date.to_string())),
        (
            "evidence_on",
            standing.evidence_on.map(|date| date.to_string()),
        ),
        (
            "entered_on",
            standing.entered_on.map(|date| date.to_string()),
        ),
    ];
    for ((field, expected), found) in expected.into_iter().zip(held) {
        if expected != *found {
            let mut finding = at(Fault::FieldChanged).field(field);
            finding.expected = expected.map(stated);
            finding.found = found.clone().map(stated);
            sink.add(finding);
        }
    }
}
