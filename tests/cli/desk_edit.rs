//! `tpmc edit`, `tpmc project show --format toml`, `tpmc project apply`

use std::io::Write as _;
use std::process::Stdio;

use crate::env::{Env, Run};

/// Runs `tpmc edit` with a shell command as the editor; the text is `$1`.
fn edit(env: &Env, code: &str, editor: &str) -> Run {
    let script = env.write("editor.sh", format!("set -e\n{editor}\n"));
    let mut command = env.command(&["edit", code]);
    command
        .env("PATH", std::env::var("PATH").unwrap_or_default())
        .env("TMPDIR", env.path(""))
        .env("VISUAL", format!("sh {}", script.display()));
    env.run(&mut command)
}

/// The texts that were kept.
fn kept(env: &Env) -> Vec<std::path::PathBuf> {
    let files = std::fs::read_dir(env.path("")).expect("the folder");
    let paths = files.map(|file| file.expect("a file").path());
    paths
        .filter(|path| path.to_string_lossy().contains("tpmc-kept-"))
        .collect()
}

#[test]
fn a_project_as_a_text() {
    let env = Env::seeded();
    insta::assert_snapshot!(
        "text",
        env.tpmc(&["project", "show", "P-0008", "--format", "toml"])
    );
    env.tpmc(&[
        "project", "show", "P-0008", "--format", "toml", "--as-of", "2016",
    ])
    .fails_with(1);
    insta::assert_snapshot!("only_projects", env.tpmc(&["summary", "--format", "toml"]));
}

/// Every shipped project is read back from its text as it is.
#[test]
fn a_text_that_nobody_touched_changes_nothing() {
    let env = Env::seeded();
    let projects = env.tpmc(&["project", "list", "--format", "json"]).json();
    for project in projects.as_array().expect("a list") {
        let code = project["code"].as_str().expect("a code");
        env.tpmc(&["project", "show", code, "--format", "toml", "-o", "a.toml"])
            .succeeds();
        let run = env.tpmc(&["project", "apply", "a.toml"]);
        assert!(run.stderr.contains("says so already"), "{code}: {run}");
    }
}

#[test]
fn an_edited_text_is_one_batch() {
    let env = Env::seeded();
    insta::assert_snapshot!(
        "edited",
        edit(&env, "P-0008", "sed -i -e 's/^sector = .*/sector = \"other\"/' \"$1\"
            printf '\\n[[participations]]\\nparty = \"Marubeni\"\\nrole = \"adviser\"\\nshare_percent = 1.5\\n' >> \"$1\"")
    );
    let project = env
        .tpmc(&["project", "show", "P-0008", "--format", "json"])
        .json();
    assert_eq!(project["sector"], "other");
    let last = project["participations"]
        .as_array()
        .and_then(|parts| parts.last())
        .cloned()
        .expect("a part");
    assert_eq!(
        (&last["party"], &last["share_percent"]),
        (&"marubeni".into(), &"1.5".into())
    );
    assert!(kept(&env).is_empty());
}

#[test]
fn what_cannot_be_recorded_is_kept() {
    let env = Env::seeded();
    let wrong = edit(
        &env,
        "P-0008",
        "sed -i 's/^sector = .*/sector = \"enrgy\"/' \"$1\"",
    );
    assert!(wrong.stderr.contains("did you mean “energy”?"), "{wrong}");
    assert!(
        wrong.stderr.contains("hint: your text is kept in [FOLDER]"),
        "{wrong}"
    );
    assert_eq!(kept(&env).len(), 1);
    let wrong = edit(&env, "P-0008", "echo 'nonsense = 1' >> \"$1\"");
    assert!(
        wrong.stderr.contains("there is no field \"nonsense\""),
        "{wrong}"
    );
    assert_eq!(kept(&env).len(), 2);
}

#[test]
fn an_editor_that_fails_changes_nothing() {
    let env = Env::seeded();
    let before = crate::env::bytes(&env.path("registry.db"));
    let failed = edit(&env, "P-0008", "exit 3").fails_with(1);
    assert!(
        failed.contains("ended with an error, so nothing was recorded"),
        "{failed}"
    );
    let emptied = edit(&env, "P-0008", ": > \"$1\"").fails_with(1);
    assert_eq!(
        emptied,
        "error: the text is empty, so nothing was recorded\n"
    );
    let unchanged = edit(&env, "P-0008", ":");
    assert_eq!(
        unchanged.stderr,
        "Nothing to record: the text is unchanged.\n"
    );
    insta::assert_snapshot!("no_editor", env.tpmc(&["edit", "P-0008"]));
    assert!(kept(&env).is_empty());
    assert!(
        before == crate::env::bytes(&env.path("registry.db")),
        "the file is as it was"
    );
    edit(&env, "P-0008", "echo '# typed' >> \"$1\"; exit 1").fails_with(1);
    assert_eq!(kept(&env).len(), 1, "what was typed is not thrown away");
}

