//! Sheets typed by people, sheets written by the program, and what no sheet may do.

use std::io::Write as _;

use proptest::prelude::*;

use crate::domain::*;
use crate::exchange::Error;
use crate::exchange::intake::references::tests::some;
use crate::exchange::intake::{Effect, Incoming, Intake, IntakeOptions, read};
use crate::report::Flaw;

/// What a file with these bytes says.
fn taken(bytes: &[u8]) -> Result<(Intake, Vec<Incoming>), Error> {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(bytes).expect("written");
    let mut all = Vec::new();
    let intake = read(
        file.path(),
        &IntakeOptions::default(),
        &some(),
        None,
        &mut |incoming| {
            all.push(incoming);
            true
        },
    )?;
    Ok((intake, all))
}

fn refused(bytes: &[u8]) -> String {
    let error = taken(bytes)
        .map(|(intake, _)| intake)
        .expect_err("refused")
        .to_string();
    error
        .split_once("is refused: ")
        .map_or(error.clone(), |(_, why)| why.to_owned())
}

#[test]
fn a_simple_sheet_is_understood() {
    let text = "Projects of the ministry\n\ntitle_en;hosts;mode;parties;status;status_on;sources\n\
        A plant;Thailand, 越南;engineering;ITOCHU [JP] (owner, 22.5%);signed;2018-10;https://example.org/a\n\
        \"A\nport\";泰国;Product service;;;;\n\
        ;TBD;;;;;\n";
    let (intake, all) = taken(text.as_bytes()).expect("a sheet");
    assert_eq!(
        (intake.delimiter, intake.header_row, intake.rows_read),
        (Some(';'), 3, 3)
    );
    let [plant, port, empty] = &all[..] else {
        panic!("three rows");
    };
    assert_eq!(
        plant.effect(),
        Some(Effect::DropRow),
        "a comma is no separator: {plant:?}"
    );
    assert_eq!(
        plant.participations[0].party.name.as_deref(),
        Some("ITOCHU")
    );
    assert_eq!(plant.events[0].status, Some(Status::Signed));
    assert_eq!(plant.events[0].source, plant.citations.first().cloned());
    assert_eq!(
        (port.rows[0], port.mode, port.hosts.len()),
        (5, Some(Mode::ProductService), 1)
    );
    assert_eq!(empty.rows, [6], "a line break in a cell is no new row");
    assert_eq!(empty.findings[0].effect, Effect::DropValue);
}

#[test]
fn cells_may_be_enclosed_in_apostrophes() {
    let text = "'title_en';'hosts'\n'A; caf\u{e9}';'TH'\n'It''s';VN\n";
    let (intake, all) = taken(text.as_bytes()).expect("a sheet");
    assert_eq!((intake.quote, intake.delimiter), (Some('\''), Some(';')));
    let titles: Vec<_> = all.iter().flat_map(|one| one.title_en.as_deref()).collect();
    assert_eq!(titles, ["A; caf\u{e9}", "It's"]);
    // A guard in front of a formula encloses nothing.
    let (intake, all) = taken(b"title_en,hosts\n'=1+1,TH\n").expect("a sheet");
    assert_eq!(intake.quote, Some('"'));
    assert_eq!(all[0].title_en.as_deref(), Some("=1+1"));
}

