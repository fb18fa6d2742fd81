//! The web desk of a registry on a server: what it shows and records, and what it says when the server is gone.

use crate::browser::Desk;
use crate::database::psql;
use crate::env::Env;
use crate::user::{PASSWORD, add};

#[test]
#[cfg_attr(
    not(feature = "postgres"),
    ignore = "needs a server, which .ci/postgres.sh starts"
)]
fn a_desk_shows_and_records_what_a_server_keeps() {
    let env = Env::seeded();
    env.on_server();
    let beijing = env.elsewhere();
    let desk = Desk::open_on(env, &[]);
    let note = [
        ("token", desk.token()),
        ("code", "P-0004".to_owned()),
        ("text", "from the desk".to_owned()),
        ("on", "2026-10-30".to_owned()),
        ("step", "record".to_owned()),
    ];
    let note: Vec<(&str, &str)> = note
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let recorded = desk.post("/record/event/add", &note);
    assert_eq!(recorded.header("location"), "/batch/2", "{}", recorded.body);
    let shown = beijing.tpmc(&["project", "show", "P-0004"]).succeeds();
    assert!(shown.contains("from the desk"), "{shown}");
    let elsewhere = [
        "event",
        "add",
        "P-0004",
        "from Beijing",
        "--on",
        "2026-10-30",
    ];
    beijing.tpmc(&elsewhere).succeeds();
    let page = desk.get("/project/P-0004").body;
    assert!(page.contains("from Beijing"), "{page}");
    let checkpoint = desk.get("/checkpoint").body;
    assert_eq!(checkpoint, beijing.tpmc(&["checkpoint"]).succeeds());
    assert_eq!(desk.get("/tile/0/000").status, 200);
    let offered = "/suggest?command=/record/status&field=code&typed=P-000";
    assert!(desk.get(offered).body.contains("P-0004"));
}

#[test]
#[cfg_attr(
    not(feature = "postgres"),
    ignore = "needs a server, which .ci/postgres.sh starts"
)]
fn accounts_and_drafts_are_those_of_the_machine_with_the_desk() {
    let env = Env::seeded();
    let address = env.on_server().address();
    for (name, role) in [("li", "recorder"), ("tanaka", "approver")] {
        add(&env, name, role).succeeds();
    }
    let mut desk = Desk::open_on(env, &["--approval"]);
    assert_eq!(desk.get("/projects").status, 401);
    assert_eq!(desk.sign_in("li", PASSWORD).status, 303);
    let token = desk.token();
    let fields = [
        ("token", token.as_str()),
        ("code", "P-0004"),
        ("note", "to be approved"),
        ("step", "record"),
    ];
    let waits = desk.post("/record/project/set", &fields);
    assert_eq!(waits.header("location"), "/draft/1", "{}", waits.body);
    assert_eq!(desk.batches(), 1);
    let approve = ["draft", "approve", "1", "--actor", "tanaka"];
    desk.env.tpmc(&approve).succeeds();
    assert_eq!(desk.batches(), 2);
    let answer = desk.get("/draft/1");
    assert!(answer.links().contains("/batch/2"), "{}", answer.body);
    let (server, name) = address.rsplit_once('/').expect("a name");
    let drop = format!("DROP DATABASE {name} WITH (FORCE)");
    psql(&format!("{server}/postgres"), &drop).expect("gone");
    assert!(
        desk.get("/projects").status >= 400,
        "no page without the server"
    );
}
