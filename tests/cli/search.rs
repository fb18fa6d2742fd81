//! `tpmc search`

use crate::env::Env;

/// The codes of the projects that a search finds, in their order.
fn projects(env: &Env, arguments: &[&str]) -> Vec<String> {
    codes(env, arguments, "projects")
}

fn codes(env: &Env, arguments: &[&str], group: &str) -> Vec<String> {
    let json = env
        .tpmc(
            &[
                &["search", "--format", "json", "--limit", "1000"],
                arguments,
            ]
            .concat(),
        )
        .json();
    let found = json[group].as_array().expect("a group").iter();
    found
        .map(|record| record["code"].as_str().expect("a code").to_owned())
        .collect()
}

#[test]
fn a_two_character_word_in_every_spelling() {
    let env = Env::seeded();
    let simplified = projects(&env, &["丸红"]);
    assert_eq!(simplified.len(), 11);
    for other in ["丸紅", "ＭＡＲＵＢＥＮＩ", "marubeni", "Maruben", "丸"] {
        assert_eq!(projects(&env, &[other]), simplified, "{other}");
    }
    assert_eq!(projects(&env, &["銀行"]), projects(&env, &["银行"]));
    assert_eq!(projects(&env, &["ﾏﾚｰｼｱ"]), projects(&env, &["まれーしあ"]));
    insta::assert_snapshot!("simplified", env.tpmc(&["search", "丸红", "--limit", "3"]));
    insta::assert_snapshot!(
        "japanese",
        env.tpmc(&["search", "丸紅", "--limit", "3", "--lang", "ja"])
    );
}

#[test]
fn several_words_must_all_be_found() {
    let env = Env::seeded();
    let both = ["P-0002"];
    assert_eq!(projects(&env, &["丸红", "哈萨克斯坦"]), both);
    assert_eq!(projects(&env, &["丸紅　カザフスタン"]), both);
    assert_eq!(projects(&env, &["kazakhstan marubeni atyrau"]), both);
    assert_eq!(
        projects(&env, &["丸红", "哈萨克斯坦", "光伏"]),
        Vec::<String>::new()
    );
    insta::assert_snapshot!(env.tpmc(&["search", "丸红", "哈萨克斯坦"]));
}

#[test]
fn parties_and_sources_are_found_with_their_projects() {
    let env = Env::seeded();
    assert_eq!(codes(&env, &["丸红"], "parties"), ["marubeni"]);
    assert!(codes(&env, &["spc.jst.go.jp"], "sources").contains(&"S-0002".to_owned()));
    insta::assert_snapshot!(
        "csv",
        env.tpmc(&["search", "三菱", "銀行", "--format", "csv", "--limit", "2"])
    );
    insta::assert_snapshot!(
        "markdown",
        env.tpmc(&[
            "search", "jbic", "--format", "markdown", "--limit", "2", "--lang", "zh"
        ])
    );
}

#[test]
fn filters_choose_among_what_is_found() {
    let env = Env::seeded();
    assert_eq!(projects(&env, &["marubeni", "--country", "KZ"]).len(), 1);
    assert_eq!(
        codes(&env, &["marubeni", "--country", "TH"], "parties"),
        Vec::<String>::new()
    );
}

#[test]
fn a_code_comes_first() {
    let env = Env::seeded();
    assert_eq!(
        projects(&env, &["P-0002"]).first().map(String::as_str),
        Some("P-0002")
    );
    assert_eq!(
        projects(&env, &["f1-001"]).first().map(String::as_str),
        Some("F1-001")
    );
}

#[test]
fn what_is_changed_is_found_at_once_and_what_is_removed_no_more() {
    let env = Env::seeded();
    assert_eq!(projects(&env, &["灯台"]), Vec::<String>::new());
    env.tpmc(&[
        "status",
        "P-0012",
        "completed",
        "--on",
        "2026-10-30",
        "--source",
        "S-0001",
        "--note",
        "燈臺の完成",
    ])
    .succeeds();
    assert_eq!(projects(&env, &["灯台"]), ["P-0012"]);
    assert_eq!(
        projects(&env, &["灯台", "--known-at", "2026-11-23T22:00:00Z"]),
        ["P-0012"]
    );
}

#[test]
fn bad_input_is_refused_or_finds_nothing() {
    let env = Env::seeded();
    for text in ["", "   ", "—", "\"", "*", "\u{1b}[31m\u{202e}。"] {
        let found = env.tpmc(&["search", text]);
        assert!(
            found.status == 1 || found.stdout.starts_with("Nothing"),
            "{text:?}: {found}"
        );
    }
    for text in [
        "\"丸紅\" OR *",
        "heading:x NEAR(a b)",
        &"丸".repeat(10_000),
        "-",
        "%_'\";--",
    ] {
        let status = env.tpmc(&["search", "--", text]).status;
        assert!(status <= 1, "{text:?}");
    }
    insta::assert_snapshot!(env.tpmc(&["search", "\u{1b}[31mred"]));
}
