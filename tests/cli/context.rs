//! `tpmc context`

use crate::env::Env;

#[test]
fn every_topic() {
    let env = Env::seeded();
    for topic in [
        "economy",
        "trade",
        "investment",
        "business-environment",
        "risk",
    ] {
        insta::assert_snapshot!(format!("context_{topic}"), env.tpmc(&["context", topic]));
    }
    insta::assert_snapshot!(
        "context_chinese",
        env.tpmc(&["context", "trade", "--lang", "zh"])
    );
    insta::assert_snapshot!(
        "context_japanese",
        env.tpmc(&["context", "risk", "--lang", "ja"])
    );
}

#[test]
fn in_other_formats() {
    let env = Env::seeded();
    for format in ["json", "csv", "markdown"] {
        let run = env.tpmc(&["context", "risk", "--format", format]);
        insta::assert_snapshot!(format!("context_{format}"), run);
    }
}

#[test]
fn without_a_topic_the_topics_are_listed() {
    let env = Env::seeded();
    for language in ["en", "zh", "ja"] {
        let run = env.tpmc(&["context", "--lang", language]);
        insta::assert_snapshot!(format!("topics_{language}"), run);
    }
    let topics = env.tpmc(&["context", "--format", "json"]).json();
    assert_eq!(topics[0], "economy");
}
