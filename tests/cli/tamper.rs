//! What somebody does to the registry with another program: SQL past every guard, and a hash tree made anew.

use std::collections::BTreeMap;

use rusqlite::Connection;
use sha2::{Digest as _, Sha256};

use crate::env::{Env, Run};

/// A connection for which the guards of the journal and the links between tables do not hold; they are back when it is dropped.
pub(crate) struct Tampering {
    db: Connection,
    guards: String,
}

impl std::ops::Deref for Tampering {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.db
    }
}

impl Drop for Tampering {
    fn drop(&mut self) {
        // A command that ran in between may have made them again.
        let guards = self
            .guards
            .replace("CREATE TRIGGER ", "CREATE TRIGGER IF NOT EXISTS ");
        self.db.execute_batch(&guards).expect("the guards");
    }
}

pub(crate) fn open(env: &Env) -> Tampering {
    let db = Connection::open(env.path("registry.db")).expect("the registry");
    let guards = "SELECT group_concat(sql, ';') FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN ('batch', 'entry', 'content')";
    let guards = db
        .query_row(guards, [], |row| row.get(0))
        .expect("the guards");
    db.execute_batch(
        "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;
         DROP TRIGGER batch_is_final; DROP TRIGGER batch_is_kept;
         DROP TRIGGER entry_is_final; DROP TRIGGER entry_is_kept;
         DROP TRIGGER content_is_final; DROP TRIGGER content_is_kept;",
    )
    .expect("no triggers");
    Tampering { db, guards }
}

/// A fresh registry, changed by `sql`.
pub(crate) fn tampered(sql: &str) -> Env {
    let env = Env::seeded();
    open(&env).execute_batch(sql).expect(sql);
    env
}

/// A registry without projects, which [`record`] adds as its second batch.
pub(crate) fn founded() -> Env {
    let env = Env::empty();
    env.tpmc(&["init", "--empty"]).succeeds();
    env
}

/// Records a batch in a registry that [`founded`] made.
pub(crate) fn record(env: &Env) {
    env.tpmc(&["migrate", "--seeds"]).succeeds();
}

/// The journal's bytes in their order.
fn entries(db: &Connection) -> Vec<String> {
    let mut query = db
        .prepare("SELECT bytes FROM entry ORDER BY number")
        .expect("entries");
    let rows = query.query_map([], |row| row.get(0)).expect("bytes");
    rows.collect::<Result<_, _>>().expect("text")
}

/// Makes the whole hash tree anew from the entries as they are: RFC 6962, in tiles of 256 hashes.
pub(crate) fn rehash(db: &Connection) {
    let hash = |prefix: u8, parts: &[&[u8]]| {
        let mut hash = Sha256::new_with_prefix([prefix]);
        parts.iter().for_each(|part| hash.update(part));
        <[u8; 32]>::from(hash.finalize())
    };
    db.execute_batch("DELETE FROM tile").expect("no tiles");
    let mut level: Vec<[u8; 32]> = entries(db)
        .iter()
        .map(|bytes| hash(0, &[bytes.as_bytes()]))
        .collect();
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
        let full = level.chunks_exact(256).map(|tile| {
            let mut hashes = tile.to_vec();
            while hashes.len() > 1 {
                hashes = hashes
                    .chunks(2)
                    .map(|pair| hash(1, &[&pair[0], &pair[1]]))
                    .collect();
            }
            hashes[0]
        });
        level = full.collect();
    }
}

/// What `tpmc verify` finds: id, record, field.
pub(crate) fn findings(run: Run) -> Vec<[String; 3]> {
    let report: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let listed = report["findings"].as_array().expect("findings");
    assert_eq!(run.status, i32::from(!listed.is_empty()), "{run}");
    assert_eq!(report["verified"], listed.is_empty());
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let found = |one: &serde_json::Value| {
        let record = match (&one["kind"], &one["code"], &one["entry"]) {
            (serde_json::Value::String(kind), code, _) => format!("{kind} {}", text(code)),
            (_, _, entry) if !entry.is_null() => format!("entry {entry}"),
            _ if !one["batch"].is_null() => format!("batch {}", one["batch"]),
            _ => String::new(),
        };
        assert_ne!(text(&one["message"]), "");
        [text(&one["id"]), record, text(&one["field"])]
    };
    listed.iter().map(found).collect()
}

/// What was printed, with what differs from run to run (identifiers, hashes, signatures) replaced by its name.
pub(crate) fn stable(run: &Run) -> String {
    let mut names = BTreeMap::new();
    let printed = run.to_string();
    for word in printed.split([' ', '\n', '"', '+', ':']) {
        if let Some(id) = word.strip_prefix("tpmc.registry/") {
            names.insert(
                id.trim_end_matches(|letter: char| !letter.is_ascii_hexdigit())
                    .to_owned(),
                "[UUID]",
            );
        }
    }
    for word in printed.split([' ', '\n', '"']) {
        let base64 = word.len() >= 44 && word.ends_with('=') && !word.contains('.');
        if base64 {
            names.insert(
                word.to_owned(),
                if word.len() == 44 {
                    "[HASH]"
                } else {
                    "[SIGNATURE]"
                },
            );
        }
    }
    names
        .iter()
        .fold(printed, |text, (word, name)| text.replace(word, name))
}
