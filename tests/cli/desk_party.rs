//! `tpmc party` and `tpmc source`

use crate::env::Env;

#[test]
fn a_party_is_added_and_corrected() {
    let env = Env::seeded();
    insta::assert_snapshot!(
        "party_added",
        env.tpmc(&[
            "party",
            "add",
            "--name-en",
            "Lao Wind Power",
            "--name-zh",
            "老挝风电",
            "--country",
            "Laos",
            "--kind",
            "company",
            "--other-name",
            "short:en:LWP",
        ])
    );
    insta::assert_snapshot!(
        "party_undetermined",
        env.tpmc(&["party", "add", "--name-zh", "风电", "--kind", "company"])
    );
    insta::assert_snapshot!(
        "party_set",
        env.tpmc(&["party", "set", "LWP", "--country", "TH", "--dry-run"])
    );
    insta::assert_snapshot!("party_show", env.tpmc(&["party", "show", "marubeni"]));
    insta::assert_snapshot!(
        "party_list",
        env.tpmc(&["party", "list", "--country", "VN", "--lang", "ja"])
    );
    insta::assert_snapshot!(
        "party_no_name",
        env.tpmc(&["party", "set", "party-0001", "--clear", "name_zh"])
    );
    insta::assert_snapshot!(
        "party_code_taken",
        env.tpmc(&[
            "party",
            "add",
            "--code",
            "marubeni",
            "--name-en",
            "M",
            "--kind",
            "company"
        ])
    );
    env.tpmc(&[
        "party",
        "add",
        "--code",
        "A b",
        "--name-en",
        "M",
        "--kind",
        "company",
    ])
    .fails_with(1);
    env.tpmc(&["party", "add", "--name-en", " ", "--kind", "company"])
        .fails_with(2);
    insta::assert_snapshot!("party_in_use", env.tpmc(&["party", "remove", "marubeni"]));
    env.tpmc(&["party", "remove", "party-0001"]).succeeds();
}

#[test]
fn two_records_of_one_party_are_merged() {
    let env = Env::seeded();
    let add = |name: &str, identifier: &str| {
        env.tpmc(&[
            "party",
            "add",
            "--name-en",
            name,
            "--country",
            "JP",
            "--kind",
            "company",
            "--new",
            "--identifier",
            identifier,
        ])
        .succeeds()
    };
    assert_eq!(
        add("Marubeni Corp", "JP-JCN:8000000000001"),
        "marubeni-corp\n"
    );
    assert_eq!(
        add("Marubeni Corporation", "jp-jcn:7-0000-0000-0002"),
        "marubeni-corporation\n"
    );
    env.tpmc(&["project", "add", "--title-en", "Wind farm"])
        .succeeds();
    env.tpmc(&[
        "participation",
        "add",
        "P-0082",
        "marubeni-corp",
        "--role",
        "sponsor",
        "--share",
        "60",
    ])
    .succeeds();
    env.tpmc(&[
        "participation",
        "add",
        "P-0082",
        "marubeni",
        "--role",
        "sponsor",
    ])
    .succeeds();
    insta::assert_snapshot!(
        "merge_itself",
        env.tpmc(&["party", "merge", "marubeni", "marubeni"])
    );
    insta::assert_snapshot!(
        "merge_identifiers",
        env.tpmc(&["party", "merge", "marubeni-corp", "marubeni-corporation"])
    );
    env.tpmc(&[
        "party",
        "merge",
        "marubeni-corp",
        "marubeni-corporation",
        "--force",
    ])
    .fails_with(2);
    insta::assert_snapshot!(
        "merge_dry_run",
        env.tpmc(&["party", "merge", "marubeni-corp", "marubeni", "--dry-run"])
    );
    insta::assert_snapshot!(
        "merged",
        env.tpmc(&["party", "merge", "marubeni-corp", "marubeni"])
    );
    let project = env
        .tpmc(&["project", "show", "P-0082", "--format", "json"])
        .json();
    assert_eq!(
        project["participations"].as_array().map(Vec::len),
        Some(1),
        "one part, not two"
    );
    assert_eq!(project["participations"][0]["share_percent"], "60");
    let party = env
        .tpmc(&["party", "show", "marubeni", "--format", "json"])
        .json();
    assert_eq!(party["identifiers"][0]["identifier"], "8000000000001");
    assert!(party["other_names"].to_string().contains("Marubeni Corp"));
    env.tpmc(&["party", "show", "marubeni-corp", "--format", "json"])
        .fails_with(1);
    env.tpmc(&["party", "merge", "marubeni-corp", "marubeni"])
        .fails_with(1);
}

