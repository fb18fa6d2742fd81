//! `tpmc verify` and `tpmc rebuild`: what each way of tampering is found as.

use crate::env::{Env, bytes};
use crate::tamper::{findings, founded, open, record, rehash, stable, tampered};

/// What is found after `sql`.
fn found_after(sql: &str) -> Vec<[String; 3]> {
    findings(tampered(sql).tpmc(&["verify", "--format", "json"]))
}

#[track_caller]
fn assert_found(sql: &str, expected: &[[&str; 3]]) {
    assert_eq!(found_after(sql), expected, "{sql}");
}

#[test]
fn a_registry_that_nobody_touched() {
    let env = Env::seeded();
    insta::assert_snapshot!(stable(&env.tpmc(&["verify"])));
    assert_eq!(
        env.tpmc(&["verify", "--format", "csv"])
            .succeeds()
            .lines()
            .count(),
        1
    );
}

#[test]
fn a_row_changed_with_another_program() {
    let sql = "UPDATE project SET status = 'completed', title_en = 'Something else' WHERE code = 'F1-001'";
    let env = tampered(sql);
    insta::assert_snapshot!("row_changed", stable(&env.tpmc(&["verify"])));
    insta::assert_snapshot!(
        "row_changed_zh",
        stable(&env.tpmc(&["verify", "--lang", "zh"]))
    );
    insta::assert_snapshot!(
        "row_changed_ja",
        stable(&env.tpmc(&["verify", "--lang", "ja"]))
    );
    insta::assert_snapshot!(
        "row_changed_markdown",
        stable(&env.tpmc(&["verify", "--format", "markdown"]))
    );
}

#[test]
fn every_kind_of_row() {
    for (sql, expected) in [
        (
            "UPDATE project SET evidence_on = NULL WHERE code = 'P-0001'",
            ["field_changed", "project P-0001", "evidence_on"],
        ),
        (
            "UPDATE event SET text = 'x' WHERE project = 'P-0002' AND number = 2",
            ["field_changed", "project P-0002", "events[2].text"],
        ),
        (
            "DELETE FROM event WHERE project = 'P-0002' AND number = 2",
            ["field_changed", "project P-0002", "events[2]"],
        ),
        (
            "UPDATE amount SET minor_units = 1 WHERE project = 'P-0002' AND number = 1",
            ["field_changed", "project P-0002", "amounts[1].minor_units"],
        ),
        (
            "UPDATE project_host SET number = 7 WHERE project = 'P-0002'",
            ["row_number", "project P-0002", "project_host"],
        ),
        (
            "UPDATE source SET url = NULL WHERE code = 'S-0002'",
            ["field_changed", "source S-0002", "url"],
        ),
        (
            "UPDATE country SET name_ja = 'x' WHERE code = 'TH'",
            ["field_changed", "country TH", "name_ja"],
        ),
        (
            "UPDATE indicator_observation SET value = '1' WHERE code = (SELECT min(code) FROM indicator_observation)",
            ["field_changed", "", "value"],
        ),
        (
            "INSERT INTO currency VALUES ('ZZZ', '00000000-0000-0000-0000-000000000000', NULL, 'None', NULL, NULL, 2, NULL)",
            ["record_unknown", "currency ZZZ", ""],
        ),
        (
            "DELETE FROM currency WHERE code = 'XTS'",
            ["record_missing", "currency XTS", ""],
        ),
        (
            "INSERT INTO risk VALUES ('P-9999', 1, 'political', 'low', 'open', NULL, 'x', NULL)",
            ["row_orphan", "project P-9999", "risk"],
        ),
        (
            "UPDATE tally SET projects = projects + 1 WHERE hosts = 'KZ' AND mode = 'engineering' AND status = 'completed'",
            [
                "tally_changed",
                "",
                "tally -/engineering/identified/KZ/completed.projects",
            ],
        ),
        (
            "INSERT INTO party_name VALUES ('nobody', 1, 'x', 'en', 'short', NULL)",
            ["row_orphan", "party nobody", "party_name"],
        ),
    ] {
        let [[id, record, field]] = &found_after(sql)[..] else {
            panic!("one finding after {sql}: {:?}", found_after(sql));
        };
        assert_eq!([id, field], [expected[0], expected[2]], "{sql}");
        assert!(
            expected[1].is_empty() || expected[1] == record,
            "{sql}: {record}"
        );
    }
    let unreadable = found_after("UPDATE project SET mode = 'nonsense' WHERE code = 'P-0003'");
    assert_eq!(
        unreadable.last().expect("a finding"),
        &["record_unreadable", "project P-0003", ""]
    );
    let dangling =
        found_after("UPDATE event SET source = 'S-9999' WHERE project = 'P-0002' AND number = 1");
    let ids: Vec<&str> = dangling.iter().map(|[id, ..]| id.as_str()).collect();
    assert_eq!(ids, ["field_changed", "link_broken"]);
}

