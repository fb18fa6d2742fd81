//! `tpmc brief`

use crate::env::Env;

/// A brief without the name of the registry and the root hash, which are others each time a registry is made.
fn untraced(env: &Env, arguments: &[&str]) -> String {
    let checkpoint = env.tpmc(&["checkpoint"]).succeeds();
    let mut lines = checkpoint.lines();
    let (origin, root) = (
        lines.next().expect("a name"),
        lines.nth(1).expect("a root hash"),
    );
    let brief = env.tpmc(arguments).succeeds();
    brief.replace(origin, "[ORIGIN]").replace(root, "[ROOT]")
}

#[test]
fn as_a_mail_and_as_a_document() {
    let env = Env::seeded();
    insta::assert_snapshot!("brief_text", untraced(&env, &["brief"]));
    let markdown = [
        "brief",
        "--country",
        "TH",
        "--lang",
        "zh",
        "--format",
        "markdown",
    ];
    insta::assert_snapshot!("brief_markdown_zh", untraced(&env, &markdown));
    insta::assert_snapshot!("brief_text_ja", untraced(&env, &["brief", "--lang", "ja"]));
    let csv = ["brief", "--mode", "strategic", "--format", "csv"];
    insta::assert_snapshot!("brief_csv", untraced(&env, &csv));
}

#[test]
fn each_figure_is_that_of_the_reports() {
    let env = Env::seeded();
    let brief = env.tpmc(&["brief", "--format", "json"]).json();
    let report = env.tpmc(&["report", "--format", "json"]).json();
    let (told, known) = (&brief["groups"][0], &report["summary"]["groups"][0]);
    assert_eq!(told["all"]["projects"], known["total"]["projects"]);
    assert_eq!(
        told["implemented"]["projects"],
        known["total"]["implemented"]
    );
    assert_eq!(
        told["implementation_rate"],
        known["total"]["implementation_rate"]
    );
    let news = brief["news"].as_array().expect("news");
    let moved = report["changes"]["moved"].as_array().expect("moves");
    let is_move = |one: &&serde_json::Value| one["what"] == "moved";
    assert_eq!(news.iter().filter(is_move).count(), moved.len());
    assert_eq!(brief["ask"].as_array().map(Vec::len), Some(5));
}

#[test]
fn a_page_without_a_script_and_a_document() {
    let env = Env::seeded();
    for language in ["en", "zh", "ja"] {
        env.tpmc(&["brief", "-o", "b.html", "--lang", language])
            .succeeds();
        let page = std::fs::read_to_string(env.path("b.html")).expect("a page");
        assert!(
            page.contains("</html>") && !page.contains("<script"),
            "{language}"
        );
        env.tpmc(&["brief", "-o", "b.docx", "--lang", language])
            .succeeds();
        let document = std::fs::read(env.path("b.docx")).expect("a document");
        assert!(document.starts_with(b"PK"));
    }
    let run = env.tpmc(&["brief", "--format", "docx"]);
    assert_eq!(run.status, 1, "a document goes into a file");
    let run = env.tpmc(&["summary", "-o", "s.docx"]);
    assert_eq!(run.status, 1, "a summary is no document");
}

#[test]
fn a_registry_without_projects_or_meetings_has_a_brief_too() {
    let env = Env::empty();
    env.tpmc(&["init", "--empty"]).succeeds();
    insta::assert_snapshot!("brief_empty", untraced(&env, &["brief"]));
}
