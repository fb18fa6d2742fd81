//! Documents kept with sources: a letter is attached, backed up, bundled, verified, tampered with and found.

use std::os::unix::fs::symlink;

use crate::bundle::{BUNDLE, VERIFY, by_script, pack, unpack};
use crate::env::{Env, bytes};
use crate::tamper::{findings, open};

const LETTER: &[u8] = b"%PDF-1.7\nA letter of the host ministry.\n";
const CHECK: [&str; 3] = ["verify", "--format", "json"];

/// A registry in which a letter is the source of a status: S-0400.
fn with_letter() -> Env {
    let env = Env::seeded();
    env.write("letter.pdf", LETTER);
    let status = ["status", "P-0057", "completed", "--on", "2026-11-01"];
    env.tpmc(&[&status[..], &["--source", "./letter.pdf"]].concat())
        .succeeds();
    env
}

#[test]
fn a_letter_is_kept_with_the_fact_that_it_states() {
    let env = with_letter();
    insta::assert_snapshot!("letter", env.tpmc(&["source", "show", "S-0400"]));
    env.tpmc(&["source", "save", "S-0400", "-o", "copy.pdf"])
        .succeeds();
    assert_eq!(bytes(&env.path("copy.pdf")), LETTER);
    let mut open = env.command(&["source", "open", "S-0400"]);
    let shown = env.run(open.env("BROWSER", "true").env("TMPDIR", env.path("")));
    let path = shown.succeeds();
    assert!(
        path.starts_with("[FOLDER]/S-0400-") && path.ends_with(".pdf\n"),
        "{path}"
    );
    // The journal has no word of it but its hash, its type and its size.
    let entry = env.tpmc(&["export", "ndjson", "--journal"]).succeeds();
    assert!(!entry.contains("host ministry") && entry.contains("application/pdf"));
    // The same letter is the same source, and an undo leaves what a redo needs.
    let again = ["source", "add", "letter.pdf", "--confidence", "high"];
    let refused = env.tpmc(&again).fails_with(1);
    assert!(
        refused.contains("S-0400 is this document already"),
        "{refused}"
    );
    env.tpmc(&["undo"]).succeeds();
    assert_eq!(findings(env.tpmc(&CHECK)), [[""; 3]; 0]);
    env.tpmc(&["redo"]).succeeds();
    env.tpmc(&["source", "save", "S-0400", "-o", "copy.pdf"])
        .succeeds();
}

#[test]
fn an_address_gets_a_copy_of_its_page_and_gives_it_up() {
    let env = Env::seeded();
    env.write("page.html", "<!DOCTYPE html><p>As read.");
    let attach = ["source", "attach", "S-0002", "page.html"];
    env.tpmc(&[&attach[..], &["--dry-run"]].concat()).succeeds();
    let none = env.tpmc(&["source", "open", "S-0002"]).fails_with(1);
    assert!(none.contains("no document is kept with S-0002"), "{none}");
    env.tpmc(&attach).succeeds();
    let refused = env.tpmc(&["source", "open", "S-0002"]).fails_with(1);
    assert!(refused.contains("source save S-0002"), "{refused}");
    let address = env.tpmc(&["open", "S-0002", "--print"]).succeeds();
    assert!(address.starts_with("https://"), "{address}");
    env.tpmc(&["source", "set", "S-0002", "--clear", "file"])
        .succeeds();
    assert_eq!(findings(env.tpmc(&CHECK)), [[""; 3]; 0]);
}

