//! A list that comes again: what it corrects is corrected, what others say stays, and nothing is read into it.

use serde_json::Value;

use crate::env::Env;

/// A mapping of a list of projects with one amount each.
pub(crate) const ONE_AMOUNT: &str = r#"
on_finding = "drop_value"
[key]
scheme = "made-up"
columns = ["id"]
[source]
title = "Made-up list"
dated = "2025-01-31"
[fields]
title_en = "title"
hosts = "country"
[[events]]
status = { column = "status", values = { Closed = "completed", Active = "implementing", Dropped = "cancelled" } }
[[amounts]]
number = "amount"
currency = { constant = "USD" }
kind = { constant = "loan" }
basis = { constant = "commitment" }
"#;

/// A mapping of a list with a row for each bank.
pub(crate) const BANKS: &str = r#"
rows = "grouped"
[key]
scheme = "made-up"
columns = ["id"]
[fields]
title_en = "title"
hosts = "country"
[[parties]]
column = "bank"
role = { constant = "financier" }
[[amounts]]
number = "amount"
currency = { constant = "USD" }
kind = { constant = "loan" }
basis = { constant = "commitment" }
"#;

/// Plans a list; returns the lines of the plan.
pub(crate) fn plan(env: &Env, list: &str, mapping: &str) -> Vec<Value> {
    env.write("list.csv", list);
    env.write("list.toml", mapping);
    env.tpmc(&[
        "import",
        "plan",
        "list.csv",
        "--map",
        "list.toml",
        "-o",
        "plan.json",
    ])
    .succeeds();
    let text = std::fs::read_to_string(env.path("plan.json")).expect("the plan");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

pub(crate) fn counts(lines: &[Value]) -> &Value {
    lines.last().expect("counts")
}

pub(crate) fn project(lines: &[Value], row: u64) -> &Value {
    let is_it = |line: &&Value| {
        let rows = line["rows"].as_array().into_iter().flatten();
        line["line"] == "project" && rows.into_iter().any(|other| *other == row)
    };
    lines.iter().find(is_it).expect("the row")
}

/// Plans a list and carries the plan out; returns the lines of the plan.
pub(crate) fn import(env: &Env, list: &str, mapping: &str) -> Vec<Value> {
    let lines = plan(env, list, mapping);
    env.tpmc(&["import", "apply", "plan.json", "--reason", "a list"])
        .succeeds();
    lines
}

pub(crate) fn sql(env: &Env, query: &str) -> String {
    let answer = env.tpmc(&["sql", "--format", "csv", query]).succeeds();
    let lines: Vec<&str> = answer.lines().skip(1).collect();
    lines.join(" ")
}

/// Amounts in millions of the projects of the list, by title.
pub(crate) fn amounts(env: &Env) -> String {
    sql(
        env,
        "SELECT p.title || ' ' || group_concat(a.minor_units / 100000000, '+') FROM v_project p JOIN v_amount a ON a.project = p.code
         WHERE EXISTS (SELECT 1 FROM project_identifier i WHERE i.project = p.code AND scheme = 'made-up') GROUP BY p.code ORDER BY p.code",
    )
}

#[track_caller]
pub(crate) fn changes_nothing(env: &Env, list: &str, mapping: &str) {
    let before = env.tpmc(&["export", "ndjson"]).succeeds();
    let lines = import(env, list, mapping);
    let rows = &counts(&lines)["rows"];
    assert_eq!((&rows["added"], &rows["changed"]), (&0.into(), &0.into()));
    assert_eq!(before, env.tpmc(&["export", "ndjson"]).succeeds());
}

pub(crate) const HEADINGS: &str = "id,title,country,status,amount\n";

pub(crate) fn list(rows: &[&str]) -> String {
    format!("{HEADINGS}{}\n", rows.join("\n"))
}

#[test]
fn an_amount_that_the_list_corrects_replaces_the_earlier_one() {
    let env = Env::seeded();
    let first = list(&["B1,Northern port,Kenya,Active,100000000"]);
    import(&env, &first, ONE_AMOUNT);
    changes_nothing(&env, &first, ONE_AMOUNT);
    let second = list(&["B1,Northern port of Testville,Kenya,Active,90000000"]);
    import(&env, &second, ONE_AMOUNT);
    assert_eq!(amounts(&env), "Northern port of Testville 90");
    changes_nothing(&env, &second, ONE_AMOUNT);
    env.tpmc(&["verify"]).succeeds();
}

#[test]
fn what_others_say_stays_and_what_somebody_changed_is_asked() {
    let env = Env::seeded();
    import(
        &env,
        &list(&["B1,Northern port,Kenya,Active,100000000"]),
        ONE_AMOUNT,
    );
    let code = sql(
        &env,
        "SELECT code FROM v_project WHERE title = 'Northern port'",
    );
    let add = [
        "amount", "add", &code, "7000000", "USD", "--kind", "grant", "--basis", "pledge",
    ];
    env.tpmc(&add).succeeds();
    import(
        &env,
        &list(&["B1,Northern port,Kenya,Active,90000000"]),
        ONE_AMOUNT,
    );
    assert_eq!(amounts(&env), "Northern port 90+7");
    env.tpmc(&["amount", "set", &code, "1", "--amount", "95000000"])
        .succeeds();
    // The list says what it said: the correction by hand stays.
    let same = list(&["B1,Northern port,Kenya,Active,90000000"]);
    let lines = plan(&env, &same, ONE_AMOUNT);
    let item = project(&lines, 2);
    assert_eq!(
        (&item["action"], &item["decision"]),
        (&"same".into(), &"accept".into())
    );
    assert_eq!(item["findings"][0]["what"], "changed_since");
    assert_eq!(counts(&lines)["money"]["USD"]["not_recorded"], "90000000");
    // It says something new: somebody decides.
    let new = list(&["B1,Northern port,Kenya,Active,80000000"]);
    let lines = plan(&env, &new, ONE_AMOUNT);
    let item = project(&lines, 2);
    assert_eq!(
        (&item["action"], &item["decision"]),
        (&"change".into(), &"open".into())
    );
    assert_eq!(item["findings"][0]["what"], "differs_from_registry");
    env.tpmc(&["import", "apply", "plan.json"]).succeeds();
    assert_eq!(amounts(&env), "Northern port 95+7");
    env.tpmc(&["import", "decide", "plan.json", "2", "accept"])
        .succeeds();
    env.tpmc(&["import", "apply", "plan.json"]).succeeds();
    assert_eq!(amounts(&env), "Northern port 80+7");
}

#[test]
fn what_the_list_does_not_say_any_more_is_shown_and_withdrawn_where_the_mapping_says_so() {
    let env = Env::seeded();
    let first = list(&[
        "B1,Northern port,Kenya,Active,100000000",
        "B2,Southern port,Kenya,Active,50000000",
    ]);
    import(&env, &first, ONE_AMOUNT);
    let less = list(&["B1,Northern port,Tanzania,Active,"]);
    let lines = plan(&env, &less, ONE_AMOUNT);
    let item = project(&lines, 2);
    let gone: Vec<&str> = item["only_in_registry"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|only| only["no_longer_in_list"] == true)
        .map(|only| only["list"].as_str().expect("a word"))
        .collect();
    assert_eq!(gone, ["amounts"], "the host was corrected");
    assert_eq!(counts(&lines)["missing"], 1);
    let missing = lines
        .iter()
        .find(|line| line["line"] == "missing")
        .expect("a line");
    assert_eq!(missing["identifier"], "B2");
    env.tpmc(&["import", "apply", "plan.json"]).succeeds();
    assert_eq!(amounts(&env), "Northern port 100 Southern port 50");
    assert_eq!(
        sql(
            &env,
            "SELECT hosts FROM v_project WHERE title = 'Northern port'"
        ),
        "TZ"
    );
    let withdraw = format!("on_missing = \"withdraw\"\n{ONE_AMOUNT}");
    import(&env, &less, &withdraw);
    assert_eq!(amounts(&env), "Southern port 50");
    changes_nothing(&env, &less, &withdraw);
}

#[test]
fn a_row_with_its_own_key_is_no_other_project() {
    let env = Env::seeded();
    import(
        &env,
        &list(&["A2,Power Project,Angola,Active,1000"]),
        ONE_AMOUNT,
    );
    let second = list(&[
        "A1,Power Project,Angola,Dropped,500",
        "A2,Power Project,Angola,Closed,1000",
        "A3,Power Project,Benin,Active,700",
    ]);
    let lines = import(&env, &second, ONE_AMOUNT);
    assert_eq!(project(&lines, 2)["action"], "add");
    assert_eq!(project(&lines, 3)["matched_by"], "identifier");
    assert_eq!(project(&lines, 4)["action"], "add");
    changes_nothing(&env, &second, ONE_AMOUNT);
    let statuses = "SELECT i.identifier || ' ' || p.status FROM v_project p JOIN project_identifier i ON i.project = p.code WHERE scheme = 'made-up' ORDER BY 1";
    assert_eq!(
        sql(&env, statuses),
        "A1 cancelled A2 completed A3 implementing"
    );
}

#[test]
fn a_project_without_a_key_in_the_list_is_asked_about_unless_a_party_speaks_for_it() {
    let env = Env::seeded();
    env.tpmc(&[
        "project",
        "add",
        "--title-en",
        "Northern port",
        "--host",
        "KE",
    ])
    .succeeds();
    let lines = plan(
        &env,
        &list(&["B1,Northern port,Kenya,Active,1"]),
        ONE_AMOUNT,
    );
    let item = project(&lines, 2);
    assert_eq!(
        (&item["action"], &item["decision"]),
        (&"possible".into(), &"open".into())
    );
}

#[test]
fn titles_that_name_nothing_are_no_reason() {
    let env = Env::seeded();
    let mapping = "missing = [\"not stated\"]\n[fields]\ntitle_en = \"title\"\nhosts = \"country\"\nnote = \"note\"\n";
    let first = "title,country,note\nPhase I,Kenya,one\n";
    import(&env, first, mapping);
    let lines = plan(
        &env,
        "title,country,note\nPhase I,Kenya,two\nTBD,Kenya,\n?,Kenya,\n",
        mapping,
    );
    for row in 2..=4 {
        assert_eq!(project(&lines, row)["action"], "add", "row {row}");
    }
}

#[test]
fn what_was_accepted_of_a_list_without_keys_is_not_asked_again() {
    let env = Env::seeded();
    let mapping =
        "[fields]\ntitle_en = \"title\"\nhosts = \"country\"\n[source]\ntitle = \"A list\"\n";
    let one = "title,country\nMade-up wind farm 600 MW,Kenya\n";
    import(&env, one, mapping);
    let two = "title,country\nMade-up wind farm 600 MW,Oman\n";
    let lines = plan(&env, two, mapping);
    assert_eq!(project(&lines, 2)["action"], "possible");
    env.tpmc(&["import", "decide", "plan.json", "2", "accept"])
        .succeeds();
    env.tpmc(&["import", "apply", "plan.json"]).succeeds();
    let lines = plan(&env, two, mapping);
    let item = project(&lines, 2);
    assert_eq!(
        (&item["action"], &item["matched_by"]),
        (&"same".into(), &"row".into())
    );
}
