//! What one list states of amounts, partners and shares, and what others state beside it.

use serde_json::Value;

use crate::env::Env;
use crate::import_again::*;

#[test]
fn equal_amounts_of_several_banks_are_several_amounts() {
    let env = Env::seeded();
    let banks = "id,title,country,bank,amount\nU1,Power plant,Vietnam,Bank A,10000000\nU1,Power plant,Vietnam,Bank B,10000000\nU1,Power plant,Vietnam,Bank C,10000000\n";
    import(&env, banks, BANKS);
    assert_eq!(amounts(&env), "Power plant 10+10+10");
    changes_nothing(&env, banks, BANKS);
    // With the bank of each, from now on.
    let named = BANKS.replace("basis =", "party = \"bank\"\nbasis =");
    import(&env, banks, &named);
    let owners = "SELECT group_concat(party, ' ') FROM v_amount WHERE minor_units = 1000000000";
    assert_eq!(sql(&env, owners), "bank-a bank-b bank-c");
    changes_nothing(&env, banks, &named);
    let corrected = banks.replace("Bank B,10000000", "Bank B,40000000");
    import(&env, &corrected, &named);
    assert_eq!(amounts(&env), "Power plant 10+40+10");
    let shown = env.tpmc(&[
        "project",
        "show",
        &sql(&env, "SELECT project FROM v_amount WHERE party = 'bank-b'"),
    ]);
    assert!(shown.succeeds().contains("Bank B"));
    // Of the project, stated in every row.
    let env = Env::seeded();
    let whole = BANKS.replace("basis =", "per = \"project\"\nbasis =");
    let lines = import(&env, banks, &whole);
    assert_eq!(amounts(&env), "Power plant 10");
    assert_eq!(counts(&lines)["money"]["USD"]["read"], "10000000");
}

#[test]
fn rows_repeated_word_for_word_count_as_the_mapping_says() {
    let rows = "id,title,country,bank,amount\nU1,Power plant,Vietnam,Bank A,10000000\nU1,Power plant,Vietnam,Bank A,10000000\n";
    let env = Env::seeded();
    let lines = import(&env, rows, BANKS);
    assert_eq!(amounts(&env), "Power plant 10");
    assert_eq!(project(&lines, 2)["findings"][0]["what"], "row_repeated");
    let money = &counts(&lines)["money"]["USD"];
    assert_eq!(
        (&money["read"], &money["not_recorded"]),
        (&"20000000".into(), &"10000000".into())
    );
    changes_nothing(&env, rows, BANKS);
    let count = format!("repeated = \"count\"\n{BANKS}");
    let env = Env::seeded();
    let lines = import(&env, rows, &count);
    assert_eq!(amounts(&env), "Power plant 10+10");
    assert_eq!(project(&lines, 2)["findings"][0]["what"], "row_counted");
    changes_nothing(&env, rows, &count);
}

#[test]
fn an_amount_without_kind_or_basis_is_a_finding_or_has_the_default() {
    let rows = "id,title,country,amount,type,status\n1,Made-up dam,Kenya,5000000,,Closed\n2,Made-up road,Kenya,6000000,loan,\n3,Made-up port,Kenya,7000000,loan,Closed\n4,Made-up line,Kenya,8000000,lease,Closed\n";
    let mapping = ONE_AMOUNT
        .split("[[events]]")
        .next()
        .expect("the fields")
        .to_owned()
        + "[[amounts]]\nnumber = \"amount\"\ncurrency = { constant = \"USD\" }\nkind = { column = \"type\", values = { loan = \"loan\" } }\nbasis = { column = \"status\", values = { Closed = \"commitment\" } }\n";
    let env = Env::seeded();
    let lines = import(&env, rows, &mapping);
    let said = |row| -> Vec<&str> {
        let findings = project(&lines, row)["findings"].as_array();
        let said = findings.into_iter().flatten();
        said.map(|finding| finding["what"].as_str().expect("a word"))
            .collect()
    };
    assert_eq!(said(2), ["amount_without_kind"]);
    assert_eq!(said(3), ["amount_without_basis"]);
    assert!(said(4).is_empty());
    assert!(said(5).contains(&"amount_without_kind"), "{:?}", said(5));
    let money = &counts(&lines)["money"]["USD"];
    assert_eq!(
        (&money["read"], &money["recorded"]),
        (&"26000000".into(), &"7000000".into())
    );
    assert_eq!(amounts(&env), "Made-up port 7");
    let defaults = mapping
        .replace(
            "{ loan = \"loan\" }",
            "{ loan = \"loan\" }, default = \"other\"",
        )
        .replace(
            "{ Closed = \"commitment\" }",
            "{ Closed = \"commitment\" }, default = \"pledge\"",
        );
    let env = Env::seeded();
    import(&env, rows, &defaults);
    let kinds = "SELECT group_concat(kind || ' ' || basis, ', ') FROM (SELECT kind, basis FROM v_amount a JOIN project_identifier i ON i.project = a.project WHERE scheme = 'made-up' ORDER BY minor_units)";
    assert_eq!(
        sql(&env, kinds),
        "\"other commitment, loan pledge, loan commitment, other commitment\""
    );
}