#[test]
fn a_letter_that_is_tampered_with_is_found() {
    let env = with_letter();
    env.tpmc(&["backup", "copy.db"]).succeeds();
    let changed =
        "UPDATE content SET bytes = CAST(replace(CAST(bytes AS TEXT), 'host', 'home') AS BLOB)";
    open(&env).execute_batch(changed).expect(changed);
    let expected = [["document_changed", "source S-0400", "file_sha256"]];
    assert_eq!(findings(env.tpmc(&CHECK)), expected);
    for language in ["en", "zh", "ja"] {
        let save = [
            "source", "save", "S-0400", "-o", "x.pdf", "--lang", language,
        ];
        insta::assert_snapshot!(format!("changed_{language}"), env.tpmc(&save));
    }
    open(&env)
        .execute_batch("DELETE FROM content")
        .expect("nothing left");
    let expected = [["document_missing", "source S-0400", "file_sha256"]];
    assert_eq!(findings(env.tpmc(&CHECK)), expected);
    // It is put back without a batch: the journal knows it.
    env.tpmc(&["source", "attach", "S-0400", "letter.pdf"])
        .succeeds();
    assert_eq!(findings(env.tpmc(&CHECK)), [[""; 3]; 0]);
    let stranger = "INSERT INTO content VALUES (printf('%064d', 1), x'00')";
    open(&env).execute_batch(stranger).expect(stranger);
    assert_eq!(findings(env.tpmc(&CHECK)), [["document_unknown", "", ""]]);
    let restored = env.tpmc(&["restore", "copy.db"]);
    restored.succeeds();
    env.tpmc(&["source", "save", "S-0400", "-o", "copy.pdf"])
        .succeeds();
    assert_eq!(bytes(&env.path("copy.pdf")), LETTER);
}

#[test]
fn a_bundle_holds_the_letters_and_both_programs_check_them() {
    let env = with_letter();
    let key = env.tpmc(&["key", "new", "-o", "registry.key"]).succeeds();
    env.write("registry.vkey", key);
    env.tpmc(&BUNDLE).succeeds();
    let check = |named: &str| {
        if let Some((status, said)) = by_script(&env) {
            assert_eq!(
                (status == 0, said.contains(named)),
                (named.is_empty(), true),
                "{said}"
            );
        }
        findings(env.tpmc(&VERIFY))
    };
    assert_eq!(check(""), [[""; 3]; 0]);
    let whole = unpack(&env);
    let at = whole
        .iter()
        .position(|(name, _)| name.starts_with("documents/"));
    let at = at.expect("the letter");
    assert!(whole[at].0.ends_with(".pdf") && whole[at].1 == LETTER);
    let mut files = whole.clone();
    files[at].1[20] ^= 1;
    pack(&env, &files);
    let changed = [["document_changed", "source S-0400", "documents/"]];
    assert_eq!(
        check("it is not the document that source S-0400 names"),
        changed
    );
    let (name, _) = files.remove(at);
    pack(&env, &files);
    let missing = [["document_missing", "source S-0400", "documents/"]];
    assert_eq!(check("the document of source S-0400 is missing"), missing);
    let mut files = whole;
    files.push((name.replace(".pdf", ".exe"), LETTER.to_vec()));
    pack(&env, &files);
    let foreign = check("it has no place in a bundle");
    assert_eq!(foreign.len(), 1, "{foreign:?}");
}

#[test]
fn what_is_no_document_is_refused() {
    let env = Env::seeded();
    env.write("empty.pdf", "");
    std::fs::create_dir(env.path("folder.pdf")).expect("a folder");
    symlink("/etc/passwd", env.path("link.pdf")).expect("a link");
    let large = std::fs::File::create(env.path("large.pdf")).expect("a file");
    large.set_len(2 << 30).expect("2 GB");
    let mut said = String::new();
    for language in ["en", "zh", "ja"] {
        for name in ["gone", "empty", "folder", "link", "large"] {
            let file = format!("{name}.pdf");
            let attach = ["source", "attach", "S-0001", &file, "--lang", language];
            said.push_str(&env.tpmc(&attach).fails_with(1));
        }
    }
    insta::assert_snapshot!("refused", said);
    // A text may come from somebody else: it names no files of ours.
    let text = env.write(
        "project.toml",
        "title_en = \"Solar park\"\nsources = [\"./empty.pdf\"]\n",
    );
    let text = text.display().to_string();
    env.tpmc(&["project", "new", &text]).fails_with(1);
}
