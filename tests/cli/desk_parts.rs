//! `tpmc event|milestone|amount|participation|risk`

use crate::env::Env;

fn with_project() -> Env {
    let env = Env::seeded();
    env.tpmc(&["project", "add", "--title-en", "Wind farm", "--host", "LA"])
        .succeeds();
    env
}

#[test]
fn events_are_added_corrected_and_removed() {
    let env = with_project();
    insta::assert_snapshot!(
        "event_added",
        env.tpmc(&[
            "event",
            "add",
            "P-0082",
            "Land handed over",
            "--on",
            "2024-06",
            "--source",
            "S-0002"
        ])
    );
    env.tpmc(&[
        "status",
        "P-0082",
        "committed",
        "--on",
        "2025",
        "--no-source",
    ])
    .succeeds();
    insta::assert_snapshot!(
        "event_set",
        env.tpmc(&[
            "event",
            "set",
            "P-0082",
            "2",
            "--on",
            "2025-03",
            "--clear",
            "source",
            "--dry-run"
        ])
    );
    env.tpmc(&["event", "set", "P-0082", "2", "--on", "2025-03"])
        .succeeds();
    insta::assert_snapshot!("event_list", env.tpmc(&["event", "list", "P-0082"]));
    insta::assert_snapshot!(
        "event_removed",
        env.tpmc(&["event", "remove", "P-0082", "1"])
    );
    insta::assert_snapshot!(
        "event_missing",
        env.tpmc(&["event", "remove", "P-0082", "1"])
    );
    let added = env
        .tpmc(&[
            "event", "add", "P-0082", "Later", "--on", "2026", "--format", "json",
        ])
        .json();
    assert_eq!(added["events"][1]["number"], 3, "numbers stay");
}

#[test]
fn a_milestone_is_due_met_or_slipped() {
    let env = with_project();
    env.tpmc(&[
        "milestone",
        "add",
        "P-0082",
        "First turbine",
        "--due",
        "2026-06",
    ])
    .succeeds();
    env.tpmc(&["milestone", "add", "P-0082", "Grid", "--due", "2026-11-01"])
        .succeeds();
    env.tpmc(&[
        "milestone",
        "add",
        "P-0082",
        "Second turbine",
        "--due",
        "2027-01-01",
    ])
    .succeeds();
    insta::assert_snapshot!(
        "milestone_done",
        env.tpmc(&["milestone", "done", "P-0082", "1", "--on", "2026-07-12"])
    );
    insta::assert_snapshot!("milestone_list", env.tpmc(&["milestone", "list", "P-0082"]));
    insta::assert_snapshot!(
        "milestone_list_zh",
        env.tpmc(&["milestone", "list", "P-0082", "--lang", "zh"])
    );
    insta::assert_snapshot!(
        "milestone_open",
        env.tpmc(&["milestone", "list", "--open", "--format", "csv"])
    );
    insta::assert_snapshot!(
        "milestone_then",
        env.tpmc(&["milestone", "list", "P-0082", "--as-of", "2026-07-01"])
    );
    env.tpmc(&["milestone", "done", "P-0082", "1", "--on", "2026-07-13"])
        .fails_with(1);
    env.tpmc(&["milestone", "done", "P-0001", "2", "--on", "2026-07-13"])
        .fails_with(1);
    env.tpmc(&["milestone", "done", "P-0082", "3", "--on", "2027-01-01"])
        .fails_with(1);
}

#[test]
fn amounts_are_exact_or_refused() {
    let env = with_project();
    let add = |arguments: &[&str]| {
        env.tpmc(
            &[
                &["amount", "add", "P-0082"],
                arguments,
                &["--kind", "loan", "--basis", "pledge"],
            ]
            .concat(),
        )
    };
    add(&["1500.5", "USD", "--estimated", "--on", "2024"]).succeeds();
    insta::assert_snapshot!("amount_withdrawn", add(&["100", "DEM"]));
    add(&["100", "DEM", "--on", "1999"]).succeeds();
    insta::assert_snapshot!("amount_list", env.tpmc(&["amount", "list", "P-0082"]));
    insta::assert_snapshot!("amount_too_fine", add(&["0.001", "USD"]));
    insta::assert_snapshot!("amount_negative", add(&["-5", "USD"]));
    insta::assert_snapshot!("amount_unknown_currency", add(&["5", "XYZ"]));
    insta::assert_snapshot!("amount_of_gold", add(&["5", "XAU"]));
    add(&["1,000", "USD"]).fails_with(2);
    insta::assert_snapshot!(
        "amount_set",
        env.tpmc(&[
            "amount",
            "set",
            "P-0082",
            "1",
            "--currency",
            "JPY",
            "--amount",
            "2000",
            "--dry-run"
        ])
    );
    env.tpmc(&["amount", "set", "P-0082", "1", "--currency", "JPY"])
        .fails_with(1);
}

