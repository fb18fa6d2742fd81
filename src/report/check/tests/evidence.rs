//! Rules about sources, and about parties that contradict their notes or repeat each other.

use super::*;

fn source(change: Value) -> Source {
    let mut source = json!({
        "code": "S-0001", "id": ID, "url": "https://example.org/a", "title": null, "publisher": null, "publisher_kind": null,
        "language": null, "read_on": null, "confidence": "low", "note": null,
    });
    let fields = change.as_object().expect("fields").clone();
    source.as_object_mut().expect("a record").extend(fields);
    serde_json::from_value(source).expect("a source")
}

#[test]
fn a_decisive_status_on_one_weak_or_withheld_source_is_found() {
    let found = |status: &str, change: Value| -> Vec<&'static str> {
        let project = project(json!({"events": [
            event(1, "2025-01-01", Some("implementing")),
            event(2, "2026-01-01", Some(status)),
        ]}));
        let mut world = world(&[&project]);
        world.note_source(&source(change));
        let mut report = CheckReport::new(today(), None, &EVERY);
        report.project(&project, &world, &EVERY);
        report.findings.iter().map(|finding| finding.rule).collect()
    };
    assert_eq!(found("completed", json!({})), ["status-on-one-weak-source"]);
    assert_eq!(
        found("completed", json!({"confidence": "medium"})),
        Vec::<&str>::new()
    );
    assert_eq!(
        found(
            "completed",
            json!({"confidence": "high", "link": "withheld"})
        ),
        ["status-on-withheld-source"]
    );
    assert_eq!(found("implementing", json!({})), Vec::<&str>::new());
}

#[test]
fn a_completion_that_speaks_of_a_part_is_found() {
    let mut done = event(2, "2026-01-01", Some("completed"));
    for (text, is_found) in [
        ("First unit in operation", true),
        ("Plant one runs; a date for the other is not recorded", true),
        ("第一期工程投产", true),
        ("In commercial operation", false),
    ] {
        done["text"] = json!(text);
        let rules = broken(json!({"events": [event(1, "2025-01-01", Some("implementing")), done]}));
        assert_eq!(rules.contains(&"completed-in-parts"), is_found, "{text}");
    }
}

#[test]
fn parties_that_repeat_or_contradict_their_note_are_found() {
    let noted = |code: &str, country: &str, side: Option<&str>, note: &str| {
        let mut noted = party(code, Some(country), json!([]));
        noted.facts.side = side.map(|side| side.parse().expect("a side"));
        noted.facts.note = Some(note.to_owned());
        noted
    };
    let parties = [
        party("zhong", Some("CN"), json!([])),
        party("nichi", Some("JP"), json!([])),
        noted(
            "overseas",
            "FR",
            None,
            "Distributor owned by nichi; others hold shares",
        ),
        noted("settled", "FR", Some("japanese"), "Unit of nichi"),
        noted("stands", "HK", None, "Recorded on the Japanese side"),
        noted("plain", "FR", None, "Buys from nichi"),
    ];
    let mut twin = party("zhong-2", Some("CN"), json!([]));
    twin.facts.name_en = Some("Zhong Co., Ltd.".to_owned());
    let mut other = party("zhong-3", Some("CN"), json!([]));
    other.facts.name_en = Some("Zhong".to_owned());
    let mut every = parties.to_vec();
    every.extend([twin, other]);
    let day = "2026-11-23".parse().expect("a day");
    let horizon = Horizon {
        as_of: day,
        known: day,
        zone: crate::domain::Zone::UTC,
    };
    let rules: &[String] = &["side-against-note".to_owned(), "party-repeated".to_owned()];
    let choice = Choice {
        rules,
        least: Severity::Note,
    };
    let found = |world: &World| -> Vec<(&'static str, String)> {
        let mut report = CheckReport::new(today(), None, &choice);
        every
            .iter()
            .for_each(|party| report.party(party, world, &choice));
        let findings = report.findings.into_iter();
        findings
            .map(|finding| (finding.rule, finding.record))
            .collect()
    };
    let mut world = World::new(horizon, crate::domain::Homes::default(), Vec::new(), &every);
    let expected = [
        ("party-repeated", "zhong"),
        ("side-against-note", "overseas"),
        ("side-against-note", "stands"),
    ];
    assert_eq!(
        found(&world),
        expected.map(|(rule, code)| (rule, code.to_owned()))
    );
    let verdict = crate::domain::Verdict::NotSame;
    world.note_judgement(&crate::store::Judgement::on(
        "zhong", "zhong-3", verdict, None,
    ));
    assert_eq!(found(&world).len(), 2);
}

#[test]
fn an_address_that_is_followed_and_should_not_be_is_found() {
    let found = |change: Value| {
        let mut report = CheckReport::new(today(), None, &EVERY);
        let mut world = world(&[]);
        world.use_sources(["S-0001".to_owned()]);
        report.source(&source(change), &world, &EVERY);
        report.findings.len()
    };
    assert_eq!(found(json!({})), 0);
    assert_eq!(found(json!({"kind": "mirror"})), 1);
    assert_eq!(found(json!({"kind": "mirror", "link": "withheld"})), 0);
    assert_eq!(found(json!({"url": "http://192.0.2.1/a"})), 1);
}
