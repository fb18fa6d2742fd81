//! Bundles that somebody altered: what this program finds in them, and that the script in them refuses them, too.

use crate::bundle::{BUNDLE, Files, VERIFY, alter, bundled, by_script, pack, unpack};
use crate::env::{Env, MEMORY, bytes};
use crate::tamper::{findings, open, rehash};

/// Alters a fresh bundle; answers what this program finds, and makes sure that the script refuses it, too, and names `named`.
fn found(alteration: impl Fn(&mut Files), named: &str) -> Vec<[String; 3]> {
    let env = bundled();
    let mut files = unpack(&env);
    alteration(&mut files);
    pack(&env, &files);
    if let Some((status, said)) = by_script(&env) {
        assert!(
            status == 1 && said.contains(named),
            "{named}: {status} {said}"
        );
    }
    findings(env.tpmc(&VERIFY))
}

#[test]
fn whatever_is_altered_is_found_and_named() {
    let record = found(
        |files| alter(files, "records.ndjson", "Atyrau refinery", "Other refinery"),
        "project P-0002",
    );
    assert_eq!(record, [["bundle_field", "project P-0002", "title_en"]]);
    let spacing = found(
        |files| {
            alter(
                files,
                "records.ndjson",
                "{\"code\":\"P-0002\",",
                "{\"code\": \"P-0002\",",
            );
        },
        "project P-0002",
    );
    assert_eq!(
        spacing,
        [["bundle_field", "project P-0002", "records.ndjson"]]
    );
    let superseded = found(
        |files| {
            alter(
                files,
                "journal.ndjson",
                "\"command\":\"init\"",
                "\"command\":\"inif\"",
            );
        },
        "not the journal that was signed",
    );
    assert_eq!(
        superseded,
        [["checkpoint_root", "entry 1739", "checkpoint"]]
    );
    let journal = found(
        |files| {
            alter(files, "journal.ndjson", "Atyrau refinery", "Other refinery");
            alter(files, "records.ndjson", "Atyrau refinery", "Other refinery");
            alter(
                files,
                "datapackage/project.csv",
                "Atyrau refinery",
                "Other refinery",
            );
        },
        "the proof of project P-0002",
    );
    let proof = "proofs/project/P-0002.tlog-proof";
    assert_eq!(
        journal,
        [
            ["checkpoint_root", "entry 1739", "checkpoint"],
            ["bundle_proof", "project P-0002", proof]
        ]
    );
    let package = found(
        |files| {
            alter(
                files,
                "datapackage/project.csv",
                "Atyrau refinery",
                "Other refinery",
            );
        },
        "datapackage/project.csv: project P-0002",
    );
    assert_eq!(
        package,
        [["bundle_field", "project P-0002", "datapackage/title_en"]]
    );
    let guard = found(
        |files| alter(files, "datapackage/party.csv", "'=cmd", "=cmd"),
        "datapackage/party.csv",
    );
    assert!(
        guard.is_empty() || guard[0][0] == "bundle_field",
        "{guard:?}"
    );
}

#[test]
fn files_that_are_gone_or_do_not_belong_there_are_found() {
    let gone = |name: &'static str| move |files: &mut Files| files.retain(|(own, _)| own != name);
    let proof = "proofs/project/P-0002.tlog-proof";
    assert_eq!(
        found(gone(proof), "the proof of project P-0002"),
        [["bundle_file_missing", "project P-0002", proof]]
    );
    let env = bundled();
    let mut files = unpack(&env);
    files.retain(|(name, _)| name != "README.md" && name != "datapackage/event.csv");
    files.push(("../../etc/passwd".to_owned(), b"root".to_vec()));
    files.push(("proofs/project/P-9999.tlog-proof".to_owned(), b"?".to_vec()));
    pack(&env, &files);
    let listed = findings(env.tpmc(&VERIFY));
    let expected = [
        [
            "bundle_file_foreign",
            "",
            "proofs/project/P-9999.tlog-proof",
        ],
        ["bundle_file_missing", "", "README.md"],
        ["bundle_file_missing", "", "datapackage/event.csv"],
        ["bundle_file_foreign", "", "../../etc/passwd"],
    ];
    assert_eq!(listed, expected);
}

