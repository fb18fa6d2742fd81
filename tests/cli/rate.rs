//! `tpmc rate`, and what a summary converts with it

use crate::env::Env;

fn add(env: &Env, rate: [&str; 4]) {
    let [from, to, rate, on] = rate;
    let arguments = [
        "rate", "add", from, to, rate, "--on", on, "--source", "S-0002",
    ];
    env.tpmc(&arguments).succeeds();
}

#[test]
fn rates_are_recorded_listed_and_removed() {
    let env = Env::seeded();
    let arguments = ["rate", "add", "usd", "jpy", "112.40", "--on", "2018-10-26"];
    let run = env.tpmc(&[&arguments[..], &["--source", "https://example.org/rates"]].concat());
    insta::assert_snapshot!("rate_added", run);
    insta::assert_snapshot!("rate_list", env.tpmc(&["rate", "list"]));
    insta::assert_snapshot!(
        "rate_list_zh",
        env.tpmc(&["rate", "list", "--lang", "zh", "--currency", "JPY"])
    );
    env.tpmc(&["verify"]).succeeds();
    let source_in_use = env.tpmc(&["source", "remove", "S-0400"]);
    insta::assert_snapshot!("rate_source_in_use", source_in_use);
    env.tpmc(&["rate", "remove", "USD/JPY/2018-10-26"])
        .succeeds();
    env.tpmc(&["undo"]).succeeds();
    env.tpmc(&["rebuild"]).succeeds();
    let rates = env.tpmc(&["rate", "list", "--format", "json"]).json();
    assert_eq!(rates[0]["rate"], "112.40");
}

#[test]
fn a_rate_that_cannot_be() {
    let env = Env::seeded();
    for (name, rate) in [
        ("rate_of_itself", ["USD", "USD", "1", "2018-10-26"]),
        ("rate_of_nothing", ["USD", "JPY", "0", "2018-10-26"]),
        ("rate_of_the_future", ["USD", "JPY", "112", "2030-01-01"]),
        ("rate_of_no_currency", ["USD", "JPX", "112", "2018-10-26"]),
    ] {
        let [from, to, rate, on] = rate;
        let arguments = [
            "rate", "add", from, to, rate, "--on", on, "--source", "S-0002",
        ];
        insta::assert_snapshot!(name, env.tpmc(&arguments));
    }
}

#[test]
fn commitments_are_converted_by_the_rates_alone() {
    let env = Env::seeded();
    let of = |more: &[&str]| {
        let base = ["summary", "--currency", "USD", "--format", "json"];
        let report = env.tpmc(&[&base[..], more].concat()).json();
        report["groups"][0]["total"]["commitments"].clone()
    };
    assert_eq!(
        of(&[])["amount"],
        "0",
        "the shares of F1-020 are priced in yen"
    );
    add(&env, ["USD", "JPY", "110.00", "2018-01-01"]);
    assert_eq!(
        of(&[])["left_out"][0]["reason"],
        "no_rate",
        "older than a year"
    );
    add(&env, ["USD", "JPY", "111.5", "2019-04-25"]);
    let commitments = of(&[]);
    assert_eq!(
        commitments["amount"], "1793721.52",
        "199,999,950 yen by 111.5"
    );
    assert_eq!(commitments["left_out"].as_array().map(Vec::len), Some(0));
    add(&env, ["JPY", "USD", "0.009", "2019-04-25"]);
    assert_eq!(
        of(&[])["amount"],
        "1799999.55",
        "the rate in this direction comes first"
    );
    assert_eq!(of(&["--rates-on", "2018-06-01"])["amount"], "1818181.36");
    assert_eq!(
        of(&["--as-of", "2019-04-24"])["amount"],
        "0",
        "not yet bought"
    );
}

#[test]
fn a_summary_of_commitments() {
    let env = Env::seeded();
    add(&env, ["EUR", "USD", "1.0663", "2016-12-01"]);
    insta::assert_snapshot!(
        "commitments",
        env.tpmc(&["summary", "--measure", "commitments", "--currency", "USD"])
    );
    let by_status = [
        "summary",
        "--currency",
        "JPY",
        "--by",
        "status,mode",
        "--rates-on",
        "2017-01-31",
    ];
    insta::assert_snapshot!(
        "commitments_ja",
        env.tpmc(&[&by_status[..], &["--lang", "ja"]].concat())
    );
    insta::assert_snapshot!(
        "commitments_zh",
        env.tpmc(&[&by_status[..], &["--lang", "zh", "--forum", "other"]].concat())
    );
    let csv = [
        "summary",
        "--currency",
        "USD",
        "--by",
        "mode,region",
        "--format",
        "csv",
        "--forum",
        "other",
    ];
    insta::assert_snapshot!("commitments_csv", env.tpmc(&csv));
    insta::assert_snapshot!(
        "commitments_without_currency",
        env.tpmc(&["summary", "--measure", "commitments"])
    );
    insta::assert_snapshot!(
        "commitments_in_gold",
        env.tpmc(&["summary", "--currency", "XAU"])
    );
}

#[test]
fn every_cell_leads_to_its_codes() {
    let env = Env::seeded();
    let arguments = [
        "summary",
        "--by",
        "status,region",
        "--measure",
        "share",
        "--codes",
        "--mode",
        "investment",
    ];
    insta::assert_snapshot!("summary_codes", env.tpmc(&arguments));
}
