//! Every reader of files gets altered ones: it reads them or refuses them, in bounded time and memory, and never stops in the middle.
//!
//! The files are made by the program itself, or are fixtures where it cannot make them. They are altered in the same way in every
//! run; `TPMC_FAULTS=NUMBER` tries so many times as many.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::budget::tries;
use crate::env::{Env, bytes};

/// Numbers that look like chance and are the same in every run (xorshift64*).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).expect("a place")
    }
}

/// What breaks readers: signs of every format, numbers at their limits, text that is none.
const PIECES: &[&[u8]] = &[
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\"",
    b"'''",
    b"[[[[[[[[",
    b"{\"a\":",
    b"]]>",
    b"<!ENTITY x 'y'>",
    b"&#0;",
    b"\r",
    b"\n\n",
    b"-9223372036854775808",
    b"18446744073709551616",
    b"1e999999999",
    b"0.1.2",
    b"9999-99-99",
    b"\xe2\x80\xae",
    b"\x1b]0;x\x07",
    b"null",
    b"=1+1",
    b"P-99999999999999999999",
];

/// Alters a file in one to four places.
fn altered(file: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut file = file.to_vec();
    for _ in 0..=dice.below(4) {
        let at = dice.below(file.len());
        let end = (at + 1 + dice.below(64)).min(file.len());
        match dice.below(7) {
            0 if at < file.len() => file[at] ^= 1 << dice.below(8),
            1 if at < file.len() => file[at] = dice.next().to_le_bytes()[0],
            2 => file.truncate(at),
            3 => drop(file.drain(at.min(end)..end)),
            4 => {
                let piece = file[at.min(end)..end].repeat(1 + dice.below(50));
                file.splice(at..at, piece);
            }
            5 => {
                let piece = PIECES[dice.below(PIECES.len())];
                file.splice(at..end, piece.iter().copied());
            }
            _ => {
                let piece = PIECES[dice.below(PIECES.len())].repeat(1 + dice.below(2_000));
                file.splice(at..at, piece);
            }
        }
    }
    file
}

/// Runs the program with the memory that a reader of any small file may take: 1 GB.
fn run(env: &Env, arguments: &[&str]) -> (Option<i32>, String, Duration) {
    let program = env.command(arguments);
    let mut command = Command::new("sh");
    command
        .args(["-c", "ulimit -v 1000000; exec \"$0\" \"$@\""])
        .arg(program.get_program())
        .args(program.get_args())
        .current_dir(env.path(""))
        .env_clear()
        .stdin(std::process::Stdio::null());
    for (name, value) in program.get_envs() {
        command.env(name, value.expect("a value"));
    }
    let begun = Instant::now();
    let output = command.output().expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), said, begun.elapsed())
}

/// Gives `usual` altered forms of the file `name` to a command, and others with `TPMC_FAULTS`.
fn fuzz(env: &Env, name: &str, usual: usize, arguments: &[&str]) {
    let good = bytes(&env.path(name));
    let (status, said, _) = run(env, arguments);
    assert_eq!(status, Some(0), "{name} as it is: {said}");
    let mut dice = Dice(name.bytes().map(u64::from).sum::<u64>() + 1);
    for number in 0..tries(usual) {
        let file = altered(&good, &mut dice);
        env.write(name, &file);
        let _ = std::fs::remove_file(env.path("new.db"));
        let (status, said, took) = run(env, arguments);
        let kept = || {
            let kept = std::env::temp_dir().join(format!("altered-{number}-{name}"));
            std::fs::write(&kept, &file).expect("the file");
            format!("{arguments:?} of {}: {status:?} {said}", kept.display())
        };
        assert!(matches!(status, Some(0 | 1)), "{}", kept());
        assert!(status == Some(0) || said.contains("error: "), "{}", kept());
        assert!(took < Duration::from_secs(60), "{}", kept());
    }
    env.write(name, good);
}

