//! `tpmc bundle` and `tpmc verify --bundle`: the auditors' bundle, checked by this program and by the script that stands in it.

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::env::{Env, bytes};
use crate::tamper::{findings, stable};

/// The files of a bundle, in their order.
pub(crate) type Files = Vec<(String, Vec<u8>)>;

/// A registry with a key and four batches, and its bundle `AUDIT.zip`.
pub(crate) fn bundled() -> Env {
    static MADE: std::sync::OnceLock<Env> = std::sync::OnceLock::new();
    let env = Env::empty();
    copy(&MADE.get_or_init(made).path(""), &env.path(""));
    env
}

/// Copies everything in a folder, what its keys remember included.
pub(crate) fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("the folder") {
        let from = entry.expect("a file").path();
        let to = to.join(from.file_name().expect("a name"));
        if from.is_dir() {
            std::fs::create_dir_all(&to).expect("a folder");
            copy(&from, &to);
        } else {
            std::fs::copy(&from, &to).expect("a copy");
        }
    }
}

fn made() -> Env {
    let env = Env::seeded();
    let key = env.tpmc(&["key", "new", "-o", "registry.key"]).succeeds();
    env.write("registry.vkey", key);
    let checkpoint = ["checkpoint", "--key", "registry.key", "-o", "earlier"];
    env.tpmc(&checkpoint).succeeds();
    let set = ["project", "set", "F1-001", "--title-en", "Co-operation"];
    env.tpmc(&set).succeeds();
    let formula = "=cmd|' /C calc'!A0";
    let add = [
        "party",
        "add",
        "--name-en",
        formula,
        "--country",
        "JP",
        "--kind",
        "company",
    ];
    env.tpmc(&add).succeeds();
    env.tpmc(&BUNDLE).succeeds();
    env
}

pub(crate) const BUNDLE: [&str; 5] = ["bundle", "--key", "registry.key", "-o", "AUDIT.zip"];

pub(crate) fn unpack(env: &Env) -> Files {
    let file = std::fs::File::open(env.path("AUDIT.zip")).expect("the bundle");
    let mut zip = ZipArchive::new(file).expect("an archive");
    let read = |place| {
        let mut file = zip.by_index(place).expect("a file");
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("its content");
        (file.name().expect("a name").into_owned(), content)
    };
    (0..zip_length(env)).map(read).collect()
}

fn zip_length(env: &Env) -> usize {
    let file = std::fs::File::open(env.path("AUDIT.zip")).expect("the bundle");
    ZipArchive::new(file).expect("an archive").len()
}

pub(crate) fn pack(env: &Env, files: &Files) {
    let file = std::fs::File::create(env.path("AUDIT.zip")).expect("the bundle");
    let mut zip = ZipWriter::new(file);
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in files {
        zip.start_file(name.as_str(), options).expect("a file");
        zip.write_all(content).expect("its content");
    }
    zip.finish().expect("an archive");
}

/// Changes text in one file.
pub(crate) fn alter(files: &mut Files, name: &str, from: &str, to: &str) {
    let (_, content) = files.iter_mut().find(|(own, _)| own == name).expect(name);
    let text = String::from_utf8(content.clone()).expect("text");
    assert!(text.contains(from), "{name} has no {from:?}");
    *content = text.replacen(from, to, 1).into_bytes();
}

pub(crate) const VERIFY: [&str; 7] = [
    "verify",
    "--bundle",
    "AUDIT.zip",
    "--key",
    "registry.vkey",
    "--format",
    "json",
];

/// Whether Python is here with the package that the script needs.
pub(crate) fn has_python() -> bool {
    let asked = Command::new("python3")
        .args(["-c", "import cryptography"])
        .stderr(Stdio::null())
        .status();
    asked.is_ok_and(|status| status.success())
}

/// What the script in the bundle says, and its status; none where Python has no `cryptography`.
pub(crate) fn by_script(env: &Env) -> Option<(i32, String)> {
    if !has_python() {
        return None;
    }
    let files = unpack(env);
    let (_, script) = files.iter().find(|(name, _)| name == "verify.py")?;
    let script = env.write("verify.py", script);
    let run = Command::new("python3")
        .arg(script)
        .args(["AUDIT.zip", "registry.vkey"])
        .current_dir(env.path(""))
        .env("PYTHONIOENCODING", "utf-8")
        .output()
        .expect("Python runs");
    let said =
        String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr);
    Some((run.status.code().expect("no signal"), said))
}

