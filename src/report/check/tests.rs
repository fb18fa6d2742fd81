//! Each rule that no shipped record breaks, on a record that does.

mod evidence;

use serde_json::{Value, json};

use super::*;
use crate::domain::{Homes, Horizon};
use crate::store::Currency;

const ID: &str = "6ba7b810-9dad-51d1-80b4-00c04fd430c8";

/// A later project with everything in order, changed by `change`.
fn project(change: Value) -> Project {
    let mut project = json!({
        "code": "P-0001", "id": ID, "list_number": null, "forum": null, "identified": true, "umbrella": null,
        "instrument": "project", "title_en": "A", "title_zh": "甲", "title_ja": "甲", "title_original": null,
        "mode": "engineering", "mode_basis": "coded", "sector": "energy", "host_note": null, "membership": null,
        "confidence": "high", "note": null, "hosts": ["TH"], "objectives": [], "identifiers": [],
        "participations": [part(1, "zhong", "owner", Some("50"), false), part(2, "nichi", "owner", Some("50"), false)],
        "events": [event(1, "2026-01-01", Some("implementing"))], "amounts": [], "risks": [], "citations": [],
    });
    let fields = change.as_object().expect("fields").clone();
    project.as_object_mut().expect("a record").extend(fields);
    serde_json::from_value(project).expect("a project")
}

fn part(number: i32, party: &str, role: &str, share: Option<&str>, prospective: bool) -> Value {
    json!({"number": number, "party": party, "role": role, "share_percent": share, "prospective": prospective, "note": null})
}

fn event(number: i32, on: &str, status: Option<&str>) -> Value {
    let kind = if status.is_some() { "status" } else { "note" };
    json!({"number": number, "on_date": on, "due_on": null, "kind": kind, "status": status, "text": null,
        "source": "S-0001", "confidence": "high", "evidence": "direct"})
}

fn milestone(number: i32, due: &str, met: Option<&str>) -> Value {
    json!({"number": number, "on_date": met, "due_on": due, "kind": "milestone", "status": null, "text": "x",
        "source": "S-0001", "confidence": "high", "evidence": "direct"})
}

fn amount(basis: &str, currency: &str, minor_units: i64, on: Option<&str>) -> Value {
    json!({"number": 1, "kind": "loan", "basis": basis, "currency": currency, "minor_units": minor_units, "estimated": false,
        "on_date": on, "source": "S-0001", "note": null})
}

fn party(code: &str, country: Option<&str>, identifiers: Value) -> Party {
    serde_json::from_value(json!({
        "code": code, "id": ID, "name_en": code, "name_zh": null, "name_ja": null, "name_native": null, "country": country,
        "side": null, "kind": "company", "note": null, "other_names": [], "identifiers": identifiers,
    }))
    .expect("a party")
}

fn world(projects: &[&Project]) -> World {
    let day = "2026-11-23".parse().expect("a day");
    let mark = json!({"code": "DEM", "id": ID, "numeric": null, "name_en": "Mark", "name_zh": null, "name_ja": null,
        "decimal_places": 2, "withdrawn": "2002-03"});
    let mark: Currency = serde_json::from_value(mark).expect("a currency");
    let parties = [
        party("zhong", Some("CN"), json!([])),
        party("nichi", Some("JP"), json!([])),
    ];
    let mut world = World::new(
        Horizon {
            as_of: day,
            known: day,
            zone: crate::domain::Zone::UTC,
        },
        Homes::default(),
        vec![mark],
        &parties,
    );
    projects.iter().for_each(|project| world.note(project));
    world
}

fn today() -> ReportDay {
    let day = "2026-11-23".parse().expect("a day");
    ReportDay {
        day,
        zone: crate::domain::Zone::UTC,
    }
}

const EVERY: Choice<'static> = Choice {
    rules: &[],
    least: Severity::Note,
};

/// The rules that a project breaks.
fn broken(change: Value) -> Vec<&'static str> {
    let project = project(change);
    let mut report = CheckReport::new(today(), None, &EVERY);
    report.project(&project, &world(&[&project]), &EVERY);
    report.findings.iter().map(|finding| finding.rule).collect()
}

#[test]
fn a_record_in_order_breaks_no_rule() {
    assert_eq!(broken(json!({})), Vec::<&str>::new());
}

