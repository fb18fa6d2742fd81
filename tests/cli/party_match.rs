//! `tpmc party match`, `duplicates` and `judge`

use crate::env::Env;

#[test]
fn a_name_in_any_spelling_finds_its_party() {
    let env = Env::seeded();
    for name in [
        "丸紅株式会社",
        "㈱丸紅",
        "Marubeni Corporation",
        "marubini",
        "丸红",
    ] {
        let json = env
            .tpmc(&["party", "match", name, "--format", "json"])
            .json();
        assert_eq!(json["candidates"][0]["code"], "marubeni", "{name}");
    }
    insta::assert_snapshot!(
        "match",
        env.tpmc(&[
            "party",
            "match",
            "Mitsubishi Heavy Industry",
            "--country",
            "JP",
            "--limit",
            "3"
        ])
    );
    insta::assert_snapshot!(
        "match_in_chinese",
        env.tpmc(&["party", "match", "丸紅株式会社", "--lang", "zh"])
    );
    insta::assert_snapshot!("nobody", env.tpmc(&["party", "match", "Qwertz Uiop"]));
    insta::assert_snapshot!("no_name", env.tpmc(&["party", "match", "—"]));
    insta::assert_snapshot!(
        "bad_identifier",
        env.tpmc(&[
            "party",
            "match",
            "Toyota",
            "--identifier",
            "JP-JCN:1234567890123"
        ])
    );
}

#[test]
fn judgements_are_kept_and_respected() {
    let env = Env::seeded();
    insta::assert_snapshot!("proposed", env.tpmc(&["party", "duplicates"]));
    let judge = [
        "party",
        "judge",
        "sumitomo-mitsui-trust-bank",
        "sumitomo-mitsui-banking-corporation",
        "not_same",
        "--reason",
        "sister banks",
    ];
    insta::assert_snapshot!("dry_run", env.tpmc(&[&judge[..], &["--dry-run"]].concat()));
    insta::assert_snapshot!("judged", env.tpmc(&judge));
    insta::assert_snapshot!("judged_again", env.tpmc(&judge));
    let pairs = |arguments: &[&str]| {
        let json = env
            .tpmc(&[&["party", "duplicates", "--format", "json"], arguments].concat())
            .json();
        json["pairs"].as_array().expect("pairs").len()
    };
    assert_eq!(pairs(&["--all"]), pairs(&[]) + 1);
    insta::assert_snapshot!(
        "csv",
        env.tpmc(&["party", "duplicates", "--all", "--format", "csv"])
    );
}

#[test]
fn a_pair_is_two_known_parties() {
    let env = Env::seeded();
    insta::assert_snapshot!(
        "itself",
        env.tpmc(&["party", "judge", "marubeni", "marubeni", "same"])
    );
    insta::assert_snapshot!(
        "unknown",
        env.tpmc(&["party", "judge", "marubeni", "marubenu", "same"])
    );
    env.tpmc(&["party", "duplicates", "--at-least", "2"])
        .fails_with(1);
}

#[test]
fn a_short_chinese_or_japanese_name_finds_the_company() {
    let env = Env::seeded();
    for name in [
        "江苏青云集团股份有限公司",
        "深圳市瑞陵实业集团股份有限公司",
        "深圳市鸿禾科技股份有限公司",
        "深圳市赢禾科技股份有限公司",
        "华东开发信用银行",
        "日鋳ホールディングス株式会社",
    ] {
        env.tpmc(&["party", "add", "--name-zh", name, "--kind", "company"])
            .succeeds();
    }
    for (short, long) in [
        ("青云集团", "江苏青云集团股份有限公司"),
        ("瑞陵股份", "深圳市瑞陵实业集团股份有限公司"),
        ("赢禾科技", "深圳市赢禾科技股份有限公司"),
        ("华开行", "华东开发信用银行"),
        ("日鋳", "日鋳ホールディングス株式会社"),
    ] {
        let json = env
            .tpmc(&["party", "match", short, "--lang", "zh", "--format", "json"])
            .json();
        assert_eq!(json["candidates"][0]["name"], long, "{short}");
    }
}

#[test]
fn a_new_party_is_shown_with_one_of_that_name_in_another_country() {
    let env = Env::seeded();
    env.write(
        "list.csv",
        "title_en,parties\nA made-up mill,丸紅 [CN] (owner)\n",
    );
    env.tpmc(&["import", "plan", "list.csv", "-o", "plan.json"])
        .succeeds();
    let plan = std::fs::read_to_string(env.path("plan.json")).expect("the plan");
    let new = plan
        .lines()
        .find(|line| line.contains("\"new_party\"") || line.contains("丸紅"));
    assert!(new.is_some_and(|line| line.contains("marubeni")), "{plan}");
}