#[test]
fn an_entry_changed_removed_added_reordered_or_cut_off() {
    let of_record = "kind = 'project' AND code = 'P-0002'";
    assert_found(
        &format!("UPDATE entry SET bytes = replace(bytes, 'Atyrau', 'Aktau') WHERE {of_record}"),
        &[
            ["entry_changed", "project P-0002", ""],
            ["field_changed", "project P-0002", "title_en"],
        ],
    );
    let missing = found_after(&format!("DELETE FROM entry WHERE {of_record}"));
    assert_eq!(missing[0][0], "entry_missing");
    assert_eq!(missing[1], ["record_unknown", "project P-0002", ""]);
    assert_eq!(missing.len(), 2);
    let cut = found_after("DELETE FROM entry WHERE number = (SELECT max(number) FROM entry)");
    let ids: Vec<&str> = cut.iter().map(|[id, ..]| id.as_str()).collect();
    assert_eq!(ids, ["entry_missing", "batch_unknown"]);
    assert_found(
        "UPDATE entry SET number = -1 WHERE number = 5; UPDATE entry SET number = 5 WHERE number = 6;
         UPDATE entry SET number = 6 WHERE number = -1;",
        &[["entry_changed", "country AM", ""], ["entry_changed", "country AL", ""]],
    );
    let added = found_after(
        "INSERT INTO entry SELECT number + 1, 2, 'batch', NULL, '2', replace(bytes, '\"batch\":1', '\"batch\":2')
         FROM entry WHERE kind = 'batch'",
    );
    assert_eq!(added[0], ["entry_added", "entry 1735", ""], "{added:?}");
}

#[test]
fn columns_that_deny_the_bytes() {
    assert_found(
        "UPDATE entry SET code = 'P-0003x' WHERE kind = 'project' AND code = 'P-0003'",
        &[
            ["entry_column", "project P-0003x", "code"],
            ["record_unknown", "project P-0003", ""],
            ["record_missing", "project P-0003x", ""],
        ],
    );
    assert_found(
        "UPDATE batch SET actor = 'nobody'",
        &[["batch_column", "batch 1", "actor"]],
    );
    assert_found(
        "UPDATE batch SET number = 3",
        &[
            ["batch_missing", "batch 1", ""],
            ["batch_unknown", "batch 3", ""],
        ],
    );
    assert_found(
        "UPDATE tile SET hashes = zeroblob(length(hashes)) WHERE level = 1",
        &[["tree_changed", "", "level 1, tile 0"]],
    );
    assert_found(
        "INSERT INTO tile VALUES (3, 0, zeroblob(32))",
        &[["tree_changed", "", "level 3, tile 0"]],
    );
}

#[test]
fn a_hash_tree_made_anew_hides_a_change_of_the_journal_but_not_of_the_tables() {
    let env = Env::seeded();
    let db = open(&env);
    let change = "UPDATE entry SET bytes = replace(bytes, 'Atyrau', 'Aktau') WHERE kind = 'project' AND code = 'P-0002'";
    db.execute_batch(change).expect(change);
    rehash(&db);
    drop(db); // with the guards in their place again
    let found = findings(env.tpmc(&["verify", "--format", "json"]));
    assert_eq!(found, [["field_changed", "project P-0002", "title_en"]]);
}

#[test]
fn only_a_published_checkpoint_shows_a_journal_rewritten_whole() {
    let env = Env::seeded();
    env.tpmc(&["checkpoint", "-o", "published.checkpoint"])
        .succeeds();
    let db = open(&env);
    db.execute_batch(
        "UPDATE entry SET bytes = replace(bytes, 'Atyrau', 'Aktau') WHERE kind = 'project' AND code = 'P-0002';
         UPDATE project SET title_en = replace(title_en, 'Atyrau', 'Aktau') WHERE code = 'P-0002';",
    )
    .expect("a change");
    rehash(&db);
    env.tpmc(&["rebuild"]).succeeds(); // so that the search index agrees too
    env.tpmc(&["verify"]).succeeds();
    insta::assert_snapshot!(stable(&env.tpmc(&[
        "verify",
        "--against",
        "published.checkpoint"
    ])));
}

#[test]
fn a_journal_cut_off_consistently() {
    let env = founded();
    let before = bytes(&env.path("registry.db"));
    record(&env);
    env.tpmc(&["checkpoint", "-o", "published.checkpoint"])
        .succeeds();
    env.tpmc(&["verify", "--against", "published.checkpoint"])
        .succeeds();
    std::fs::write(env.path("registry.db"), &before).expect("an old copy");
    env.tpmc(&["verify"]).succeeds();
    let found = findings(env.tpmc(&[
        "verify",
        "--against",
        "published.checkpoint",
        "--format",
        "json",
    ]));
    assert_eq!(found[0][0], "checkpoint_size");
}