#[test]
fn encodings_are_found_out() {
    let text = "title_zh,title_ja,hosts\r\n第三方市场合作协议的签署仪式在北京举行,第三国市場協力に関する覚書を締結しました,TH\r\n";
    for (encoding, name) in [
        (encoding_rs::GB18030, "gb18030"),
        (encoding_rs::SHIFT_JIS, "Shift_JIS"),
    ] {
        // Each encoding has the letters of its own language only.
        let text = match name {
            "gb18030" => text.replace("第三国市場協力に関する覚書を締結しました", ""),
            _ => text.replace("第三方市场合作协议的签署仪式在北京举行", ""),
        };
        let (bytes, ..) = encoding.encode(&text);
        let (intake, all) = taken(&bytes).expect("a sheet");
        assert_eq!(intake.encoding, Some(name));
        let title = all[0]
            .title_zh
            .as_deref()
            .or(all[0].title_ja.as_deref())
            .expect("a title");
        assert!(text.contains(title), "{title}");
    }
    let (bytes, ..) =
        encoding_rs::WINDOWS_1252.encode("title_en,hosts\nÉlectricité de la région à Côte,TH\n");
    assert_eq!(
        taken(&bytes).expect("a sheet").0.encoding,
        Some("windows-1252")
    );
    for with_mark in [true, false] {
        for little in [true, false] {
            let mark = if with_mark { "\u{feff}" } else { "" };
            let units = format!("{mark}{text}").encode_utf16().collect::<Vec<_>>();
            let bytes: Vec<u8> = units
                .iter()
                .flat_map(|unit| {
                    if little {
                        unit.to_le_bytes()
                    } else {
                        unit.to_be_bytes()
                    }
                })
                .collect();
            let (intake, all) = taken(&bytes).expect("a sheet");
            assert_eq!(
                intake.encoding,
                Some(if little { "UTF-16LE" } else { "UTF-16BE" })
            );
            assert_eq!(all[0].hosts.len(), 1);
        }
    }
    let (intake, all) = taken(format!("\u{feff}{text}").as_bytes()).expect("a sheet");
    assert_eq!((intake.encoding, all.len()), (Some("UTF-8"), 1));
}

#[test]
fn a_handful_of_letters_does_not_tell_the_encoding() {
    let list = |note: &[u8]| [&b"title_en,hosts,note\nA port,TH,"[..], note, &b"\n"[..]].concat();
    for text in ["\u{7ea6}300", "\u{5143}", "\u{8def} 2"] {
        let (bytes, ..) = encoding_rs::GB18030.encode(text);
        let said = refused(&list(&bytes));
        assert!(
            said.contains("--encoding") && said.contains("line 2"),
            "{said}"
        );
    }
    for text in [
        "Côte",
        "25 °C, 100 m²",
        "Лес, Россия",
        "3 – 4",
        "约300",
        "“a”",
    ] {
        let (intake, all) = taken(&list(format!("\"{text}\"").as_bytes())).expect("UTF-8");
        assert_eq!(intake.encoding, Some("UTF-8"));
        assert_eq!(all[0].note.as_deref(), Some(text));
    }
}

#[test]
fn a_garbled_text_is_a_finding() {
    let (_, all) = taken("title_en,hosts,note\nA port,TH,CÃ´te\nA dam,TH,椤圭洰\n".as_bytes())
        .expect("a sheet");
    for row in &all {
        assert_eq!(row.findings[0].said.what, Flaw::Garbled);
        assert_eq!(row.effect(), Some(Effect::DropRow));
    }
}

#[test]
fn the_code_of_namibia_is_asked_for() {
    let sheet =
        "title_en,hosts,parties\nA,NA,\nB,na;TH,\nC,NAM,\nD,TH,Alpha [NA] (owner)\nE,n/a,\n";
    let json = r#"[{"title_en": "A", "hosts": ["NA"]}]"#;
    let (_, all) = taken(sheet.as_bytes()).expect("a sheet");
    let (_, of_json) = taken(json.as_bytes()).expect("rows");
    for row in [&all[0], &all[1], &all[3], &of_json[0]] {
        assert_eq!(row.findings[0].said.what, Flaw::PerhapsNamibia, "{row:?}");
        assert_eq!(row.effect(), Some(Effect::DropRow));
    }
    assert_eq!(all[4].findings[0].said.what, Flaw::NotKnown);
}

#[test]
fn rows_of_totals_and_repeated_headings_are_left_out() {
    let sheet =
        "title_en,hosts,money\nA,TH,\nTotal,,USD 5\ntitle_en,hosts,money\nB,VN,\n合　計,,\n";
    let (intake, all) = taken(sheet.as_bytes()).expect("a sheet");
    assert_eq!(all.len(), 2);
    let left = &intake.left_out;
    assert_eq!(
        (
            left.totals.first.as_slice(),
            left.repeated_headings.first.as_slice()
        ),
        (&[3, 6][..], &[4][..])
    );
    assert_eq!((intake.rows_read, intake.rows_skipped), (5, 3));
}

