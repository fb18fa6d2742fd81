//! What counts as what, on both clocks.

use serde_json::{Value, json};

use super::*;
use crate::domain::{Horizon, Language, seeded_id};
use crate::report::Glossary;
use crate::store::{Dated, Document, Kind, Step, shipped};

fn horizon(as_of: &str) -> Horizon {
    Horizon {
        as_of: as_of.parse().expect("a day"),
        known: "2026-11-23".parse().expect("a day"),
        zone: crate::domain::Zone::UTC,
    }
}

fn event(number: i32, on_date: &str, status: Option<&str>) -> Value {
    let kind = if status.is_some() { "status" } else { "note" };
    json!({"number": number, "on_date": on_date, "kind": kind, "status": status, "text": format!("event {number}"),
        "source": null, "confidence": "high", "evidence": "direct"})
}

fn project(events: &[Value], change: impl Fn(&mut Value)) -> Document {
    let mut fields = json!({"code": "P-0001", "id": seeded_id("project", "P-0001"), "identified": true, "title_en": "A line",
        "hosts": ["TH"], "objectives": [], "identifiers": [], "events": events, "amounts": [], "risks": [], "citations": [],
        "participations": [{"number": 1, "party": "bank", "role": "financier", "prospective": false}]});
    change(&mut fields);
    Kind::Project.document(fields).expect("a project")
}

fn effective(events: &[Value], from: &str, to: &str) -> Value {
    let Document::Project(project) = project(events, |_| ()) else {
        unreachable!("it is one")
    };
    let dated = Dated::new(project.facts.code, "A line", project.events);
    let changes = Changes::effective(
        &[dated],
        horizon(from),
        horizon(to),
        None,
        None,
        Language::English,
    );
    serde_json::to_value(&changes).expect("JSON")
}

#[test]
fn a_first_status_is_new_and_another_is_a_move() {
    let events = [
        event(1, "2018-10-26", Some("signed")),
        event(2, "2019", Some("committed")),
        event(3, "2020-05", Some("implementing")),
        event(4, "2020-06-01", None),
    ];
    let entered = effective(&events, "2018-01-01", "2018-12-31");
    assert_eq!(entered["new"][0]["status"], "signed");
    assert_eq!(entered["moved"], json!([]));
    let moved = effective(&events, "2018-12-31", "2020-12-31");
    assert_eq!(
        moved["moved"][0]["path"],
        json!(["signed", "committed", "implementing"])
    );
    assert_eq!(
        (&moved["moved"][0]["from"], &moved["moved"][0]["to"]),
        (&json!("signed"), &json!("implementing"))
    );
    assert_eq!(moved["events"][0]["events"][0]["number"], 4);
    assert_eq!((&moved["projects"], &moved["new"]), (&json!(1), &json!([])));
    assert_eq!(
        (&moved["corrected"], &moved["partners"]),
        (&Value::Null, &Value::Null)
    );
    // "2019" has happened by the last day of that year, not before.
    let within = effective(&events, "2018-12-31", "2019-12-30");
    assert_eq!(within["projects"], 0);
    let at_its_end = effective(&events, "2019-12-30", "2019-12-31");
    assert_eq!(at_its_end["moved"][0]["to"], "committed");
}

#[test]
fn there_and_back_again_is_a_move_too() {
    let events = [
        event(1, "2018", Some("implementing")),
        event(2, "2019-03", Some("suspended")),
        event(3, "2019-09", Some("implementing")),
        event(4, "2019-10", Some("implementing")),
    ];
    let moved = effective(&events, "2018-12-31", "2020-12-31");
    assert_eq!(
        moved["moved"][0]["path"],
        json!(["implementing", "suspended", "implementing"])
    );
    let unmoved = effective(&events, "2019-09-30", "2020-12-31");
    assert_eq!(unmoved["projects"], 0, "the same status said again");
}

#[test]
fn that_nothing_is_known_is_not_an_event() {
    let mut silence = event(1, "2019-03", None);
    silence["evidence"] = "absence".into();
    assert_eq!(
        effective(&[silence], "2018-12-31", "2020-12-31")["projects"],
        0
    );
}

fn recorded(before: Option<Document>, after: Option<Document>) -> Value {
    let step = Step {
        kind: Kind::Project,
        code: "P-0001".to_owned(),
        before,
        after,
    };
    let period = Period::Recorded {
        from: None,
        to: None,
        first_day: None,
        last_day: None,
        after_meeting: None,
        from_batch: 1,
        to_batch: 2,
    };
    let mut glossary = Glossary::default();
    for document in shipped() {
        glossary.add(&document, Language::English);
    }
    let changes = Changes::recorded(&[step], period, &glossary, Language::English);
    serde_json::to_value(&changes).expect("JSON")
}

#[test]
fn coming_and_going_are_groups_of_their_own() {
    let signed = || project(&[event(1, "2018", Some("signed"))], |_| ());
    let new = recorded(None, Some(signed()));
    assert_eq!(
        (&new["new"][0]["code"], &new["new"][0]["status"]),
        (&json!("P-0001"), &json!("signed"))
    );
    let removed = recorded(Some(signed()), None);
    assert_eq!(removed["removed"][0]["title"], "A line");
    assert_eq!(recorded(Some(signed()), Some(signed()))["projects"], 0);
}

#[test]
fn a_correction_is_not_a_supplement() {
    let before = project(&[event(1, "2018", Some("signed"))], |project| {
        project["sector"] = "energy".into();
    });
    let after = project(&[event(1, "2018-10-26", Some("signed"))], |project| {
        project["sector"] = "finance".into();
        project["mode"] = "engineering".into();
        project["hosts"] = json!(["TH", "VN"]);
    });
    let changes = recorded(Some(before), Some(after));
    let fields = |group: &str| {
        let fields = changes[group][0]["fields"].as_array().expect("fields");
        fields
            .iter()
            .map(|field| {
                field["field"]
                    .as_str()
                    .or(field["list"].as_str())
                    .expect("a name")
                    .to_owned()
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(fields("corrected"), ["sector", "on_date"]);
    assert_eq!(fields("supplemented"), ["mode", "hosts"]);
    assert_eq!(
        (&changes["moved"], &changes["partners"]),
        (&json!([]), &json!([]))
    );
}

#[test]
fn what_a_move_and_a_partner_tell_is_not_told_twice() {
    let before = project(&[event(1, "2018", Some("signed"))], |_| ());
    let after = project(
        &[
            event(1, "2018", Some("signed")),
            event(2, "2019", Some("committed")),
        ],
        |project| {
            project["participations"] = json!([
                {"number": 2, "party": "mizuho-financial-group", "role": "financier", "prospective": false},
                {"number": 3, "party": "adb", "role": "adviser", "prospective": true},
            ]);
        },
    );
    let changes = recorded(Some(before), Some(after));
    assert_eq!(changes["moved"][0]["path"], json!(["signed", "committed"]));
    let partners = &changes["partners"][0];
    assert_eq!(partners["gained"][0]["name"], "Mizuho Financial Group");
    assert_eq!(partners["lost"][0]["party"], "bank");
    assert_eq!(
        partners["gained"].as_array().map(Vec::len),
        Some(1),
        "an offer is no partnership"
    );
    assert_eq!(changes["corrected"], json!([]));
    let left = changes["supplemented"][0]["fields"]
        .as_array()
        .expect("fields");
    assert_eq!((left.len(), &left[0]["item"]), (1, &json!("3")));
}
