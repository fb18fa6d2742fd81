//! Finds sentences in the code that no language file has: what people read stands in the Fluent files alone.

use super::sources;

/// Files whose sentences people do not read in their own language, and why.
const NOT_TRANSLATED: [(&str, &str); 13] = [
    (
        "cli/help/usage.rs",
        "the usage errors of clap: translated by help.*.po",
    ),
    (
        "exchange/tables",
        "descriptions in a data package are English",
    ),
    (
        "exchange/datapackage",
        "descriptions in a data package are English",
    ),
    (
        "domain/field.rs",
        "the help of options: translated by help.*.po",
    ),
    ("domain/company_name.rs", "words of names"),
    ("report/check", "words that are looked for in notes"),
    ("message/foreign.rs", "what serde says"),
    ("store/error.rs", "what SQLite says"),
    ("store/canonical.rs", "a fault of this program"),
    ("store/rows/columns.rs", "a fault of this program"),
    ("store/seed", "a fault of the shipped records"),
    (
        "store/search/blocks.rs",
        "names of the parts of the index, for programs",
    ),
    (
        "commands/import",
        "notes that are recorded, and names of commands",
    ),
];

/// What the code says that looks like a sentence, and is none that anybody reads: names of commands, what is recorded, examples.
const NO_SENTENCES: [&str; 13] = [
    "an older schema",
    "percent a year",
    "Records shipped with tpmc",
    "First turbine runs",
    "Date of the first status recorded",
    "end of the table",
    "a row without end",
    "curve thin warm",
    "clock forced: ",
    "was changed later",
    "Prove and keep",
    "import mapping ",
    "tpmc ",
];

/// The string literals of a Rust file, attributes and remarks left out.
fn literals(code: &str) -> Vec<String> {
    let letters: Vec<char> = code.chars().collect();
    let (mut found, mut place, mut depth) = (Vec::new(), 0, 0_usize);
    let at = |place: usize| letters.get(place).copied().unwrap_or_default();
    while place < letters.len() {
        match (at(place), at(place + 1)) {
            ('/', '/') => {
                while place < letters.len() && at(place) != '\n' {
                    place += 1;
                }
            }
            ('#', '[') => {
                depth = 1;
                place += 1;
            }
            ('#', '!') => {
                depth = 1;
                place += 2;
            }
            ('[', _) if depth > 0 => depth += 1,
            (']', _) if depth > 0 => depth -= 1,
            ('\'', '"') | ('\\', _) => place += 2,
            ('\'', '\\') => place += 2,
            ('"', _) => {
                let is_raw = at(place.wrapping_sub(1)) == 'r' || at(place.wrapping_sub(1)) == '#';
                let mut text = String::new();
                place += 1;
                while place < letters.len() && at(place) != '"' {
                    if at(place) == '\\' && !is_raw {
                        place += 1;
                    }
                    text.push(at(place));
                    place += 1;
                }
                if depth == 0 {
                    found.push(text);
                }
            }
            _ => {}
        }
        place += 1;
    }
    found
}

/// Whether three words in small letters stand in a row: an English sentence, and no SQL.
fn is_sentence(text: &str) -> bool {
    let is_word = |word: &&str| {
        let word = word.trim_end_matches([',', ';', ':', '.']);
        !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'\'')
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_sql = [
        "SELECT", "INSERT", "CREATE", "DELETE", "UPDATE", "FROM", "WHERE",
    ];
    let is_sql = words.iter().any(|word| is_sql.contains(word));
    !is_sql && words.windows(3).any(|words| words.iter().all(is_word))
}

#[test]
fn no_sentence_that_people_read_stands_in_the_code() {
    let mut files = Vec::new();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    sources(&root, &mut files);
    let mut found = Vec::new();
    for (name, code) in files.iter().filter(|(name, _)| name.ends_with(".rs")) {
        let name = name
            .rsplit_once("/src/")
            .map_or(name.as_str(), |(_, name)| name);
        let is_left = NOT_TRANSLATED
            .iter()
            .any(|(path, _)| name.starts_with(path));
        let is_test =
            name.contains("/tests") || name.ends_with("model.rs") || name.ends_with("again.rs");
        if is_left || is_test {
            continue;
        }
        let sentences = literals(code).into_iter().filter(|text| is_sentence(text));
        let new = sentences.filter(|text| !NO_SENTENCES.iter().any(|known| text.contains(known)));
        found.extend(new.map(|text| format!("{name}: {text:?}")));
    }
    assert!(found.is_empty(), "no keys: {found:#?}");
}

#[test]
fn a_sentence_is_found() {
    let code = r#"#[doc = "it has no rows here"] fn f() { refuse("it has no rows"); say("import-done"); sql("SELECT a from the b") }"#;
    let found = literals(code);
    let sentences: Vec<_> = found.iter().filter(|text| is_sentence(text)).collect();
    assert_eq!(sentences, ["it has no rows"]);
}

/// What stands before the bracket that ends a call whose beginning was cut off.
fn within_brackets(rest: &str) -> &str {
    let mut depth = 0;
    let end = rest.find(|letter: char| {
        depth += match letter {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        depth < 0
    });
    rest.get(..end.unwrap_or(rest.len())).unwrap_or_default()
}

#[test]
fn what_is_wrong_is_said_by_a_key() {
    let src = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    for (name, code) in &files {
        for call in ["Invalid::new(", "needed::<"] {
            for rest in code.split(call).skip(1) {
                let arguments = within_brackets(rest);
                let sentence = arguments.split('"').skip(1).step_by(2);
                // A text with a brace or a percent sign is what was given, not what is said of it.
                let is_sentence =
                    |text: &&str| text.trim().contains(' ') && !text.contains(['{', '%']);
                let sentence: Vec<&str> = sentence.filter(is_sentence).collect();
                assert!(sentence.is_empty(), "{name}: {sentence:?} is no key");
            }
        }
    }
}
