//! A registry of many made-up projects, written straight into the file: tables, journal and hash tree.

use std::path::PathBuf;

use rusqlite::{Connection, ToSql, Transaction};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::compare::seeded;

/// What projects differ in, drawn by number.
struct Drawn {
    mode: Option<&'static str>,
    sector: &'static str,
    host: &'static str,
    status: &'static str,
    signed_on: String,
    moved_on: String,
    parties: [String; 3],
    source: String,
}

const MODES: [&str; 5] = [
    "product_service",
    "engineering",
    "investment",
    "industrial_finance",
    "strategic",
];
const SECTORS: [&str; 6] = [
    "infrastructure",
    "finance",
    "logistics",
    "energy",
    "healthcare",
    "manufacturing",
];
const STATUSES: [&str; 5] = [
    "committed",
    "implementing",
    "completed",
    "suspended",
    "cancelled",
];
const HOSTS: [&str; 24] = [
    "TH", "VN", "ID", "MY", "LA", "KH", "MM", "PH", "SG", "BN", "KZ", "UZ", "MN", "BD", "LK", "PK",
    "AE", "SA", "OM", "EG", "KE", "ZA", "DE", "AU",
];

/// What there is to choose from.
struct Choice {
    parties: Vec<String>,
    sources: Vec<String>,
}

impl Choice {
    fn draw(&self, number: usize) -> Drawn {
        // SplitMix64, one step for each number: the same registry every time.
        let mut state = (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut next = |below: usize| {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut mixed = state;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            ((mixed ^ (mixed >> 31)) % below as u64) as usize
        };
        let (year, month, day) = (2010 + next(13), 1 + next(12), 1 + next(28));
        let first = next(self.parties.len());
        let party = |offset: usize| self.parties[(first + offset) % self.parties.len()].clone();
        let parties = [party(0), party(1 + next(50)), party(60 + next(50))];
        Drawn {
            mode: MODES.get(next(6)).copied(),
            sector: SECTORS[next(6)],
            host: HOSTS[next(24)],
            status: STATUSES[next(5)],
            signed_on: format!("{year}-{month:02}-{day:02}"),
            moved_on: format!("{}-{:02}", year + 1 + next(3), 1 + next(12)),
            parties,
            source: self.sources[next(self.sources.len())].clone(),
        }
    }
}

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
    let choice = Choice {
        parties: texts(&db, "SELECT code FROM party ORDER BY code"),
        sources: texts(&db, "SELECT code FROM source ORDER BY code"),
    };
    for number in 1..=projects {
        project(&db, &mut journal, number, choice.draw(number));
    }
    db.execute_batch(TALLY).expect("the tally");
    journal.close(&db);
    db.execute_batch(&triggers).expect("the triggers");
    db.commit().expect("done");
    (folder, registry)
}

const TALLY: &str = "INSERT INTO tally SELECT '', coalesce(mode, ''), 1, country, count(*), 0, 0, 0, sum(status = 'committed'),
    sum(status = 'implementing'), sum(status = 'completed'), sum(status = 'suspended'), sum(status = 'cancelled')
    FROM project JOIN project_host ON project = code GROUP BY mode, country";

fn texts(db: &Transaction<'_>, sql: &str) -> Vec<String> {
    let mut query = db.prepare(sql).expect(sql);
    let found = query.query_map([], |row| row.get(0)).expect(sql);
    found.collect::<Result<Vec<String>, _>>().expect(sql)
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

fn project(db: &Transaction<'_>, journal: &mut Journal, number: usize, drawn: Drawn) {
    let code = format!("P-{}", 1_000_000 + number);
    let id = format!("00000000-0000-5000-8000-{number:012}");
    let Drawn {
        mode,
        sector,
        host,
        status,
        signed_on,
        moved_on,
        parties,
        source,
    } = drawn;
    let title = format!("Project {number}");
    let mode_basis = mode.map(|_| "coded");
    let participation = |(number, party): (i32, &String)| json!({"number": number, "party": party, "role": "sponsor", "share_percent": null, "prospective": false, "note": null});
    let event = |number: i32, on_date: &str, status: &str| {
        json!({"number": number, "on_date": on_date, "due_on": null, "kind": "status", "status": status, "text": "It was announced",
            "source": source, "confidence": "high", "evidence": "direct"})
    };
    let document = json!({
        "code": code, "id": id, "list_number": null, "forum": null, "identified": true, "umbrella": null, "instrument": "contract",
        "title_en": title, "title_zh": null, "title_ja": null, "title_original": null,
        "mode": mode, "mode_basis": mode_basis, "sector": sector, "host_note": null, "membership": null,
        "confidence": "high", "note": null, "hosts": [host], "objectives": [], "identifiers": [],
        "participations": (1..).zip(&parties).map(participation).collect::<Vec<_>>(),
        "events": [event(1, &signed_on, "signed"), event(2, &moved_on, status)],
        "amounts": [], "risks": [], "citations": [source],
    });
    let run = |sql: &str, values: &[&dyn ToSql]| {
        db.prepare_cached(sql)
            .and_then(|mut query| query.execute(values))
            .expect(sql)
    };
    run(
        "INSERT INTO project (code, id, identified, instrument, title_en, mode, mode_basis, sector, confidence, status, status_on,
         evidence_on, entered_on) VALUES (?1, ?2, 1, 'contract', ?3, ?4, ?5, ?6, 'high', ?7, ?8, ?8, ?9)",
        &[&code, &id, &title, &mode, &mode_basis, &sector, &status, &moved_on, &signed_on],
    );
    for (number, party) in (1..).zip(&parties) {
        run(
            "INSERT INTO participation VALUES (?1, ?2, ?3, 'sponsor', NULL, 0, NULL)",
            &[&code, &number, party],
        );
    }
    run(
        "INSERT INTO project_host VALUES (?1, 1, ?2)",
        &[&code, &host],
    );
    run("INSERT INTO citation VALUES (?1, 1, ?2)", &[&code, &source]);
    for (number, date, status) in [(1, &signed_on, "signed"), (2, &moved_on, status)] {
        run(
            "INSERT INTO event (project, number, on_date, kind, status, text, source, confidence, evidence)
             VALUES (?1, ?2, ?3, 'status', ?4, 'It was announced', ?5, 'high', 'direct')",
            &[&code, &number, date, &status, &source],
        );
    }
    let (row, entry) = (number as i64, journal.leaves.len() as i64);
    // The words of the code and the title, and those of the events, as `tpmc` cuts them.
    run(
        "INSERT INTO search_index (rowid, kind, code, heading, body) VALUES (?1, 'project', ?2,
         'p ' || (1000000 + ?3) || ' Ω project ' || ?3 || ' Ω ', 'it was announced Ω it was announced Ω ')",
        &[&entry, &code, &row],
    );
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
        let kept = texts(
            db,
            "SELECT bytes FROM entry WHERE kind IN ('country', 'currency', 'source', 'forum', 'party') ORDER BY number",
        );
        let closing = texts(db, "SELECT bytes FROM entry WHERE kind = 'batch'")
            .pop()
            .expect("the closing entry");
        let tables =
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict
            AND name NOT IN ('country', 'currency', 'source', 'forum', 'party', 'party_name')";
        for table in texts(db, tables) {
            db.execute_batch(&format!("DELETE FROM {table}"))
                .expect(&table);
        }
        let projects = "SELECT id FROM search_index_content WHERE c0 = 'project'";
        db.execute_batch(&format!(
            "DELETE FROM search_index WHERE rowid IN ({projects})"
        ))
        .expect("the index");
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
