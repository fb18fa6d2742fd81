//! Journals that the holder of the key forged and signed: neither program believes what a registry would never have written.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, SigningKey};
use sha2::{Digest as _, Sha256};

use crate::bundle::{VERIFY, bundled, by_script, pack, unpack};
use crate::env::{Env, bytes};
use crate::tamper::findings;

fn hash(prefix: u8, parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new_with_prefix([prefix]);
    parts.iter().for_each(|part| hash.update(part));
    hash.finalize().into()
}

/// The root over some leaves, RFC 6962 section 2.1.
fn root(leaves: &[[u8; 32]]) -> [u8; 32] {
    if let [leaf] = leaves {
        return *leaf;
    }
    let (left, right) = leaves.split_at(1 << (leaves.len() - 1).ilog2());
    hash(1, &[&root(left), &root(right)])
}

/// Signs a checkpoint of these entries with the key of the registry.
fn signed(env: &Env, entries: &[String]) -> Vec<u8> {
    let text = String::from_utf8(bytes(&env.path("registry.key"))).expect("text");
    let parts: Vec<&str> = text.trim_end().splitn(5, '+').collect();
    let [_, _, name, _, secret] = parts[..] else {
        panic!("a signing key has five parts");
    };
    let secret = STANDARD.decode(secret).expect("base64");
    let key = SigningKey::from_bytes(secret[1..].try_into().expect("32 bytes"));
    let leaves: Vec<_> = entries
        .iter()
        .map(|entry| hash(0, &[entry.as_bytes()]))
        .collect();
    let root = STANDARD.encode(root(&leaves));
    let text = format!("{name}\n{}\n{root}\n", entries.len());
    let public = key.verifying_key();
    let id = Sha256::new()
        .chain_update(name)
        .chain_update(b"\n\x01")
        .chain_update(public.as_bytes())
        .finalize();
    let signature = [&id[..4], &key.sign(text.as_bytes()).to_bytes()].concat();
    format!("{text}\n\u{2014} {name} {}\n", STANDARD.encode(signature)).into_bytes()
}

/// What is found in the bundle when its journal is forged, signed and packed again. The script finds `named`.
fn found_beside(named: &str, forge: &dyn Fn(&mut Vec<String>)) -> Vec<[String; 3]> {
    let env = bundled();
    let mut files = unpack(&env);
    let (_, journal) = files
        .iter()
        .find(|(name, _)| name == "journal.ndjson")
        .expect("it");
    let text = String::from_utf8(journal.clone()).expect("text");
    let mut entries: Vec<String> = text.lines().map(str::to_owned).collect();
    forge(&mut entries);
    let checkpoint = signed(&env, &entries);
    for (name, content) in &mut files {
        match name.as_str() {
            "journal.ndjson" => *content = (entries.join("\n") + "\n").into_bytes(),
            "checkpoint" => content.clone_from(&checkpoint),
            _ => {}
        }
    }
    pack(&env, &files);
    env.write("forged.ndjson", entries.join("\n") + "\n");
    if let Some((status, said)) = by_script(&env) {
        assert!(status == 1 && said.contains(named), "{status} {said}");
    }
    let import = [
        "import",
        "records",
        "forged.ndjson",
        "--registry",
        "forged.db",
    ];
    env.tpmc(&import).fails_with(1);
    findings(env.tpmc(&VERIFY))
}

fn found(forge: &dyn Fn(&mut Vec<String>)) -> Vec<[String; 3]> {
    found_beside("WRONG journal.ndjson", forge)
}

/// Changes the last entry that contains `which`.
fn change(entries: &mut [String], which: &str, from: &str, to: &str) {
    let mut known = entries.iter_mut().rev();
    let entry = known.find(|entry| entry.contains(which)).expect(which);
    assert!(entry.contains(from), "{entry} has no {from:?}");
    *entry = entry.replacen(from, to, 1);
}

const LAST: &str = "\"kind\":\"batch\"";

