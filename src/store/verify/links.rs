//! Rows that belong to no record, links that lead nowhere, and lists whose numbers have gaps.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::{Fault, Finding, Sink};
use crate::store::Error;
use crate::store::backend::Db;
use crate::store::record::Kind;

/// A table whose rows belong to records of a kind.
pub(in crate::store) struct Child {
    pub(in crate::store) table: &'static str,
    /// The column that names the record, after which its kind is called too.
    pub(in crate::store) owner: Kind,
    /// What its rows are numbered within, where their numbers follow from their order alone.
    lists: Option<&'static str>,
}

const fn child(table: &'static str, owner: Kind, lists: Option<&'static str>) -> Child {
    Child {
        table,
        owner,
        lists,
    }
}

/// Every table beside those of the journal and those that are called like a kind.
pub(in crate::store) const CHILDREN: [Child; 13] = [
    child("party_name", Kind::Party, Some("party")),
    child("party_identifier", Kind::Party, Some("party")),
    child("project_host", Kind::Project, Some("project")),
    child("project_objective", Kind::Project, Some("project")),
    child("project_identifier", Kind::Project, Some("project")),
    child("citation", Kind::Project, Some("project")),
    child("participation", Kind::Project, None),
    child("event", Kind::Project, None),
    child("amount", Kind::Project, None),
    child("risk", Kind::Project, None),
    child(
        "mechanism_event_source",
        Kind::MechanismEvent,
        Some("mechanism_event"),
    ),
    child(
        "guideline_case_country",
        Kind::GuidelineCase,
        Some("guideline_case, relation"),
    ),
    child(
        "guideline_case_source",
        Kind::GuidelineCase,
        Some("guideline_case"),
    ),
];

#[derive(QueryableByName)]
struct Violation {
    #[diesel(sql_type = Text)]
    from_table: String,
    #[diesel(sql_type = Text)]
    to_table: String,
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

const VIOLATIONS: &str = "SELECT \"table\" AS from_table, parent AS to_table, count(*) AS rows
    FROM pragma_foreign_key_check GROUP BY 1, 2 ORDER BY 1, 2";

#[derive(QueryableByName)]
struct Owner {
    #[diesel(sql_type = Text)]
    code: String,
}

pub(super) fn check(db: &mut Db, sink: &mut Sink<'_>) -> Result<(), Error> {
    let violations: Vec<Violation> = diesel::sql_query(VIOLATIONS).load(db)?;
    for Violation {
        from_table,
        to_table,
        rows,
    } in violations
    {
        let child = CHILDREN
            .iter()
            .find(|child| child.table == from_table && child.owner.word() == to_table);
        let Some(child) = child else {
            let finding = Finding::new(Fault::LinkBroken).field(from_table);
            sink.add(finding.expected(to_table).found(rows));
            continue;
        };
        for code in owners(&orphans(child), db)? {
            sink.add(
                Finding::new(Fault::RowOrphan)
                    .record(child.owner.word(), code)
                    .field(child.table),
            );
        }
    }
    for child in &CHILDREN {
        if let Some(sql) = gaps(child) {
            for code in owners(&sql, db)? {
                sink.add(
                    Finding::new(Fault::RowNumber)
                        .record(child.owner.word(), code)
                        .field(child.table),
                );
            }
        }
    }
    Ok(())
}

fn orphans(Child { table, owner, .. }: &Child) -> String {
    format!(
        "SELECT DISTINCT {owner} AS code FROM {table} WHERE {owner} NOT IN (SELECT code FROM {owner}) ORDER BY 1"
    )
}

fn gaps(
    Child {
        table,
        owner,
        lists,
    }: &Child,
) -> Option<String> {
    let lists = (*lists)?;
    Some(format!(
        "SELECT DISTINCT {owner} AS code FROM {table} GROUP BY {lists} HAVING max(number) <> count(*) ORDER BY 1"
    ))
}

fn owners(sql: &str, db: &mut Db) -> Result<Vec<String>, Error> {
    let owners: Vec<Owner> = diesel::sql_query(sql).load(db)?;
    Ok(owners.into_iter().map(|owner| owner.code).collect())
}
