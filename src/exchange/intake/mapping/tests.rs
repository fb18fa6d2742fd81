//! Mappings that are right, mappings that are wrong, and what they make of rows.

mod everyday;

use std::io::Write as _;

use super::Mapping;
use crate::domain::*;
use crate::exchange::Error;
use crate::exchange::intake::references::tests::some;
use crate::exchange::intake::{Effect, Incoming, Intake, IntakeOptions, read};
use crate::report::Flaw;

fn taken(mapping: &str, table: &str) -> Result<(Intake, Vec<Incoming>), Error> {
    let mapping = Mapping::from_toml("m.toml", mapping)?;
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(table.as_bytes()).expect("written");
    let mut all = Vec::new();
    let options = IntakeOptions::default();
    let intake = read(
        file.path(),
        &options,
        &some(),
        Some(&mapping),
        &mut |incoming| {
            all.push(incoming);
            true
        },
    )?;
    Ok((intake, all))
}

fn findings(all: &[Incoming]) -> String {
    let findings = all.iter().flat_map(|incoming| &incoming.findings);
    let said = findings.map(|finding| {
        let column = finding.column.as_deref().unwrap_or("-");
        format!(
            "{} {column} {:?} {:?}: {}",
            finding.row, finding.value, finding.effect, finding.said
        )
    });
    said.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_wrong_mapping_is_refused_with_the_line() {
    let refused = |text: &str| {
        Mapping::from_toml("m.toml", text)
            .expect_err("refused")
            .to_string()
    };
    insta::assert_snapshot!(refused("[fields]\ntitle_en = 'Name'\nmood = 'Type'\n"), @r#""m.toml", line 3: a project has no field "mood"; the fields are code, id, list_number, forum, identified, umbrella, instrument, title_en, title_zh, title_ja, title_original, mode, mode_basis, sector, host_note, membership, confidence, note, title_zh_basis, title_ja_basis, desk, hosts, objectives"#);
    insta::assert_snapshot!(refused("[fields.mode]\ncolumn = 'Type'\nvalues = { Build = \"enginering\" }\n"), @r#""m.toml", line 3: "enginering": did you mean “engineering”? The words are product_service, engineering, investment, industrial_finance, strategic"#);
    insta::assert_snapshot!(refused("[fields.mode]\ncolumn = 'Type'\nvalue = 1\n"), @r#""m.toml", line 3: there is no field "value"; the fields are `column`, `columns`, `join`, `labelled`, `constant`, `default`, `values`, `unlisted`, `split`, `formats`, `pivot`, `thousands`, `decimal`, `factor`, `required`, `fill_down`, `on_finding`"#);
    insta::assert_snapshot!(refused("rows = 'grouped'\nfill_down = ['Name']\n"), @r#""m.toml", line 1: grouped rows need a [key]"#);
    insta::assert_snapshot!(refused("[[parties]]\ncolumn = 'Firm'\n"), @r#""m.toml", line 1: parties need a role: role = { constant = "owner" }, or values for the words of a part"#);
}

#[test]
fn the_reference_names_every_key() {
    let page = include_str!("../../../../docs/src/reference/mapping.md");
    let mut known = 0;
    for table in [
        "",
        "[key]",
        "[source]",
        "[[skip]]",
        "[fields.mode]",
        "[[identifiers]]",
        "[[parties]]",
        "[[events]]",
        "[[amounts]]",
        "[[sources]]",
    ] {
        let refused = Mapping::from_toml("m.toml", &format!("{table}\nnonsense = 1\n"));
        let refused = refused.expect_err("refused").to_string();
        let (_, keys) = refused.split_once("the fields are ").expect(&refused);
        let keys = keys.split('\n').next().unwrap_or_default();
        for key in keys.split('`').skip(1).step_by(2) {
            let ways = [
                format!("`{key}`"),
                format!("`{key} = "),
                format!("[{key}]"),
                format!("[{key}."),
            ];
            let is_named = ways.iter().any(|way| page.contains(way));
            assert!(is_named, "the reference lacks {key} of {table}");
            known += 1;
        }
    }
    assert!(known > 70, "{known} keys");
}

#[test]
fn all_that_is_wrong_with_a_mapping_is_said_at_once() {
    for (text, wrong) in [
        (
            "[fields]\ntitle_en = 'Name'\nmode = { constant = \"x\" }\n[[parties]]\ncolumn = 'Firm'\nrole = 'R'\n\
             [[parties]]\nrole = { column = 'R', values = { A = \"boss\", B = \"chief\" } }\n",
            &[
                (3, "\"x\": "),
                (7, "parties need a column"),
                (8, "\"boss\": "),
                (8, "\"chief\": "),
            ][..],
        ),
        (
            "about = 3\nrow = 'grouped'\n[fields]\ntitle_en = 'Name'\nmode = { column = 'Type', thousand = ',' }\n\
             [[amounts]]\nnumber = 5\n",
            &[
                (1, "expected a text, found a number 3"),
                (2, "there is no field \"row\""),
                (5, "there is no field \"thousand\""),
            ],
        ),
    ] {
        let refused = Mapping::from_toml("m.toml", text).expect_err("refused");
        let refused = refused.to_string();
        for (line, why) in wrong {
            let wanted = format!("line {line}: {why}");
            assert!(refused.contains(&wanted), "{wanted}: {refused}");
        }
    }
}

#[test]
fn parties_of_one_cell_are_taken_apart() {
    let mapping = r#"
[key]
scheme = "list"
columns = ["No"]
[[parties]]
column = "Partners"
split = ";"
cut = "|"
parts = ["name", "country", "role"]
names = { "A, B" = ["A", "B"] }
doubtful = [", "]
role = { values = { "offered" = "prospective financier", "builder/owner" = ["contractor", "owner"] } }
"#;
    let table = "No;Partners\n1;\"A, B|JP|owner (20%, lead); C|Thailand|builder/owner; D||offered\"\n2;\"E, F|JP|owner\"\n3;\"G|XX|owner; H|JP|boss; TBD\"\n";
    let (_, all) = taken(mapping, table).expect("taken");
    let said: Vec<String> = all[0]
        .participations
        .iter()
        .map(|part| {
            let party = &part.party;
            let country = party.country.as_ref().map_or("-", CountryCode::as_str);
            let share = part
                .share_percent
                .map_or_else(String::new, |share| share.to_string());
            let (name, note) = (party.name.as_deref(), part.note.as_deref());
            format!(
                "{} {country} {} {share} {} {}",
                name.unwrap_or("-"),
                part.role,
                part.prospective,
                note.unwrap_or("-")
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            "A JP owner  false 20% together with B; lead",
            "B JP owner  false 20% together with A; lead",
            "C TH contractor  false -",
            "C TH owner  false -",
            "D - financier  true -",
        ]
    );
    insta::assert_snapshot!(findings(&all), @r#"
    3 Partners "E, F|JP|owner" DropRow: doubtful name=E, F sign=, 
    4 Partners "XX" DropRow: no_country
    4 Partners "boss" DropRow: no_word vocabulary=role words=signatory, sponsor, owner, contractor, financier, insurer, guarantor, supplier, operator, developer, adviser, promoter, customer, government
    "#);
}

#[test]
fn a_kind_may_have_the_sign_of_the_cut_in_it() {
    let mapping = r#"
[[parties]]
column = "Agency"
split = ";"
cut = ", "
parts = ["name", "kind"]
from_right = true
role = { constant = "financier" }
kind = { values = { "Government Agency" = "government_agency", "Academic, Training and Research" = "other" } }
"#;
    let table = "No,Agency\n1,\"Bank, of A, Government Agency; Uni, Academic, Training and Research; X, NGO\"\n";
    let (_, all) = taken(mapping, table).expect("taken");
    let names: Vec<_> = all[0]
        .participations
        .iter()
        .filter_map(|part| part.party.name.as_deref())
        .collect();
    assert_eq!(names, ["Bank, of A", "Uni"]);
    assert_eq!(all[0].findings.len(), 1);
}

#[test]
fn money_that_is_none_is_a_finding() {
    let mapping = r#"
on_finding = "drop_value"
[[amounts]]
number = { column = "Amount", thousands = ",", factor = 1000000 }
currency = "Currency"
kind = { constant = "loan" }
basis = { constant = "pledge" }
[[amounts]]
number = "Old"
currency = { constant = "ZMK" }
kind = { constant = "loan" }
basis = { constant = "pledge" }
historic = true
"#;
    let table = "Amount,Currency,Old\n\"1,234.5\",USD,\n5, D,\n6, ,\n ,USD,7\n8,ZMK,\n0.0000001,JPY,\nTBD,USD,\nabout 5,USD,\n";
    let (_, all) = taken(mapping, table).expect("taken");
    let amounts: Vec<String> = all
        .iter()
        .flat_map(|incoming| &incoming.amounts)
        .map(|amount| format!("{} {}", amount.currency, amount.minor_units))
        .collect();
    assert_eq!(amounts, ["USD 123450000000", "ZMK 700"]);
    insta::assert_snapshot!(findings(&all), @r#"
    3 Currency "D" DropValue: no_currency
    4 Currency "" DropValue: amount_without_currency
    6 Currency "ZMK" DropValue: withdrawn currency=ZMK date=2013-01
    7 Amount "0.1" DropValue: rule why=the currency has no decimals
    9 Amount "about 5" DropValue: no_number_of_mapping
    "#);
}

#[test]
fn a_status_has_the_date_of_its_column_or_of_the_list() {
    let mapping = r#"
[source]
title = "A list"
dated = "2026-06"
[[events]]
status = { column = "Stage", values = { "Built" = "completed", "?" = "" }, unlisted = "finding" }
[[events]]
status = { constant = "signed" }
on = { column = "Signed", formats = ["D/M/YY"], pivot = 30 }
[[events]]
status = { column = "Stage", values = { "Built" = "implementing" }, unlisted = "ignore" }
on = "Begun"
needs_date = true
"#;
    let table = "Stage,Signed,Begun\nBuilt,3/4/18,2019\nBuilt,,\n?,13/14/18,2019\nDone,,\n";
    let (_, all) = taken(mapping, table).expect("taken");
    let said = |incoming: &Incoming| {
        let events = incoming.events.iter();
        let texts = events.map(|event| {
            let date = event
                .on_date
                .map_or_else(|| "-".to_owned(), |date| date.to_string());
            format!(
                "{}@{date}",
                event.status.map_or("-", |status| status.word())
            )
        });
        texts.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        all.iter().map(said).collect::<Vec<_>>(),
        [
            "completed@2026-06 signed@2018-04-03 implementing@2019",
            "completed@2026-06",
            "",
            ""
        ]
    );
    insta::assert_snapshot!(findings(&all), @r#"
    4 Signed "13/14/18" DropRow: no_date_of_formats
    5 Stage "Done" DropRow: not_listed
    "#);
}

#[test]
fn a_column_that_says_since_when_speaks_louder_than_the_date_of_the_list() {
    let mapping = r#"
[source]
title = "A list"
dated = "2026-06"
[[events]]
status = { column = "Stage", values = { "Built" = "completed" } }
[[events]]
status = { constant = "completed" }
on = "Ended"
needs_date = true
"#;
    let (_, all) = taken(mapping, "Stage,Ended\nBuilt,2019\nBuilt,\n").expect("taken");
    let dates = |incoming: &Incoming| {
        let dates = incoming.events.iter().filter_map(|event| event.on_date);
        dates.map(|date| date.to_string()).collect::<Vec<_>>()
    };
    let dates: Vec<_> = all.iter().map(dates).collect();
    assert_eq!(dates, [["2019"], ["2026-06"]]);
}

#[test]
fn rows_of_one_project_are_grouped_wherever_they_stand() {
    let mapping = r#"
rows = "grouped"
[key]
scheme = "list"
columns = ["No"]
[fields]
title_en = "Name"
[[parties]]
column = "Firm"
role = { constant = "owner" }
[[skip]]
column = "Kind"
is = ["draft"]
"#;
    let table =
        "List of 2026,,,\nNo,Name,Firm,Kind\n1,a,X,\n2,b,Y,\n1,a,Z,\n3,c,X,draft\n1,other,Z,\n";
    let (intake, all) = taken(mapping, table).expect("taken");
    assert_eq!(
        (intake.header_row, intake.rows_read, intake.rows_skipped),
        (2, 5, 1)
    );
    let said: Vec<_> = all
        .iter()
        .map(|incoming| (incoming.rows.clone(), incoming.participations.len()))
        .collect();
    assert_eq!(said, [(vec![4], 1), (vec![3, 5, 7], 2)]);
    assert_eq!(all[1].findings[0].row, 7);
    let once = mapping.replace("grouped", "one_project");
    let (_, all) = taken(&once, table).expect("taken");
    assert_eq!(all[2].effect(), Some(Effect::DropRow));
    assert!(all[2].findings[0].said == Flaw::KeyRepeated.with("row", 3));
}

#[test]
fn the_mappings_that_come_with_the_program_are_right() {
    for (name, text) in [
        (
            "adb",
            include_str!("../../../../seeds/mappings/adb-sovereign.toml"),
        ),
        (
            "collected",
            include_str!("../../../../seeds/mappings/as-collected.toml"),
        ),
        (
            "meti",
            include_str!("../../../../seeds/mappings/meti-2018.toml"),
        ),
        (
            "gcdf",
            include_str!("../../../../seeds/mappings/gcdf-1.0.toml"),
        ),
    ] {
        let mapping = Mapping::from_toml(name, text).map_err(|error| error.to_string());
        assert_eq!(mapping.map(|mapping| mapping.key.is_some()), Ok(true));
    }
}
