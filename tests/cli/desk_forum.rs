//! `tpmc forum`, `tpmc mechanism add|list|set|remove`, `tpmc indicator`, `tpmc todo`, `tpmc open`

use crate::env::Env;

const FORUM: [&str; 14] = [
    "forum",
    "add",
    "--name-en",
    "Second Forum",
    "--name-zh",
    "第二届论坛",
    "--name-ja",
    "第2回フォーラム",
    "--held-on",
    "2026-10-20",
    "--place",
    "Tokyo",
    "--agreements",
    "31",
];

#[test]
fn a_second_forum_has_its_agreements_and_its_place_in_the_timeline() {
    let env = Env::seeded();
    assert_eq!(env.tpmc(&FORUM).succeeds(), "F2\n");
    let project = [
        "project",
        "add",
        "--forum",
        "F2",
        "--title-en",
        "A rail link",
    ];
    assert_eq!(env.tpmc(&project).succeeds(), "F2-001\n");
    insta::assert_snapshot!("forums", env.tpmc(&["forum", "list"]));
    insta::assert_snapshot!("in_use", env.tpmc(&["forum", "remove", "F1"]));
    env.tpmc(&["forum", "remove", "F2"]).fails_with(1);
    let timeline = env.tpmc(&["mechanism", "--lang", "ja"]).succeeds();
    assert!(timeline.contains("第2回フォーラム"), "{timeline}");
    let meeting = env.tpmc(&["summary", "--as-of", "last-meeting", "-v"]);
    assert!(meeting.stderr.contains("As of 2026-10-20"), "{meeting}");
    env.tpmc(&["forum", "set", "f2", "--held-on", "2026-10-21"])
        .succeeds();
    let meeting = env.tpmc(&["summary", "--as-of", "last-meeting", "-v"]);
    assert!(meeting.stderr.contains("As of 2026-10-21"), "{meeting}");
    env.tpmc(&["project", "remove", "F2-001"]).succeeds();
    env.tpmc(&["forum", "remove", "F2"]).succeeds();
    let mut other = FORUM;
    other[9] = "2027-10-20";
    assert!(
        env.tpmc(&other)
            .fails_with(1)
            .contains("2027-10-20 lies in the future")
    );
    other[9] = "2026-10-22";
    assert_eq!(env.tpmc(&other).succeeds(), "F3\n", "a code is given once");
}

#[test]
fn a_dialogue_is_recorded_corrected_and_removed() {
    let env = Env::seeded();
    let add = [
        "mechanism",
        "add",
        "--title-en",
        "Seventh High-Level Economic Dialogue",
        "--title-zh",
        "第七次中日经济高层对话",
        "--place-zh",
        "北京",
        "--kind",
        "high_level_dialogue",
        "--on",
        "2026-11-02",
        "--place",
        "Beijing",
        "--mentions",
        "yes",
        "--source",
        "https://example.org/dialogue",
    ];
    let code = env.tpmc(&add).succeeds();
    let code = code.trim();
    let timeline = env
        .tpmc(&["mechanism", "--as-of", "last-meeting"])
        .succeeds();
    assert!(
        timeline.contains("Seventh High-Level Economic Dialogue"),
        "{timeline}"
    );
    env.tpmc(&[
        "mechanism",
        "set",
        code,
        "--confidence",
        "high",
        "--clear",
        "place",
    ])
    .succeeds();
    let list = [
        "mechanism",
        "list",
        "--kind",
        "high_level_dialogue",
        "--lang",
        "zh",
    ];
    insta::assert_snapshot!("dialogues", env.tpmc(&list));
    env.tpmc(&["mechanism", "remove", code]).succeeds();
    env.tpmc(&["mechanism", "remove", code]).fails_with(1);
    env.tpmc(&["mechanism", "add", "--title-en", "x", "--on", "2026"])
        .fails_with(1);
    env.tpmc(&[
        "mechanism",
        "add",
        "--title-en",
        "x",
        "--on",
        "2027",
        "--kind",
        "summit",
    ])
    .fails_with(1);
    env.tpmc(&["verify"]).succeeds();
}

#[test]
fn a_figure_is_added_corrected_and_removed() {
    let env = Env::seeded();
    let add = |value| {
        env.tpmc(&[
            "indicator",
            "add",
            "la",
            "inflation",
            "2025",
            value,
            "--unit",
            "percent",
            "--published-by",
            "World Bank",
            "--source",
            "https://example.org/laos",
        ])
    };
    add("7.6").succeeds();
    add("7.7").succeeds();
    insta::assert_snapshot!("figures", env.tpmc(&["indicator", "list", "--place", "LA"]));
    env.tpmc(&["indicator", "remove", "LA/inflation/2025"])
        .succeeds();
    add("much").fails_with(2);
}

