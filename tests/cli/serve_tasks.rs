//! What the web desk makes easy: titles side by side, tasks that lead to filled forms, and a checkpoint that is signed.

use crate::browser::Desk;
use crate::env::Env;
use crate::serve_office::office;
use crate::user::PASSWORD;

fn titles<'a>(token: &'a str, was: &'a str, said: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("token", token),
        ("P-0005.title_zh", said),
        ("was.P-0005.title_zh", was),
        ("P-0005.title_zh_basis", "translated"),
        ("was.P-0005.title_zh_basis", "translated"),
        ("P-0006.title_ja", "unchanged"),
        ("was.P-0006.title_ja", "unchanged"),
        ("reason", "agreed on"),
        ("step", "record"),
    ]
}

fn title(desk: &Desk) -> String {
    let shown = ["project", "show", "P-0005", "--format", "json"];
    let project = desk.env.tpmc(&shown).json();
    project["title_zh"].as_str().expect("a title").to_owned()
}

#[test]
fn titles_are_translated_side_by_side_and_recorded_as_one_batch() {
    let desk = Desk::open(&[]);
    let token = desk.token();
    let was = title(&desk);
    let page = desk.get("/translations?show=all").body;
    assert!(page.contains("name=\"F1-001.title_ja\""), "{page}");
    let new = [
        "project",
        "add",
        "--title-en",
        "Without others",
        "--source",
        "S-0002",
    ];
    desk.env.tpmc(&new).succeeds();
    let missing = desk.get("/translations").body;
    assert!(
        missing.contains("name=\"P-0082.title_zh\"")
            && !missing.contains("name=\"P-0005.title_zh\"")
    );
    let mut fields = titles(&token, &was, "=新的名称");
    fields.pop();
    fields.push(("step", "preview"));
    let preview = desk.post("/translations", &fields);
    assert_eq!(preview.status, 200, "{}", preview.body);
    assert!(preview.body.contains("P-0005") && preview.body.contains("=新的名称"));
    assert_eq!(desk.batches(), 2);
    let recorded = desk.post("/translations", &titles(&token, &was, "=新的名称"));
    assert_eq!(recorded.header("location"), "/batch/3", "{}", recorded.body);
    assert_eq!(title(&desk), "=新的名称");
    let log = desk.env.tpmc(&["log", "--format", "json"]).json();
    assert_eq!(log[0]["reason"], "agreed on");
    let met = desk.post("/translations", &titles(&token, &was, "另一名称"));
    assert_eq!(met.status, 422);
    assert!(
        met.body.contains("changed by somebody else meanwhile") && met.body.contains("另一名称")
    );
    let same = desk.post("/translations", &titles(&token, "=新的名称", "=新的名称"));
    assert!(same.body.contains("Nothing was changed"), "{}", same.body);
    let forged = desk.post("/translations", &titles("0", "=新的名称", "x"));
    assert_eq!(forged.status, 403);
    assert_eq!(desk.batches(), 3);
}

#[test]
fn translations_wait_for_a_second_person_where_one_approves() {
    let mut desk = office(&["--approval"]);
    desk.sign_in("wang", PASSWORD);
    let page = desk.get("/translations?show=translated");
    assert!(page.body.contains("readonly") && !page.body.contains("value=\"record\""));
    desk.sign_in("li", PASSWORD);
    let token = desk.token();
    let was = title(&desk);
    let waits = desk.post("/translations", &titles(&token, &was, "新的名称"));
    assert_eq!(waits.header("location"), "/draft/1", "{}", waits.body);
    assert_eq!(title(&desk), was);
    let approve = ["draft", "approve", "1", "--actor", "tanaka"];
    desk.env.tpmc(&approve).succeeds();
    assert_eq!(title(&desk), "新的名称");
}

