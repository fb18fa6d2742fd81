//! The web desk of an office: accounts, a second person who approves, documents that are sent, and what monitors read.

use std::time::{Duration, Instant};

use crate::browser::Desk;
use crate::env::Env;
use crate::user::{PASSWORD, add};

/// A desk with three accounts: reader, recorder and approver.
pub(crate) fn office(more: &[&str]) -> Desk {
    let env = Env::seeded();
    for (name, role) in [
        ("wang", "reader"),
        ("li", "recorder"),
        ("tanaka", "approver"),
    ] {
        add(&env, name, role).succeeds();
    }
    Desk::open_on(env, more)
}

fn completed(token: &str) -> Vec<(&str, &str)> {
    vec![
        ("token", token),
        ("code", "P-0005"),
        ("status", "completed"),
        ("on", "2026-11-01"),
        ("source", "S-0002"),
        ("step", "record"),
    ]
}

#[test]
fn who_has_an_account_signs_in_and_out() {
    let mut desk = office(&[]);
    let first = desk.get("/projects");
    assert_eq!(first.status, 401);
    assert!(
        first.body.contains("name=\"back\" value=\"/projects\""),
        "{}",
        first.body
    );
    assert!(!first.body.contains("P-0001"));
    assert_eq!(desk.get("/?key=0").status, 401);
    assert_eq!(desk.sign_in("li", "wrong").status, 401);
    assert_eq!(desk.sign_in("nobody", PASSWORD).status, 401);
    let signed_in = desk.sign_in("li", PASSWORD);
    assert_eq!(
        (signed_in.status, signed_in.header("location").as_str()),
        (303, "/todo")
    );
    let token = desk.token();
    let recorded = desk.post("/record/status", &completed(&token));
    assert_eq!(recorded.header("location"), "/batch/2", "{}", recorded.body);
    let batch = desk.env.tpmc(&["show", "2", "--format", "json"]).succeeds();
    assert!(
        batch.contains("\"actor\": \"li\"") || batch.contains("\"actor\":\"li\""),
        "{batch}"
    );
    assert_eq!(
        desk.post("/record/draft/refuse", &[("token", &token)])
            .status,
        403
    );
    let kept = desk.cookie.clone();
    assert_eq!(
        desk.post_from("cross-site", "/sign-out", &[("token", &token)])
            .status,
        403
    );
    assert_eq!(desk.post("/sign-out", &[("token", &token)]).status, 303);
    desk.cookie = kept;
    assert_eq!(desk.get("/").status, 401, "the session has ended");
    desk.sign_in("wang", PASSWORD);
    assert_eq!(desk.get("/projects").status, 200);
    assert_eq!(desk.get("/record/status").status, 403);
    desk.env.tpmc(&["user", "remove", "wang"]).succeeds();
    assert_eq!(desk.get("/projects").status, 401, "who is removed is out");
}

#[test]
fn a_name_cannot_be_tried_for_ever() {
    let mut desk = office(&["--public-reading"]);
    assert_eq!(desk.get("/projects").status, 200);
    for _ in 0..5 {
        assert_eq!(desk.sign_in("li", "wrong").status, 401);
    }
    assert_eq!(desk.sign_in("li", PASSWORD).status, 429);
}

#[test]
fn a_second_person_approves_what_is_recorded() {
    let mut desk = office(&["--approval"]);
    desk.sign_in("li", PASSWORD);
    let token = desk.token();
    let waits = desk.post("/record/status", &completed(&token));
    assert_eq!(waits.header("location"), "/draft/1", "{}", waits.body);
    assert_eq!(desk.batches(), 1);
    let shown = desk.get("/draft/1").body;
    assert!(
        shown.contains("P-0005") && !shown.contains("/record/draft/approve"),
        "{shown}"
    );
    let own = desk.env.tpmc(&["draft", "approve", "1", "--actor", "li"]);
    assert!(own.fails_with(1).contains("somebody else"));
    desk.sign_in("tanaka", PASSWORD);
    let shown = desk.get("/draft/1").body;
    assert!(shown.contains("/record/draft/approve?number=1"), "{shown}");
    let token = desk.token();
    let approve = [
        ("token", token.as_str()),
        ("number", "1"),
        ("step", "record"),
    ];
    let approved = desk.post("/record/draft/approve", &approve);
    assert_eq!(approved.header("location"), "/batch/2", "{}", approved.body);
    let batch = desk.env.tpmc(&["log", "--format", "json"]).json();
    assert_eq!(batch[0]["actor"], "li");
    assert_eq!(batch[0]["reason"], "(draft 1 approved by tanaka)");
    assert_eq!(
        desk.post("/record/draft/approve", &approve).status,
        422,
        "once only"
    );
    desk.env.tpmc(&["verify"]).succeeds();
    let log = desk
        .env
        .tpmc(&["draft", "list", "--all", "--format", "json"])
        .json();
    assert_eq!(
        (&log[0]["decided_by"], &log[0]["batch"]),
        (&"tanaka".into(), &2.into())
    );
}

