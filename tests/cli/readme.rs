//! The READMEs and the book, run: every command that they show, and what they say these print.

use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use crate::env::{Env, NOW};

/// Returns the pages that show commands, with their texts: the READMEs and the book.
fn pages() -> Vec<(String, String)> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["", "reference", "zh", "ja"].map(|folder| root.join("docs/src").join(folder));
    let files = folders.map(|folder| std::fs::read_dir(folder).expect("a folder of the book"));
    let book = files.into_iter().flatten();
    let book = book.map(|file| file.expect("a file").path());
    let readmes = ["README.md", "README.zh.md", "README.ja.md"].map(|name| root.join(name));
    let all = readmes.into_iter().chain(book);
    let mut pages: Vec<_> = all
        .filter(|path| path.extension().is_some_and(|end| end == "md"))
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("a text");
            (path.display().to_string(), text)
        })
        .collect();
    pages.sort();
    pages
}

/// Stands for lines of output that a page leaves out.
const LEFT_OUT: &str = "…";

/// A command of a page and the output shown beneath it.
#[derive(Debug)]
struct Shown {
    command: String,
    output: Vec<String>,
}

/// Returns the commands of each part of a page, in order. A part is a session of its own, on a registry of its own.
fn sessions(page: &str) -> Vec<(String, Vec<Shown>)> {
    let mut sessions = vec![("the beginning".to_owned(), Vec::<Shown>::new())];
    let mut within = false;
    for line in page.lines() {
        let (_, shown) = sessions.last_mut().expect("a part");
        match line {
            "```console" => within = true,
            "```" => within = false,
            _ if within => match (line.strip_prefix("$ "), shown.last_mut()) {
                (Some(command), _) => shown.push(Shown {
                    command: command.to_owned(),
                    output: Vec::new(),
                }),
                (None, Some(last)) if last.command.ends_with('\\') => {
                    last.command.push('\n');
                    last.command.push_str(line);
                }
                (None, Some(last)) => last.output.push(line.to_owned()),
                (None, None) => panic!("output without a command: {line}"),
            },
            _ => {
                if let Some(part) = line.strip_prefix("## ") {
                    sessions.push((part.to_owned(), Vec::new()));
                }
            }
        }
    }
    sessions
}

/// Whether `output` is what is shown, lines that are left out aside.
fn agrees(shown: &[String], output: &[&str]) -> bool {
    match shown.split_first() {
        None => output.is_empty(),
        Some((line, rest)) if line == LEFT_OUT => {
            (0..=output.len()).any(|from| agrees(rest, &output[from..]))
        }
        Some((line, rest)) => output
            .split_first()
            .is_some_and(|(first, others)| first == line && agrees(rest, others)),
    }
}

fn run(env: &Env, command: &str) -> (bool, String, String) {
    if let Some(edit) = command.strip_prefix("sqlite3 ~/") {
        return edited(env, edit);
    }
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_tpmc"));
    let folder = program.parent().expect("a folder").display();
    let path = std::env::var("PATH").unwrap_or_default();
    let output = Command::new("sh")
        .arg("-c")
        .arg(command.replace("cargo run --", "tpmc"))
        .current_dir(env.path(""))
        .stdin(Stdio::null())
        .env_clear()
        .env("PATH", format!("{folder}:{path}"))
        .env("HOME", env.path(""))
        .env("USER", "secretariat")
        .env("COLUMNS", "80")
        .env("TPMC_NOW", NOW)
        .env("TPMC_TZ", "UTC")
        .output()
        .expect("a shell");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (
        output.status.success(),
        text(output.stdout),
        text(output.stderr),
    )
}

/// What the `sqlite3` shell would do, on machines that do not have it: `FILE "SQL"`.
fn edited(env: &Env, edit: &str) -> (bool, String, String) {
    let (file, sql) = edit.split_once(' ').expect("a file and a statement");
    let database = rusqlite::Connection::open(env.path(file)).expect("the file");
    let done = database.execute_batch(sql.trim_matches('"'));
    (done.is_ok(), String::new(), format!("{done:?}"))
}

