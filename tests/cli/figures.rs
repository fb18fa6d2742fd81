//! The program's figures against those that `.ci/figures.py` counted from the shipped records without it.

use serde_json::{Map, Value, json};

use crate::env::Env;

fn figures() -> Value {
    serde_json::from_str(include_str!("../fixtures/figures.json")).expect("the fixture")
}

/// Items of a list as key → figure, "not stated" spelled out, zeros left out.
fn by_key(list: &Value, key: &str, figure: &str) -> Value {
    let items = list.as_array().expect("a list").iter();
    let pairs = items.map(|item| {
        let key = item[key].as_str().unwrap_or("not_stated").to_owned();
        (key, item[figure].clone())
    });
    Value::Object(pairs.filter(|(_, figure)| *figure != 0).collect())
}

/// The answer to a question in SQL about two columns, as first → second.
fn counted(env: &Env, sql: &str) -> Value {
    let rows = env.tpmc(&["sql", sql, "--format", "json"]).json();
    by_key(&rows, "k", "n")
}

#[test]
fn of_the_summary_by_every_dimension() {
    let (env, figures) = (Env::seeded(), figures());
    for (dimension, other) in [
        ("mode", "country"),
        ("country", "mode"),
        ("status", "region"),
        ("sector", "status"),
        ("region", "sector"),
    ] {
        let by = format!("{dimension},{other}");
        let summary = env
            .tpmc(&["summary", "--by", &by, "--format", "json"])
            .json();
        for group in summary["groups"].as_array().expect("groups") {
            let expected = &figures[group["group"].as_str().expect("a name")];
            let list = &group[format!("by_{dimension}")];
            let counted = by_key(list, dimension, "projects");
            assert_eq!(counted, expected[format!("by_{dimension}")], "{by}");
        }
    }
}

#[test]
fn of_money() {
    let figures = figures();
    let summary = Env::seeded()
        .tpmc(&["summary", "--currency", "USD", "--format", "json"])
        .json();
    for group in summary["groups"].as_array().expect("groups") {
        let expected = &figures[group["group"].as_str().expect("a name")]["commitments_usd"];
        let commitments = &group["total"]["commitments"];
        for figure in ["amount", "estimated", "projects"] {
            assert_eq!(commitments[figure], expected[figure], "{figure}");
        }
        let mut left_out = Map::<String, Value>::new();
        for left in commitments["left_out"].as_array().expect("a list") {
            let currency = left["currency"].as_str().expect("a currency");
            let amount = |value: &Value| {
                value
                    .as_str()
                    .map_or(0, |text| text.parse::<i64>().expect(text))
            };
            let known = left_out.get(currency).map_or(0, amount);
            let both = known + amount(&left["amount"]);
            left_out.insert(currency.to_owned(), both.to_string().into());
        }
        assert_eq!(Value::Object(left_out), expected["left_out"]);
    }
}

#[test]
fn of_progress() {
    let (env, figures) = (Env::seeded(), figures());
    let report = env.tpmc(&["progress", "--format", "json"]).json();
    for group in report["groups"].as_array().expect("groups") {
        let expected = &figures["progress"][group["group"].as_str().expect("a name")];
        for line in group["by_status"].as_array().expect("a list") {
            let status = line["status"].as_str().unwrap_or("not_stated");
            let found = json!({"projects": line["projects"], "median": line["days"]["median"], "longest": line["days"]["longest"]});
            assert_eq!(found, expected["by_status"][status], "{status}");
        }
        for figure in [
            "evidence_age",
            "without_evidence",
            "earlier_history_not_known",
        ] {
            assert_eq!(group[figure], expected[figure], "{figure}");
        }
        for list in ["silent", "stalled"] {
            let codes = group[list].as_array().expect("a list").iter();
            let mut codes: Vec<&str> = codes.filter_map(|named| named["code"].as_str()).collect();
            codes.sort_unstable();
            assert_eq!(json!(codes), expected[list], "{list}");
        }
    }
}

#[test]
fn of_projects_by_instrument_and_membership() {
    let (env, figures) = (Env::seeded(), figures());
    for (group, condition) in [("F1", "forum = 'F1'"), ("other", "forum IS NULL")] {
        for column in ["instrument", "membership"] {
            let sql = format!(
                "SELECT {column} AS k, count(*) AS n FROM v_project WHERE {condition} GROUP BY 1"
            );
            assert_eq!(counted(&env, &sql), figures[group][format!("by_{column}")]);
        }
    }
}

#[test]
fn of_the_records_beside_the_projects() {
    let (env, figures) = (Env::seeded(), figures());
    let records = &figures["records"];
    for (figure, view, column) in [
        ("parties_by_kind", "v_party", "kind"),
        ("events_by_evidence", "v_event", "evidence"),
        ("amounts_by_basis", "v_amount", "basis"),
        ("amounts_by_currency", "v_amount", "currency"),
        ("sources_by_publisher_kind", "v_source", "publisher_kind"),
        ("sources_by_kind", "v_source", "kind"),
        ("sources_by_link", "v_source", "link"),
        ("titles_zh_by_basis", "v_project", "title_zh_basis"),
        ("titles_ja_by_basis", "v_project", "title_ja_basis"),
    ] {
        let sql = format!("SELECT {column} AS k, count(*) AS n FROM {view} GROUP BY 1");
        assert_eq!(counted(&env, &sql), records[figure], "{figure}");
    }
    for (group, condition) in [("F1", "LIKE 'F1-%'"), ("other", "LIKE 'P-%'")] {
        for (figure, view, column, what) in [
            (
                "parties_by_country",
                "v_participation",
                "country",
                "count(DISTINCT party)",
            ),
            (
                "participations_by_role",
                "v_participation",
                "role",
                "count(*)",
            ),
            ("events_by_kind", "v_event", "kind", "count(*)"),
        ] {
            let sql = format!(
                "SELECT {column} AS k, {what} AS n FROM {view} WHERE project {condition} GROUP BY 1"
            );
            assert_eq!(counted(&env, &sql), records[figure][group], "{figure}");
        }
    }
    let all = "SELECT country AS k, count(*) AS n FROM v_party GROUP BY 1";
    assert_eq!(counted(&env, all), records["parties_by_country"]["all"]);
}