#[test]
fn records_that_were_taken_out_or_put_in_are_found() {
    let line = |files: &Files, start: &str| {
        let (_, content) = files
            .iter()
            .find(|(name, _)| name == "records.ndjson")
            .expect("records");
        let text = String::from_utf8(content.clone()).expect("text");
        text.lines()
            .find(|line| line.starts_with(start))
            .expect(start)
            .to_owned()
            + "\n"
    };
    let start = "{\"code\":\"P-0002\"";
    let out = found(
        |files| alter(files, "records.ndjson", &line(files, start), ""),
        "project P-0002 is missing",
    );
    assert_eq!(
        out,
        [["bundle_missing", "project P-0002", "records.ndjson"]]
    );
    let twice = found(
        |files| {
            alter(
                files,
                "records.ndjson",
                &line(files, start),
                &line(files, start).repeat(2),
            );
        },
        "project P-0002",
    );
    assert_eq!(
        twice,
        [["bundle_unknown", "project P-0002", "records.ndjson"]]
    );
    let cut = found(
        |files| {
            let (_, journal) = files
                .iter_mut()
                .find(|(name, _)| name == "journal.ndjson")
                .expect("journal");
            let end = journal
                .iter()
                .rposition(|byte| *byte == b'{')
                .expect("an entry");
            let end = journal[..end]
                .iter()
                .rposition(|byte| *byte == b'\n')
                .expect("a line")
                + 1;
            journal.truncate(end);
        },
        "entries",
    );
    assert_eq!(cut[0], ["checkpoint_size", "entry 1739", "checkpoint"]);
}

#[test]
fn a_key_from_the_bundle_is_never_trusted_silently() {
    let env = bundled();
    let said = env.tpmc(&["verify", "--bundle", "AUDIT.zip"]);
    assert!(
        said.stderr
            .contains("Checked with the key that stands in the bundle itself"),
        "{said}"
    );
    said.succeeds();
    let forged = Env::seeded();
    let key = forged
        .tpmc(&["key", "new", "-o", "registry.key"])
        .succeeds();
    forged.write("registry.vkey", bytes(&env.path("registry.vkey")));
    forged
        .tpmc(&["bundle", "--key", "registry.key", "-o", "AUDIT.zip"])
        .succeeds();
    let listed = findings(forged.tpmc(&VERIFY));
    assert_eq!(
        listed,
        [
            ["bundle_key", "", "registry.vkey"],
            ["checkpoint_signature", "", "checkpoint"]
        ]
    );
    forged.write("registry.vkey", key);
    assert_eq!(findings(forged.tpmc(&VERIFY)), Vec::<[String; 3]>::new());
    let against = ["--against", "earlier"];
    forged.write("earlier", bytes(&env.path("earlier")));
    let listed = findings(forged.tpmc(&[&VERIFY[..], &against].concat()));
    assert_eq!(listed[0], ["checkpoint_signature", "entry 1735", "earlier"]);
}

#[test]
fn only_an_earlier_checkpoint_shows_a_journal_rewritten_whole() {
    let env = bundled();
    let db = open(&env);
    db.execute_batch(
        "UPDATE entry SET bytes = replace(bytes, 'Atyrau', 'Aktau') WHERE kind = 'project' AND code = 'P-0002'",
    )
    .expect("a change");
    rehash(&db);
    env.tpmc(&["rebuild"]).succeeds();
    let refused = env.tpmc(&BUNDLE).fails_with(1);
    assert!(
        refused.contains("the journal is not the one that was signed before"),
        "{refused}"
    );
    std::fs::remove_dir_all(env.path(MEMORY)).expect("what the key remembers");
    env.tpmc(&[&BUNDLE[..], &["--first"]].concat()).succeeds();
    assert_eq!(findings(env.tpmc(&VERIFY)), Vec::<[String; 3]>::new());
    let listed = findings(env.tpmc(&[&VERIFY[..], &["--against", "earlier"]].concat()));
    assert_eq!(listed, [["checkpoint_root", "entry 1735", "earlier"]]);
}
