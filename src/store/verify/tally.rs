//! The tally against the projects that the journal has.

use std::collections::BTreeMap;

use crate::store::Error;
use crate::store::backend::Db;
use crate::store::finding::{Fault, Finding, Sink};
use crate::store::record::Document;
use crate::store::tally::{Changes, Row, kept};

/// The projects, counted while they are compared.
#[derive(Default)]
pub(super) struct Counted {
    /// As the journal has them.
    journal: Changes,
    /// How the tables differ from that.
    apart: Changes,
}

impl Counted {
    /// Counts what the journal says and the tables hold, where they are not the same.
    pub(super) fn different(&mut self, said: Option<&Document>, held: Option<&Document>) {
        if let Some(said) = said {
            self.journal.came(said);
            self.apart.went(said);
        }
        if let Some(held) = held {
            self.apart.came(held);
        }
    }

    /// Counts what the journal and the tables agree on.
    pub(super) fn same(&mut self, document: &Document) {
        self.journal.came(document);
    }
}

/// Compares the tally with both. A record that differs is a finding already: what follows from it is none.
pub(super) fn check(counted: Counted, db: &mut Db, sink: &mut Sink<'_>) -> Result<(), Error> {
    let by_key = |rows: Vec<Row>| -> BTreeMap<_, Row> {
        rows.into_iter().map(|row| (row.key(), row)).collect()
    };
    let kept = by_key(kept(db)?);
    let journal = by_key(counted.journal.clone().into_rows());
    let mut tables = counted.journal;
    tables.merge(counted.apart);
    let tables = by_key(tables.into_rows());
    let mut rows: BTreeMap<_, &Row> = journal.iter().chain(&tables).collect();
    rows.extend(kept.iter());
    for (key, row) in rows {
        if journal.get(key) != kept.get(key) && tables.get(key) != kept.get(key) {
            compare(row, journal.get(key), kept.get(key), sink);
        }
    }
    Ok(())
}

/// Names every figure that differs. A row that is not there counts nothing.
fn compare(at: &Row, counted: Option<&Row>, kept: Option<&Row>, sink: &mut Sink<'_>) {
    let figures = |row: Option<&Row>| row.map_or([("", 0); 2], Row::figures);
    let sides = figures(counted).into_iter().zip(figures(kept));
    for ((name, _), ((_, counted), (_, kept))) in at.figures().into_iter().zip(sides) {
        if counted != kept {
            let finding = Finding::new(Fault::TallyChanged).field(format!("tally {at}.{name}"));
            sink.add(finding.expected(counted).found(kept));
        }
    }
}