#[test]
fn two_who_edit_one_record() {
    let env = Env::seeded();
    let other = format!(
        "{} project set P-0008 --note 'by the other'\nsed -i 's/^sector = .*/sector = \"other\"/' \"$1\"",
        env!("CARGO_BIN_EXE_tpmc")
    );
    let conflict = edit(&env, "P-0008", &other);
    assert!(
        conflict
            .stderr
            .contains("error: P-0008 was changed in batch 2, after the text was made: Note: "),
        "{conflict}"
    );
    let project = env
        .tpmc(&["project", "show", "P-0008", "--format", "json"])
        .json();
    assert_eq!(project["note"], "by the other");
    let text = std::fs::read_to_string(kept(&env).first().expect("the text")).expect("the text");
    assert!(text.contains("sector = \"other\"") && text.contains("note = \"by the other\""));
    // Nothing is typed again: where both changed a line, one of two is kept.
    assert!(
        conflict.stderr.contains("tpmc project apply [FOLDER]"),
        "{conflict}"
    );
    let apply = |text: &str| {
        let file = env.write("settled.toml", text).display().to_string();
        env.tpmc(&["project", "apply", &file])
    };
    apply(&text).succeeds();
    let project = env.tpmc(&["project", "show", "P-0008", "--format", "json"]);
    let project = project.json();
    assert_eq!(
        (&project["note"], &project["sector"]),
        (&"by the other".into(), &"other".into())
    );
}

#[test]
fn two_who_edit_one_line() {
    let env = Env::seeded();
    let other = format!(
        "{} project set P-0008 --note 'by the other' --actor li\nsed -i 's/^note = .*/note = \"mine\"/; s/^# note = .*/note = \"mine\"/' \"$1\"",
        env!("CARGO_BIN_EXE_tpmc")
    );
    edit(&env, "P-0008", &other).fails_with(1);
    let text = std::fs::read_to_string(kept(&env).first().expect("the text")).expect("the text");
    let both = text
        .find("<<<<<<< secretariat\n")
        .zip(text.find(">>>>>>> li, batch 2\n"));
    let (from, to) = both.expect(&text);
    assert!(
        text[from..to].contains("note = \"mine\"")
            && text[from..to].contains("note = \"by the other\"")
    );
    let file = env.write("unsettled.toml", &text).display().to_string();
    let refused = env.tpmc(&["project", "apply", &file]).fails_with(1);
    assert!(refused.contains("both versions stand here"), "{refused}");
}

#[test]
fn a_text_through_a_pipe() {
    let env = Env::seeded();
    let text = env
        .tpmc(&["project", "show", "P-0008", "--format", "toml"])
        .succeeds();
    let apply = |text: &str| {
        let mut command = env.command(&["project", "apply", "-"]);
        command
            .env("TMPDIR", env.path(""))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program");
        child
            .stdin
            .take()
            .expect("a pipe")
            .write_all(text.as_bytes())
            .expect("written");
        let output = child.wait_with_output().expect("ended");
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    let (status, told) =
        apply(&text.replace("# title_original = \"\"", "title_original = \"布滕迪克\""));
    assert_eq!(
        (status, told.contains("Recorded P-0008")),
        (Some(0), true),
        "{told}"
    );
    let (status, told) = apply(&text);
    assert!(
        status == Some(1) && told.contains("Title in the source") && told.contains("kept in"),
        "{told}"
    );
    let fresh = env
        .tpmc(&["project", "show", "P-0008", "--format", "toml"])
        .succeeds();
    let (status, told) = apply(&fresh.replace("# host_note = \"\"", "host_note = \"a\\u0000\""));
    assert!(
        status == Some(1) && told.contains("Host in words: it has a NUL character"),
        "{told}"
    );
    let (status, told) = apply("\u{feff}");
    assert_eq!(status, Some(1), "{told}");
}