#[test]
fn altered_lists_are_read_or_refused() {
    let env = Env::seeded();
    let fixtures = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/intake");
    env.write(
        "list.csv",
        "title_en,title_zh,mode,hosts,parties,events,amounts\n\
         Made-up harbour,虚构港口,investment,TH;VN,Made Up [JP] (owner),signed 2018-10-26,loan 1000 JPY\n\
         \"Made-up, \"\"dam\"\"\",,engineering,LA,,,\n",
    );
    env.write(
        "list.json",
        r#"[{"Name":"Made-up harbour","Where":{"country":"TH"},"Cost":1.5e3},{"Name":"Dam","Tags":["a","b"]}]"#,
    );
    env.write(
        "list.ndjson",
        "{\"Name\":\"Made-up harbour\",\"Where\":\"TH\"}\n{\"Name\":\"Dam\",\"Where\":\"LA\"}\n",
    );
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in [["Name", "Where"], ["Made-up harbour", "TH"], ["Dam", "LA"]]
        .iter()
        .enumerate()
    {
        for (column, cell) in (0..).zip(cells) {
            let row = u32::try_from(row).expect("a row");
            sheet.write(row, column, *cell).expect("a cell");
        }
    }
    env.write("list.xlsx", book.save_to_buffer().expect("a workbook"));
    for name in ["list.xls", "list.ods"] {
        env.write(name, bytes(&fixtures.join(name)));
    }
    env.write(
        "map.toml",
        "about = \"a list\"\n[columns]\n\"Name\" = { field = \"title_en\" }\n\"Where\" = { field = \"hosts\" }\n",
    );
    for name in [
        "list.csv",
        "list.json",
        "list.ndjson",
        "list.xlsx",
        "list.xls",
        "list.ods",
    ] {
        fuzz(
            &env,
            name,
            12,
            &["import", "map", name, "-o", "drafted.toml"],
        );
    }
    fuzz(
        &env,
        "list.csv",
        12,
        &["import", "plan", "list.csv", "-o", "plan.json"],
    );
    env.tpmc(&["import", "map", "list.ndjson", "-o", "map.toml"])
        .succeeds();
    let plan = [
        "import",
        "plan",
        "list.ndjson",
        "--map",
        "map.toml",
        "-o",
        "plan.json",
    ];
    fuzz(&env, "map.toml", 12, &plan);
    env.tpmc(&["import", "plan", "list.csv", "-o", "plan.json"])
        .succeeds();
    fuzz(
        &env,
        "plan.json",
        12,
        &["import", "apply", "plan.json", "--dry-run"],
    );
}

#[test]
fn altered_texts_and_exports_are_read_or_refused() {
    let env = Env::seeded();
    env.tpmc(&[
        "project",
        "show",
        "P-0002",
        "--format",
        "toml",
        "-o",
        "text.toml",
    ])
    .succeeds();
    fuzz(
        &env,
        "text.toml",
        12,
        &["project", "apply", "text.toml", "--dry-run"],
    );
    let small = Env::empty();
    small.tpmc(&["init", "--empty"]).succeeds();
    small
        .tpmc(&[
            "project",
            "add",
            "--title-en",
            "Made-up harbour",
            "--host",
            "TH",
        ])
        .succeeds();
    small
        .tpmc(&["export", "ndjson", "--journal", "-o", "journal.ndjson"])
        .succeeds();
    small
        .tpmc(&["export", "ndjson", "-o", "lines.ndjson"])
        .succeeds();
    small
        .tpmc(&["export", "json", "-o", "records.json"])
        .succeeds();
    small
        .tpmc(&["export", "datapackage", "-o", "package.zip"])
        .succeeds();
    for name in [
        "journal.ndjson",
        "lines.ndjson",
        "records.json",
        "package.zip",
    ] {
        fuzz(
            &small,
            name,
            6,
            &["import", "records", name, "--registry", "new.db"],
        );
    }
}

#[test]
fn altered_keys_and_proofs_are_read_or_refused() {
    let env = Env::empty();
    env.tpmc(&["init", "--empty"]).succeeds();
    env.tpmc(&[
        "project",
        "add",
        "--title-en",
        "Made-up harbour",
        "--host",
        "TH",
    ])
    .succeeds();
    let key = env.tpmc(&["key", "new", "-o", "log.key"]).succeeds();
    env.write("log.vkey", &key);
    env.tpmc(&["checkpoint", "--key", "log.key", "-o", "checkpoint"])
        .succeeds();
    env.tpmc(&[
        "prove",
        "P-0001",
        "--checkpoint",
        "checkpoint",
        "-o",
        "proof",
    ])
    .succeeds();
    env.tpmc(&[
        "bundle",
        "--checkpoint",
        "checkpoint",
        "--log-key",
        "log.vkey",
        "-o",
        "audit.zip",
    ])
    .succeeds();
    env.write("policy", format!("log {}\nquorum none\n", key.trim()));
    fuzz(&env, "log.key", 12, &["key", "show", "log.key"]);
    fuzz(
        &env,
        "log.vkey",
        8,
        &["verify", "--proof", "proof", "--key", "log.vkey"],
    );
    fuzz(
        &env,
        "proof",
        12,
        &["verify", "--proof", "proof", "--key", "log.vkey"],
    );
    fuzz(
        &env,
        "checkpoint",
        8,
        &["verify", "--against", "checkpoint", "--key", "log.vkey"],
    );
    fuzz(
        &env,
        "policy",
        6,
        &["verify", "--against", "checkpoint", "--witnesses", "policy"],
    );
    fuzz(
        &env,
        "audit.zip",
        4,
        &["verify", "--bundle", "audit.zip", "--key", "log.vkey"],
    );
}

#[test]
fn an_altered_registry_is_read_or_refused() {
    let env = Env::empty();
    env.tpmc(&["init", "--empty", "--registry", "altered.db"])
        .succeeds();
    for arguments in [
        &["summary", "--registry", "altered.db"][..],
        &["verify", "--registry", "altered.db"],
        &[
            "sql",
            "SELECT count(*) FROM v_project",
            "--registry",
            "altered.db",
        ],
        &["search", "china", "--registry", "altered.db"],
        &["restore", "altered.db", "--registry", "new.db"],
    ] {
        fuzz(&env, "altered.db", 6, arguments);
    }
}
