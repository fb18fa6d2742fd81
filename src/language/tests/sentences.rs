//! What is wrong with an input is said by a key, never by a sentence in the code.

use super::sources;

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
