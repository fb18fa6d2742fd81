//! `tpmc report`

use crate::env::Env;

fn page(env: &Env, arguments: &[&str]) -> String {
    let all = [&["report", "--format", "html"], arguments].concat();
    env.tpmc(&all).succeeds()
}

/// A report without the name of the registry and the root hash, which are others each time a registry is made.
fn untraced(env: &Env, arguments: &[&str]) -> String {
    let checkpoint = env.tpmc(&["checkpoint"]).succeeds();
    let mut lines = checkpoint.lines();
    let (origin, root) = (
        lines.next().expect("a name"),
        lines.nth(1).expect("a root hash"),
    );
    let report = env.tpmc(arguments).succeeds();
    assert!(report.contains(origin) && report.contains(root));
    report.replace(origin, "[ORIGIN]").replace(root, "[ROOT]")
}

#[test]
fn as_text_and_as_a_document() {
    let env = Env::seeded();
    insta::assert_snapshot!(
        "report_text",
        untraced(&env, &["report", "--country", "TH"])
    );
    let document = [
        "report",
        "--country",
        "TH",
        "--format",
        "markdown",
        "--lang",
        "zh",
        "--as-of",
        "2022",
    ];
    insta::assert_snapshot!("report_markdown_zh", untraced(&env, &document));
}

#[test]
fn the_ending_of_the_name_says_the_format() {
    let env = Env::seeded();
    for (name, start) in [
        ("a.html", "<!DOCTYPE html>"),
        ("a.htm", "<!DOCTYPE html>"),
        ("a.xlsx", "PK"),
        ("a.md", "# "),
        ("a.json", "{"),
    ] {
        env.tpmc(&["report", "-o", name]).succeeds();
        let bytes = std::fs::read(env.path(name)).expect(name);
        assert!(bytes.starts_with(start.as_bytes()), "{name}");
    }
}

#[test]
fn the_figures_are_those_of_the_other_commands() {
    let env = Env::seeded();
    let report = env.tpmc(&["report", "--format", "json"]).json();
    let mut summary = env
        .tpmc(&[
            "summary",
            "--by",
            "mode,country",
            "--format",
            "json",
            "--known-at",
            "2026-11-23T22:00:00Z",
        ])
        .json();
    assert_eq!(report["summary"], summary.take());
    let progress = env.tpmc(&["progress", "--format", "json"]).json();
    assert_eq!(
        report["groups"][0]["progress"]["by_status"],
        progress["groups"][0]["by_status"]
    );
    assert_eq!(
        report["groups"][0]["progress"]["silent"],
        progress["groups"][0]["silent"]
    );
    let pace = env.tpmc(&["pace", "--format", "json"]).json();
    assert_eq!(
        report["groups"][0]["pace"][1]["total"],
        pace["groups"][0]["total"]
    );
    let list = env.tpmc(&["project", "list", "--format", "json"]).json();
    assert_eq!(report["projects"], list);
    let changes = env
        .tpmc(&["changes", "--from", "last-meeting", "--format", "json"])
        .json();
    assert_eq!(report["changes"]["moved"], changes["moved"]);
}

#[test]
fn it_can_be_traced_back_and_made_again() {
    let env = Env::seeded();
    let checkpoint = env.tpmc(&["checkpoint"]).succeeds();
    let before = page(&env, &["--currency", "JPY"]);
    for line in checkpoint.lines() {
        let escaped = line.replace('+', "&#43;");
        assert!(
            before.contains(line) || before.contains(&escaped),
            "{line} is not printed on it"
        );
    }
    let later = |arguments: &[&str]| {
        let mut command = env.command(arguments);
        env.run(command.env("TPMC_NOW", "2027-03-01T09:00:00Z"))
    };
    later(&[
        "status",
        "F1-001",
        "implementing",
        "--on",
        "2026-11-20",
        "--source",
        "https://example.org/a",
    ])
    .succeeds();
    let rate = ["rate", "add", "USD", "JPY", "150", "--on", "2024-10-01"];
    later(&[&rate[..], &["--source", "S-0002"]].concat()).succeeds();
    let command = before
        .split("<code>tpmc ")
        .nth(1)
        .and_then(|rest| rest.split(" -o").next());
    let mut arguments: Vec<&str> = command.expect("a command").split(' ').collect();
    arguments.extend(["--format", "html"]);
    assert_eq!(later(&arguments).succeeds(), before);
    let now = ["report", "--format", "html", "--currency", "JPY"];
    assert_ne!(later(&now).succeeds(), before);
}