#[test]
fn every_command_does_what_is_shown() {
    let pages = pages();
    let sessions: Vec<_> = pages
        .iter()
        .flat_map(|(name, page)| sessions(page).into_iter().map(move |part| (name, part)))
        .collect();
    let next = AtomicUsize::new(0);
    let run = || {
        let mut failures = Vec::new();
        while let Some((name, (part, session))) = sessions.get(next.fetch_add(1, Relaxed)) {
            let env = Env::empty();
            for shown in session {
                let failure = failure(&env, shown);
                failures.extend(failure.map(|failure| format!("{name}, {part}: {failure}")));
            }
        }
        failures
    };
    let mut failures: Vec<String> = std::thread::scope(|scope| {
        let workers = std::thread::available_parallelism().map_or(1, usize::from);
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(run)).collect();
        let failures = workers
            .into_iter()
            .map(|worker| worker.join().expect("a worker"));
        failures.flatten().collect()
    });
    failures.sort();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// Returns what a command does that is not what is shown.
fn failure(env: &Env, shown: &Shown) -> Option<String> {
    let Shown { command, output } = shown;
    let is_about_the_tree = ["cargo test", "git clone", "cd "];
    if is_about_the_tree
        .iter()
        .any(|word| command.starts_with(word))
    {
        return None; // that is what is going on here
    }
    let needs_python = ["python3", "audit", "ALTERED"];
    if needs_python.iter().any(|word| command.contains(word)) && !crate::bundle::has_python() {
        return None; // tests/cli/bundle.rs alters bundles without it
    }
    let (succeeded, stdout, stderr) = run(env, command);
    // A refusal that is meant to be shown says so with "|| true".
    if !succeeded {
        return Some(format!("{command}\n{stdout}{stderr}"));
    }
    if command.contains("--lang zh") || command.contains("--lang ja") {
        let is_han_or_kana = |letter: char| ('\u{3040}'..'\u{a000}').contains(&letter);
        let foreign = stderr.lines().find(|line| !line.contains(is_han_or_kana));
        if let Some(line) = foreign {
            return Some(format!("{command}\n{line}"));
        }
    }
    let lines: Vec<&str> = stdout.lines().map(str::trim_end).collect();
    let is_shown = output.is_empty() || agrees(output, &lines);
    (!is_shown).then(|| format!("{command}\n{stdout}"))
}

/// Returns the anchor of a heading, as mdBook and the hosts of repositories make it.
fn anchor(heading: &str) -> String {
    let heading = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = heading
        .chars()
        .filter(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_'));
    kept.map(|letter| if letter == ' ' { '-' } else { letter })
        .collect()
}

#[test]
fn every_link_leads_somewhere() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let book = root.join("docs/src");
    let beside = ["CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"].map(|name| {
        let text = std::fs::read_to_string(root.join(name)).expect(name);
        (root.join(name).display().to_string(), text)
    });
    let mut lost = Vec::new();
    for (name, text) in pages().into_iter().chain(beside) {
        let page = std::path::Path::new(&name);
        let targets = text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next());
        for link in targets.filter(|link| !link.contains("://")) {
            let (file, place) = link.split_once('#').unwrap_or((link, ""));
            let target = match file {
                "" => page.to_owned(),
                file => page.parent().expect("a folder").join(file),
            };
            let Ok(target) = target.canonicalize() else {
                lost.push(format!("{name}: {link}"));
                continue;
            };
            let leaves_the_book = page.starts_with(&book) && !target.starts_with(&book);
            let is_there = place.is_empty()
                || std::fs::read_to_string(&target).is_ok_and(|text| {
                    let mut headings = text.lines().filter(|line| line.starts_with('#'));
                    headings.any(|heading| anchor(heading) == place)
                });
            if leaves_the_book || !is_there {
                lost.push(format!("{name}: {link}"));
            }
        }
    }
    assert!(lost.is_empty(), "{lost:#?}");
}

#[test]
fn every_command_is_named() {
    let help = Env::empty().tpmc(&["--help"]).succeeds();
    let names = crate::help::listed(&help);
    assert!(names.len() > 40, "{names:?}");
    let pages: String = pages().into_iter().map(|(_, page)| page).collect();
    for name in names {
        assert!(
            name == "help" || pages.contains(&format!("tpmc {name}")),
            "no page names `tpmc {name}`"
        );
    }
}
