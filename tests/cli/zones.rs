//! The day of the office: what today is in its time zone.

use crate::clocks::*;
use crate::env::Env;

/// Runs `arguments` in the morning of 24 November in Tokyo and Beijing, when it is still the 23rd in Greenwich.
fn in_the_morning(env: &Env, arguments: &[&str], zone: (&str, &str)) -> crate::env::Run {
    let mut command = env.command(arguments);
    command
        .env("TPMC_NOW", "2026-11-23T23:30:00Z")
        .env_remove("TPMC_TZ")
        .env(zone.0, zone.1);
    env.run(&mut command)
}

#[test]
fn today_is_the_day_of_the_office() {
    let env = Env::seeded();
    let today = [
        "status",
        "P-0012",
        "completed",
        "--on",
        "2026-11-24",
        "--source",
        "S-0002",
    ];
    let utc = in_the_morning(&env, &today, ("TPMC_TZ", "UTC")).fails_with(1);
    assert!(utc.contains("2026-11-24 lies in the future"), "{utc}");
    let tokyo = ("TPMC_TZ", "Asia/Tokyo");
    in_the_morning(&env, &today, tokyo).succeeds();
    let check = ["check", "--record", "P-0012"];
    in_the_morning(&env, &check, tokyo).succeeds();
    in_the_morning(&env, &check, ("TPMC_TZ", "UTC")).fails_with(1);
    let summary = ["summary", "--format", "json"];
    for (zone, said) in [
        (tokyo, "Asia/Tokyo"),
        (("TPMC_TZ", "+09:00"), "+09:00"),
        (("TZ", "Asia/Shanghai"), "Asia/Shanghai"),
        (("TZ", "JST-9"), "+09:00"),
    ] {
        let summary = in_the_morning(&env, &summary, zone).json();
        assert_eq!(summary["as_of"], "2026-11-24", "{zone:?}");
        assert_eq!(summary["zone"], said);
    }
    let utc = in_the_morning(&env, &summary, ("TPMC_TZ", "UTC")).json();
    assert_eq!(
        (&utc["as_of"], &utc["zone"]),
        (&"2026-11-23".into(), &serde_json::Value::Null)
    );
    let page = in_the_morning(&env, &["summary"], tokyo).succeeds();
    assert!(page.contains(" as of 2026-11-24 Asia/Tokyo\n"), "{page}");
    let log = in_the_morning(&env, &["log", "--format", "json"], tokyo).json();
    assert_eq!(
        log[0]["recorded_at"], "2026-11-23T23:30:00Z",
        "recorded in UTC"
    );
    let mars = in_the_morning(&env, &["summary"], ("TPMC_TZ", "Mars")).fails_with(2);
    assert!(mars.contains("Asia/Tokyo"), "{mars}");
}

#[test]
fn a_day_of_recording_ends_at_midnight_in_the_office() {
    let env = in_two_steps();
    let set = ["project", "set", "F1-017", "--mode", "investment"];
    env.run(env.command(&set).env("TPMC_NOW", "2026-11-01T15:30:00Z"))
        .succeeds();
    let batches = |zone: &str| {
        let log = [
            "log",
            "--known-at",
            "2026-11-01",
            "--format",
            "json",
            "--tz",
            zone,
        ];
        env.tpmc(&log).json().as_array().map(Vec::len)
    };
    assert_eq!(batches("UTC"), Some(3));
    assert_eq!(batches("Asia/Tokyo"), Some(2), "there it was the 2nd");
}

#[test]
fn a_report_names_the_zone_that_it_was_made_in() {
    let env = Env::seeded();
    let made = in_the_morning(
        &env,
        &["report", "--format", "markdown"],
        ("TPMC_TZ", "Asia/Tokyo"),
    );
    let made = made.succeeds();
    let start = made.find("tpmc report ").expect("a command") + "tpmc ".len();
    let command = made[start..].split(" -o ").next().expect("it ends");
    assert!(
        command.contains(" --tz Asia/Tokyo --as-of 2026-11-24 "),
        "{command}"
    );
    let mut again: Vec<&str> = command.split(' ').collect();
    again.extend(["--format", "markdown"]);
    env.run(
        env.command(&["undo", "1"])
            .env("TPMC_NOW", "2026-11-25T10:00:00Z"),
    )
    .succeeds();
    let mut later = env.command(&again);
    assert_eq!(
        env.run(later.env("TPMC_NOW", "2027-03-01T00:00:00Z"))
            .succeeds(),
        made
    );
}

/// Records a note on P-0012 when the clock says `now`.
fn noted(env: &Env, now: &str, arguments: &[&str]) -> crate::env::Run {
    let note = ["project", "set", "P-0012", "--note", now];
    let mut command = env.command(&[&note[..], arguments].concat());
    env.run(command.env("TPMC_NOW", now).env("TPMC_ACTOR", "wang"))
}

#[test]
fn a_clock_that_is_a_minute_behind_stops_nobody() {
    let env = Env::seeded();
    noted(&env, "2026-11-24T09:00:30Z", &[]).succeeds();
    noted(&env, "2026-11-24T09:00:29Z", &[]).succeeds();
    noted(&env, "2026-11-24T08:59:30Z", &[]).succeeds();
    let log = env
        .tpmc(&["log", "--limit", "3", "--format", "json"])
        .json();
    for batch in log.as_array().expect("batches") {
        assert_eq!(batch["recorded_at"], "2026-11-24T09:00:30Z");
    }
    env.tpmc(&["verify"]).succeeds();
    let refusal = noted(&env, "2026-11-24T08:59:29Z", &[]).fails_with(1);
    let said = "1 minute before the last batch: wang recorded batch 4 at 2026-11-24T09:00:30Z";
    assert!(refusal.contains(said), "{refusal}");
    assert!(refusal.contains("--force-clock"), "{refusal}");
}

#[test]
fn a_batch_of_the_far_future_is_doubted_and_one_that_is_there_stops_nobody() {
    let env = Env::seeded();
    let far = "9999-12-31T23:59:59Z";
    noted(&env, "2027-12-01T00:00:00Z", &["--dry-run"]).succeeds();
    let refusal = noted(&env, far, &[]).fails_with(1);
    assert!(refusal.contains("years after the last batch"), "{refusal}");
    noted(&env, far, &["--force-clock"]).succeeds();
    noted(&env, "2026-11-25T09:00:00Z", &[]).fails_with(1);
    noted(
        &env,
        "2026-11-25T09:00:00Z",
        &["--force-clock", "--reason", "a letter"],
    )
    .succeeds();
    let log = env
        .tpmc(&["log", "--limit", "1", "--format", "json"])
        .json();
    assert_eq!(log[0]["recorded_at"], far);
    let reason = log[0]["reason"].as_str().expect("a reason");
    assert!(
        reason.starts_with("a letter (clock forced: it said 2026-11-25T09:00:00Z"),
        "{reason}"
    );
    env.tpmc(&["verify"]).succeeds();
    env.tpmc(&["summary"]).succeeds();
    env.tpmc(&["migrate"]).succeeds();
    let report = env.tpmc(&["report", "--format", "json"]).json();
    env.tpmc(&[
        "summary",
        "--known-at",
        report["known_at"].as_str().expect("a time"),
    ])
    .succeeds();
    let changes = env.tpmc(&["changes", "--format", "json"]).json();
    assert_eq!(changes["recorded"]["to_batch"], 3, "all that is recorded");
    let undo = ["undo", "--force-clock"];
    env.run(env.command(&undo).env("TPMC_ACTOR", "wang"))
        .succeeds();
}