#[test]
fn the_auditors_session() {
    let env = bundled();
    insta::assert_snapshot!(
        "good",
        stable(&env.tpmc(&[
            "verify",
            "--bundle",
            "AUDIT.zip",
            "--key",
            "registry.vkey",
            "--against",
            "earlier"
        ]))
    );
    if let Some((status, said)) = by_script(&env) {
        assert!(status == 0 && said.contains(" 0 findings"), "{said}");
    }
    let mut files = unpack(&env);
    alter(
        &mut files,
        "records.ndjson",
        "\"title_en\":\"Co-operation\"",
        "\"title_en\":\"Competition\"",
    );
    pack(&env, &files);
    for (name, language) in [
        ("tampered", "en"),
        ("tampered_zh", "zh"),
        ("tampered_ja", "ja"),
    ] {
        let verify = [
            "verify",
            "--bundle",
            "AUDIT.zip",
            "--key",
            "registry.vkey",
            "--lang",
            language,
        ];
        insta::assert_snapshot!(name, stable(&env.tpmc(&verify)));
    }
    if let Some((status, said)) = by_script(&env) {
        let named = "records.ndjson: project F1-001 is not what the journal says (entry 1735)";
        assert!(status == 1 && said.contains(named), "{said}");
    }
}

#[test]
fn the_same_registry_gives_the_same_bytes() {
    let env = bundled();
    let first = bytes(&env.path("AUDIT.zip"));
    env.tpmc(&["bundle", "--key", "registry.key", "-o", "AUDIT.zip"])
        .succeeds();
    assert!(first == bytes(&env.path("AUDIT.zip")));
}

#[test]
fn the_parts_are_what_the_other_commands_write() {
    let env = bundled();
    let files = unpack(&env);
    let part = |name: &str| &files.iter().find(|(own, _)| own == name).expect(name).1;
    let journal = env.tpmc(&["export", "ndjson", "--journal"]).succeeds();
    assert!(part("journal.ndjson") == journal.as_bytes());
    env.tpmc(&["export", "datapackage", "-o", "package"])
        .succeeds();
    for table in ["project", "event", "party", "source", "citation"] {
        let exported = bytes(&env.path(&format!("package/{table}.csv")));
        assert!(
            *part(&format!("datapackage/{table}.csv")) == exported,
            "{table}"
        );
    }
    // A registry can be rebuilt from the records, and a proof can be taken out and handed on.
    env.write("records.ndjson", part("records.ndjson"));
    let import = [
        "import",
        "records",
        "records.ndjson",
        "--registry",
        "rebuilt.db",
    ];
    env.tpmc(&import).succeeds();
    let ours = env.tpmc(&["export", "ndjson"]).succeeds();
    let rebuilt = env
        .tpmc(&["export", "ndjson", "--registry", "rebuilt.db"])
        .succeeds();
    assert!(ours == rebuilt);
    let proof = part("proofs/project/F1-001.tlog-proof");
    env.write("F1-001.tlog-proof", proof);
    env.write("entry", journal.lines().nth(1735).expect("the entry"));
    env.tpmc(&[
        "verify",
        "--proof",
        "F1-001.tlog-proof",
        "--entry",
        "entry",
        "--key",
        "registry.vkey",
        "--record",
        "F1-001",
    ])
    .succeeds();
}

#[test]
fn tiles_stand_in_for_proofs() {
    let env = bundled();
    env.tpmc(&[&BUNDLE[..], &["--proofs", "tiles"]].concat())
        .succeeds();
    assert_eq!(findings(env.tpmc(&VERIFY)), Vec::<[String; 3]>::new());
    if let Some((status, said)) = by_script(&env) {
        assert_eq!(status, 0, "{said}");
    }
    let mut files = unpack(&env);
    assert!(files.iter().all(|(name, _)| !name.starts_with("proofs/")));
    let (name, tile) = files
        .iter_mut()
        .find(|(name, _)| name == "tile/0/005")
        .expect("a tile");
    tile[0] ^= 1;
    let name = name.clone();
    pack(&env, &files);
    assert_eq!(
        findings(env.tpmc(&VERIFY)),
        [["tree_changed".to_owned(), String::new(), name]]
    );
}

