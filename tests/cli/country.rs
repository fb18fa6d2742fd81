//! `tpmc country`

use crate::env::Env;

#[test]
fn a_host_in_asean_and_one_elsewhere() {
    let env = Env::seeded();
    insta::assert_snapshot!("country_thailand", env.tpmc(&["country", "TH"]));
    insta::assert_snapshot!(
        "country_laos_chinese",
        env.tpmc(&["country", "老挝", "--lang", "zh"])
    );
    insta::assert_snapshot!(
        "country_kenya_japanese",
        env.tpmc(&["country", "ケニア", "--lang", "ja"])
    );
    insta::assert_snapshot!("country_without_projects", env.tpmc(&["country", "France"]));
}

#[test]
fn in_other_formats() {
    let env = Env::seeded();
    for format in ["json", "csv", "markdown"] {
        insta::assert_snapshot!(
            format!("country_{format}"),
            env.tpmc(&["country", "VN", "--format", format])
        );
    }
}

#[test]
fn a_country_that_does_not_exist() {
    let refused = Env::seeded().tpmc(&["country", "Atlantis"]).fails_with(1);
    assert!(
        refused.contains("there is no country \"Atlantis\""),
        "{refused}"
    );
}
