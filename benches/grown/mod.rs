//! A registry of many made-up projects, written straight into the file: tables, journal and hash tree.

use std::path::PathBuf;

use rusqlite::{Connection, Transaction};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::compare::seeded;

const PARTIES: [&str; 3] = ["sinopec-engineering", "marubeni", "jbic"];

/// A registry of that many projects, each with three parties, a host, two events and a source, and little else.
pub(crate) fn registry(projects: usize) -> (tempfile::TempDir, PathBuf) {
    let (folder, registry) = seeded();
    let mut db = Connection::open(&registry).expect("the registry");
    db.execute_batch(
        "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;",
    )
    .expect("settings");
    let db = db.transaction().expect("a transaction");
    let triggers = without_triggers(&db);
    let mut journal = Journal::beginning(&db);
    for number in 1..=projects {
        project(&db, &mut journal, number);
    }
    journal.close(&db);
    db.execute_batch(&triggers).expect("the triggers");
    db.commit().expect("done");
    (folder, registry)
}

/// Removes the guards of the journal; answers the SQL that makes them again.
fn without_triggers(db: &Transaction<'_>) -> String {
    let mut query = db
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        .expect("triggers");
    let found = query
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("triggers");
    let found: Vec<(String, String)> = found.collect::<Result<_, _>>().expect("triggers");
    for (name, _) in &found {
        db.execute_batch(&format!("DROP TRIGGER {name}"))
            .expect("dropped");
    }
    found
        .into_iter()
        .map(|(_, sql)| format!("{sql};"))
        .collect()
}

fn project(db: &Transaction<'_>, journal: &mut Journal, number: usize) {
    let code = format!("P-{}", 1_000_000 + number);
    let id = format!("00000000-0000-5000-8000-{number:012}");
    let status = ["implementing", "completed", "cancelled"][number % 3];
    let participation = |(number, party): (i32, &&str)| json!({"number": number, "party": party, "role": "sponsor", "share_percent": null, "prospective": false, "note": null});
    let event = |number: i32, on_date: &str, status: &str| {
        json!({"number": number, "on_date": on_date, "due_on": null, "kind": "status", "status": status, "text": "It was announced",
            "source": "S-0002", "confidence": "high", "evidence": "direct"})
    };
    let document = json!({
        "code": code, "id": id, "list_number": null, "forum": null, "identified": true, "umbrella": null, "instrument": "contract",
        "title_en": format!("Project {number}"), "title_zh": null, "title_ja": null, "title_original": null,
        "mode": "engineering", "mode_basis": "coded", "sector": "energy", "host_note": null, "membership": null,
        "confidence": "high", "note": null, "hosts": ["TH"], "objectives": [], "identifiers": [],
        "participations": (1..).zip(&PARTIES).map(participation).collect::<Vec<_>>(),
        "events": [event(1, "2018-10-26", "signed"), event(2, "2020-05", status)],
        "amounts": [], "risks": [], "citations": ["S-0002"],
    });
    let run = |sql: &str| {
        db.prepare_cached(sql)
            .and_then(|mut query| query.execute([&code]))
            .expect(sql)
    };
    run(&format!(
        "INSERT INTO project (code, id, identified, instrument, title_en, mode, mode_basis, sector, confidence, status, status_on,
         evidence_on, entered_on) VALUES (?1, '00000000-0000-5000-8000-0000' || substr('0000000' || (substr(?1, 3) - 1000000), -8), 1, 'contract',
         'Project ' || (substr(?1, 3) - 1000000), 'engineering', 'coded', 'energy', 'high', '{status}', '2020-05', '2020-05', '2018-10-26')"
    ));
    for (number, party) in (1..).zip(PARTIES) {
        run(&format!(
            "INSERT INTO participation VALUES (?1, {number}, '{party}', 'sponsor', NULL, 0, NULL)"
        ));
    }
    run("INSERT INTO project_host VALUES (?1, 1, 'TH')");
    run("INSERT INTO citation VALUES (?1, 1, 'S-0002')");
    for (number, date, status) in [(1, "2018-10-26", "signed"), (2, "2020-05", status)] {
        run(&format!(
            "INSERT INTO event (project, number, on_date, kind, status, text, source, confidence, evidence)
             VALUES (?1, {number}, '{date}', 'status', '{status}', 'It was announced', 'S-0002', 'high', 'direct')"
        ));
    }
    journal.append(db, "project", Some(&id), &code, document);
}