#[test]
fn the_row_with_the_most_headings_counts() {
    let (intake, all) = taken(b"note,,\n,,\ntitle_en,hosts,note\nA,TH,\n").expect("a sheet");
    assert_eq!((intake.header_row, all.len()), (3, 1));
    insta::assert_snapshot!(refused(b"title_en,mode\nA,\ntitle_en,hosts\nB,TH\n"), @"rows 1 (title_en, mode) and 3 (title_en, hosts) may both be the headings; name the right one with --header-row");
}

#[test]
fn several_names_in_one_cell_are_marked() {
    let (_, all) = taken(
        "title_en,parties\nA,JBIC、NEXI (insurer)\nB,\"Mitsui & Co., Ltd. (owner)\"\n".as_bytes(),
    )
    .expect("a sheet");
    let sign = |row: &Incoming| row.participations[0].party.perhaps_several.clone();
    assert_eq!(sign(&all[0]), Some(("、".to_owned(), Effect::DropRow)));
    assert_eq!(sign(&all[1]), None);
}

#[test]
fn a_bad_file_is_refused_with_the_place() {
    let mixed = [
        "title_zh,hosts\n第三方市场合作协议,TH\n".as_bytes(),
        &encoding_rs::GB18030.encode("协议的签署仪式,TH\n").0,
    ];
    insta::assert_snapshot!(refused(&mixed.concat()), @"line 3 is not in UTF-8, as other lines are; save the file anew in one encoding");
    insta::assert_snapshot!(refused(b"title_en,hosts\na\0b,TH\n"), @"line 2 has a NUL byte, which no text has");
    insta::assert_snapshot!(refused(b"title_en,hosts\nok,TH\n\"never closed,TH\nnext,VN\n"), @r#"cell 1 of row 3: a quotation mark is opened and never closed, before "never closed,TH↵next,VN""#);
    insta::assert_snapshot!(refused(b"title_en,host\na,TH\n"), @r#"column B is called "host", which is no column of this sheet; did you mean "hosts"?"#);
    insta::assert_snapshot!(refused(b"title_en,hosts,hosts\na,TH,\n"), @r#"several columns are called "hosts": B, C; rename or remove all but one"#);
    insta::assert_snapshot!(refused(b"Name,Amount\na,1\n"), @"no row has the headings of the project sheet (title_en, hosts, mode, …); it begins with Name, Amount; another table needs a mapping (`tpmc import map FILE -o MAPPING.toml` drafts one)");
    insta::assert_snapshot!(refused(b""), @"it has no rows");
    let long = format!("title_en,hosts\n{},TH\n", "x".repeat(20 << 20));
    insta::assert_snapshot!(refused(long.as_bytes()), @"what follows row 1 is longer than 16777216 bytes: perhaps a quotation mark is never closed");
    let long = format!("title_en,hosts\n{},TH\n", "x".repeat(1 << 20));
    insta::assert_snapshot!(refused(long.as_bytes()), @"cell 1 of row 2 is longer than 400000 bytes");
}

#[test]
fn rows_have_the_numbers_of_a_spreadsheet_however_lines_end() {
    let text = "title_en,hosts\r\nA,TH\rB,TH\nC,TH\r\n\rD,TH\n\"E\r\ne\re\",\"\nTH\"\n\n\r\n\rF,TH";
    let numbers = |text: &str| -> Vec<u64> {
        let (_, all) = taken(text.as_bytes()).expect("a sheet");
        all.iter().map(|incoming| incoming.rows[0]).collect()
    };
    assert_eq!(numbers(text), [2, 3, 4, 6, 7, 11]);
    // The same where a line ends on the border of what is read at once.
    for length in [65_535, 65_536, 65_537, 131_071, 262_143, 262_144] {
        let title = "x".repeat(length.min(65_600));
        let filler = "y,TH\r\n".repeat((length - title.len()) / 6);
        let text = format!("title_en,hosts\r\n{filler}{title},TH\r\nB,TH\r\nC,TH");
        let rows = numbers(&text);
        assert_eq!(
            rows,
            (2..2 + rows.len() as u64).collect::<Vec<_>>(),
            "{length}"
        );
    }
    let unclosed = "title_en,hosts\r\n\r\n\"A,TH\r\nB,TH\r\n";
    insta::assert_snapshot!(refused(unclosed.as_bytes()), @r#"cell 1 of row 3: a quotation mark is opened and never closed, before "A,TH↵B,TH""#);
}

#[test]
fn a_bad_row_is_a_finding() {
    let text = "code,title_en,hosts,,list_number\r\nP-0001,a,TH,,\r\n\r\nP-0001,b,TH,,\r\nP-0002,c\r\nP-0003,#REF!,TH,x,2024-04-01\r\n";
    let (_, all) = taken(text.as_bytes()).expect("a sheet");
    let said: Vec<String> = all
        .iter()
        .flat_map(|incoming| &incoming.findings)
        .map(|finding| {
            format!(
                "{} {} {}",
                finding.row,
                finding.column.as_deref().unwrap_or("-"),
                finding.said
            )
        })
        .collect();
    insta::assert_snapshot!(said.join("\n"), @r#"
    4 code repeated row=2
    5 - uneven cells=2 headings=5
    6 title_en spreadsheet_error
    6 - no_heading heading=D
    6 list_number no_list_number
    "#);
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), after in any::<bool>()) {
        let mut all = if after { b"title_en,hosts,parties,money,events\n".to_vec() } else { Vec::new() };
        all.extend(bytes);
        let _ = taken(&all);
    }

    #[test]
    fn no_text_makes_it_panic(text in "[a-z;|\\\\(\\[,%\")\\]\n\t=' 0-9]{0,80}") {
        let _ = taken(format!("title_en,hosts,parties,money,events,participations,amounts\n{text}\n,{text},{text},{text},{text}").as_bytes());
    }
}

#[test]
fn packed_codes_are_told_by_the_cells_beside_them() {
    let text = "code,participations,parties,events,sources\n\
        P-0001,1|itochu|owner|20|false|,\"ITOCHU [JP] (owner, 20%)\",1|2018||status|signed||S-0001||;2|2019||note||x|S-0009||,S-0001 (high) https://example.org/a;S-0002 (low) A title\n\
        P-0002,1|itochu|owner|20|false|,\"ITOCHU [JP] (supplier)\",,\n";
    let (_, all) = taken(text.as_bytes()).expect("a sheet");
    let [one, other] = &all[..] else {
        panic!("two rows");
    };
    assert_eq!(one.effect(), None, "{one:?}");
    let party = &one.participations[0].party;
    assert_eq!(
        (party.code.as_deref(), party.name.as_deref()),
        (Some("itochu"), Some("ITOCHU"))
    );
    let sources: Vec<_> = one.events.iter().flat_map(|event| &event.source).collect();
    assert_eq!(sources[0].url.as_deref(), Some("https://example.org/a"));
    assert_eq!(sources[0].confidence, Some(Confidence::High));
    assert_eq!(
        (sources[1].code.as_deref(), sources[1].url.as_deref()),
        (Some("S-0009"), None)
    );
    // What was written by hand since does not fit the packed cell any more: the codes count.
    assert_eq!(other.participations[0].party.name, None);
}

#[test]
fn a_damaged_packed_cell_is_a_finding() {
    for cell in [
        "1",
        "x|loan|pledge|JPY|1|true|||",
        "1|loan|pledge|JPY|one|true|||",
        "1|loan\\",
        ";",
    ] {
        let (_, all) = taken(format!("title_en,amounts\nA,{cell}\n").as_bytes()).expect("a sheet");
        assert_eq!(all[0].effect(), Some(Effect::DropRow), "{cell:?}");
        assert_eq!(all[0].amounts, [], "{cell:?}");
    }
}
