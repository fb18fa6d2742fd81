//! What people write every day, as a mapping reads it.

use super::{findings, taken};
use crate::domain::*;
use crate::exchange::intake::Incoming;

/// The first date of each row; `-` where there is none.
fn dates(all: &[Incoming]) -> Vec<String> {
    let date = |incoming: &Incoming| {
        let first = incoming.events.first().and_then(|event| event.on_date);
        first.map_or_else(|| "-".to_owned(), |date| date.to_string())
    };
    all.iter().map(date).collect()
}

fn amounts(all: &[Incoming]) -> Vec<String> {
    let amount = |incoming: &Incoming| {
        let first = incoming.amounts.first();
        first.map_or_else(
            || "-".to_owned(),
            |amount| format!("{} {}", amount.currency, amount.minor_units),
        )
    };
    all.iter().map(amount).collect()
}

fn parties(incoming: &Incoming) -> String {
    let parts = incoming.participations.iter().map(|part| {
        let share = part.share_percent;
        let share = share.map_or_else(|| "-".to_owned(), |share| share.to_string());
        format!("{} {share}", part.party.name.as_deref().unwrap_or("-"))
    });
    parts.collect::<Vec<_>>().join("; ")
}

#[test]
fn dates_need_no_format_where_they_can_mean_one_day_only() {
    let mapping = |on: &str| {
        format!(
            "on_finding = \"drop_value\"\n[[events]]\nstatus = {{ constant = \"signed\" }}\non = {on}\n"
        )
    };
    let table = "day\n2024年3月1日\n令和6年3月1日\n2024/3/1\n2024.3.1\n20240301\n2024-03-01 00:00:00\nDecember 2015\n9/1/2014\n27-Nov-12\n7/31/2026 12:00:00 AM\n民国113年3月1日\n平成40年\n";
    let (_, all) = taken(&mapping("\"day\""), table).expect("taken");
    assert_eq!(
        dates(&all),
        [
            "2024-03-01",
            "2024-03-01",
            "2024-03-01",
            "2024-03-01",
            "2024-03-01",
            "2024-03-01",
            "2015-12",
            "-",
            "-",
            "-",
            "-",
            "-"
        ]
    );
    insta::assert_snapshot!(findings(&all), @r#"
    9 day "9/1/2014" DropValue: day_or_month
    10 day "27-Nov-12" DropValue: short_year
    11 day "7/31/2026 12:00:00 AM" DropValue: day_or_month
    12 day "民国113年3月1日" DropValue: minguo
    13 day "平成40年" DropValue: after_era date=2019-04-30 era=平成
    "#);
    let both = mapping("{ column = \"day\", formats = [\"D/M/Y\", \"M/D/Y\"] }");
    let table = "day\n25/5/2023\n6/21/2017\n9/1/2014\n9/9/2014\n7/31/2026 12:00:00 AM\n2024年3月1日\n27-Nov-12\n";
    let (_, all) = taken(&both, table).expect("taken");
    assert_eq!(
        dates(&all),
        [
            "2023-05-25",
            "2017-06-21",
            "-",
            "2014-09-09",
            "2026-07-31",
            "2024-03-01",
            "-"
        ]
    );
}

#[test]
fn amounts_are_read_with_their_units_and_currencies() {
    let mapping = r#"
on_finding = "drop_value"
[[amounts]]
number = { column = "Amount", thousands = "," }
currency = "Currency"
kind = { constant = "loan" }
basis = { constant = "commitment" }
"#;
    let table = "Amount,Currency\n3億,JPY\n\"39,800万\",日元\n2.5亿元,RMB\n\"１，２３４\",JPY\n\"$1,740\",USD\n\"USD 1,740.50\",\n¥300,\n€5,USD\n\"(1,740)\",USD\n1.2e9,USD\n17.5%,USD\n\"1,23,4\",USD\n300万円,¥\n";
    let (_, all) = taken(mapping, table).expect("taken");
    assert_eq!(
        amounts(&all),
        [
            "JPY 300000000",
            "JPY 398000000",
            "CNY 25000000000",
            "JPY 1234",
            "USD 174000",
            "USD 174050",
            "-",
            "-",
            "-",
            "-",
            "-",
            "-",
            "-"
        ]
    );
    insta::assert_snapshot!(findings(&all), @r#"
    8 Amount "¥300" DropValue: several_currencies currencies=CNY, JPY
    9 Amount "€5" DropValue: other_currency currency=USD
    10 Amount "(1,740)" DropValue: negative_amount
    11 Amount "1.2e9" DropValue: exponent
    12 Amount "17.5%" DropValue: no_number_of_mapping
    13 Amount "1,23,4" DropValue: thousands sign=,
    14 Currency "¥" DropValue: several_currencies currencies=CNY, JPY
    "#);
    let bare = mapping
        .replace(", thousands = \",\"", "")
        .replace("currency = \"Currency\"\n", "");
    let table = "Amount,Currency\n\"$1,740,000\",\n\"US$1,740,000\",\n\"USD 1,740\",\n\"EUR 1,740\",\n1740,USD\n";
    let (_, all) = taken(&bare, table).expect("taken");
    assert_eq!(
        amounts(&all),
        ["-", "USD 174000000", "USD 174000", "-", "-"]
    );
    insta::assert_snapshot!(findings(&all), @r#"
    2 Amount "$1,740,000" DropValue: several_currencies currencies=USD, AUD, CAD, HKD
    5 Amount "EUR 1,740" DropValue: one_comma
    6 Amount "1740" DropValue: amount_without_currency
    "#);
}

#[test]
fn a_negative_number_is_a_note_where_the_mapping_says_so() {
    let mapping = r#"
[source]
title = "A list"
dated = "2025年1月31日"
[[amounts]]
number = { column = "Amount", thousands = "," }
currency = { constant = "USD" }
kind = { constant = "loan" }
basis = { constant = "disbursement" }
negative = "note"
"#;
    let (_, all) = taken(mapping, "Amount\n\"(1,740.50)\"\n△300\n").expect("taken");
    let notes: Vec<String> = all
        .iter()
        .flat_map(|incoming| &incoming.events)
        .filter_map(|event| Some(format!("{} {}", event.on_date?, event.text.as_ref()?)))
        .collect();
    assert_eq!(
        notes,
        [
            "2025-01-31 Negative amount: USD -1740.50 (loan, disbursement)",
            "2025-01-31 Negative amount: USD -300 (loan, disbursement)",
        ]
    );
    assert_eq!(
        (amounts(&all), findings(&all).as_str()),
        (vec!["-".to_owned(); 2], "")
    );
}

#[test]
fn a_column_of_shares_goes_with_its_parties() {
    let mapping = r#"
on_finding = "drop_value"
[[parties]]
column = "Partner"
split = ";"
role = { constant = "sponsor" }
share = "Share"
"#;
    let table = "Partner,Share\nA,40 %\nA;B,60%;40%\nA;B,60%\nA [50%]; B [50%],\nA [50%],40%\nA;B,60%;-\nA,half\n";
    let (_, all) = taken(mapping, table).expect("taken");
    let said: Vec<String> = all.iter().map(parties).collect();
    assert_eq!(
        said,
        [
            "A 40",
            "A 60; B 40",
            "A -; B -",
            "A 50; B 50",
            "",
            "A 60; B -",
            "A -"
        ]
    );
    insta::assert_snapshot!(findings(&all), @r#"
    4 Share "60%" DropValue: shares_of_parties parties=2 shares=1
    6 Partner "A [50%]" DropValue: several_values
    8 Share "half" DropValue: no_number_of_mapping
    "#);
}

#[test]
fn a_party_and_a_source_may_be_constants() {
    let mapping = r#"
[fields]
title_en = "Name"
[[parties]]
name = { constant = "JICA" }
country = { constant = "JP" }
role = { constant = "financier" }
[[parties]]
name = { column = "Firm", split = ";", required = true, values = { "M" = "Marubeni" } }
role = { constant = "owner" }
[[sources]]
constant = "https://example.org/list"
"#;
    let (_, all) = taken(mapping, "Name,Firm\na,M;X\nb,\n").expect("taken");
    assert_eq!(parties(&all[0]), "JICA -; Marubeni -; X -");
    assert_eq!(
        all[0].participations[0]
            .party
            .country
            .as_ref()
            .map(CountryCode::as_str),
        Some("JP")
    );
    assert_eq!(
        all[0].citations[0].url.as_deref(),
        Some("https://example.org/list")
    );
    assert_eq!(parties(&all[1]), "JICA -");
    insta::assert_snapshot!(findings(&all), @r#"3 Firm "" DropRow: required"#);
}

#[test]
fn a_value_may_be_required_or_written_once_for_a_group() {
    let mapping = r#"
[fields]
title_en = { column = "Name", required = true }
hosts = { column = "Host", fill_down = true }
note = "Area"
"#;
    let mapping = &format!("fill_down = [\"Area\"]\n{mapping}");
    let table = "Host,Name,Area\nThailand,a,North\n,b,\n,TBD,South\nVietnam,c,\n";
    let (_, all) = taken(mapping, table).expect("taken");
    let said: Vec<(Option<&str>, Option<&str>)> = all
        .iter()
        .map(|row| {
            (
                row.hosts.first().map(CountryCode::as_str),
                row.note.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            (Some("TH"), Some("North")),
            (Some("TH"), Some("North")),
            (Some("TH"), Some("South")),
            (Some("VN"), Some("South"))
        ]
    );
    assert_eq!(
        all[1].original[0].get(0),
        Some("Thailand"),
        "a rejected row stays whole"
    );
    insta::assert_snapshot!(findings(&all), @r#"4 Name "TBD" DropRow: required"#);
}

#[test]
fn several_columns_share_one_table_of_values() {
    let mapping = r#"
[values.stage]
Built = "completed"
"On hold" = "suspended"
[source]
title = "A list"
dated = "2026"
[[events]]
status = { column = "Before", values = "stage", unlisted = "ignore" }
on = "Since"
[[events]]
status = { column = "Now", values = "stage" }
"#;
    let (_, all) = taken(mapping, "Before,Since,Now\nOn hold,2019,Built\n").expect("taken");
    let words: Vec<&str> = all[0]
        .events
        .iter()
        .filter_map(|event| Some(event.status?.word()))
        .collect();
    assert_eq!(
        (words, findings(&all).as_str()),
        (vec!["suspended", "completed"], "")
    );
    let unknown = taken(
        &mapping.replace(
            "Before\", values = \"stage\"",
            "Before\", values = \"stages\"",
        ),
        "Before\n",
    );
    insta::assert_snapshot!(unknown.map(drop).expect_err("refused").to_string(), @r#""m.toml", line 9: there is no table [values.stages]; there are: stage"#);
}
