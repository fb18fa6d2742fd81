//! The files of the three languages: the same keys everywhere, every key used, every word there.

mod lists;
mod sentences;
mod spans;

use fluent_bundle::{FluentBundle, FluentResource};

use std::collections::BTreeSet;

use super::*;
use crate::domain::every_vocabulary;
use crate::message::{CHINESE, ENGLISH, JAPANESE};

/// The keys of a file with the names of the values that each label takes.
fn keys(text: &str) -> BTreeMap<String, Vec<String>> {
    let mut keys = BTreeMap::new();
    assert!(
        FluentResource::try_new(text.to_owned()).is_ok(),
        "the file is well formed"
    );
    for line in text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.starts_with(' ') && !line.is_empty())
    {
        let (key, _) = line.split_once(" = ").expect(line);
        let label = text.split(&format!("\n{key} = ")).nth(1).expect(key);
        let label = label.split("\n\n").next().expect(key);
        let end = label
            .find("\n")
            .filter(|end| !label[end + 1..].starts_with(' '))
            .unwrap_or_else(|| {
                let next = label
                    .lines()
                    .skip(1)
                    .position(|line| !line.starts_with(' '));
                next.map_or(label.len(), |next| {
                    label
                        .lines()
                        .take(next + 1)
                        .map(|line| line.len() + 1)
                        .sum()
                })
            });
        let mut values: Vec<String> = label[..end.min(label.len())]
            .split("{ $")
            .skip(1)
            .filter_map(|rest| rest.split([' ', '}']).next())
            .map(str::to_owned)
            .collect();
        values.sort_unstable();
        values.dedup();
        assert!(
            keys.insert(key.to_owned(), values).is_none(),
            "{key} stands twice"
        );
    }
    keys
}

#[test]
fn every_language_has_every_label_with_the_same_values() {
    let [english, chinese, japanese] = [ENGLISH, CHINESE, JAPANESE].map(keys);
    assert_eq!(english, chinese);
    assert_eq!(english, japanese);
}

#[test]
fn every_label_is_found_by_itself_as_in_the_whole_file() {
    let files = [
        (Language::English, ENGLISH),
        (Language::Chinese, CHINESE),
        (Language::Japanese, JAPANESE),
    ];
    for (language, text) in files {
        let labels = Labels::new(language, BTreeMap::new());
        let whole = FluentResource::try_new(text.to_owned()).expect("well formed");
        let mut bundle = FluentBundle::new(vec![]);
        bundle.set_use_isolating(false);
        bundle.add_resource(whole).expect("no label twice");
        for key in keys(text).keys() {
            let pattern = bundle.get_message(key).and_then(|message| message.value());
            let expected = bundle.format_pattern(pattern.expect(key), None, &mut Vec::new());
            assert_eq!(labels.text(key), expected, "{key}");
        }
    }
}

#[test]
fn every_word_has_a_label() {
    let english = keys(ENGLISH);
    for (vocabulary, words) in every_vocabulary() {
        for word in words {
            assert!(
                english.contains_key(&format!("{vocabulary}-{word}")),
                "{vocabulary}-{word}"
            );
        }
    }
}

#[test]
fn every_flaw_has_a_sentence() {
    let english = keys(ENGLISH);
    let sentences = english.keys().filter(|key| key.starts_with("flaw-"));
    assert_eq!(sentences.count(), crate::report::Flaw::ALL.len());
    for flaw in crate::report::Flaw::ALL {
        assert!(
            english.contains_key(&format!("flaw-{}", flaw.word())),
            "{flaw:?}"
        );
    }
}

#[test]
fn labels_are_filled_in() {
    let labels = Labels::new(Language::Japanese, BTreeMap::new());
    assert_eq!(
        labels.word(crate::domain::Mode::Engineering),
        "エンジニアリング"
    );
    assert_eq!(labels.percent(0.0962), "9.6%");
    assert_eq!(
        labels.with("other-hosts", &[("count", 24.into())]),
        "その他（24）"
    );
    assert_eq!(Language::of_locale("zh_CN.UTF-8"), Language::Chinese);
    assert_eq!(Language::of_locale(""), Language::English);
}

/// The Rust files and templates of the program in and under a folder, tests left out: path and text.
fn sources(folder: &std::path::Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).expect("src is readable") {
        let path = entry.expect("an entry").path();
        let name = path.display().to_string();
        if path.is_dir() {
            sources(&path, found);
        } else if name.ends_with(".html") || name.ends_with(".rs") && !name.ends_with("tests.rs") {
            let text = std::fs::read_to_string(&path).expect("readable");
            let code = text.split("mod tests {").next().unwrap_or_default();
            found.push((name, code.to_owned()));
        }
    }
}

/// The string literals of a Rust file that have the shape of a key: words in lower case joined by hyphens.
fn literals(code: &str) -> impl Iterator<Item = &str> {
    let is_key = |text: &&str| {
        let letters = |text: &str| {
            text.bytes().all(|byte| {
                byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_')
            })
        };
        text.contains('-')
            && text.starts_with(|letter: char| letter.is_ascii_lowercase())
            && !text.ends_with('-')
            && letters(text)
    };
    code.split('"').filter(is_key)
}