#[test]
fn figures_come_by_sheet_in_one_batch_and_again_without_a_change() {
    let env = Env::seeded();
    let sheet = "place,indicator,period,value,unit,original_source,source,note\n\
        LA,inflation,2025,7.6,percent,World Bank,https://example.org/laos,\n\
        TH,inflation,2025,0.8,percent,World Bank,https://example.org/laos,a forecast\n";
    std::fs::write(env.path("figures.csv"), sheet).expect("a sheet");
    let import = ["indicator", "import", "figures.csv"];
    insta::assert_snapshot!("figures_by_sheet", env.tpmc(&import));
    insta::assert_snapshot!("figures_again", env.tpmc(&import));
    env.tpmc(&["undo"]).succeeds();
    let bad = "place,indicator,period,value,unit,original_source,source\n\
        LA,inflation,25,much,percent,World Bank,https://example.org/laos\n\
        TH,inflation,2025,0.8,,World Bank,https://example.org/laos\n\
        VN,inflation,2025,3.1,percent,World Bank,/etc/passwd\n\
        KH,inflation,2025,2.1,percent,World Bank,https://example.org/laos\n\
        KH,inflation,2025,2.9,percent,World Bank,https://example.org/laos\n";
    std::fs::write(env.path("bad.csv"), bad).expect("a sheet");
    insta::assert_snapshot!("bad_figures", env.tpmc(&["indicator", "import", "bad.csv"]));
    std::fs::write(env.path("other.csv"), "Country,Value\nLA,7.6\n").expect("a sheet");
    insta::assert_snapshot!(
        "no_figures",
        env.tpmc(&["indicator", "import", "other.csv", "--lang", "ja"])
    );
    // What an export has comes back as it was.
    env.tpmc(&["export", "datapackage", "-o", "package"])
        .succeeds();
    let own = env.tpmc(&["indicator", "import", "package/indicator_observation.csv"]);
    assert!(own.stderr.contains("Nothing to record"), "{own}");
}

#[test]
fn what_is_to_be_done_stands_on_one_screen() {
    let env = Env::seeded();
    for (text, due) in [
        ("Land is handed over", "2026-05"),
        ("First turbine runs", "2026-12-10"),
    ] {
        env.tpmc(&["milestone", "add", "P-0004", text, "--due", due])
            .succeeds();
    }
    env.tpmc(&["project", "add", "--title-en", "A new port"])
        .succeeds();
    insta::assert_snapshot!("todo", env.tpmc(&["todo", "--limit", "2"]));
    insta::assert_snapshot!(
        "todo_zh",
        env.tpmc(&["todo", "--limit", "1", "--lang", "zh"])
    );
    insta::assert_snapshot!(
        "todo_ja",
        env.tpmc(&["todo", "--limit", "1", "--lang", "ja"])
    );
    let all = env.tpmc(&["todo", "--format", "json"]).json();
    assert_eq!(
        all["overdue"][0]["command"],
        "tpmc milestone done P-0004 6 --on DATE"
    );
    assert_eq!(all["translate_total"], "1");
}

#[test]
fn an_office_sees_its_own_and_puts_off_what_can_wait() {
    let env = Env::seeded();
    let add = [
        "project",
        "add",
        "--title-en",
        "A new port",
        "--desk",
        "日本側事務局",
    ];
    let code = env.tpmc(&add).succeeds().trim().to_owned();
    let own = ["todo", "--desk", "japanese", "--format", "json"];
    assert_eq!(env.tpmc(&own).json()["translate"][0]["code"], *code);
    let theirs = ["project", "list", "--desk", "chinese", "--format", "json"];
    assert_eq!(env.tpmc(&theirs).json(), serde_json::json!([]));
    insta::assert_snapshot!("of_one_office", env.tpmc(&["todo", "--desk", "japanese"]));

    let snooze = ["todo", "snooze", &code, "--until"];
    let until = |day: &'static str, more: &[&'static str]| {
        let mut arguments = snooze.to_vec();
        arguments.push(day);
        arguments.extend(more);
        env.tpmc(&arguments)
    };
    insta::assert_snapshot!("put_off_without_a_reason", until("2027-03-31", &[]));
    until("2020-01-01", &["--reason", "late"]).fails_with(1);
    let reason = ["--reason", "the ministry answers in March"];
    insta::assert_snapshot!("put_off", until("2027-03-31", &reason));
    insta::assert_snapshot!("what_is_put_off", env.tpmc(&["todo", "--desk", "japanese"]));
    env.tpmc(&[
        "todo",
        "snooze",
        "P-9999",
        "--until",
        "2027-03-31",
        "--reason",
        "x",
    ])
    .fails_with(1);
    env.tpmc(&["todo", "snooze", &code, "--withdraw"])
        .succeeds();
    assert_eq!(env.tpmc(&own).json()["put_off_total"], "0");
    env.tpmc(&["todo", "snooze", &code, "--withdraw"])
        .fails_with(1);
}

#[test]
fn the_best_source_is_opened() {
    let env = Env::seeded();
    insta::assert_snapshot!("opened", env.tpmc(&["open", "P-0001", "--print"]));
    let mut command = env.command(&["open", "S-0002"]);
    command.env("BROWSER", "/no/such/browser");
    insta::assert_snapshot!("no_browser", env.run(&mut command));
    env.tpmc(&["open", "P-9999"]).fails_with(1);
}

#[test]
fn a_case_of_the_guidelines_is_added_corrected_and_removed() {
    let env = Env::seeded();
    let add = [
        "guideline",
        "add",
        "ndrc-20",
        "--title-en",
        "Rail link",
        "--standing",
        "candidate",
        "--host",
        "Laos",
        "--project",
        "P-0004",
        "--source",
        "https://example.org/rail",
    ];
    env.tpmc(&add).succeeds();
    env.tpmc(&add).fails_with(1);
    env.tpmc(&[
        "guideline",
        "set",
        "NDRC-20",
        "--standing",
        "confirmed",
        "--host",
        "TH,ベトナム",
    ])
    .succeeds();
    let list = ["guideline", "list", "--sort=-code", "--limit", "2"];
    insta::assert_snapshot!("cases", env.tpmc(&list));
    let refused = env.tpmc(&["project", "remove", "P-0004"]).fails_with(1);
    assert!(refused.contains("guideline case NDRC-20"), "{refused}");
    env.tpmc(&["guideline", "remove", "NDRC-20"]).succeeds();
    env.tpmc(&["verify"]).succeeds();
}