#[test]
fn a_draft_that_was_overtaken_is_seen_again_before_it_is_approved() {
    let mut desk = office(&["--approval"]);
    desk.sign_in("li", PASSWORD);
    let token = desk.token();
    let fields = [
        ("token", token.as_str()),
        ("code", "P-0005"),
        ("title-en", "Seen by li"),
        ("step", "record"),
    ];
    assert_eq!(
        desk.post("/record/project/set", &fields).header("location"),
        "/draft/1"
    );
    let other = [
        "project",
        "set",
        "P-0005",
        "--title-en",
        "Changed meanwhile",
    ];
    desk.env.tpmc(&other).succeeds();
    let approve = ["draft", "approve", "1", "--actor", "tanaka"];
    let said = desk.env.tpmc(&approve).fails_with(1);
    assert!(said.contains("--anew"), "{said}");
    desk.env
        .tpmc(&[&approve[..], &["--anew"]].concat())
        .succeeds();
    let shown = desk
        .env
        .tpmc(&["project", "show", "P-0005", "--format", "json"]);
    assert_eq!(shown.json()["title_en"], "Seen by li");
    desk.post("/record/project/set", &fields);
    let refuse = [
        "draft",
        "refuse",
        "2",
        "--reason",
        "said before",
        "--actor",
        "tanaka",
    ];
    desk.env.tpmc(&refuse).succeeds();
    desk.env.tpmc(&refuse).fails_with(1);
    assert!(desk.get("/draft/2").body.contains("said before"));
}

#[test]
fn a_document_is_kept_with_a_source() {
    let desk = Desk::open(&[]);
    let token = desk.token();
    let fields = [
        ("token", token.as_str()),
        ("code", "S-0002"),
        ("step", "record"),
    ];
    let sent = desk.post_file(
        "/record/source/attach",
        &fields,
        ("letter.txt", "A letter."),
    );
    assert_eq!(sent.header("location"), "/batch/2", "{}", sent.body);
    let shown = desk
        .env
        .tpmc(&["source", "show", "S-0002", "--format", "json"])
        .json();
    assert_eq!(shown["file_size"], 9);
}

#[test]
fn a_refusal_stands_beside_its_field() {
    let desk = Desk::open(&[]);
    let token = desk.token();
    let fields = [
        ("token", token.as_str()),
        ("code", "P-0005"),
        ("status", "completed"),
        ("on", "2026-13"),
        ("source", "S-0002"),
        ("step", "record"),
    ];
    let refused = desk.post("/record/status", &fields).body;
    assert!(
        refused.contains("aria-describedby=\"wrong-on\"") && refused.contains("id=\"wrong-on\""),
        "{refused}"
    );
    assert!(!refused.contains("wrong-source") && refused.contains("value=\"2026-13\""));
}

#[test]
fn a_monitor_reads_checkpoint_tiles_and_entries() {
    let desk = Desk::open(&[]);
    let checkpoint = desk.get("/checkpoint").body;
    let size: usize = checkpoint
        .lines()
        .nth(1)
        .expect("a size")
        .parse()
        .expect("a number");
    let width = size % 256;
    let last = size / 256;
    let tile = desk.get_bytes(&format!("/tile/0/{last:03}.p/{width}"));
    assert_eq!(tile.len(), width * 32);
    let entries = desk.get_bytes(&format!("/tile/entries/{last:03}.p/{width}"));
    let length = usize::from(u16::from_be_bytes([entries[0], entries[1]]));
    let first = std::str::from_utf8(&entries[2..2 + length]).expect("UTF-8");
    assert!(first.starts_with("{\"batch\":1,"), "{first}");
    assert_eq!(
        desk.get(&format!("/tile/0/{last:03}")).status,
        404,
        "it is not full"
    );
    assert_eq!(desk.get("/tile/0/../x").status, 404);
}

/// Everybody at once for a while: 50 readers and 5 recorders. `TPMC_LOAD` says for how many seconds.
#[test]
fn nothing_is_lost_while_many_read_and_record() {
    let desk = Desk::open(&[]);
    let token = desk.token();
    let seconds = std::env::var("TPMC_LOAD")
        .ok()
        .and_then(|said| said.parse().ok());
    let end = Instant::now() + Duration::from_secs(seconds.unwrap_or(5));
    let pages = [
        "/",
        "/summary",
        "/projects",
        "/project/P-0001",
        "/party/itochu",
        "/batches",
        "/todo",
    ];
    let (read, recorded) = std::thread::scope(|scope| {
        let desk = &desk;
        let token = &token;
        let readers: Vec<_> = (0..50)
            .map(|reader| {
                scope.spawn(move || {
                    let mut count = 0;
                    while Instant::now() < end {
                        let page = pages[(reader + count) % pages.len()];
                        let answer = desk.get(page);
                        assert_eq!(answer.status, 200, "{page}: {}", answer.body);
                        count += 1;
                    }
                    count
                })
            })
            .collect();
        let recorders: Vec<_> = (0..5)
            .map(|recorder| {
                scope.spawn(move || {
                    let mut count = 0;
                    while Instant::now() < end {
                        let note = format!("note {recorder} {count}");
                        let code = format!("P-{:04}", recorder + 1);
                        let fields = [
                            ("token", token.as_str()),
                            ("code", code.as_str()),
                            ("note", note.as_str()),
                            ("step", "record"),
                        ];
                        let answer = desk.post("/record/project/set", &fields);
                        assert_eq!(answer.status, 303, "{}", answer.body);
                        count += 1;
                    }
                    count
                })
            })
            .collect();
        let sum = |threads: Vec<std::thread::ScopedJoinHandle<'_, usize>>| -> usize {
            threads
                .into_iter()
                .map(|thread| thread.join().expect("no error page"))
                .sum()
        };
        (sum(readers), sum(recorders))
    });
    assert!(
        read >= 50 && recorded >= 5,
        "{read} pages read, {recorded} entries recorded"
    );
    assert_eq!(desk.batches(), recorded + 1, "nothing is lost");
    desk.env.tpmc(&["verify"]).succeeds();
}
