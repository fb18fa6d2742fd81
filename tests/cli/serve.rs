//! The web desk: pages and forms over HTTP, who may ask for what, and what strangers try.

use std::collections::BTreeSet;

use crate::browser::Desk;
use crate::env::Env;

#[test]
fn every_page_that_a_link_leads_to_is_there_in_three_languages() {
    let desk = Desk::open(&[]);
    for language in ["en", "zh", "ja"] {
        let mut waiting = vec![
            "/".to_owned(),
            "/project/P-0001".to_owned(),
            "/party/itochu".to_owned(),
        ];
        waiting.extend(
            [
                "/country/TH",
                "/source/S-0002",
                "/batch/1",
                "/search?text=wind",
            ]
            .map(str::to_owned),
        );
        let mut seen = BTreeSet::new();
        let mut kinds = BTreeSet::new();
        while let Some(path) = waiting.pop() {
            // One page of each kind: the first part of the address.
            let kind = path.split(['?', '/']).nth(1).unwrap_or_default().to_owned();
            let kind = match kind.as_str() {
                "record" => path.split('?').next().unwrap_or_default().to_owned(),
                kind => kind.to_owned(),
            };
            if !seen.insert(path.clone()) || kind == "language" || !kinds.insert(kind) {
                continue;
            }
            let answer = desk.get_in(language, &path);
            if answer.status == 303 {
                waiting.push(answer.header("location"));
                continue;
            }
            assert_eq!(answer.status, 200, "{language} {path}: {}", answer.body);
            if answer.header("content-type").starts_with("text/html") && !path.contains("format=") {
                waiting.extend(answer.links());
            }
        }
        assert!(kinds.len() > 30, "{kinds:?}");
    }
}

#[test]
fn a_page_says_what_the_command_says() {
    let desk = Desk::open(&[]);
    let page = desk.get("/summary");
    assert!(page.body.contains("<html lang=\"en\">"));
    assert!(page.body.contains("52 agreements"), "{}", page.body);
    assert!(
        page.header("content-security-policy")
            .contains("default-src 'none'")
    );
    assert_eq!(page.header("x-frame-options"), "DENY");
    let csv = desk.get("/projects?mode=engineering&format=csv");
    let printed = desk.env.tpmc(&[
        "project",
        "list",
        "--mode",
        "engineering",
        "--format",
        "csv",
    ]);
    assert_eq!(csv.body.trim_start_matches('\u{feff}'), printed.succeeds());
    let findings = desk.get("/check?format=csv");
    let printed = desk.env.tpmc(&["check", "--format", "csv"]).stdout;
    assert_eq!(findings.body.trim_start_matches('\u{feff}'), printed);
    let brief = desk.get("/brief?country=TH").body;
    assert!(brief.contains("format=docx") && brief.contains("country=TH"));
    let search = desk.get("/search?text=wind").body;
    assert!(search.contains("<input type=\"hidden\" name=\"text\" value=\"wind\">"));
    let before = desk.get("/project/P-0015?as_of=2020");
    assert!(before.body.contains("/party/"), "{}", before.body);
    assert!(before.body.contains("?as_of=2020\""), "links keep the day");
    let chinese = desk.get_in("zh-CN,zh;q=0.9", "/todo");
    assert!(chinese.body.contains("待办"), "{}", chinese.body);
    let checkpoint = desk.get("/checkpoint").body;
    assert_eq!(checkpoint, desk.env.tpmc(&["checkpoint"]).succeeds());
}

#[test]
fn a_form_previews_records_and_is_taken_back() {
    let desk = Desk::open(&[]);
    let token = desk.token();
    let mut fields = vec![
        ("token", token.as_str()),
        ("code", "P-0005"),
        ("status", "completed"),
        ("on", "2026-11-01"),
        ("source", "S-0002"),
        ("step", "preview"),
    ];
    let preview = desk.post("/record/status", &fields);
    assert_eq!(preview.status, 200, "{}", preview.body);
    assert!(
        preview.body.contains("Would record P-0005"),
        "{}",
        preview.body
    );
    assert_eq!(desk.batches(), 1);
    fields.pop();
    fields.push(("step", "record"));
    let recorded = desk.post("/record/status", &fields);
    assert_eq!(
        (recorded.status, recorded.header("location").as_str()),
        (303, "/batch/2")
    );
    let batch = desk.get("/batch/2");
    assert!(
        batch.body.contains("secretariat") && batch.body.contains("/record/undo?batch=2"),
        "{}",
        batch.body
    );
    let undo = [
        ("token", token.as_str()),
        ("batch", "2"),
        ("step", "record"),
    ];
    let undone = desk.post("/record/undo", &undo);
    assert_eq!(undone.header("location"), "/batch/3", "{}", undone.body);
    desk.env.tpmc(&["verify"]).succeeds();
}

#[test]
fn a_form_refuses_in_the_words_of_the_command() {
    let desk = Desk::open(&[]);
    let token = desk.token();
    let fields = [
        ("token", token.as_str()),
        ("code", "P-9999"),
        ("status", "completed"),
        ("on", "2026-11-01"),
        ("no-source", "on"),
        ("step", "record"),
    ];
    let refused = desk.post("/record/status", &fields);
    assert_eq!(refused.status, 422);
    let said = desk.env.tpmc(&[
        "status",
        "P-9999",
        "completed",
        "--on",
        "2026-11-01",
        "--no-source",
    ]);
    let said = said.fails_with(1);
    let what = said
        .lines()
        .next()
        .expect("a line")
        .trim_start_matches("error: ");
    let what = what.replace('\'', "&#39;").replace('"', "&#34;");
    assert!(refused.body.contains(&what), "{what}\n{}", refused.body);
    assert!(
        refused.body.contains("value=\"2026-11-01\""),
        "what was typed is still there"
    );
}