#[test]
fn events_in_disorder_are_found() {
    for (events, rules) in [
        (
            json!([event(1, "2026-12-01", Some("implementing"))]),
            &["event-in-future"][..],
        ),
        (
            json!([
                event(1, "2026-01", Some("implementing")),
                event(2, "2026-02-01", Some("signed"))
            ]),
            &["dates-out-of-order"],
        ),
        (
            json!([
                event(1, "2026-01", Some("implementing")),
                event(2, "2026", Some("signed"))
            ]),
            &[],
        ),
        (
            json!([
                event(1, "2025", Some("implementing")),
                event(2, "2026-01", Some("completed")),
                event(3, "2026-05", Some("implementing"))
            ]),
            &[],
        ),
        (
            json!([
                event(1, "2026-01", Some("implementing")),
                milestone(2, "2026-03", None)
            ]),
            &["milestone-overdue"],
        ),
        (
            json!([
                event(1, "2026-01", Some("implementing")),
                milestone(2, "2026-03", Some("2027"))
            ]),
            &["milestone-met-in-future"],
        ),
        (
            json!([
                event(1, "2025", Some("implementing")),
                event(2, "2026-01", Some("completed")),
                milestone(3, "2026-03", None)
            ]),
            &["completed-with-open-milestone"],
        ),
        (
            json!([event(1, "2026-01", Some("completed"))]),
            &["completed-without-start"],
        ),
        (
            json!([event(1, "2024-01", Some("suspended"))]),
            &["suspended-without-news"],
        ),
        (
            json!([
                event(1, "2024-01", Some("suspended")),
                event(2, "2026-01", None)
            ]),
            &[],
        ),
        (json!([]), &["no-status"]),
    ] {
        assert_eq!(broken(json!({ "events": events })), rules, "{events}");
    }
    let mut bare = event(1, "2026-01", Some("implementing"));
    bare["source"] = Value::Null;
    assert_eq!(
        broken(json!({ "events": [bare] })),
        ["status-without-source"]
    );
}

#[test]
fn parts_and_shares_are_checked() {
    let nichi = part(2, "nichi", "owner", Some("50.1"), false);
    for (third, rules) in [
        (
            part(1, "zhong", "owner", Some("50"), false),
            &["shares-above-100"][..],
        ),
        (part(1, "zhong", "owner", Some("49.9"), false), &[]),
        (
            part(1, "zhong", "owner", Some("50"), true),
            &["side-missing", "prospective-with-share"],
        ),
        (
            part(1, "nichi", "owner", None, false),
            &["side-missing", "part-repeated"],
        ),
    ] {
        assert_eq!(
            broken(json!({ "participations": [third, nichi] })),
            rules,
            "{third}"
        );
    }
    assert_eq!(broken(json!({ "participations": [] })), ["party-missing"]);
    let both_roles = json!([
        part(1, "zhong", "owner", Some("60"), false),
        part(2, "zhong", "sponsor", Some("60"), false),
        part(3, "nichi", "owner", Some("40"), false)
    ]);
    assert_eq!(
        broken(json!({ "participations": both_roles })),
        Vec::<&str>::new()
    );
}

#[test]
fn money_is_checked() {
    let signed = json!([event(1, "2026-01-01", Some("signed"))]);
    let pledged = amount("pledge", "USD", 1, None);
    assert_eq!(
        broken(json!({ "events": signed, "amounts": [pledged] })),
        Vec::<&str>::new()
    );
    let committed = amount("commitment", "USD", 1, None);
    assert_eq!(
        broken(json!({ "events": signed, "amounts": [committed] })),
        ["pledge-as-commitment"]
    );
    assert_eq!(
        broken(json!({ "amounts": [amount("commitment", "DEM", 1, None)] })),
        ["withdrawn-currency"]
    );
    assert_eq!(
        broken(json!({ "amounts": [amount("commitment", "DEM", 1, Some("1999"))] })),
        Vec::<&str>::new()
    );
    assert_eq!(
        broken(json!({ "amounts": [amount("commitment", "USD", 0, None)] })),
        ["amount-of-zero"]
    );
}

#[test]
fn what_is_missing_is_named() {
    for (change, rule) in [
        (json!({"hosts": []}), "host-missing"),
        (json!({"title_ja": null}), "title-missing"),
        (json!({"mode": null}), "mode-missing"),
        (json!({"sector": null}), "sector-missing"),
        (json!({"citations": ["S-0002"]}), "citation-without-use"),
    ] {
        assert_eq!(broken(change), [rule]);
    }
    assert_eq!(
        broken(json!({"hosts": [], "umbrella": true})),
        Vec::<&str>::new()
    );
    let (one, other) = (
        project(json!({"forum": "F1", "list_number": 7})),
        project(json!({"forum": "F1", "list_number": 7, "code": "P-0002"})),
    );
    let world = world(&[&one, &other]);
    assert_eq!(world.same_number(&one), ["P-0002"]);
}

#[test]
fn parties_are_checked() {
    let mut report = CheckReport::new(today(), None, &EVERY);
    let wrong = json!([{"scheme": "JP-JCN", "identifier": "1234567890123"}, {"scheme": "JP-JCN", "identifier": "3000020278670"}]);
    report.party(&party("x", None, wrong), &world(&[]), &EVERY);
    let rules: Vec<&str> = report.findings.iter().map(|finding| finding.rule).collect();
    assert_eq!(
        rules,
        [
            "identifier-invalid",
            "party-without-country",
            "party-without-project"
        ]
    );
    report.finish(&[], |key, _| key.to_owned());
    assert_eq!(
        (report.errors(), report.findings[0].message.as_str()),
        (1, "rule-identifier-invalid")
    );
}
