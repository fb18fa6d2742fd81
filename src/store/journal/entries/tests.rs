//! The bytes of an entry, frozen: they are hashed, and proofs of them are in the hands of others.

use sha2::{Digest as _, Sha256};

use serde_json::Value;

use super::*;

/// One entry of each kind, a removal, the entry that closes the first batch and one that closes a later one, as format 1
/// has them. Nothing in this file ever changes.
const GOLDEN: &str = include_str!("golden.jsonl");

/// The same for the kinds that imports brought.
const GOLDEN_IMPORTS: &str = include_str!("golden_imports.jsonl");

#[test]
fn the_frozen_entries_are_untouched() {
    let frozen = [
        (
            GOLDEN,
            "abda8697b74f2b8e2f270db4ef80dd90819e6fd1340fef509a093eb4fe498fed",
        ),
        (
            GOLDEN_IMPORTS,
            "d646ff2daa338252f53cad41c2812c0630508f70fab837c695fd247aac8f72b3",
        ),
    ];
    for (entries, known) in frozen {
        let hash: String = Sha256::digest(entries)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(hash, known);
    }
}

#[test]
fn entries_are_written_byte_for_byte_as_they_were() {
    let mut kinds = Vec::new();
    for line in GOLDEN.lines().chain(GOLDEN_IMPORTS.lines()) {
        let said = Said::read(line.as_bytes()).expect(line);
        if said.kind == BATCH {
            let closing: Closing = serde_json::from_str(said.document.get()).expect(line);
            let batch = Batch {
                number: said.batch,
                recorded_at: closing.recorded_at,
                actor: closing.actor,
                command: closing.command,
                reason: closing.reason,
                undoes: closing.undoes,
                first_entry: closing.first_entry,
                entries: closing.entries,
            };
            assert_eq!(closing_bytes(&batch, closing.registry).expect(line), line);
            continue;
        }
        let kind: Kind = said.kind.parse().expect(line);
        let document = (!said.is_removal()).then(|| kind.read(said.document.get()).expect(line));
        let change = Change {
            kind,
            id: said.id,
            code: &said.code,
            document: document.as_ref(),
        };
        assert_eq!(change.bytes(said.batch).expect(line), line);
        kinds.push(kind);
    }
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds, Kind::ALL, "every kind has a frozen entry");
}

#[test]
fn keys_stand_in_the_order_of_their_bytes() {
    for line in GOLDEN.lines().chain(GOLDEN_IMPORTS.lines()) {
        let value: Value = serde_json::from_str(line).expect(line);
        assert_eq!(serde_json::to_string(&value).expect(line), line);
    }
    // The feature `preserve_order` of serde_json, switched on by any dependency, would change every new entry.
    let value: Value = serde_json::from_str(r#"{"b":1,"a":2}"#).expect("JSON");
    assert_eq!(value.to_string(), r#"{"a":2,"b":1}"#);
}

#[test]
fn an_unknown_format_is_refused() {
    let line = GOLDEN
        .lines()
        .next()
        .expect("an entry")
        .replace("\"format\":1", "\"format\":2");
    let error = Said::read(line.as_bytes()).expect_err("a later format");
    assert!(
        error.to_string().contains("the format 2 is not known"),
        "{error}"
    );
}

#[test]
fn two_registries_founded_at_one_time_are_two() {
    let at: Moment = "2026-11-23T22:00:00Z".parse().expect("a time");
    assert_ne!(registry_id(at), registry_id(at));
}
