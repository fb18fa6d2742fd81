//! `tpmc export csv` beside the `sqlite3` shell that writes an equivalent join of the same file as CSV.
//!
//! `TPMC_BENCH_PROJECTS` says how many projects the registry has (10000 unless it is set): three parties, one host, two events and
//! one source each. They are made by `tpmc import`, so through the one write path.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    dead_code,
    reason = "a benchmark prints, and stops with a message; it shares helpers with others"
)]

mod compare;

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use compare::{Contestant, compare, tpmc};

/// The columns of the project sheet, each list as one value.
const JOIN: &str = "SELECT p.code, p.list_number, p.forum, p.title_en, p.title_zh, p.title_ja, p.title_original, p.instrument, p.mode,
    p.mode_basis, p.sector,
    (SELECT group_concat(country, ';') FROM project_host WHERE project = p.code) AS hosts, p.host_note,
    (SELECT group_concat(objective, ';') FROM project_objective WHERE project = p.code) AS objectives,
    p.status, p.status_on, p.evidence_on,
    (SELECT group_concat(coalesce(q.name_en, q.name_native) || ' [' || coalesce(q.country, '') || '] (' || a.role || ')', ';')
        FROM participation a JOIN party q ON q.code = a.party WHERE a.project = p.code) AS parties,
    (SELECT group_concat(currency || ' ' || minor_units || ' (' || kind || ', ' || basis || ')', ';') FROM amount WHERE project = p.code) AS money,
    p.identified, p.umbrella, p.membership, p.confidence, p.note,
    (SELECT group_concat(s.code || ' (' || s.confidence || ')', ';')
        FROM (SELECT source FROM citation WHERE project = p.code UNION SELECT source FROM event WHERE project = p.code) c
        JOIN source s ON s.code = c.source) AS sources,
    p.id,
    (SELECT group_concat(scheme || '|' || identifier, ';') FROM project_identifier WHERE project = p.code) AS identifiers,
    (SELECT group_concat(number || '|' || party || '|' || role || '|' || coalesce(share_percent, '') || '|' || prospective || '|' || coalesce(note, ''), ';')
        FROM participation WHERE project = p.code) AS participations,
    (SELECT group_concat(number || '|' || coalesce(on_date, '') || '|' || coalesce(due_on, '') || '|' || kind || '|' || coalesce(status, '') || '|'
        || coalesce(text, '') || '|' || coalesce(source, '') || '|' || coalesce(confidence, '') || '|' || coalesce(evidence, ''), ';')
        FROM event WHERE project = p.code) AS events,
    (SELECT group_concat(number || '|' || kind || '|' || basis || '|' || currency || '|' || minor_units || '|' || estimated, ';')
        FROM amount WHERE project = p.code) AS amounts,
    (SELECT group_concat(number || '|' || category || '|' || level || '|' || state || '|' || text, ';') FROM risk WHERE project = p.code) AS risks,
    (SELECT group_concat(source, ';') FROM citation WHERE project = p.code) AS citations
    FROM project p ORDER BY p.code";

fn main() {
    let projects = std::env::var("TPMC_BENCH_PROJECTS").ok();
    let projects: u32 = projects
        .and_then(|count| count.parse().ok())
        .unwrap_or(10_000);
    let folder = tempfile::tempdir().expect("a folder");
    let (records, registry) = (
        folder.path().join("records.ndjson"),
        folder.path().join("registry.db"),
    );
    generate(&records, projects);
    let begun = Instant::now();
    let made = tpmc(&registry, &["import", "records", "--quiet"])()
        .arg(&records)
        .status();
    assert!(made.expect("the program runs").success());
    println!(
        "made a registry of {projects} projects in {:.1} s",
        begun.elapsed().as_secs_f64()
    );
    let file = registry.clone();
    let shell = move || {
        let mut command = Command::new("sqlite3");
        command
            .args(["-readonly", "-csv", "-header"])
            .arg(&file)
            .arg(JOIN)
            .stdout(Stdio::null());
        command
    };
    let contestants = [
        Contestant {
            name: "tpmc export csv",
            command: tpmc(&registry, &["export", "csv"]),
        },
        Contestant {
            name: "sqlite3, an equivalent join",
            command: Box::new(shell),
        },
        Contestant {
            name: "tpmc export iati",
            command: tpmc(&registry, &["export", "iati", "--quiet"]),
        },
        Contestant {
            name: "tpmc export oc4ids",
            command: tpmc(&registry, &["export", "oc4ids", "--quiet"]),
        },
    ];
    compare(&format!("{projects} projects"), 3, &contestants);
}

