//! Rows that belong to no record, links that lead nowhere, and lists whose numbers have gaps.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::Error;
use super::backend::Db;
use super::finding::{Fault, Finding, Sink};
use super::record::Kind;

/// A table whose rows belong to records of a kind.
pub(super) struct Child {
    pub(super) table: &'static str,
    /// The column that names the record, after which its kind is called too.
    pub(super) owner: Kind,
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
pub(super) const CHILDREN: [Child; 15] = [
    child("party_name", Kind::Party, Some("party")),
    child("party_identifier", Kind::Party, Some("party")),
    child("project_host", Kind::Project, Some("project")),
    child("project_objective", Kind::Project, Some("project")),
    child("project_identifier", Kind::Project, Some("project")),
    child("project_origin", Kind::Project, Some("project")),
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
        "mechanism_event_text",
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
struct Link {
    #[diesel(sql_type = Text)]
    from_table: String,
    #[diesel(sql_type = Text)]
    from_column: String,
    #[diesel(sql_type = Text)]
    to_table: String,
    #[diesel(sql_type = Text)]
    to_column: String,
}

impl Link {
    /// Whether it leads to the record that the row is a part of.
    fn is_to_owner(&self) -> bool {
        CHILDREN.iter().any(|child| {
            child.table == self.from_table
                && child.owner.word() == self.to_table
                && child.owner.word() == self.from_column
        })
    }
}

const LINKS: &str = "SELECT name AS from_table, link.\"from\" AS from_column, link.\"table\" AS to_table, link.\"to\" AS to_column
    FROM sqlite_schema JOIN pragma_foreign_key_list(name) AS link WHERE type = 'table' ORDER BY 1, 2";

/// Looks for all that records refer to, each once, however many name it. Rows are written together with the record that they are
/// a part of, and go with it: these links are not looked at.
///
/// # Errors
/// [`Error::Constraint`] when something is not there.
pub(super) fn all_linked(db: &mut Db) -> Result<(), Error> {
    let links: Vec<Link> = diesel::sql_query(LINKS).load(db)?;
    for link in links.iter().filter(|link| !link.is_to_owner()) {
        let Link {
            from_table,
            from_column,
            to_table,
            to_column,
        } = link;
        let query = format!(
            "SELECT CAST(code AS TEXT) AS code FROM (SELECT DISTINCT {from_column} AS code FROM {from_table} WHERE {from_column} IS NOT NULL) AS named
             WHERE NOT EXISTS (SELECT 1 FROM {to_table} WHERE {to_table}.{to_column} = named.code) LIMIT 1"
        );
        let missing: Option<Owner> = diesel::sql_query(query).get_result(db).optional()?;
        if let Some(Owner { code }) = missing {
            return Err(Error::Constraint(message!(
                "why-link-to-nothing",
                from_table,
                to_table,
                code
            )));
        }
    }
    Ok(())
}

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