#[test]
fn the_command_on_it_names_what_it_depends_on() {
    let env = Env::seeded();
    let options = [
        "--country",
        "タイ,not_stated",
        "--status",
        "signed",
        "--party",
        "Group, Inc's",
        "--silent-months",
        "6",
    ];
    let run = env.tpmc(&[&["report", "--format", "html"], &options[..]].concat());
    assert_eq!(run.status, 1, "no party is called so");
    let page = page(
        &env,
        &[
            "--country",
            "タイ,not_stated",
            "--status",
            "signed",
            "--party",
            "Bank of",
            "--silent-months",
            "6",
        ],
    );
    let wanted = "tpmc report --lang en --country TH,not_stated --status signed --party &#39;Bank of&#39; --silent-months 6 --as-of";
    assert!(
        page.contains(wanted),
        "{}",
        page.split("<code>").nth(1).unwrap_or_default()
    );
}

#[test]
fn what_it_is_not_written_as() {
    let env = Env::seeded();
    insta::assert_snapshot!("report_csv", env.tpmc(&["report", "--format", "csv"]));
    insta::assert_snapshot!(
        "report_xlsx_to_nowhere",
        env.tpmc(&["report", "--format", "xlsx"])
    );
    insta::assert_snapshot!("summary_as_a_page", env.tpmc(&["summary", "-o", "a.html"]));
    insta::assert_snapshot!(
        "report_of_the_future",
        env.tpmc(&[
            "report",
            "--format",
            "html",
            "--known-at",
            "2027-01-01T00:00:00Z"
        ])
    );
}

#[test]
fn a_registry_without_projects_has_a_report_too() {
    let env = Env::empty();
    env.tpmc(&["init", "--empty"]).succeeds();
    for language in ["en", "zh", "ja"] {
        let page = page(&env, &["--lang", language]);
        assert!(page.contains("</html>"), "{language}");
    }
    env.tpmc(&["report", "-o", "empty.xlsx"]).succeeds();
}

#[test]
fn commitments_are_those_of_the_summary() {
    let env = Env::seeded();
    let rate = ["rate", "add", "USD", "JPY", "112", "--on", "2018-10-26"];
    env.tpmc(&[&rate[..], &["--source", "https://example.org/rates"]].concat())
        .succeeds();
    let report = |more: &[&str]| {
        let base = ["report", "--currency", "USD", "--format", "json"];
        env.tpmc(&[&base[..], more].concat()).json()
    };
    let (report, summary) = (
        report(&[]),
        env.tpmc(&[
            "summary",
            "--by",
            "mode,country",
            "--currency",
            "USD",
            "--format",
            "json",
        ])
        .json(),
    );
    assert_eq!(report["summary"]["groups"], summary["groups"]);
    assert_eq!(report["summary"]["money"], summary["money"]);
    let total = &report["summary"]["groups"][0]["total"]["commitments"];
    assert_eq!(total["amount"], "1785713.84", "199,999,950 yen by 112");
    assert_eq!(
        report["summary"]["money"]["amounts"][0]["rate"],
        "USD/JPY/2018-10-26"
    );
    let sources = report["sources"].as_array().expect("sources");
    assert!(
        sources
            .iter()
            .any(|source| source["url"] == "https://example.org/rates"),
        "the source of the rate is named"
    );
    for (language, name) in [
        ("en", "report_money"),
        ("zh", "report_money_zh"),
        ("ja", "report_money_ja"),
    ] {
        let base = [
            "report",
            "--format",
            "markdown",
            "--currency",
            "USD",
            "--lang",
            language,
        ];
        let text = untraced(&env, &[&base[..], &["--country", "DE,not_stated"]].concat());
        let start = text.find("USD").expect("a currency");
        let heading = text[..start].rfind('\n').map_or(0, |line| line + 1);
        let section = text[heading..]
            .split("2025-03-22")
            .next()
            .expect("a section");
        insta::assert_snapshot!(name, section);
    }
    let page = page(&env, &["--currency", "USD", "--rates-on", "2019-01-01"]);
    for text in [
        "<section id=\"commitments\"",
        "<td class=\"n\">1,785,713.84</td>",
        "https://example.org/rates",
        "--currency USD --rates-on 2019-01-01",
    ] {
        assert!(page.contains(text), "{text}");
    }
    let without = self::page(&env, &[]);
    assert!(
        !without.contains("id=\"commitments\""),
        "nobody asked for it"
    );
}