#[test]
fn a_task_leads_to_a_filled_form_that_settles_it() {
    let desk = Desk::open(&[]);
    let token = desk.token();
    let links = desk.get("/todo").links();
    let line = |wanted: &str| {
        let found = links.iter().find(|link| link.contains(wanted));
        found
            .unwrap_or_else(|| panic!("{wanted}: {links:?}"))
            .clone()
    };
    let waive = desk.get(&line("fill?line=tpmc+check+waive+no-status+P-0022"));
    let form = waive.header("location");
    assert_eq!(form, "/record/check/waive?rule=no-status&record=P-0022");
    let form = desk.get(&form).body;
    assert!(form.contains("value=\"P-0022\"") && form.contains("value=\"no-status\" selected"));
    let edit = desk.get(&line("fill?line=tpmc+edit+P-0022"));
    assert_eq!(edit.header("location"), "/record/project/set?code=P-0022");
    let status = desk.get(&line("fill?line=tpmc+status+"));
    let status = status.header("location");
    assert!(
        status.starts_with("/record/status?code=") && !status.contains("STATUS"),
        "{status}"
    );
    let accept = [
        ("token", token.as_str()),
        ("rule", "no-status"),
        ("record", "P-0022"),
        ("owner", "Tokyo office"),
        ("until", "2027-01-31"),
        ("reason", "asked the bank"),
        ("step", "record"),
    ];
    let accepted = desk.post("/record/check/waive", &accept);
    assert_eq!(accepted.header("location"), "/batch/2", "{}", accepted.body);
    let snooze = [
        ("token", token.as_str()),
        ("record", "P-0074"),
        ("until", "2027-01-31"),
        ("reason", "the ministry answers in January"),
        ("step", "record"),
    ];
    let snoozed = desk.post("/record/todo/snooze", &snooze);
    assert_eq!(snoozed.header("location"), "/batch/3", "{}", snoozed.body);
    let todo = desk.get("/todo");
    let links = todo.links();
    assert!(
        !links
            .iter()
            .any(|link| link.contains("waive+no-status+P-0022"))
    );
    let again = links.iter().find(|link| link.contains("--withdraw"));
    let again = desk.get(again.expect("what is put off")).header("location");
    assert_eq!(again, "/record/todo/snooze?record=P-0074&withdraw=on");
    assert_eq!(desk.get("/fill?line=tpmc+nonsense").status, 404);
    assert_eq!(desk.get("/fill?line=%22").status, 404);
}

#[test]
fn a_checkpoint_that_somebody_signed_is_served_and_named() {
    let env = Env::seeded();
    env.tpmc(&["key", "new", "-o", "registry.key"]).succeeds();
    let file = env.path("published.checkpoint").display().to_string();
    let sign = ["checkpoint", "--key", "registry.key", "-o", &file];
    env.tpmc(&sign).succeeds();
    let desk = Desk::open_on(env, &["--checkpoint", &file]);
    let signed = std::fs::read_to_string(&file).expect("a checkpoint");
    assert_eq!(desk.get("/checkpoint").body, signed);
    let size = signed.lines().nth(1).expect("a size").to_owned();
    let said = format!("The first {size} entries are signed by");
    let note = ["event", "add", "P-0004", "later", "--on", "2026-10-30"];
    desk.env.tpmc(&note).succeeds();
    let page = desk.get("/projects").body;
    assert!(page.contains(&said), "{page}");
    assert_eq!(
        desk.get("/checkpoint").body,
        signed,
        "it is that of its time"
    );
    let root = signed.lines().nth(2).expect("a root");
    std::fs::write(&file, signed.replace(root, &root.replace(&root[..1], "A"))).expect("altered");
    let page = desk.get("/projects");
    assert_eq!(page.status, 200, "pages are still shown");
    assert!(!page.body.contains(&said));
    assert_eq!(desk.get("/checkpoint").status, 503);
    let bare = desk.env.tpmc(&["checkpoint"]).succeeds();
    std::fs::write(&file, bare).expect("without a signature");
    let serve = [
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--no-browser",
        "--checkpoint",
        &file,
    ];
    let refused = desk.env.tpmc(&serve).fails_with(1);
    assert!(refused.contains("not signed"), "{refused}");
}
