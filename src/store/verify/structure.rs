//! What the file says about itself: its tables, views, triggers and indexes, its settings, the list of migrations, and the columns
//! that SQLite works out and keeps.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text};

use crate::message::Message;
use crate::store::Error;
use crate::store::backend::Db;
use crate::store::finding::{Fault, Finding, Sink};
use crate::store::layout::{self, Difference};

/// Checks what the file says about itself; answers whether the tables can be read, each being a table.
pub(super) fn check(db: &mut Db, sink: &mut Sink<'_>) -> Result<bool, Error> {
    let differing = layout::differences(db)?;
    for one in &differing {
        let fault = match one.difference {
            Difference::Missing => Fault::SchemaMissing,
            Difference::Unknown => Fault::SchemaUnknown,
            Difference::Changed => Fault::SchemaChanged,
        };
        sink.add(Finding::new(fault).field(format!("{} {}", one.kind, one.name)));
    }
    if !layout::has_tables(&differing) {
        return Ok(false);
    }
    settings(db, sink)?;
    migrations(db, sink)?;
    last_days(db, sink)?;
    Ok(true)
}

#[derive(QueryableByName)]
struct Setting {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    value: String,
}

/// What SQLite reads from the header of the file. The numbers of the program and of the schema were looked at when it was opened.
const SETTINGS: &str = "SELECT 'encoding' AS name, encoding AS value FROM pragma_encoding
    UNION ALL SELECT 'auto_vacuum', CAST(auto_vacuum AS TEXT) FROM pragma_auto_vacuum";

fn settings(db: &mut Db, sink: &mut Sink<'_>) -> Result<(), Error> {
    let expected = [("encoding", "UTF-8"), ("auto_vacuum", "0")];
    let found: Vec<Setting> = diesel::sql_query(SETTINGS).load(db)?;
    for Setting { name, value } in found {
        let wanted = expected.iter().find(|(known, _)| *known == name);
        if wanted.is_none_or(|(_, wanted)| *wanted != value) {
            let finding = Finding::new(Fault::SettingChanged).field(name);
            let wanted = wanted.map_or("", |(_, wanted)| wanted);
            sink.add(finding.expected(wanted).found(value));
        }
    }
    Ok(())
}

#[derive(QueryableByName)]
struct Migration {
    #[diesel(sql_type = Text)]
    version: String,
    #[diesel(sql_type = Text)]
    run_on: String,
    #[diesel(sql_type = Bool)]
    is_wrong: bool,
}

/// When they were run is only looked at for its form: nobody else knows it.
fn migrations(db: &mut Db, sink: &mut Sink<'_>) -> Result<(), Error> {
    const TABLE: &str = "__diesel_schema_migrations";
    let sql = format!(
        "SELECT CAST(version AS TEXT) AS version, coalesce(CAST(run_on AS TEXT), '') AS run_on, datetime(run_on) IS NULL AS is_wrong FROM {TABLE} ORDER BY version"
    );
    let found: Vec<Migration> = diesel::sql_query(sql).load(db)?;
    let versions: Vec<String> = found.iter().map(|one| one.version.clone()).collect();
    let expected = crate::store::open::migration_versions()?;
    if versions != expected {
        let finding = Finding::new(Fault::SettingChanged).field(TABLE);
        sink.add(
            finding
                .expected(expected.join(", "))
                .found(versions.join(", ")),
        );
    }
    for one in found.iter().filter(|one| one.is_wrong) {
        let finding = Finding::new(Fault::SettingChanged).field(format!("{TABLE} {}", one.version));
        sink.add(
            finding
                .expected(Message::from("what-a-time"))
                .found(&one.run_on),
        );
    }
    Ok(())
}

#[derive(QueryableByName)]
struct LastDay {
    #[diesel(sql_type = Text)]
    project: String,
    #[diesel(sql_type = BigInt)]
    number: i64,
    #[diesel(sql_type = Nullable<Text>)]
    expected: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    found: Option<String>,
}

/// The last day that a date can mean, as the table works it out. A test holds this to the definition of the column.
const LAST_DAY: &str = "date(substr(on_date || '-01-01', 1, 10),
    CASE length(on_date) WHEN 4 THEN '+1 year' WHEN 7 THEN '+1 month' ELSE '+1 day' END, '-1 day')";

/// SQLite keeps what it works out for a column, and does not work it out again when it checks the file.
fn last_days(db: &mut Db, sink: &mut Sink<'_>) -> Result<(), Error> {
    let sql = format!(
        "SELECT CAST(project AS TEXT) AS project, number, {LAST_DAY} AS expected, CAST(last_day AS TEXT) AS found FROM event
         WHERE last_day IS NOT {LAST_DAY} ORDER BY project, number"
    );
    let wrong: Vec<LastDay> = diesel::sql_query(sql).load(db)?;
    for event in wrong {
        let mut finding = Finding::new(Fault::FieldChanged)
            .record("project", event.project)
            .field(format!("events[{}].last_day", event.number));
        let text = |text: Option<String>| text.map(|text| message!("foreign", text));
        (finding.expected, finding.found) = (text(event.expected), text(event.found));
        sink.add(finding);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = Text)]
        line: String,
    }

    #[test]
    fn the_one_column_that_is_worked_out_is_worked_out_again() {
        let mut store = Store::in_memory().expect("memory");
        let worked_out = "SELECT t.name || '.' || c.name AS line FROM pragma_table_list AS t JOIN pragma_table_xinfo(t.name) AS c
            WHERE c.hidden IN (2, 3)";
        let found: Vec<Line> = diesel::sql_query(worked_out)
            .load(&mut store.db)
            .expect("columns");
        let found: Vec<&str> = found.iter().map(|row| row.line.as_str()).collect();
        assert_eq!(found, ["event.last_day"]);
        let sql = "SELECT sql AS line FROM sqlite_schema WHERE name = 'event'";
        let table: Line = diesel::sql_query(sql)
            .get_result(&mut store.db)
            .expect("the table");
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words(&table.line).contains(&words(LAST_DAY)));
    }
}
