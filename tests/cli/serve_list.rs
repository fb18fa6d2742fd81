//! Lists in the web desk: sent, decided on row by row and all at once, and taken in.

use crate::browser::Desk;
use crate::serve_office::office;
use crate::user::PASSWORD;

const SHEET: &str = "title_en,mode,hosts\nSolar park Alpha,engineering,TH\nRail depot Beta,engineering,VN\n\
    Al Dur 2 power and water plant,engineering,BH\n";

/// Sends the list; returns the token of the forms.
fn sent(desk: &Desk) -> String {
    let token = desk.token();
    let fields = [("token", token.as_str()), ("step", "record")];
    let sent = desk.post_file("/record/import/plan", &fields, ("list.csv", SHEET));
    assert_eq!(sent.header("location"), "/draft/1", "{}", sent.body);
    token
}

#[test]
fn a_list_is_sent_decided_on_and_taken_in() {
    let desk = Desk::open(&[]);
    let token = desk.token();
    let sheet =
        "title_en,mode,hosts\nSolar park Alpha,engineering,TH\nRail depot Beta,engineering,VN\n";
    let fields = [("token", token.as_str()), ("step", "record")];
    let sent = desk.post_file("/record/import/plan", &fields, ("../new list.csv", sheet));
    assert_eq!(sent.header("location"), "/draft/1", "{}", sent.body);
    let page = desk.get("/draft/1").body;
    assert!(
        page.contains("Solar park Alpha") && page.contains("new list.csv"),
        "{page}"
    );
    assert!(page.contains("href=\"/rows/1\""), "{page}");
    let decide = [
        ("token", token.as_str()),
        ("draft", "1"),
        ("words", "2\r\nreject"),
        ("reason", "not ours"),
        ("back", "/rows/1"),
    ];
    let decided = desk.post("/record/import/decide", &decide);
    let location = decided.header("location");
    assert_eq!(location, "/rows/1#row-2", "{}", decided.body);
    let rows = desk.get("/rows/1?where=decision%3Dreject").body;
    assert!(
        rows.contains("not ours") && !rows.contains("Rail depot Beta"),
        "{rows}"
    );
    let apply = [
        ("token", token.as_str()),
        ("draft", "1"),
        ("step", "record"),
    ];
    let applied = desk.post("/record/import/apply", &apply);
    assert_eq!(applied.header("location"), "/batch/2", "{}", applied.body);
    let listed = desk.env.tpmc(&["project", "list"]).succeeds();
    assert!(!listed.contains("Solar park Alpha") && listed.contains("Rail depot Beta"));
    assert_eq!(
        desk.post("/record/import/apply", &apply).status,
        422,
        "once only"
    );
    let nothing = desk.post("/record/import/plan", &fields);
    assert_eq!(nothing.status, 422);
    let files = [("map", "/etc/passwd"), ("token", token.as_str())];
    assert_eq!(
        desk.post_file("/record/import/plan", &files, ("x.csv", sheet))
            .status,
        400
    );
}

#[test]
fn a_row_has_a_button_for_everything_that_can_be_decided() {
    let desk = Desk::open(&[]);
    let token = sent(&desk);
    let page = desk.get("/rows/1").body;
    for part in [
        "<tr id=\"row-2\">",
        "name=\"words\" value=\"2\naccept\" formaction=\"/record/import/decide\">Accept</button>",
        "value=\"4\nsame\" formaction=\"/record/import/decide?as=P-0009\">Same as P-0009</button>",
        "<button hidden disabled></button>",
        "/rows/1?where=decision%3Dopen",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    let fields = |words| {
        [
            ("token", token.as_str()),
            ("draft", "1"),
            ("words", words),
            ("back", "/rows/1?all=possible"),
        ]
    };
    let same = desk.post("/record/import/decide?as=P-0009", &fields("4\nsame"));
    assert_eq!(same.header("location"), "/rows/1?all=possible#row-4");
    let other = desk.post("/record/import/decide?plan=/etc/passwd", &fields("4\nopen"));
    assert_eq!(other.status, 400, "an address names no file");
    let rows = desk.get("/rows/1").body;
    assert!(
        rows.contains("the same as <a href=\"/project/P-0009\">"),
        "{rows}"
    );
}

#[test]
fn what_a_filter_shows_is_decided_on_at_once() {
    let desk = Desk::open(&[]);
    let token = sent(&desk);
    let page = desk.get("/rows/1?all=add").body;
    assert!(
        page.contains("<input type=\"hidden\" name=\"all\" value=\"add\">"),
        "{page}"
    );
    assert!(page.contains("On all 2 that are chosen") && page.contains("value=\"accept\""));
    let accept = [
        ("token", token.as_str()),
        ("draft", "1"),
        ("words", "accept"),
        ("all", "add"),
        ("back", "/rows/1?all=add"),
    ];
    let decided = desk.post("/record/import/decide", &accept);
    assert_eq!(
        decided.header("location"),
        "/rows/1?all=add",
        "{}",
        decided.body
    );
    let open = desk.get("/rows/1?where=decision%3Dopen").body;
    assert!(
        open.contains("Al Dur 2") && !open.contains("Rail depot Beta"),
        "{open}"
    );
    let everything = desk.get("/rows/1").body;
    assert!(
        everything.contains("value=\"1-999999999\nreject\""),
        "{everything}"
    );
    let reject = [
        ("token", token.as_str()),
        ("draft", "1"),
        ("words", "1-999999999\nreject"),
        ("back", "//evil.example"),
    ];
    let decided = desk.post("/record/import/decide", &reject);
    assert_eq!(decided.header("location"), "/draft/1", "{}", decided.body);
    let none = desk.get("/rows/1?where=decision%3Dopen").body;
    assert!(none.contains("No project is so"), "{none}");
    assert_eq!(desk.get("/rows/1?where=nonsense").status, 400);
    assert_eq!(desk.get("/rows/2").status, 404);
}

#[test]
fn only_its_author_decides_on_a_list_that_waits() {
    let mut desk = office(&["--approval"]);
    desk.sign_in("li", PASSWORD);
    let token = sent(&desk);
    let reject = |token| {
        [
            ("token", token),
            ("draft", "1"),
            ("words", "2\nreject"),
            ("back", "/rows/1"),
        ]
    };
    let decided = desk.post("/record/import/decide", &reject(&token));
    assert_eq!(decided.status, 303, "{}", decided.body);
    desk.sign_in("tanaka", PASSWORD);
    let token = desk.token();
    assert!(!desk.get("/draft/1").body.contains("/rows/1"));
    assert_eq!(desk.get("/rows/1").status, 403);
    assert_eq!(desk.get("/record/import/decide?draft=1").status, 403);
    let other = desk.post("/record/import/decide", &reject(&token));
    assert_eq!(other.status, 403, "what waits stays as its author left it");
    let approve = [
        ("token", token.as_str()),
        ("number", "1"),
        ("step", "record"),
    ];
    let approved = desk.post("/record/draft/approve", &approve);
    assert_eq!(approved.header("location"), "/batch/2", "{}", approved.body);
}