/// Writes the records of a registry, one a line.
fn generate(path: &Path, projects: u32) {
    let mut file = BufWriter::new(File::create(path).expect("the file"));
    let parties = (projects / 20).max(10);
    let mut line = |kind: &str, code: &str, rest: &str| {
        let id = id(kind, code);
        writeln!(file, "{{\"code\":\"{code}\",\"document\":{{\"code\":\"{code}\",\"id\":\"{id}\",{rest}}},\"format\":1,\"id\":\"{id}\",\"kind\":\"{kind}\"}}")
            .expect("a line");
    };
    for (code, alpha3, numeric) in [
        ("CN", "CHN", "156"),
        ("JP", "JPN", "392"),
        ("TH", "THA", "764"),
        ("VN", "VNM", "704"),
    ] {
        line(
            "country",
            code,
            &format!(
                "\"alpha3\":\"{alpha3}\",\"numeric\":\"{numeric}\",\"name_en\":\"{code}\",\"name_zh\":\"{code}\",\"name_ja\":\"{code}\",\"asean_since\":null"
            ),
        );
    }
    for number in 0..projects {
        line(
            "source",
            &format!("S-{number:07}"),
            &format!(
                "\"url\":\"https://example.org/{number}\",\"title\":\"Report {number}\",\"publisher\":\"A newspaper\",\"publisher_kind\":\"press\",\"language\":\"en\",\"read_on\":null,\"confidence\":\"medium\",\"note\":null"
            ),
        );
    }
    for number in 0..parties {
        let country = if number % 2 == 0 { "CN" } else { "JP" };
        line(
            "party",
            &format!("party-{number:06}"),
            &format!(
                "\"name_en\":\"Company {number}\",\"name_zh\":null,\"name_ja\":null,\"name_native\":\"会社 {number}\",\"country\":\"{country}\",\"side\":null,\"kind\":\"company\",\"note\":null,\"other_names\":[],\"identifiers\":[]"
            ),
        );
    }
    for number in 0..projects {
        let mut parts = String::new();
        for place in 1..=3 {
            let party = (number * 7 + place * 13) % parties;
            let comma = if place > 1 { "," } else { "" };
            write!(parts, "{comma}{{\"number\":{place},\"party\":\"party-{party:06}\",\"role\":\"signatory\",\"share_percent\":null,\"prospective\":false,\"note\":null}}").expect("text");
        }
        let host = if number % 3 == 0 { "TH" } else { "VN" };
        line(
            "project",
            &format!("P-{:04}", number + 1),
            &format!(
                "\"list_number\":null,\"forum\":null,\"identified\":true,\"umbrella\":null,\"instrument\":\"memorandum\",\"title_en\":\"Project {number} of two companies\",\"title_zh\":\"第{number}号项目\",\"title_ja\":null,\"title_original\":null,\"mode\":\"investment\",\"mode_basis\":\"coded\",\"sector\":\"energy\",\"host_note\":null,\"membership\":null,\"confidence\":\"medium\",\"note\":\"A note on the project.\",\"hosts\":[\"{host}\"],\"objectives\":[],\"identifiers\":[],\"participations\":[{parts}],\"events\":[{{\"number\":1,\"on_date\":\"2018-10-26\",\"due_on\":null,\"kind\":\"status\",\"status\":\"signed\",\"text\":\"Signed\",\"source\":\"S-{number:07}\",\"confidence\":\"medium\",\"evidence\":\"direct\"}},{{\"number\":2,\"on_date\":\"2019-06\",\"due_on\":null,\"kind\":\"status\",\"status\":\"implementing\",\"text\":\"Work began\",\"source\":\"S-{number:07}\",\"confidence\":\"medium\",\"evidence\":\"direct\"}}],\"amounts\":[],\"risks\":[],\"citations\":[\"S-{number:07}\"]"
            ),
        );
    }
}

/// A UUID that is different for every record.
fn id(kind: &str, code: &str) -> String {
    let digits: String = code
        .bytes()
        .filter(u8::is_ascii_digit)
        .map(char::from)
        .collect();
    let letters: u32 = code
        .bytes()
        .filter(u8::is_ascii_uppercase)
        .map(u32::from)
        .fold(0, |sum, byte| sum * 256 + byte);
    let kind: u32 = kind.bytes().map(u32::from).sum();
    format!(
        "{letters:08x}-{:04x}-7000-8000-{:0>12}",
        kind % 65_536,
        digits
    )
}