#[test]
fn a_cosigned_checkpoint_can_be_bundled() {
    let env = bundled();
    env.tpmc(&["checkpoint", "--key", "registry.key", "-o", "now"])
        .succeeds();
    let key = env
        .tpmc(&[
            "key",
            "new",
            "-o",
            "tokyo.key",
            "--name",
            "tokyo.example/witness",
            "--witness",
        ])
        .succeeds();
    env.write("tokyo.vkey", key);
    env.tpmc(&[
        "witness",
        "now",
        "--key",
        "tokyo.key",
        "--log-key",
        "registry.vkey",
        "-o",
        "cosigned",
    ])
    .succeeds();
    let bundle = |checkpoint| {
        [
            "bundle",
            "--checkpoint",
            checkpoint,
            "--log-key",
            "registry.vkey",
            "-o",
            "AUDIT.zip",
        ]
    };
    env.tpmc(&bundle("cosigned")).succeeds();
    let verify = [&VERIFY[..], &["--key", "tokyo.vkey"]].concat();
    assert_eq!(findings(env.tpmc(&verify)), Vec::<[String; 3]>::new());
    if let Some((status, said)) = by_script(&env) {
        assert_eq!(status, 0, "{said}");
    }
    insta::assert_snapshot!("outgrown", env.tpmc(&bundle("earlier")));
}

#[test]
fn what_is_no_bundle_is_refused_with_the_reason() {
    let env = bundled();
    let good = bytes(&env.path("AUDIT.zip"));
    let verify = ["verify", "--bundle", "AUDIT.zip", "--key", "registry.vkey"];
    let refused = |content: &[u8]| {
        env.write("AUDIT.zip", content);
        env.tpmc(&verify).fails_with(1)
    };
    insta::assert_snapshot!("truncated", refused(&good[..good.len() - 1000]));
    insta::assert_snapshot!("empty", refused(b""));
    insta::assert_snapshot!("no_archive", refused(b"code,title\n"));
    env.tpmc(&["export", "datapackage", "-o", "package.zip"])
        .succeeds();
    insta::assert_snapshot!("foreign", refused(&bytes(&env.path("package.zip"))));
    let mut flipped = good.clone();
    let name = b"journal.ndjson";
    let begins = good.windows(name.len()).position(|bytes| bytes == name);
    flipped[begins.expect("the journal") + 1000] ^= 0x55;
    let said = refused(&flipped);
    assert!(
        said.contains("is damaged") || said.contains("does not verify"),
        "{said}"
    );
    env.write("AUDIT.zip", &good);
    let mut files = unpack(&env);
    let (_, journal) = files
        .iter_mut()
        .find(|(name, _)| name == "journal.ndjson")
        .expect("the journal");
    *journal = vec![b'0'; 64 << 20];
    pack(&env, &files);
    insta::assert_snapshot!("bomb", env.tpmc(&verify).fails_with(1));
    std::fs::remove_file(env.path("AUDIT.zip")).expect("removed");
    insta::assert_snapshot!("absent", env.tpmc(&verify));
}

#[test]
fn a_package_that_unpacks_to_far_more_is_no_package() {
    let env = Env::seeded();
    env.tpmc(&["export", "datapackage", "-o", "AUDIT.zip"])
        .succeeds();
    let mut files = unpack(&env);
    let (_, project) = files
        .iter_mut()
        .find(|(name, _)| name == "project.csv")
        .expect("the projects");
    *project = vec![b'0'; 64 << 20];
    pack(&env, &files);
    let import = ["import", "records", "AUDIT.zip", "--registry", "rebuilt.db"];
    insta::assert_snapshot!("package_bomb", env.tpmc(&import).fails_with(1));
    let left = std::fs::read_dir(env.path("")).expect("the folder").count();
    assert_eq!(left, 2, "the registry and the package alone");
}

#[test]
fn a_registry_that_does_not_verify_is_not_bundled() {
    let env = crate::tamper::tampered("UPDATE project SET note = 'x' WHERE code = 'P-0002'");
    env.tpmc(&["key", "new", "-o", "registry.key"]).succeeds();
    insta::assert_snapshot!(
        "unverified",
        env.tpmc(&["bundle", "--key", "registry.key", "-o", "AUDIT.zip"])
    );
    assert!(!env.path("AUDIT.zip").exists());
    insta::assert_snapshot!("no_file", env.tpmc(&["bundle", "--key", "registry.key"]));
}