/// Prefixes of keys that the program puts together from a prefix and a word.
const BUILT: [&str; 28] = [
    "unit-",
    "desk-field-",
    "template-",
    "brief-why-",
    "mode-short-",
    "change-",
    "changes-",
    "check-",
    "country-flow-",
    "dimension-",
    "field-",
    "finding-",
    "flaw-",
    "import-",
    "import-by-",
    "import-done-",
    "indicator-",
    "item-",
    "kind-",
    "place-",
    "printed-",
    "progress-",
    "record-",
    "report-news-",
    "signal-",
    "slip-",
    "summary-unknown-",
    "unit-",
];

#[test]
fn every_label_that_the_program_asks_for_exists_and_every_label_is_asked_for() {
    let english = keys(ENGLISH);
    let mut files = Vec::new();
    sources(
        &std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut files,
    );
    let code: String = files
        .iter()
        .map(|(_, code)| code.replace(char::is_whitespace, ""))
        .collect();
    for call in [
        "message!(\"",
        "labels.text(\"",
        "labels.with(\"",
        "self.t(\"",
        "self.with(\"",
    ] {
        for rest in code.split(call).skip(1) {
            let key = rest.split('"').next().unwrap_or_default();
            assert!(
                english.contains_key(key),
                "{key:?} is asked for and does not exist"
            );
        }
    }
    let rendering = |name: &str| name.contains("/render/") && name.ends_with(".rs");
    for (name, code) in files.iter().filter(|(name, _)| rendering(name)) {
        for key in literals(code) {
            let is_list = every_vocabulary().iter().any(|(list, _)| *list == key);
            let built = is_list
                || BUILT
                    .iter()
                    .any(|prefix| english.contains_key(&format!("{prefix}{key}")));
            assert!(
                built || english.contains_key(key),
                "{name}: {key:?} does not exist"
            );
        }
    }
    let words: Vec<String> = every_vocabulary()
        .into_iter()
        .flat_map(|(vocabulary, words)| {
            words
                .into_iter()
                .map(move |word| format!("{vocabulary}-{word}"))
        })
        .collect();
    for key in english.keys() {
        let said = code.contains(&format!("\"{key}\""));
        let built = BUILT
            .iter()
            .chain(&["region-", "what-"])
            .any(|prefix| key.starts_with(prefix))
            || key.starts_with("rule-");
        assert!(
            said || built || words.contains(key),
            "nothing asks for {key:?}"
        );
    }
}

/// The values that a call of `message!` names: `path` of `path, known = 3`.
fn named_values(call: &str) -> Vec<String> {
    let (mut depth, mut parts, mut start, mut quoted) = (0, Vec::new(), 0, false);
    for (place, letter) in call.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth > 0 => depth -= 1,
            ')' | ',' if depth == 0 => {
                parts.push(&call[start..place]);
                start = place + 1;
                if letter == ')' {
                    break;
                }
            }
            _ => {}
        }
    }
    let names = parts.iter().skip(1);
    let names = names.filter_map(|part| part.split('=').next().filter(|name| !name.is_empty()));
    names
        .collect::<BTreeSet<_>>()
        .into_iter()
        .map(str::to_owned)
        .collect()
}

/// Keys of what is said beside results.
const SAID: [&str; 15] = [
    "error-",
    "hint-",
    "why-",
    "what-",
    "system-",
    "serde-",
    "span-",
    "receipt-",
    "ask-",
    "remark-",
    "told-",
    "loss-",
    "toml-",
    "draft-",
    "progress-",
];

#[test]
fn every_message_exists_and_is_filled_in_with_what_its_sentence_names() {
    let english = keys(ENGLISH);
    let mut files = Vec::new();
    sources(
        &std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut files,
    );
    for (name, code) in files
        .iter()
        .filter(|(name, _)| !name.ends_with("message.rs"))
    {
        for key in literals(code) {
            let is_said = SAID.iter().any(|prefix| key.starts_with(prefix));
            assert!(
                !is_said || english.contains_key(key),
                "{name}: {key:?} does not exist"
            );
        }
        let code = code.replace(char::is_whitespace, "");
        for call in code.split("message!(\"").skip(1) {
            let key = call.split('"').next().unwrap_or_default();
            let given = named_values(&format!("\"{call}"));
            let wanted = &english[key];
            assert!(
                given == *wanted,
                "{name}: {key:?} has {wanted:?} and is given {given:?}"
            );
        }
    }
}

#[test]
fn everything_that_is_said_in_three_languages() {
    let languages = Language::ALL.iter();
    let phrases: Vec<Phrases> = languages.map(|one| Phrases::of(one.word())).collect();
    let mut page = String::new();
    for (key, values) in keys(ENGLISH) {
        if !SAID.iter().any(|prefix| key.starts_with(prefix)) {
            continue;
        }
        let values = values.iter().map(|name| match name.as_str() {
            "count" => ("count", 3.into()),
            name => (name, format!("<{name}>").into()),
        });
        let values: Vec<(&str, fluent_bundle::FluentValue<'_>)> = values.collect();
        page.push_str(&format!("{key}\n"));
        for phrases in &phrases {
            page.push_str(&format!("  {}\n", phrases.with(&key, &values)));
        }
    }
    insta::assert_snapshot!(page);
}
