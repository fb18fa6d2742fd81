//! Plans that a reviewer edited by hand, and files that must not be written over.

use crate::env::{Env, bytes};

#[test]
fn what_is_read_is_not_overwritten() {
    let env = Env::seeded();
    env.write("sheet.csv", "title_en,hosts\nMade-up harbour,KE\n");
    let before = bytes(&env.path("sheet.csv"));
    for arguments in [
        &["import", "plan", "sheet.csv", "-o", "./sheet.csv"][..],
        &["import", "map", "sheet.csv", "-o", "sheet.csv"],
        &["import", "apply", "sheet.csv", "--rejects", "sheet.csv"],
    ] {
        let said = env.tpmc(arguments).fails_with(1);
        assert!(said.contains("\"sheet.csv\" is what is read"), "{said}");
        assert_eq!(before, bytes(&env.path("sheet.csv")));
    }
}

#[test]
fn a_plan_that_was_edited_is_read_with_care() {
    let env = Env::seeded();
    env.write(
        "sheet.csv",
        "code,title_en,hosts,parties,status,status_on\n\
         ,Made-up harbour,KE,Marubeni [JP] (sponsor);Made-up Trust [KE] (owner),committed,2026-10-30\n\
         P-0012,,,,completed,2026-09\n\
         ,Al Ghat wind farm (600 MW),OM,,,\n",
    );
    env.tpmc(&["import", "plan", "sheet.csv", "-o", "plan.json"])
        .succeeds();
    let plan = std::fs::read_to_string(env.path("plan.json")).expect("the plan");
    let before = bytes(&env.path("registry.db"));
    let without = |start: &str| -> String {
        let lines = plan.lines().filter(|line| !line.starts_with(start));
        lines.map(|line| format!("{line}\n")).collect()
    };
    let open = "\"decision\":\"open\"";
    let edits = [
        plan.replacen("\"rows\":[2]", "\"rows\":[2", 1),
        plan.replace(open, "\"decision\":\"perhaps\""),
        plan.replace(open, "\"decision\":\"same P-12\""),
        plan.replace(open, "\"decision\":\"same P-9999\""),
        plan.replace("\"decision\":\"add\"", "\"decision\":\"same nobody\""),
        plan.replace("\"hosts\":[\"KE\"]", "\"hosts\":[\"XX\"]"),
        plan.replace("2026-10-30", "2036-10-30"),
        without("{\"line\":\"project\",\"rows\":[3]"),
        without("{\"line\":\"party\""),
        without("{\"line\":\"counts\""),
        without("{\"line\":\"header\""),
        plan.replace("\"form\":1", "\"form\":9"),
        plan.replacen(open, "\"decision\":\"open\",\"accept_backwards\":true", 1),
        plan.replace(
            "\"role\":\"sponsor\"",
            "\"role\":\"sponsor\",\"share\":\"40\"",
        ),
        plan.replace("{\"line\":\"counts\"", "{\"line\":\"count\""),
    ];
    let mut said = String::new();
    for edited in edits {
        assert_ne!(edited, plan);
        env.write("edited.json", edited);
        said += &env.tpmc(&["import", "apply", "edited.json"]).fails_with(1);
        assert_eq!(before, bytes(&env.path("registry.db")));
    }
    insta::assert_snapshot!("edited", said);
    // What editors leave behind does no harm, and decisions by hand count.
    let by_hand = plan.replace(open, "\"decision\": \"same P-0012\"");
    let (line, party) = ("{\"line\":\"party\",", by_hand.find("{\"line\":\"party\","));
    let party = by_hand.split_at(party.expect("a new party")).1;
    let party = party.lines().next().expect("its line");
    let (rest, _) = party[line.len()..].rsplit_once('}').expect("an object");
    let turned = format!("{{{rest}, \"line\": \"party\"}}");
    let by_hand = by_hand.replace(party, &turned);
    let by_hand = format!("\u{feff}{}", by_hand.replace('\n', "\r\n\r\n"));
    env.write("edited.json", by_hand);
    env.tpmc(&["import", "apply", "edited.json"]).succeeds();
    let hosts = env.tpmc(&["project", "show", "P-0012", "--format", "json"]);
    assert_eq!(hosts.json()["hosts"], serde_json::json!(["SA", "OM"]));
}

#[test]
fn rules_of_the_registry_are_told_in_every_language() {
    let env = Env::seeded();
    let course =
        "1|2018-07-14||status|signed|||high|direct;2|2019-07-14||status|signed|||high|direct";
    env.write(
        "sheet.csv",
        format!(
            "code,title_en,forum,hosts,mode_basis,identified,events\n\
             F2-001,Made-up harbour,F1,KE,,,\n\
             ,Made-up road,,KE,title,,\n\
             ,Made-up dam,,KE;TZ;KE,,,\n\
             ,Made-up canal,,KE,,false,\n\
             ,Made-up bridge,,KE,,,{course}\n\
             F2-002,Made-up tunnel,,KE,,,\n"
        ),
    );
    for language in ["en", "zh", "ja"] {
        let said = env.tpmc(&["--lang", language, "import", "plan", "sheet.csv"]);
        insta::assert_snapshot!(format!("rules_{language}"), said.succeeds());
    }
}