#[test]
fn a_closing_entry_that_no_registry_would_have_written_is_found() {
    for (from, to, id) in [
        (
            "\"recorded_at\":\"2026",
            "\"recorded_at\":\"2001",
            "clock_behind",
        ),
        ("\"entries\":2", "\"entries\":7", "entry_order"),
        ("\"undoes\":null", "\"undoes\":77", "entry_order"),
        (
            "\"actor\":\"secretariat\"",
            "\"actor\":\"\"",
            "entry_unreadable",
        ),
        (
            "\"reason\":null",
            "\"reason\":null,\"note\":1",
            "entry_unreadable",
        ),
        ("\"format\":1", "\"format\":2", "entry_unreadable"),
        (
            "\"undoes\":",
            "\"registry\":\"00000000-0000-7000-8000-000000000000\",\"undoes\":",
            "entry_order",
        ),
    ] {
        let listed = found(&|entries| change(entries, LAST, from, to));
        assert_eq!(listed[0][0], id, "{to}: {listed:?}");
    }
}

#[test]
fn batches_out_of_order_are_found() {
    let open = found(&|entries| drop(entries.pop()));
    assert_eq!(open[0][0], "batch_open");
    let other = found(&|entries| {
        change(
            entries,
            "\"kind\":\"party\"",
            "{\"batch\":3",
            "{\"batch\":99",
        );
    });
    assert_eq!(
        other[0],
        [
            "entry_order".to_owned(),
            other[0][1].clone(),
            "batch".to_owned()
        ]
    );
    let between = found(&|entries| {
        let closing = entries.last().expect("an entry").clone();
        entries.insert(100, closing);
    });
    assert_eq!(between[0][0], "entry_order");
    let unnamed = found(&|entries| {
        let first = entries
            .iter_mut()
            .find(|entry| entry.contains(LAST))
            .expect("a batch");
        let at = first.find("\"registry\"").expect("its registry");
        let end = first[at..].find(',').expect("an end") + at + 1;
        first.replace_range(at..end, "");
    });
    assert_eq!(unnamed[0][0], "entry_order");
    // Twice the same undo: the second finds nothing to undo.
    let twice = found(&|entries| {
        change(entries, LAST, "\"undoes\":null", "\"undoes\":2");
        let again: Vec<String> = entries[entries.len() - 2..].to_vec();
        let number = entries.len();
        for entry in again {
            let entry = entry
                .replace("\"batch\":3", "\"batch\":4")
                .replace("\"code\":\"3\"", "\"code\":\"4\"");
            entries.push(entry.replace(
                &format!("\"first_entry\":{}", number - 2),
                &format!("\"first_entry\":{number}"),
            ));
        }
    });
    assert!(
        twice
            .iter()
            .any(|[id, _, field]| id == "entry_order" && field == "undoes"),
        "{twice:?}"
    );
}

#[test]
fn an_entry_with_two_faces_is_found() {
    let party = "\"kind\":\"party\"";
    for (from, to) in [
        ("{\"batch\":3,", "{\"batch\":3, "),
        ("\"document\":{", "\"document\":{\"a\":1,"),
        ("\"name_en\":", "\"name_en\":\"Other\",\"name_en\":"),
        ("\"name_en\":", "\"name\\u005fen\":\"Other\",\"name_en\":"),
        (party, "\"kind\":\"secret\""),
    ] {
        let listed = found(&|entries| change(entries, party, from, to));
        assert_eq!(listed[0][0], "entry_unreadable", "{to}: {listed:?}");
    }
}

#[test]
fn records_that_are_not_who_they_were_are_found() {
    let removed = found(&|entries| {
        let removal = "{\"batch\":3,\"code\":\"P-7777\",\"document\":null,\"format\":1,\"id\":\"01a22a6a-efc8-7335-93e8-d082da0daccd\",\"kind\":\"project\"}";
        let last = entries.len() - 1;
        entries.insert(last, removal.to_owned());
        change(entries, LAST, "\"entries\":2", "\"entries\":3");
    });
    assert_eq!(removed[0], ["entry_order", "project P-7777", "document"]);
    // A project that names a party which is not there: only the tables know.
    let dangling = found_beside("the proof of", &|entries| {
        let project = entries.iter().position(|entry| {
            entry.contains("\"code\":\"F1-001\"") && entry.contains("\"batch\":2,")
        });
        let entry = &mut entries[project.expect("it")];
        let at = entry.find("\"party\":\"").expect("a party") + "\"party\":\"".len();
        let end = entry[at..].find('"').expect("an end") + at;
        entry.replace_range(at..end, "nobody-at-all");
    });
    assert!(
        dangling.iter().any(|[id, ..]| id == "journal_refused"),
        "{dangling:?}"
    );
}
