//! Dates, numbers and currencies as people type them: on the command line, in the project sheet and in the text of a project.

use crate::env::Env;

fn with_project() -> Env {
    let env = Env::seeded();
    let title = ["project", "add", "--title-en", "Harbour", "--host", "KE"];
    env.tpmc(&title).succeeds();
    env
}

#[test]
fn a_date_of_the_office_is_taken_by_every_option() {
    let env = with_project();
    for (number, on) in [
        "令和6年3月1日",
        "2024/4/1",
        "2024年5月",
        "June 2024",
        "today",
    ]
    .iter()
    .enumerate()
    {
        let text = format!("visit {number}");
        env.tpmc(&["event", "add", "P-0082", &text, "--on", on])
            .succeeds();
    }
    let project = env
        .tpmc(&["project", "show", "P-0082", "--format", "json"])
        .json();
    let events = project["events"].as_array().cloned().unwrap_or_default();
    let dates: Vec<&str> = events
        .iter()
        .filter_map(|event| event["on_date"].as_str())
        .collect();
    assert_eq!(
        dates,
        [
            "2024-03-01",
            "2024-04-01",
            "2024-05",
            "2024-06",
            "2026-11-23"
        ]
    );
    for (as_of, day) in [
        ("2018年10月26日", "2018-10-26"),
        ("2018.10", "2018-10-31"),
        ("H30.10.26", "2018-10-26"),
    ] {
        let summary = env
            .tpmc(&["summary", "--as-of", as_of, "--format", "json"])
            .json();
        assert_eq!(summary["as_of"], day, "{as_of}");
    }
    let refused = |on: &str| {
        env.tpmc(&["status", "P-0082", "signed", "--on", on])
            .fails_with(2)
    };
    for (on, why) in [
        ("26/10/2018", "which number is the day"),
        ("民国107年", "year of the common era"),
        ("平成40年", "平成 ended on 2019-04-30"),
    ] {
        let said = refused(on);
        assert!(said.contains(why), "{said}");
    }
}

#[test]
fn an_amount_is_taken_with_its_units() {
    let env = with_project();
    let add = |amount: &str, currency: &str| {
        let basis = ["--kind", "loan", "--basis", "pledge"];
        env.tpmc(&[&["amount", "add", "P-0082", amount, currency], &basis[..]].concat())
    };
    add("39,800万", "円").succeeds();
    add("1,200,000,000", "RMB").succeeds();
    add("２．５", "USD").succeeds();
    let project = env
        .tpmc(&["project", "show", "P-0082", "--format", "json"])
        .json();
    let amounts = project["amounts"].as_array().cloned().unwrap_or_default();
    let said: Vec<String> = amounts
        .iter()
        .map(|amount| {
            format!(
                "{} {}",
                amount["currency"].as_str().unwrap_or("-"),
                amount["minor_units"]
            )
        })
        .collect();
    assert_eq!(said, ["JPY 398000000", "CNY 120000000000", "USD 250"]);
    add("1,234", "USD").fails_with(2);
    assert!(add("5", "¥").fails_with(2).contains("CNY, JPY"));
}

#[test]
fn a_text_of_a_project_may_have_them() {
    let env = with_project();
    let text = env
        .tpmc(&["project", "show", "P-0082", "--format", "toml"])
        .succeeds();
    let more = "\n[[amounts]]\nkind = \"loan\"\nbasis = \"pledge\"\namount = \"3億\"\ncurrency = \"日元\"\non_date = \"2024年3月\"\n\n[[events]]\nkind = \"note\"\ntext = \"visit\"\non_date = 2024-03-01\n";
    env.write("harbour.toml", format!("{text}{more}"));
    env.tpmc(&["project", "apply", "harbour.toml"]).succeeds();
    let text = env
        .tpmc(&["project", "show", "P-0082", "--format", "toml"])
        .succeeds();
    for line in [
        "amount = \"300000000\"",
        "currency = \"JPY\"",
        "on_date = \"2024-03\"",
        "on_date = \"2024-03-01\"",
    ] {
        assert!(text.contains(line), "{text}");
    }
}

#[test]
fn a_sheet_is_read_as_people_write_it() {
    let env = Env::seeded();
    let sheet = "title_en,hosts,status,status_on,umbrella,money,parties\n\
        Harbour,KE,signed,2018年10月26日,是,3億円 (loan; pledge),Marubeni [50%] (owner)\n\
        Railway,KE,signed,26/10/2018,,,\n";
    env.write(
        "sheet.csv",
        sheet.replace("(loan; pledge)", "（loan，pledge）"),
    );
    env.tpmc(&["import", "plan", "sheet.csv", "-o", "plan.json"])
        .succeeds();
    let plan = std::fs::read_to_string(env.path("plan.json")).expect("a plan");
    for part in [
        "\"2018-10-26\"",
        "300000000",
        "\"umbrella\":true",
        "day_or_month",
    ] {
        assert!(plan.contains(part), "{part} in {plan}");
    }
}