#[test]
fn steps_back_are_said_in_the_plan_the_summary_and_the_rejects() {
    let env = Env::seeded();
    import(
        &env,
        &list(&[
            "D0,Made-up line,Kenya,Closed,1000",
            "D1,Made-up road,Kenya,Closed,1000",
        ]),
        ONE_AMOUNT,
    );
    let later = ONE_AMOUNT.replace("2025-01-31", "2026-01-31");
    env.write(
        "list.csv",
        list(&[
            "D0,Made-up line,Kenya,Active,1000",
            "D1,Made-up road,Kenya,Closed,1001",
        ]),
    );
    env.write("list.toml", &later);
    let shown = env
        .tpmc(&[
            "import",
            "plan",
            "list.csv",
            "--map",
            "list.toml",
            "-o",
            "plan.json",
        ])
        .succeeds();
    let first: Vec<&str> = shown
        .lines()
        .filter(|line| !line.is_empty())
        .skip(2)
        .take(1)
        .collect();
    assert!(
        first[0].starts_with("Status goes back in 1 project"),
        "{shown}"
    );
    let words: Vec<&str> = shown.split_whitespace().collect();
    let sum =
        "Rows read 2 = added 0 + changed 1 + left alone 0 + asked 1 + rejected 0 + skipped 0.";
    assert!(words.join(" ").contains(sum), "{shown}");
    let done = env
        .tpmc(&["import", "apply", "plan.json", "--rejects", "rejects.csv"])
        .succeeds();
    assert!(done.starts_with("Steps back, not decided"), "{done}");
    let rejects = std::fs::read_to_string(env.path("rejects.csv")).expect("the rejects");
    assert!(
        rejects.contains("Active,1000,nobody decided; goes back: "),
        "{rejects}"
    );
}

#[test]
fn a_party_that_may_be_several_new_ones_is_asked_about() {
    let env = Env::seeded();
    let rows = "id,title,country,agency\n1,Water supply one,Kenya,Ministry of Testing\n2,Water supply two,Ghana,Ministry of Testing\n3,Regional water supply,,Ministry of Testing\n";
    let mapping = "[key]\nscheme = \"made-up\"\ncolumns = [\"id\"]\n[fields]\ntitle_en = \"title\"\nhosts = \"country\"\n[[parties]]\ncolumn = \"agency\"\nrole = { constant = \"government\" }\ncountry = \"country\"\n";
    let lines = plan(&env, rows, mapping);
    assert_eq!(project(&lines, 3)["decision"], "accept");
    let item = project(&lines, 4);
    assert_eq!(
        (&item["action"], &item["decision"]),
        (&"add".into(), &"open".into())
    );
    assert_eq!(item["findings"][0]["what"], "several_new_parties");
    env.tpmc(&["import", "decide", "plan.json", "4", "accept"])
        .succeeds();
    env.tpmc(&["import", "apply", "plan.json"]).succeeds();
    changes_nothing(&env, rows, mapping);
}

#[test]
fn a_status_without_a_date_in_a_sheet_waits_for_somebody() {
    let env = Env::seeded();
    env.write(
        "list.csv",
        "title_en,hosts,status\nHarbour of the made-up north,KE,completed\n",
    );
    env.tpmc(&["import", "plan", "list.csv", "-o", "plan.json"])
        .succeeds();
    let text = std::fs::read_to_string(env.path("plan.json")).expect("the plan");
    let item = text
        .lines()
        .find(|line| line.contains("\"project\""))
        .expect("a project");
    let item: Value = serde_json::from_str(item).expect("JSON");
    assert_eq!(
        (&item["action"], &item["decision"]),
        (&"add".into(), &"open".into())
    );
}