/// The journal that is written anew, as one batch.
struct Journal {
    leaves: Vec<[u8; 32]>,
    closing: Value,
}

impl Journal {
    /// Empties the registry but for what the projects refer to.
    fn beginning(db: &Transaction<'_>) -> Self {
        let text = |sql: &str| {
            let mut query = db.prepare(sql).expect(sql);
            let found = query.query_map([], |row| row.get(0)).expect(sql);
            found.collect::<Result<Vec<String>, _>>().expect(sql)
        };
        let kept = text(
            "SELECT bytes FROM entry WHERE (kind, code) IN (VALUES ('country', 'TH'), ('country', 'CN'), ('country', 'JP'),
             ('source', 'S-0002'), ('party', 'sinopec-engineering'), ('party', 'marubeni'), ('party', 'jbic')) ORDER BY number",
        );
        let closing = text("SELECT bytes FROM entry WHERE kind = 'batch'")
            .pop()
            .expect("the closing entry");
        let tables = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict";
        for table in text(tables) {
            let kept = match table.as_str() {
                "country" => " WHERE code NOT IN ('TH', 'CN', 'JP')",
                "source" => " WHERE code <> 'S-0002'",
                "party" => " WHERE code NOT IN ('sinopec-engineering', 'marubeni', 'jbic')",
                "party_name" => " WHERE party NOT IN ('sinopec-engineering', 'marubeni', 'jbic')",
                _ => "",
            };
            db.execute_batch(&format!("DELETE FROM {table}{kept}"))
                .expect(&table);
        }
        let mut journal = Self {
            leaves: Vec::new(),
            closing: serde_json::from_str(&closing).expect("JSON"),
        };
        for bytes in kept {
            let said: Value = serde_json::from_str(&bytes).expect("JSON");
            let text = |key: &str| said[key].as_str().expect(key).to_owned();
            let (kind, id, code) = (text("kind"), text("id"), text("code"));
            journal.append(db, &kind, Some(&id), &code, said["document"].clone());
        }
        journal
    }

    fn append(
        &mut self,
        db: &Transaction<'_>,
        kind: &str,
        id: Option<&str>,
        code: &str,
        document: Value,
    ) {
        let mut entry =
            json!({"batch": 1, "code": code, "document": document, "format": 1, "kind": kind});
        if let Some(id) = id {
            entry["id"] = json!(id);
        }
        let bytes = entry.to_string();
        let mut insert = db
            .prepare_cached("INSERT INTO entry VALUES (?, 1, ?, ?, ?, ?)")
            .expect("an entry");
        insert
            .execute((self.leaves.len() as i64, kind, id, code, &bytes))
            .expect("an entry");
        self.leaves.push(
            Sha256::new_with_prefix([0])
                .chain_update(bytes)
                .finalize()
                .into(),
        );
    }

    /// Closes the batch, and makes the tree: RFC 6962, in tiles of 256 hashes.
    fn close(mut self, db: &Transaction<'_>) {
        let entries = self.leaves.len() as i64 + 1;
        let mut document = self.closing["document"].take();
        document["entries"] = json!(entries);
        let text = |key: &str| document[key].as_str().map(str::to_owned);
        db.execute(
            "INSERT INTO batch VALUES (1, ?, ?, ?, NULL, NULL, 0, ?)",
            (text("recorded_at"), text("actor"), text("command"), entries),
        )
        .expect("the batch");
        self.append(db, "batch", None, "1", document.clone());
        let mut level = self.leaves;
        for number in 0.. {
            if level.is_empty() {
                break;
            }
            for (tile, hashes) in level.chunks(256).enumerate() {
                db.execute(
                    "INSERT INTO tile VALUES (?, ?, ?)",
                    (number, tile as i64, hashes.concat()),
                )
                .expect("a tile");
            }
            level = level.chunks_exact(256).map(root).collect();
        }
    }
}

fn root(hashes: &[[u8; 32]]) -> [u8; 32] {
    let mut hashes = hashes.to_vec();
    while hashes.len() > 1 {
        let pair = |pair: &[[u8; 32]]| {
            Sha256::new_with_prefix([1])
                .chain_update(pair.concat())
                .finalize()
                .into()
        };
        hashes = hashes.chunks(2).map(pair).collect();
    }
    hashes[0]
}