#[test]
fn a_correction_that_meets_another_one_is_not_recorded() {
    let desk = Desk::open(&[]);
    let token = desk.token();
    let set = |value: &str, was: &str| {
        let fields = [
            ("token", token.as_str()),
            ("code", "P-0005"),
            ("title-en", value),
            ("was.title-en", was),
            ("mode", "engineering"),
            ("was.mode", "engineering"),
            ("step", "record"),
        ];
        desk.post("/record/project/set", &fields)
    };
    let project = desk
        .env
        .tpmc(&["project", "show", "P-0005", "--format", "json"])
        .json();
    let title = project["title_en"].as_str().expect("a title").to_owned();
    let form = desk.get("/record/project/set?code=P-0005").body;
    assert!(form.contains("name=\"was.title-en\"") && !form.contains("name=\"was.code\""));
    assert_eq!(set("First", &title).status, 303);
    let met = set("Second", &title);
    assert_eq!(met.status, 422);
    assert!(met.body.contains("changed by somebody else meanwhile") && met.body.contains("First"));
    let project = desk
        .env
        .tpmc(&["project", "show", "P-0005", "--format", "json"])
        .json();
    assert_eq!(project["title_en"], "First");
    assert_ne!(
        project["mode"], "engineering",
        "what was not changed in the form stays"
    );
    assert_eq!(set("Third", "First").status, 303);
}

#[test]
fn strangers_and_other_sites_get_nothing() {
    let mut desk = Desk::open(&[]);
    let token = desk.token();
    let fields = [
        ("token", token.as_str()),
        ("code", "P-0005"),
        ("step", "record"),
    ];
    assert_eq!(
        desk.post_from("cross-site", "/record/undo", &fields).status,
        403
    );
    let forged = [("token", "0"), ("step", "record")];
    assert_eq!(desk.post("/record/undo", &forged).status, 403);
    let request = "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    assert_eq!(desk.send(request).status, 421);
    for query in [
        "registry=/etc/passwd",
        "output=x",
        "o=x",
        "actor=x",
        "now=2020",
        "dry_run=on",
        "key=0",
    ] {
        assert_eq!(
            desk.get(&format!("/summary?{query}")).status,
            400,
            "{query}"
        );
    }
    for path in [
        "/../../etc/passwd",
        "/%2e%2e/x",
        "/project/--registry=x",
        "/project/%00",
        "/record/import/apply",
        "/record/edit",
        "/batch/-1",
    ] {
        let answer = desk.get(path);
        assert!(
            (400..500).contains(&answer.status),
            "{path} {}",
            answer.status
        );
    }
    let away = desk.get("/language/zh?back=//evil.example");
    assert_eq!(away.header("location"), "/");
    assert_eq!(desk.batches(), 1);
    let long = "x".repeat(2 << 20);
    assert_eq!(desk.post("/record/status", &[("note", &long)]).status, 413);
    desk.cookie.clear();
    assert_eq!(desk.get("/").status, 401);
    assert_eq!(desk.post("/record/undo", &fields).status, 401);
}

#[test]
fn what_the_registry_holds_is_never_markup() {
    let desk = Desk::open(&[]);
    let title = "<script>alert(1)</script>\u{202e}";
    let title = ["project", "add", "--title-en", title, "--source", "S-0002"];
    desk.env.tpmc(&title).succeeds();
    for path in [
        "/projects",
        "/project/P-0082",
        "/batches",
        "/batch/2",
        "/search?text=alert",
        "/record/project/set?code=P-0082",
    ] {
        let answer = desk.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert!(
            !answer.body.contains("<script>alert") && !answer.body.contains('\u{202e}'),
            "{path}"
        );
    }
}

#[test]
fn a_proxy_says_who_has_signed_in() {
    let desk = Desk::open(&[
        "--user-header",
        "X-User",
        "--recorder",
        "li",
        "--public-reading",
    ]);
    assert_eq!(desk.get("/").status, 200);
    assert_eq!(desk.get("/record/status").status, 403);
    let as_user = |name: &str| {
        desk.send(&format!(
            "GET /record/status HTTP/1.1\r\nHost: {}\r\nX-User: {name}\r\nConnection: close\r\n\r\n",
            desk.host
        ))
    };
    assert_eq!(as_user("tanaka").status, 403);
    assert_eq!(as_user("li").status, 200);
}

#[test]
fn beyond_this_machine_it_wants_an_address_of_a_proxy() {
    let env = Env::seeded();
    let said = env
        .tpmc(&["serve", "--listen", "0.0.0.0:0", "--no-browser"])
        .fails_with(1);
    assert!(said.contains("--public-address"), "{said}");
    let wrong = [
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--public-address",
        "ftp://x/y",
    ];
    assert!(
        env.tpmc(&wrong)
            .fails_with(1)
            .contains("https://registry.example")
    );
}
