//! What a person sees in a table is what is taken in; the rest is counted, or asked for.

use rust_xlsxwriter::{Format, Workbook};

use crate::env::Env;

/// A list with a title above it, a hidden row, a struck-out one and a total.
fn list() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let struck = Format::new().set_font_strikethrough();
    sheet
        .merge_range(
            0,
            0,
            0,
            2,
            "List of projects, November 2026",
            &Format::new(),
        )
        .expect("merged");
    for (row, cells) in (2..).zip([
        ["No", "Name of the project", "Country"],
        ["1", "Made-up harbour", "Kenya"],
        ["2", "Made-up road", "Kenya"],
        ["3", "Made-up dam", "Kenya"],
        ["", "Total", "3"],
    ]) {
        sheet.write_row(row, 0, cells).expect("a row");
    }
    sheet.set_row_hidden(4).expect("hidden");
    for (column, text) in (0..).zip(["3", "Made-up dam", "Kenya"]) {
        sheet
            .write_with_format(5, column, text, &struck)
            .expect("a cell");
    }
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn a_list_is_read_as_it_shows_and_what_is_left_out_is_counted() {
    let env = Env::seeded();
    env.write("list.xlsx", list());
    env.tpmc(&["import", "map", "list.xlsx", "-o", "draft.toml"])
        .succeeds();
    let draft = std::fs::read_to_string(env.path("draft.toml")).expect("the draft");
    for line in [
        "header_row = 3",
        "columns = [\"No\"]",
        "title_en = \"Name of the project\"",
        "hosts = \"Country\"",
        "# Left out: 1 hidden rows, 1 rows and 0 cells struck out, 1 rows of totals, 0 repeated headings.",
    ] {
        assert!(draft.lines().any(|one| one == line), "{line}:\n{draft}");
    }
    let arguments = ["import", "plan", "list.xlsx", "--map", "draft.toml"];
    let said = env.tpmc(&arguments).succeeds();
    for line in [
        "Hidden rows, left out: 1 (row 5)",
        "Rows that are struck out, left out: 1 (row 6)",
        "Rows of totals, left out: 1 (row 7)",
    ] {
        assert!(said.contains(line), "{said}");
    }
    assert!(said.contains("Made-up harbour") && !said.contains("Made-up road"));
    let all = ["--hidden", "take", "--struck", "take", "--totals", "take"];
    let said = env.tpmc(&[&arguments[..], &all].concat()).succeeds();
    assert!(said.contains("Made-up road") && said.contains("Made-up dam"));
    assert!(!said.contains("Hidden rows") && !said.contains("Rows of totals"));
    for language in ["zh", "ja"] {
        let said = env.tpmc(&[&arguments[..], &["--lang", language]].concat());
        assert!(!said.succeeds().contains("Hidden rows"));
    }
}

#[test]
fn several_names_in_a_cell_are_asked_for_unless_one_party_has_them() {
    let env = Env::seeded();
    let name = "Ministry of Roads, Harbours";
    let add = [
        "party",
        "add",
        "--name-en",
        name,
        "--country",
        "KE",
        "--kind",
        "government",
    ];
    env.tpmc(&add).succeeds();
    env.write(
        "list.csv",
        format!("title_en,hosts,parties\nMade-up harbour,KE,JBIC、NEXI (insurer)\nMade-up road,KE,\"{name} (owner)\"\n"),
    );
    env.tpmc(&["import", "plan", "list.csv", "-o", "plan.json"])
        .succeeds();
    let plan = std::fs::read_to_string(env.path("plan.json")).expect("the plan");
    assert!(!plan.contains("\"line\":\"party\""), "{plan}");
    assert!(plan.contains("\"what\":\"doubtful\""), "{plan}");
    assert_eq!(plan.matches("\"action\":\"reject\"").count(), 1, "{plan}");
}

#[test]
fn namibia_has_three_letters_in_our_own_sheet() {
    let env = Env::seeded();
    let add = [
        "project",
        "add",
        "--title-en",
        "Made-up quay",
        "--host",
        "Namibia",
    ];
    env.tpmc(&add).succeeds();
    let sheet = env.tpmc(&["export", "csv"]).succeeds();
    assert!(sheet.contains(",NAM,"));
    env.write("own.csv", sheet);
    let said = env.tpmc(&["import", "plan", "own.csv"]).succeeds();
    assert!(!said.contains("not available"), "{said}");
}

#[test]
fn what_is_wrong_with_the_headings_is_named_together() {
    let env = Env::seeded();
    env.write("list.csv", "title,country\nA,KE\n");
    env.write("twice.csv", "id,name,id\n1,a,2\n");
    env.write(
        "two.toml",
        "[fields]\ntitle_en = \"titel\"\nhosts = \"land\"\n",
    );
    env.write(
        "constant.toml",
        "[fields]\ntitle_en = { constant = \"x\" }\n",
    );
    env.write("id.toml", "[fields]\ntitle_en = \"name\"\nnote = \"id\"\n");
    let refused = |arguments: &[&str]| {
        let plan = ["import", "plan"];
        env.tpmc(&[&plan[..], arguments].concat()).fails_with(1)
    };
    let said = [
        refused(&["list.csv", "--map", "two.toml"]),
        refused(&["list.csv", "--map", "constant.toml"]),
        refused(&["twice.csv"]),
        refused(&["twice.csv", "--map", "id.toml"]),
    ];
    for (said, part) in said.iter().zip([
        "lacks \"land\", \"titel\" (did you mean \"title\"?)",
        "it names no column",
        "several columns are called \"id\": A, C",
        "write \"column A\" in the mapping",
    ]) {
        assert!(said.contains(part), "{part}: {said}");
    }
    let draft = env.tpmc(&["import", "map", "twice.csv"]).succeeds();
    assert!(
        draft.contains("# Columns A, C are all called \"id\""),
        "{draft}"
    );
}
