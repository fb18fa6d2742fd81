//! The page and the document of the shipped records, and of records that mean harm.

use std::collections::BTreeMap;

use super::*;
use crate::domain::Language;
use crate::report::gathered_for_tests;

/// What somebody could write into a title.
const HOSTILE: [&str; 6] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "</title></style></script>&amp;&lt;",
    "abc\u{202e}fdp.exe",
    "bell\u{7} escape\u{1b}[31m nul\u{0}",
    "=HYPERLINK(\"http://example.org\")",
];

fn labels(language: Language) -> Labels {
    Labels::new(language, BTreeMap::new())
}

fn view() -> MeetingView {
    let (gathered, world) = gathered_for_tests("2026-11-23");
    MeetingView::of(gathered, world)
}

fn hostile() -> MeetingView {
    let (mut gathered, world) = gathered_for_tests("2026-11-23");
    for (line, text) in gathered.lines.iter_mut().zip(HOSTILE) {
        line.wording.title_en = Some(text.to_owned());
        for party in &mut line.parties {
            party.name_en = Some(text.to_owned());
        }
    }
    for (project, text) in gathered.projects.iter_mut().zip(HOSTILE) {
        project.facts.title_en = Some(text.to_owned());
    }
    for (source, text) in gathered.sources.iter_mut().zip(HOSTILE) {
        source.title = Some(text.to_owned());
        source.url = Some(format!("javascript:{text}"));
        source.publisher = Some(text.to_owned());
    }
    gathered.trace.origin = HOSTILE[0].to_owned();
    MeetingView::of(gathered, world)
}

fn written(view: &MeetingView, format: Format) -> String {
    let bytes = view.bytes(&labels(Language::English), format);
    String::from_utf8(bytes.map_err(|error| error.to_string()).expect("a report")).expect("UTF-8")
}

/// What stands between a page's `<body>` and its script.
fn body(page: &str) -> &str {
    let body = page.split("<body>").nth(1).expect("a body");
    body.split("<script>")
        .next()
        .expect("something before the script")
}

#[test]
fn hostile_texts_stay_text_on_the_page() {
    let page = written(&hostile(), Format::Html);
    let body = body(&page);
    for mark in [
        "<img",
        "<script",
        "javascript:\"",
        "href=\"javascript",
        "\u{202e}",
        "\u{7}",
        "\u{1b}",
        "\u{0}",
    ] {
        assert!(!body.contains(mark), "{mark:?}");
    }
    assert_eq!(page.matches("<script>").count(), 1);
    assert_eq!(page.matches("</style>").count(), 1);
    assert!(body.contains("&#60;script&#62;alert(1)&#60;/script&#62;"));
    assert!(body.contains("\\u{202e}"));
}

#[test]
fn hostile_texts_stay_text_in_the_document() {
    let document = written(&hostile(), Format::Markdown);
    let markup = document.match_indices(['<', '>']);
    for (at, _) in markup {
        assert_eq!(
            document.get(at - 1..at),
            Some("\\"),
            "{:?}",
            document.get(at..at + 20)
        );
    }
    assert!(document.contains("\\<script\\>"));
}

#[test]
fn the_policy_lets_in_the_style_and_the_script_of_the_page_and_nothing_else() {
    use base64::Engine as _;
    use sha2::Digest as _;
    let page = written(&view(), Format::Html);
    let between = |start: &str, end: &str| {
        let rest = page.split(start).nth(1).expect(start);
        rest.split(end).next().expect(end).to_owned()
    };
    let policy = between("http-equiv=\"Content-Security-Policy\" content=\"", "\"");
    let hash =
        |text: &str| base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(text));
    let (style, script) = (
        between("<style>", "</style>"),
        between("<script>", "</script>"),
    );
    assert_eq!(
        policy,
        format!(
            "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
            hash(&style),
            hash(&script)
        )
    );
    // Nothing that the policy would keep out, and nothing that would be fetched.
    for mark in [
        " style=",
        " onclick=",
        " src=",
        "@import",
        "url(",
        "<link",
        "<iframe",
    ] {
        assert!(!page.contains(mark), "{mark}");
    }
}

#[test]
fn the_page_is_built_for_those_who_do_not_see_it() {
    let page = written(&view(), Format::Html);
    let body = body(&page);
    assert_eq!(body.matches("<h1").count(), 1);
    let levels: Vec<u32> = body
        .match_indices("<h")
        .filter_map(|(at, _)| body.get(at + 2..at + 3)?.parse().ok())
        .collect();
    assert!(
        levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
        "{levels:?}"
    );
    assert_eq!(
        body.matches("<th ").count(),
        body.matches("<th scope=").count()
    );
    assert_eq!(
        body.matches("<table").count(),
        body.matches("<caption>").count()
    );
    for drawing in body.split("<svg").skip(1) {
        let start = drawing.split('>').next().expect("a tag");
        let is_named = start.contains(" role=") && start.contains(" aria-labelledby=");
        assert!(is_named || start.contains(" aria-hidden="), "{start}");
    }
    let mut ids: Vec<&str> = body
        .split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "every id stands once");
}

