//! Durations and times as a reader has them.

use super::super::*;

fn labels(language: Language) -> Labels {
    Labels::new(language, BTreeMap::new())
}

#[test]
fn a_duration_is_said_in_years_and_months_and_never_overstated() {
    for (days, english, chinese, japanese) in [
        (0, "0 days", "0 天", "0日"),
        (1, "1 day", "1 天", "1日"),
        (60, "60 days", "60 天", "60日"),
        (61, "2 months", "2 个月", "2か月"),
        (365, "11 months", "11 个月", "11か月"),
        (366, "1 year", "1 年", "1年"),
        (2950, "8 years", "8 年", "8年"),
        (2953, "8 years 1 month", "8 年 1 个月", "8年1か月"),
        (
            i64::from(u32::MAX),
            "11759221 years",
            "11759221 年",
            "11759221年",
        ),
    ] {
        assert_eq!(labels(Language::English).duration(days), english);
        assert_eq!(labels(Language::Chinese).duration(days), chinese);
        assert_eq!(labels(Language::Chinese).short_duration(days), chinese);
        assert_eq!(labels(Language::Japanese).short_duration(days), japanese);
        assert_eq!(labels(Language::Japanese).duration(days), japanese);
    }
}

#[test]
fn a_duration_is_short_in_a_table() {
    let short = |days| labels(Language::English).short_duration(days);
    let said = [17, 61, 366, 2953].map(short);
    assert_eq!(said, ["17 days", "2 mo", "1 y", "8 y 1 mo"]);
}

#[test]
fn a_time_is_that_of_the_office() {
    let moment: Moment = "2026-11-23T22:00:00Z".parse().expect("a time");
    let time = |zone: &str| {
        let zone = zone.parse().expect("a zone");
        labels(Language::English).in_zone(zone).time(moment)
    };
    assert_eq!(time("UTC"), "2026-11-23T22:00:00Z");
    assert_eq!(time("Asia/Tokyo"), "2026-11-24 07:00:00 Asia/Tokyo");
    assert_eq!(time("-03:30"), "2026-11-23 18:30:00 -03:30");
}
