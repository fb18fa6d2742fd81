//! The arithmetic of the summary, against figures that another program counted.

use serde_json::Value;

use super::*;
use crate::domain::Language;
use crate::store::{Contents, Intent, Store, Wanted};

fn figures() -> Value {
    serde_json::from_str(include_str!("../../../tests/fixtures/figures.json")).expect("the fixture")
}

/// The summary of the shipped records as of a day.
fn summary(by: (Dimension, Dimension), as_of: &str) -> Value {
    let mut store = Store::seeded_in_memory();
    let horizon = Horizon {
        as_of: as_of.parse().expect(as_of),
        known: "2026-11-23".parse().expect("a day"),
        zone: crate::domain::Zone::UTC,
    };
    let summary = store.read(|reader| {
        let lines = reader.lines(&Filter::default(), horizon, Wanted::default(), None)?;
        let world = World::new(
            reader.all::<Forum>()?,
            reader.asean()?,
            &lines,
            Language::English,
        );
        Ok::<_, crate::store::Error>(Summary::of(
            &lines,
            &world,
            Filter::default(),
            by,
            horizon,
            None,
        ))
    });
    serde_json::to_value(summary.expect("a summary")).expect("JSON")
}

/// `field` of every item of a list, by the item's key.
fn by_key(list: &Value, keys: &[&str], field: &str) -> Value {
    let word = |value: &Value| value.as_str().unwrap_or("not_stated").to_owned();
    let items = list.as_array().expect("a list").iter();
    let pairs = items.map(|item| {
        (
            keys.iter()
                .map(|key| word(&item[key]))
                .collect::<Vec<_>>()
                .join("/"),
            item[field].clone(),
        )
    });
    Value::Object(pairs.filter(|(_, value)| *value != 0).collect())
}

#[test]
fn figures_by_mode_and_country() {
    let (summary, figures) = (
        summary((Dimension::Mode, Dimension::Country), "2026-11-23"),
        figures(),
    );
    for group in summary["groups"].as_array().expect("groups") {
        let expected = &figures[group["group"].as_str().expect("a name")];
        for figure in ["projects", "identified", "implemented", "by_status"] {
            assert_eq!(group["total"][figure], expected[figure], "{figure}");
        }
        assert_eq!(
            by_key(&group["by_mode"], &["mode"], "projects"),
            expected["by_mode"]
        );
        assert_eq!(
            by_key(&group["by_mode"], &["mode"], "implemented"),
            expected["by_mode_implemented"]
        );
        assert_eq!(
            by_key(&group["by_country"], &["country"], "projects"),
            expected["by_country"]
        );
        assert_eq!(
            by_key(&group["by_country"], &["country"], "implemented"),
            expected["by_country_implemented"]
        );
        assert_eq!(
            by_key(&group["cells"], &["mode", "country"], "projects"),
            expected["by_mode_and_country"]
        );
    }
    assert_eq!(summary["total"]["projects"], 133);
    assert!(
        summary["total"].get("implementation_rate").is_none(),
        "never one rate over both groups"
    );
    assert_eq!(summary["groups"][0]["total"]["implementation_rate"], 0.0962);
}

#[test]
fn figures_by_other_dimensions() {
    let figures = figures();
    let by_status = summary((Dimension::Mode, Dimension::Status), "2026-11-23");
    let by_sector = summary((Dimension::Sector, Dimension::Region), "2026-11-23");
    for place in [0, 1] {
        let expected = &figures[by_status["groups"][place]["group"]
            .as_str()
            .expect("a name")];
        assert_eq!(
            by_key(
                &by_status["groups"][place]["cells"],
                &["mode", "status"],
                "projects"
            ),
            expected["by_mode_and_status"]
        );
        assert_eq!(
            by_key(
                &by_sector["groups"][place]["by_sector"],
                &["sector"],
                "projects"
            ),
            expected["by_sector"]
        );
        assert_eq!(
            by_key(
                &by_sector["groups"][place]["by_region"],
                &["region"],
                "projects"
            ),
            expected["by_region"]
        );
    }
}

#[test]
fn figures_of_earlier_years() {
    let figures = figures();
    for year in [2012, 2016, 2018, 2019, 2021, 2023, 2025] {
        let summary = summary(
            (Dimension::Mode, Dimension::Country),
            &format!("{year}-12-31"),
        );
        assert_eq!(
            summary["total"]["by_status"],
            figures[format!("all at the end of {year}")],
            "{year}"
        );
    }
}

#[test]
fn every_cell_leads_to_its_codes() {
    let summary = summary((Dimension::Mode, Dimension::Country), "2026-11-23");
    for group in summary["groups"].as_array().expect("groups") {
        for cell in group["cells"].as_array().expect("cells") {
            let codes = cell["codes"].as_array().expect("codes").len();
            assert_eq!(cell["projects"], codes);
        }
    }
}

impl Store {
    /// The shipped records in memory.
    pub(crate) fn seeded_in_memory() -> Self {
        let mut store = Self::in_memory().expect("memory");
        let intent = Intent {
            actor: "test".to_owned(),
            command: "init",
            reason: None,
            dry_run: false,
            force_clock: false,
        };
        let now = || "2026-11-23T22:00:00Z".parse().expect("a time");
        store
            .seed(Contents::Everything, &intent, now)
            .expect("seeded");
        store
    }
}