#[test]
fn each_language_says_which_it_is_and_no_label_is_missing() {
    for (language, word) in [
        (Language::English, "en"),
        (Language::Chinese, "zh-Hans"),
        (Language::Japanese, "ja"),
    ] {
        let page = view().bytes(&labels(language), Format::Html);
        let page = String::from_utf8(page.map_err(|error| error.to_string()).expect("a page"))
            .expect("UTF-8");
        assert!(page.contains(&format!("<html lang=\"{word}\">")));
        let shown = body(&page).replace("tpmc report", "");
        for key in ["report-", "summary-", "progress-", "pace-never", "field-"] {
            assert!(!shown.contains(&format!(">{key}")), "{key} in {word}");
        }
    }
}

#[test]
fn the_page_has_every_project_and_its_figures() {
    let page = written(&view(), Format::Html);
    assert_eq!(page.matches("<tr data-group=").count(), 133);
    assert!(page.contains("of 52 agreements implemented (9.6%)"));
    assert!(page.contains("of 81 projects found implemented (79.0%)"));
    assert!(
        !page.contains("45.4%"),
        "one rate over both groups would mislead"
    );
}

#[test]
fn what_is_cut_says_so() {
    let (mut gathered, world) = gathered_for_tests("2026-11-23");
    let line = gathered.lines.pop().expect("a project");
    gathered.lines.extend(std::iter::repeat_n(line, 2_500));
    let page = written(&MeetingView::of(gathered, world), Format::Html);
    assert_eq!(page.matches("<tr data-group=").count(), 2_000);
    assert!(page.contains("Shown are the first 2,000 of 2,632."));
}

#[test]
fn the_same_report_is_the_same_bytes() {
    let labels = labels(Language::Japanese);
    for format in [Format::Html, Format::Xlsx, Format::Markdown, Format::Json] {
        let twice = [(), ()].map(|()| {
            view()
                .bytes(&labels, format)
                .map_err(|error| error.to_string())
        });
        assert_eq!(twice[0], twice[1], "{format:?}");
    }
    assert!(matches!(
        view().bytes(&labels, Format::Csv),
        Err(Error::NotAs(Format::Csv))
    ));
}

#[test]
fn every_figure_leads_to_its_projects_and_every_project_to_its_sources() {
    let page = written(&view(), Format::Html);
    let after = |mark: &'static str| {
        let found = page.split(mark).skip(1);
        found.filter_map(|rest| rest.split('"').next())
    };
    let ids: std::collections::BTreeSet<&str> = after(" id=\"").collect();
    let links: Vec<&str> = after("href=\"#").collect();
    assert!(links.len() > 1_000);
    for link in links {
        assert!(ids.contains(link), "{link} leads nowhere");
    }
    for code in ["F1-001", "P-0081", "F1-017.1"] {
        assert!(ids.contains(code), "{code}");
    }
    let list = page
        .split("id=\"group=F1&#38;status=implementing\"")
        .nth(1)
        .expect("a list");
    let list = list.split("</dd>").next().expect("codes");
    assert_eq!(list.matches("<a href=").count(), 5);
    assert!(page.len() < 1_000_000, "{} bytes", page.len());
}

#[test]
fn every_picture_has_a_table_of_the_same_figures() {
    let page = written(&view(), Format::Html);
    let section = |id: &str| {
        let start = page.split(&format!("<section id=\"{id}\"")).nth(1);
        start
            .and_then(|rest| rest.split("</section>").next())
            .expect(id)
    };
    for (id, shapes) in [
        ("countries", "<circle"),
        ("course", "◆"),
        ("partners", "<line"),
    ] {
        let section = section(id);
        assert!(section.matches(shapes).count() > 5, "{id}");
        assert!(section.contains("<table"), "{id}");
    }
    // A dot leads to the projects of its host.
    assert!(
        section("countries").contains("<a href=\"#group=other&#38;host=SG\"><title>SG 9</title>")
    );
    assert!(section("countries").contains("Natural Earth (public domain)"));
    let mut links = page.split("<a ").skip(1);
    let is_reached = |rest: &str| {
        !rest
            .split('>')
            .next()
            .is_some_and(|tag| tag.contains("tabindex"))
    };
    assert!(
        links.all(is_reached),
        "what leads somewhere is reached by the keyboard"
    );
}

#[test]
fn withheld_addresses_are_text() {
    let view = view();
    let withheld = view
        .report
        .sources
        .iter()
        .filter(|source| source.link_address().is_none());
    let withheld: Vec<&str> = withheld
        .filter_map(|source| source.url.as_deref())
        .collect();
    assert!(!withheld.is_empty());
    let page = written(&view, Format::Html);
    for address in withheld {
        assert!(!page.contains(&format!("href=\"{address}")), "{address}");
    }
}
