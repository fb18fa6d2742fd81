//! The book and the program say the same: pages that are made of the program's own tables, and which pages there are.

mod renewed;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::*;
use crate::domain::{Vocabulary as _, every_vocabulary};
use crate::message::Phrases;
use crate::report::{Flaw, RULES};
use crate::store::Fault;

fn english() -> Phrases {
    Phrases::of(Language::English.word())
}

/// A sentence with the names of its values in place of them, in a cell of a table.
fn sentence(phrases: &Phrases, key: &str) -> String {
    phrases
        .with(key, &[])
        .replace('\n', " ")
        .replace('|', "\\|")
}

#[test]
fn reference_of_commands() {
    let of = |language| text(COMMANDS, language).expect("the page");
    renewed::whole("reference/commands.md", &of(Language::English));
    renewed::whole("zh/commands.md", &of(Language::Chinese));
    renewed::whole("ja/commands.md", &of(Language::Japanese));
}

#[test]
fn reference_of_words() {
    let languages = [Language::English, Language::Chinese, Language::Japanese];
    let phrases = languages.map(|language| Phrases::of(language.word()));
    let mut page = String::new();
    for (key, words) in every_vocabulary() {
        let heading = phrases[0].with(&format!("what-{key}"), &[]);
        page.push_str(&format!("\n### `{key}`: {heading}\n\n"));
        page.push_str("| word | English | 中文 | 日本語 |\n|---|---|---|---|\n");
        for word in words {
            let labels = phrases
                .each_ref()
                .map(|phrases| sentence(phrases, &format!("{key}-{word}")));
            page.push_str(&format!("| `{word}` | {} |\n", labels.join(" | ")));
        }
    }
    renewed::part("reference/words.md", "words", page.trim());
}

#[test]
fn reference_of_findings() {
    let phrases = english();
    let mut rules =
        "| rule | severity | what is found | what to do |\n|---|---|---|---|\n".to_owned();
    for rule in RULES {
        let severity = sentence(&phrases, &format!("severity-{}", rule.severity.word()));
        let found = sentence(&phrases, &format!("rule-{}", rule.id));
        let advice = sentence(&phrases, &format!("rule-{}-hint", rule.id));
        rules.push_str(&format!(
            "| `{}` | {severity} | {found} | {advice} |\n",
            rule.id
        ));
    }
    let table = |words: &mut dyn Iterator<Item = &'static str>, prefix: &str| {
        let rows = words.map(|word| {
            let found = sentence(&phrases, &format!("{prefix}-{word}"));
            format!("| `{word}` | {found} |\n")
        });
        let rows: String = rows.collect();
        format!("| id | what is found |\n|---|---|\n{rows}")
    };
    let faults = table(&mut Fault::ALL.iter().map(|fault| fault.word()), "finding");
    let flaws = table(&mut Flaw::ALL.iter().map(|flaw| flaw.word()), "flaw");
    let page = "reference/findings.md";
    renewed::part(page, "rules of check", &rules);
    renewed::part(page, "findings of verify", &faults);
    renewed::part(page, "findings of an import", &flaws);
}

/// The pages that a summary or a text of the book links to.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let targets = text.split("](").skip(1);
    targets.filter_map(|rest| rest.split(')').next())
}

#[test]
fn the_program_has_every_page_of_the_book() {
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/src");
    let summary = std::fs::read_to_string(book.join("SUMMARY.md")).expect("the summary");
    let listed: BTreeSet<&str> = links(&summary)
        .filter_map(|page| page.strip_suffix(".md"))
        .collect();
    let names: BTreeMap<&str, bool> = PAGES
        .iter()
        .map(|(name, [english, chinese, _])| (*name, english != chinese))
        .collect();
    let mut expected: BTreeSet<String> = names.keys().map(|name| (*name).to_owned()).collect();
    let translated = names.iter().filter(|(_, translated)| **translated);
    let translated = translated.map(|(name, _)| *name).chain(["commands"]);
    expected.extend(translated.flat_map(|name| [format!("zh/{name}"), format!("ja/{name}")]));
    expected.insert(COMMANDS.to_owned());
    // These two are not in the book: they are files of the repository.
    expected.retain(|name| !["security", "changes"].contains(&name.as_str()));
    let listed: BTreeSet<String> = listed.into_iter().map(str::to_owned).collect();
    assert_eq!(listed, expected);
}

#[test]
fn the_folder_of_a_page_may_be_left_out() {
    for (short, long) in [("words", "reference/words"), ("commands", COMMANDS)] {
        assert_eq!(
            text(short, Language::English),
            text(long, Language::English)
        );
    }
    assert!(text("meti-2018", Language::English).is_some());
    assert!(text("meti", Language::English).is_none());
}

#[test]
fn every_command_with_json_is_in_the_page_on_json() {
    let page = text("reference/json", Language::English).expect("the page");
    for path in super::super::meaning::results() {
        assert!(
            page.contains(&format!("tpmc {path}")),
            "no JSON of `tpmc {path}`"
        );
    }
}
