//! Lists that have words: rules, findings, terms.

use super::*;

#[test]
fn every_rule_of_the_checks_has_its_words() {
    let english = keys(ENGLISH);
    let of_checks: Vec<&str> = vec![
        "rule-heading",
        "rule-hint",
        "rule-waived",
        "rule-count",
        "rule-total",
    ];
    let rules = crate::report::RULES.iter().flat_map(|rule| {
        [
            format!("rule-{}", rule.id),
            format!("rule-{}-hint", rule.id),
        ]
    });
    let rules: Vec<String> = rules.collect();
    for key in &rules {
        assert!(english.contains_key(key), "{key:?} is missing");
    }
    let checks = english.keys().filter(|key| key.starts_with("rule-"));
    for key in checks {
        assert!(
            rules.contains(key) || of_checks.contains(&key.as_str()),
            "no rule is called {key:?}"
        );
    }
}

#[test]
fn every_finding_of_a_verification_has_its_words() {
    let english = keys(ENGLISH);
    for fault in crate::store::Fault::ALL {
        let key = format!("finding-{}", fault.word());
        assert!(english.contains_key(&key), "{key:?} is missing");
    }
}

#[test]
fn modes_and_the_forum_are_called_as_the_shipped_terms_have_them() {
    let terms = include_str!("../../../seeds/term.csv");
    let forums = include_str!("../../../seeds/forum.csv");
    let mut rows = csv::Reader::from_reader(terms.as_bytes());
    let mut compared = 0;
    for row in rows.records() {
        let row = row.expect("a row");
        let (code, kind, language, name) = (&row[0], &row[1], &row[2], &row[3]);
        if kind == "forum" {
            assert!(forums.contains(name), "{code} {language}: {name}");
        } else {
            let labels = Labels::new(language.parse().expect("a language"), Default::default());
            assert_eq!(
                labels.text(&format!("mode-{code}")),
                name,
                "{code} {language}"
            );
        }
        compared += 1;
    }
    assert_eq!(compared, 18);
}