#[test]
fn tables_are_made_anew_from_the_journal() {
    let env = tampered(
        "DELETE FROM event; DELETE FROM party WHERE code = 'jbic'; UPDATE project SET status = NULL, status_on = NULL;
         INSERT INTO risk VALUES ('P-9999', 1, 'political', 'low', 'open', NULL, 'x', NULL);",
    );
    let journal = || env.tpmc(&["checkpoint"]).succeeds();
    let before = journal();
    assert!(env.tpmc(&["verify"]).status == 1);
    insta::assert_snapshot!(env.tpmc(&["rebuild"]));
    env.tpmc(&["verify"]).succeeds();
    assert_eq!(journal(), before);
}

#[test]
fn nothing_is_made_from_a_journal_that_does_not_verify() {
    let env = tampered(
        "UPDATE entry SET bytes = replace(bytes, 'Atyrau', 'Aktau') WHERE code = 'P-0002'",
    );
    let before = bytes(&env.path("registry.db"));
    insta::assert_snapshot!(env.tpmc(&["rebuild"]));
    assert!(
        before == bytes(&env.path("registry.db")),
        "nothing was changed"
    );
}

#[test]
fn a_file_that_the_disk_damaged() {
    let env = Env::seeded();
    let whole = bytes(&env.path("registry.db"));
    let page = usize::from(u16::from_be_bytes([whole[16], whole[17]]));
    for part in 1..8 {
        let mut damaged = whole.clone();
        // From the head of a page on: within one there may be room that nothing uses.
        let at = damaged.len() * part / 8 / page * page;
        damaged[at..at + 3000].fill(0xa5);
        env.write("registry.db", &damaged);
        let run = env.tpmc(&["verify"]);
        assert!([1, 3].contains(&run.status), "{run}");
        assert!(!run.stderr.contains("panicked"), "{run}");
    }
    env.write("registry.db", &whole[..whole.len() / 2]);
    env.tpmc(&["verify"]).fails_with(1);
}

#[test]
fn the_search_index_is_checked_and_made_anew() {
    let number = "(SELECT id FROM search_index_content WHERE c1 = 'P-0002')";
    for (sql, expected) in [
        (
            "DELETE FROM search_index_content WHERE c1 = 'P-0002'".to_owned(),
            &[
                ["index_missing", "project P-0002", ""],
                ["index_unknown", "search_index 2", ""],
            ][..],
        ),
        (
            format!("DELETE FROM search_index WHERE rowid = {number}"),
            // Its words are gone with it, which is no finding of its own.
            &[["index_missing", "project P-0002", ""]],
        ),
        (
            "INSERT INTO search_index (kind, code, heading, body) VALUES ('party', 'nobody', 'a', 'b')".to_owned(),
            &[["index_unknown", "party nobody", ""]],
        ),
        (
            "INSERT INTO search_index (heading, body) VALUES ('a', 'b')".to_owned(),
            &[["index_unknown", "search_index 2", ""]],
        ),
        (
            // The same record once more, under a number of another entry.
            "INSERT INTO search_index (kind, code, heading, body) VALUES ('project', 'P-0002', 'a', 'b')".to_owned(),
            &[["index_unknown", "project P-0002", ""]],
        ),
        (
            format!(
                "INSERT OR REPLACE INTO search_index (rowid, kind, code, heading, body)
                 VALUES ({number}, 'project', 'P-0002', 'p 0002', 'other words')"
            ),
            &[["index_changed", "project P-0002", ""]],
        ),
    ] {
        let env = tampered(&sql);
        let json = || env.tpmc(&["verify", "--format", "json"]);
        let mut found = findings(json());
        for finding in &mut found {
            // Which number the row has is of no interest.
            if finding[1].starts_with("search_index ") {
                finding[1] = "search_index 2".to_owned();
            }
        }
        assert_eq!(found, expected, "{sql}");
        env.tpmc(&["rebuild"]).succeeds();
        assert_eq!(findings(json()), [[""; 3]; 0], "{sql}");
        let search = env.tpmc(&["search", "Atyrau", "--format", "json"]).json();
        assert_eq!(search["projects"][0]["code"], "P-0002", "{sql}");
    }
}

#[test]
fn the_search_index_follows_every_change() {
    let env = Env::seeded();
    let changes: [&[&str]; 5] = [
        &["project", "set", "P-0002", "--title-zh", "阿特劳炼油厂"],
        &["party", "set", "marubeni", "--note", "a note"],
        &["party", "merge", "petrochina", "cnpc"],
        &["undo"],
        &["project", "remove", "P-0001"],
    ];
    // Longer than the words that FTS5 keeps whole, with its end within a letter of two bytes.
    let long = format!("x{}", "ж".repeat(20_000));
    env.tpmc(&["source", "set", "S-0002", "--note", &long])
        .succeeds();
    for change in changes {
        env.tpmc(change).succeeds();
        env.tpmc(&["verify", "--every-word"]).succeeds();
    }
}