#[test]
fn sources_have_one_address() {
    let env = Env::seeded();
    insta::assert_snapshot!(
        "source_added",
        env.tpmc(&[
            "source",
            "add",
            "https://example.org/a",
            "--publisher",
            "Example Press",
            "--confidence",
            "medium"
        ])
    );
    insta::assert_snapshot!("source_show", env.tpmc(&["source", "show", "s-0002"]));
    insta::assert_snapshot!(
        "source_list",
        env.tpmc(&["source", "list", "--with", "EXAMPLE"])
    );
    insta::assert_snapshot!(
        "source_taken",
        env.tpmc(&["source", "set", "S-0002", "--url", "https://example.org/a"])
    );
    insta::assert_snapshot!("source_in_use", env.tpmc(&["source", "remove", "S-0002"]));
    insta::assert_snapshot!(
        "source_empty",
        env.tpmc(&["source", "set", "S-0400", "--clear", "url"])
    );
    env.tpmc(&["source", "set", "S-0400", "--read-on", "2026-11"])
        .fails_with(2);
    env.tpmc(&[
        "source",
        "set",
        "S-0400",
        "--read-on",
        "2026-11-01",
        "--language",
        "en",
    ])
    .succeeds();
    env.tpmc(&["source", "remove", "S-0400"]).succeeds();
    env.tpmc(&["source", "add", "https://example.org/a"])
        .fails_with(1);
}

#[test]
fn what_was_judged_apart_is_not_merged() {
    let env = Env::seeded();
    let judge = ["party", "judge", "cnpc", "petrochina"];
    env.tpmc(
        &[
            &judge[..],
            &["not_same", "--reason", "parent and subsidiary"],
        ]
        .concat(),
    )
    .succeeds();
    let merge = ["party", "merge", "petrochina", "cnpc"];
    let refused = env.tpmc(&merge).fails_with(1);
    assert!(
        refused.contains("judged not to be the same (parent and subsidiary)"),
        "{refused}"
    );
    env.tpmc(
        &[
            &merge[..],
            &["--force", "--reason", "they became one", "--dry-run"],
        ]
        .concat(),
    )
    .succeeds();
    env.tpmc(&[&judge[..], &["same"]].concat()).succeeds();
    env.tpmc(&merge).succeeds();
}

#[test]
fn identifiers_are_checked_when_they_are_typed() {
    let env = Env::seeded();
    for wrong in [
        "JP-JCN:3000020278671",
        "CN-USCI:91110000600037342L",
        "XI-LEI:353800CI5L6DDAN5XZ34",
        "XX-NONE:1",
        "nothing",
    ] {
        env.tpmc(&["party", "set", "marubeni", "--identifier", wrong])
            .fails_with(2);
    }
    env.tpmc(&[
        "party",
        "set",
        "marubeni",
        "--identifier",
        "cn-usci: 9111 0000 6000 37341l",
    ])
    .succeeds();
    let party = env
        .tpmc(&["party", "show", "marubeni", "--format", "json"])
        .json();
    assert_eq!(party["identifiers"][0]["identifier"], "91110000600037341L");
    assert_eq!(party["identifiers"][0]["scheme"], "CN-USCI");
}