#[test]
fn participations_name_one_party() {
    let env = with_project();
    let add =
        |arguments: &[&str]| env.tpmc(&[&["participation", "add", "P-0082"], arguments].concat());
    insta::assert_snapshot!(
        "participation_added",
        add(&["丸紅", "--role", "sponsor", "--share", "60"])
    );
    insta::assert_snapshot!(
        "participation_shares",
        add(&["itochu", "--role", "sponsor", "--share", "50"])
    );
    insta::assert_snapshot!("participation_twice", add(&["itochu", "--role", "sponsor"]));
    insta::assert_snapshot!(
        "participation_ambiguous",
        add(&["bank", "--role", "financier"])
    );
    insta::assert_snapshot!(
        "participation_unknown",
        add(&["Marubenni", "--role", "financier"])
    );
    for share in ["0", "100.1", "-1", "all"] {
        add(&["jbic", "--role", "financier", "--share", share]).fails_with(2);
    }
    env.tpmc(&[
        "participation",
        "set",
        "P-0082",
        "2",
        "--share",
        "40",
        "--prospective",
        "true",
    ])
    .succeeds();
    insta::assert_snapshot!(
        "participation_list",
        env.tpmc(&["participation", "list", "P-0082"])
    );
    env.tpmc(&["participation", "remove", "P-0082", "1"])
        .succeeds();
}

#[test]
fn risks_have_a_level_and_a_state() {
    let env = with_project();
    env.tpmc(&[
        "risk",
        "add",
        "P-0082",
        "Grid too weak",
        "--category",
        "economic",
        "--level",
        "high",
    ])
    .succeeds();
    env.tpmc(&[
        "risk",
        "set",
        "P-0082",
        "1",
        "--state",
        "mitigated",
        "--on",
        "2026-01",
    ])
    .succeeds();
    insta::assert_snapshot!("risk_list", env.tpmc(&["risk", "list", "P-0082"]));
    env.tpmc(&["risk", "remove", "P-0082", "1"]).succeeds();
    insta::assert_snapshot!("risk_none", env.tpmc(&["risk", "list", "P-0082"]));
}

#[test]
fn milestones_are_corrected_and_removed_as_such() {
    let env = Env::seeded();
    env.tpmc(&["milestone", "add", "P-0004", "Opening", "--due", "2028"])
        .succeeds();
    let number = env.tpmc(&["milestone", "list", "P-0004", "--format", "json"]);
    let number = number.json()[0]["number"].to_string();
    let set = ["milestone", "set", "P-0004", &number];
    env.tpmc(&set).fails_with(1);
    env.tpmc(&[&set[..], &["--due", "2029-06", "--text", "First trains"]].concat())
        .succeeds();
    env.tpmc(&["milestone", "done", "P-0004", &number, "--on", "2026-11"])
        .succeeds();
    env.tpmc(&[&set[..], &["--clear", "on"]].concat())
        .succeeds();
    let list = env
        .tpmc(&["milestone", "list", "P-0004", "--format", "json"])
        .json();
    assert_eq!(list[0]["text"], "First trains");
    assert_eq!(list[0]["due_on"], "2029-06");
    assert_eq!(list[0]["state"], "due");
    let event = env
        .tpmc(&["milestone", "remove", "P-0004", "1"])
        .fails_with(1);
    assert!(event.contains("an event of another kind"), "{event}");
    env.tpmc(&["milestone", "set", "P-0004", "1", "--due", "2030"])
        .fails_with(1);
    env.tpmc(&["milestone", "remove", "P-0004", &number])
        .succeeds();
    let list = env
        .tpmc(&["milestone", "list", "P-0004", "--format", "json"])
        .json();
    assert_eq!(list, serde_json::json!([]));
}

#[test]
fn a_new_record_says_what_it_needs() {
    let env = Env::seeded();
    let party = env.tpmc(&["party", "add", "--name-en", "X"]).fails_with(1);
    assert!(
        party.starts_with("error: a new party needs --kind, one of company, "),
        "{party}"
    );
    let source = env
        .tpmc(&["source", "add", "https://example.org/"])
        .fails_with(1);
    assert!(
        source.contains("a new source needs --confidence, one of high, medium, low"),
        "{source}"
    );
}
